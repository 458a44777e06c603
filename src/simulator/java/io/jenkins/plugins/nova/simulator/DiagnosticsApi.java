package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;

/** A server's diagnostics: nova-compute answers only where it sees the guest run (nova/compute/manager.py). */
final class DiagnosticsApi {
    private static final List<String> POWER_STATES =
            List.of("pending", "running", "", "paused", "shutdown", "", "crashed", "suspended");

    private final World world;

    DiagnosticsApi(World world) {
        this.world = world;
    }

    Answer answer(Call call, List<String> path) {
        call.needAdmin("os_compute_api:os-server-diagnostics");
        SimServer server = ServersApi.find(world, call, path.get(1));
        Queries.known(call, 102, Set.of());
        if (!server.guestRuns()) {
            throw ApiError.conflict("Cannot 'get_diagnostics' instance " + server.id + " while it is in power state "
                    + POWER_STATES.get(server.powerState));
        }
        return Answer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("state", "running")
                        .put("driver", "libvirt")
                        .put("hypervisor", "kvm"));
    }
}
