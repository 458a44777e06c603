package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.List;

/** Services, hypervisors, aggregates and server groups, read from Nova's JSON. */
final class HostJson {

    private HostJson() {}

    static ComputeService service(Fields json) {
        return new ComputeService(
                json.text("id"),
                json.text("host"),
                json.textOrEmpty("zone"),
                "enabled".equals(json.text("status")),
                "up".equals(json.text("state")) && !json.flag("forced_down"),
                json.flag("forced_down"),
                json.textOrNull("disabled_reason"),
                json.timeOrNull("updated_at"));
    }

    static Hypervisor hypervisor(Fields json) {
        return new Hypervisor(
                json.text("id"),
                json.text("hypervisor_hostname"),
                json.object("service").text("host"),
                json.textOrEmpty("hypervisor_type"),
                json.has("hypervisor_version") ? json.number("hypervisor_version") : 0,
                "up".equals(json.text("state")),
                "enabled".equals(json.text("status")),
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
        String model = cpuInfo.path("model").asText("");
        return model.isEmpty() ? null : model;
    }

    static Aggregate aggregate(Fields json) {
        return new Aggregate(
                json.number("id"),
                json.text("name"),
                json.textOrNull("availability_zone"),
                json.words("hosts"),
                json.texts("metadata"));
    }

    /** {@code policy} and {@code rules} from 2.64, a list of one {@code policies} below. */
    static ServerGroup group(Fields json) {
        List<String> policies = json.words("policies");
        String policy = json.has("policy") ? json.text("policy") : policies.isEmpty() ? "" : policies.get(0);
        Integer most = json.has("rules") ? json.object("rules").countOrNull("max_server_per_host") : null;
        return new ServerGroup(
                json.text("id"),
                json.text("name"),
                policy,
                json.words("members"),
                json.textOrNull("project_id"),
                most == null ? 1 : most);
    }
}
