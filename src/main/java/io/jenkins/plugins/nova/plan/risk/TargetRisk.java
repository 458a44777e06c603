package io.jenkins.plugins.nova.plan.risk;

import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import java.util.Optional;

/**
 * A target whose hypervisor is older, or whose CPU is another model. Nova refuses the first unless it is configured not to
 * (nova/conductor/tasks/live_migrate.py, DestinationHypervisorTooOld; skip_hypervisor_version_check_on_lm), and compares the
 * guest's CPU, which is not shown, with the second (nova/virt/libvirt/driver.py, _compare_cpu).
 */
public final class TargetRisk implements Risk {

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        if (action != Action.LIVE || context.targetHost() == null) {
            return Optional.empty();
        }
        Optional<Hypervisor> from = context.estate().hypervisor(server.host());
        Optional<Hypervisor> to = context.estate().hypervisor(context.targetHost());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.get().version() > to.get().version()) {
            return Optional.of("the hypervisor of " + to.get().host() + " is older ("
                    + to.get().version() + ", here " + from.get().version()
                    + "), which Nova refuses unless it is configured not to");
        }
        String model = from.get().cpuModel();
        String other = to.get().cpuModel();
        return model != null && other != null && !model.equals(other)
                ? Optional.of("the CPU of " + to.get().host() + " is a " + other + ", here a " + model
                        + "; the guest's must fit both")
                : Optional.empty();
    }
}
