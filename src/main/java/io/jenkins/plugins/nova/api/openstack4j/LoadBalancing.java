package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Catalogue;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openstack4j.core.transport.HttpMethod;

/**
 * Octavia's amphorae. Policies os_load-balancer_api:amphora:get_all and os_load-balancer_api:amphora:put_failover, an admin's by
 * default, and os_load-balancer_api:loadbalancer:get_one.
 */
final class LoadBalancing {

    private final Service service;

    LoadBalancing(Session session) {
        this.service = new Service(session, List.of(Catalogue.LOAD_BALANCER), LoadBalancing::calls);
    }

    /** Where calls go, with or without a version in the catalogue; v2 and v2.0 are the same (octavia/api/root_controller.py). */
    private static String calls(String url) {
        return url.replaceFirst("/+(v2(\\.\\d+)?(/.*)?)?$", "") + "/v2.0";
    }

    /** All that have a server, but those that are deleted (octavia/api/v2/controllers/amphora.py, get_all). */
    Listed<Amphora> amphorae() {
        Listed<Amphora> all = Rows.read(
                OddRow.Kind.AMPHORA,
                service.readAll(
                        Service.Request.get("list Octavia's amphorae", "/octavia/amphorae", Map.of(), null),
                        "amphorae",
                        "amphorae_links",
                        "id"),
                LoadBalancing::amphora);
        return new Listed<>(
                all.stream().filter(amphora -> amphora.serverId() != null).toList(), all.setAside());
    }

    String status(String balancer) {
        return service.read(Service.Request.get(
                        "read load balancer " + balancer,
                        "/lbaas/loadbalancers/" + Service.segment(balancer),
                        Map.of(),
                        null))
                .object("loadbalancer")
                .text("provisioning_status");
    }

    Receipt failOver(String amphora) {
        Answer answer = service.send(new Service.Request(
                "fail over amphora " + amphora,
                HttpMethod.PUT,
                "/octavia/amphorae/" + Service.segment(amphora) + "/failover",
                Map.of(),
                null,
                null));
        return new Receipt(answer.status(), answer.header("x-openstack-request-id"));
    }

    private static Amphora amphora(Fields row) {
        return new Amphora(
                row.exact("id"),
                row.exactOrNull("compute_id"),
                row.exactOrNull("loadbalancer_id"),
                row.textOrNull("role"),
                Objects.requireNonNullElse(row.textOrNull("status"), ""));
    }
}
