package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Octavia's amphorae, as far as a maintenance needs them (octavia/api/v2/controllers/amphora.py). */
final class OctaviaApi {

    private final KeystoneApi keystone;
    private final World world;
    private final Scheduler scheduler;

    OctaviaApi(KeystoneApi keystone, World world, Scheduler scheduler) {
        this.keystone = keystone;
        this.world = world;
        this.scheduler = scheduler;
    }

    Answer answer(Request request) {
        Answer answer;
        try {
            answer = route(request);
        } catch (ApiError e) {
            answer = e.status() == 401 ? e.asKeystone() : refusal(e);
        }
        return answer.with("x-openstack-request-id", request.id());
    }

    /** As WSME writes a fault. */
    private static Answer refusal(ApiError e) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("faultcode", "Client").put("faultstring", e.getMessage()).putNull("debuginfo");
        return Answer.json(e.status(), body);
    }

    private Answer route(Request request) {
        SimUser user = keystone.caller(request).orElseThrow(() -> new ApiError(401, KeystoneApi.UNAUTHORIZED));
        if (!user.admin()) {
            throw new ApiError(403, "Policy does not allow this request to be performed.");
        }
        List<String> path = request.segments();
        if (path.equals(List.of("octavia", "amphorae")) && request.is("GET")) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode rows = body.putArray("amphorae");
            world.balancers.amphorae.forEach(amphora -> row(rows.addObject(), amphora));
            body.putArray("amphorae_links");
            return Answer.json(200, body);
        }
        if (path.size() == 3 && path.subList(0, 2).equals(List.of("lbaas", "loadbalancers")) && request.is("GET")) {
            String name = world.balancers.statuses.keySet().stream()
                    .filter(one -> LoadBalancers.id(one).equals(path.get(2)))
                    .findFirst()
                    .orElseThrow(() -> ApiError.notFound("Load Balancer " + path.get(2) + " not found."));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("loadbalancer")
                    .put("id", path.get(2))
                    .put("name", name)
                    .put("provisioning_status", world.balancers.statuses.get(name));
            return Answer.json(200, body);
        }
        boolean failover = path.size() == 4
                && path.get(1).equals("amphorae")
                && path.get(3).equals("failover");
        if (failover && request.is("PUT")) {
            return failOver(path.get(2));
        }
        throw ApiError.notFound("The resource could not be found.");
    }

    private Answer failOver(String id) {
        SimAmphora amphora = world.balancers.amphorae.stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Amphora " + id + " not found."));
        if (!"ACTIVE".equals(world.balancers.statuses.get(amphora.loadBalancer))) {
            throw ApiError.conflict(
                    "Load Balancer " + LoadBalancers.id(amphora.loadBalancer) + " is immutable and cannot be updated.");
        }
        world.balancers.failOver(amphora, scheduler);
        return Answer.empty(202);
    }

    private static void row(ObjectNode json, SimAmphora amphora) {
        json.put("id", amphora.id).put("loadbalancer_id", LoadBalancers.id(amphora.loadBalancer));
        json.put("compute_id", amphora.serverId).put("role", amphora.role).put("status", amphora.status);
        json.put("vrrp_id", 1).put("vrrp_priority", "BACKUP".equals(amphora.role) ? 90 : 100);
    }
}
