package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * Hypervisors whose Nova driver cannot do what is asked: ironic (its "host" is no hypervisor, its servers are whole machines;
 * nova/virt/ironic/driver.py has neither migration nor evacuation), and VMware evacuation
 * (nova/virt/vmwareapi/driver.py, supports_evacuate false).
 */
final class HypervisorFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (server.host() == null) {
            return Optional.empty();
        }
        String type =
                context.estate().hypervisor(server.host()).map(Hypervisor::type).orElse("");
        if (type.equals("ironic")) {
            return Optional.of(Verdict.blocked(
                    "is a bare-metal machine of ironic, which Nova cannot move",
                    "Set the machine itself into maintenance (openstack baremetal node maintenance set)."));
        }
        if (type.startsWith("VMware") && context.route() == Route.REBUILD) {
            return Optional.of(Verdict.blocked(
                    "runs on " + type + ", whose driver in Nova cannot evacuate",
                    "Let vSphere's high availability restart it, or repair the host."));
        }
        return Optional.empty();
    }
}
