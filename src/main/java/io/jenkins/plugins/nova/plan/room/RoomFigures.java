package io.jenkins.plugins.nova.plan.room;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was read of the room on hypervisors.
 *
 * @param source who told it
 * @param why why Placement did not; empty when it did
 * @param hosts what is free, of all hypervisors
 * @param candidates ids of the hypervisors that Placement offers for a request; a request that is missing was not asked
 *     for, and then what is free decides
 * @param refusals Placement's words where it refused a request, such as for a trait that it has never heard of
 */
public record RoomFigures(
        Source source,
        String why,
        List<HostRoom> hosts,
        Map<RoomRequest, Set<String>> candidates,
        Map<RoomRequest, String> refusals) {

    /** Nobody was asked. */
    public static final RoomFigures NOT_ASKED = new RoomFigures(Source.NOBODY, "", List.of(), Map.of(), Map.of());

    public RoomFigures {
        hosts = List.copyOf(hosts);
        candidates = Map.copyOf(candidates);
        refusals = Map.copyOf(refusals);
    }

    /** Who told what is free. */
    public enum Source {
        /** Placement: inventories with overcommit and reserves, allocations, traits. */
        PLACEMENT,
        /** Nova's hypervisors: memory in use and in all, as it is built in. */
        HYPERVISORS,
        /** Neither. */
        NOBODY
    }

    /**
     * What is asked for a server: with dedicated CPUs only where some host has any.
     *
     * @param request as {@link RoomRequest#of} has it
     */
    public RoomRequest asked(RoomRequest request) {
        boolean dedicated = source != Source.PLACEMENT
                || hosts.stream().anyMatch(host -> host.free().containsKey("PCPU"));
        return dedicated ? request : request.withoutDedicatedCpus();
    }
}
