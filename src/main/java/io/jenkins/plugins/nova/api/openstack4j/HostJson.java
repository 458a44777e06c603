package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import java.util.List;
import java.util.function.Consumer;

/** Services, hypervisors, aggregates and server groups, read from Nova's JSON. */
final class HostJson {

    private HostJson() {}

    /**
     * A compute service, or the little that Nova tells of one whose cell does not answer (host and status UNKNOWN, from 2.69
     * on; nova/api/openstack/compute/services.py, _get_services_list). One of which it is not told whether it is enabled and
     * up counts as such a one, too.
     *
     * @param odd takes why it is unknown
     * @throws NovaException.Unintelligible when it has no host
     */
    static ComputeService service(Fields json, Consumer<String> odd) {
        String host = json.exact("host");
        String status = json.textOrEmpty("status");
        if (status.equals("UNKNOWN")) {
            odd.accept("its cell does not answer (status UNKNOWN)");
            return ComputeService.unknown(host);
        }
        String state = json.textOrEmpty("state");
        String zone = json.exactIfAny("zone");
        String wrong = json.exactIfAny("id") == null
                ? "its 'id' is not a text"
                : !status.equals("enabled") && !status.equals("disabled")
                        ? "its 'status' is neither enabled nor disabled"
                        : state.equals("up") || state.equals("down") ? "" : "its 'state' is neither up nor down";
        if (!wrong.isEmpty()) {
            odd.accept(wrong);
            return ComputeService.unknown(host);
        }
        return new ComputeService(
                json.exact("id"),
                host,
                zone == null ? "" : zone,
                status.equals("enabled"),
                state.equals("up") && !json.flag("forced_down"),
                json.flag("forced_down"),
                json.proseOrNull("disabled_reason"),
                json.timeOrNull("updated_at"));
    }

    static Hypervisor hypervisor(Fields json) {
        return new Hypervisor(
                json.exact("id"),
                json.textOrEmpty("hypervisor_hostname"),
                json.object("service").exact("host"),
                json.textOrEmpty("hypervisor_type"),
                json.numberOrZero("hypervisor_version"),
                "up".equals(json.textOrEmpty("state")),
                "enabled".equals(json.textOrEmpty("status")),
                json.textOrNull("host_ip"),
                json.countOrNull("vcpus"),
                json.countOrNull("vcpus_used"),
                json.numberOrNull("memory_mb"),
                json.numberOrNull("memory_mb_used"),
                json.countOrNull("running_vms"),
                cpuModel(json.node().path("cpu_info")));
    }

    /** An object from 2.28; empty, or without a model, for some drivers. */
    private static String cpuModel(JsonNode cpuInfo) {
        String model = ForeignText.name(cpuInfo.path("model").asText(""));
        return model.isEmpty() ? null : model;
    }

    static Aggregate aggregate(Fields json) {
        return new Aggregate(
                json.number("id"),
                json.textOrEmpty("name"),
                json.textOrNull("availability_zone"),
                texts(json, "hosts"),
                json.texts("metadata"));
    }

    /** {@code policy} and {@code rules} from 2.64, a list of one {@code policies} below. */
    static ServerGroup group(Fields json) {
        List<String> policies = json.words("policies");
        String policy = json.textOrEmpty("policy");
        Fields rules = json.objectOrNull("rules");
        Integer most = rules == null ? null : rules.countOrNull("max_server_per_host");
        return new ServerGroup(
                json.exact("id"),
                json.textOrEmpty("name"),
                policy.isEmpty() && !policies.isEmpty() ? policies.get(0) : policy,
                texts(json, "members"),
                json.textOrNull("project_id"),
                most == null ? 1 : most);
    }

    /** A list that cannot be done without, and of which nothing may be missing. */
    private static List<String> texts(Fields json, String name) {
        List<JsonNode> items = json.items(name);
        if (!items.stream().allMatch(item -> item.isTextual() && ForeignText.harmless(item.asText()))) {
            throw json.odd(name, "a list of names that can be shown");
        }
        return items.stream().map(JsonNode::asText).toList();
    }
}
