package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a host that was away is fit for service: what is still wanting, in words. Pure.
 *
 * <p>A host that is about to go down still looks well for a minute (service_down_time), so it must have reported anew, twice:
 * the first report may have been on its way when the body ended.
 */
final class Readiness {

    /** Reports of nova-compute, newer than the body's end, that show that its process lives. */
    static final int REPORTS = 2;

    /** Memory that a host may lack against before: kernels reserve more or less from one version to the next. */
    private static final double MEMORY_LEFT = 0.95;

    private Readiness() {}

    /** What is waited for; empty when the host is fit. */
    static List<String> lacks(ReturnState state, ReturnObservation observed) {
        List<String> lacks = new ArrayList<>();
        ComputeService service = observed.service();
        if (service == null) {
            lacks.add("its compute service to be listed");
            return lacks;
        }
        if (!service.known()) {
            lacks.add("its compute service to be told by Nova (status UNKNOWN: its cell does not answer)");
            return lacks;
        }
        if (state.reports() < REPORTS && !state.order().dryRun()) {
            lacks.add("its nova-compute to report to Nova (last "
                    + (service.updated() == null ? "never" : "at " + Times.at(service.updated())) + ")");
        }
        if (!observed.evacuated().isEmpty()) {
            lacks.add(Quantity.servers(observed.evacuated().size())
                    + " rebuilt elsewhere to be cleaned up (evacuations in status done: nova-compute deletes"
                    + " its old copies when it starts)");
        }
        if (observed.uncertain()) {
            lacks.add("its evacuations to be told wholly by Nova (a migration was set aside)");
        }
        if (service.forcedDown()) {
            lacks.add(
                    mayForceUp(state)
                            ? "forced_down to be taken back"
                            : "forced_down to be taken back by whoever set it (or say clearForcedDown: true)");
        } else if (!service.up()) {
            lacks.add("its compute service to read up");
        }
        hypervisor(state, observed, lacks);
        if (state.agents() != null && observed.agents() != null) {
            // as without nova-compute: each server that comes to it would fail
            state.agents().binding(observed.agents()).forEach(type -> lacks.add(reports(type)));
        }
        return lacks;
    }

    private static String reports(String type) {
        return "its " + type + " to report to Neutron";
    }

    /**
     * What is waited for a while besides, when nothing else is lacking, by the types of agents; those whose setting is put back are waited for
     * there.
     */
    static List<String> silent(ReturnState state, ReturnObservation observed) {
        if (state.agents() == null || observed.agents() == null) {
            return List.of();
        }
        List<String> ours = observed.agents().stream()
                .filter(agent -> state.settings().stream()
                        .anyMatch(change -> change.mayBeOurs() && change.id().equals(agent.id())))
                .map(AgentWatch::type)
                .toList();
        return state.agents().others(observed.agents()).stream()
                .filter(type -> !ours.contains(type))
                .toList();
    }

    /** The same in words, with an answer of Neutron's that failed to come. */
    static List<String> awaited(List<String> silent, ReturnObservation observed) {
        return observed.agentsUnread() == null
                ? silent.stream().map(Readiness::reports).toList()
                : List.of("its network agents to be told by Neutron (" + observed.agentsUnread() + ")");
    }

    /** Whether forced_down may be taken back by us. */
    static boolean mayForceUp(ReturnState state) {
        return state.forcedDown() || state.order().clearForcedDown();
    }

    private static void hypervisor(ReturnState state, ReturnObservation observed, List<String> lacks) {
        if (observed.hypervisors().isEmpty()) {
            lacks.add("its hypervisor to be listed");
            return;
        }
        boolean several = observed.hypervisors().size() > 1;
        for (Hypervisor hypervisor : observed.hypervisors()) {
            if (!hypervisor.up()) {
                lacks.add("hypervisor " + hypervisor.hostname() + " to read up");
            }
            if (!bareMetal(hypervisor)
                    && (hypervisor.vcpus() != null && hypervisor.vcpus() <= 0
                            || hypervisor.memoryMiB() != null && hypervisor.memoryMiB() <= 0)) {
                lacks.add("hypervisor " + hypervisor.hostname() + " to have CPUs and memory (it reads "
                        + hypervisor.vcpus() + " and " + hypervisor.memoryMiB() + " MiB)");
            }
            HypervisorSize before = state.nodes().get(hypervisor.hostname());
            if (before == null && !several) {
                before = state.figures();
            }
            if (before != null) {
                asBefore(several ? "hypervisor " + hypervisor.hostname() + " to have " : "", before, hypervisor, lacks);
            }
        }
    }

    /**
     * A node of ironic reads 0 CPUs and 0 MiB, for its machine is counted as one custom resource
     * (nova/virt/ironic/driver.py, _node_resource): that says nothing of the host, which is the nova-compute in front of
     * it, unless it read more before.
     */
    private static boolean bareMetal(Hypervisor hypervisor) {
        return "ironic".equals(hypervisor.type());
    }

    private static void asBefore(String whose, HypervisorSize before, Hypervisor now, List<String> lacks) {
        if (before.vcpus() != null && now.vcpus() != null && now.vcpus() < before.vcpus()) {
            lacks.add(whose + "its " + before.vcpus() + " CPUs of before (it reads " + now.vcpus() + ")");
        }
        if (before.memoryMiB() != null
                && now.memoryMiB() != null
                && now.memoryMiB() < before.memoryMiB() * MEMORY_LEFT) {
            lacks.add(whose + "its " + Quantity.bytes(before.memoryMiB() << 20) + " of memory of before (it reads "
                    + Quantity.bytes(now.memoryMiB() << 20) + ")");
        }
    }
}
