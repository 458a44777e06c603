package io.jenkins.plugins.nova.plan.room;

import java.util.Map;
import java.util.Set;

/**
 * What is free on a hypervisor.
 *
 * @param id the hypervisor's, which is its resource provider's too
 * @param host the compute service's host
 * @param free by resource class, less than 0 where more is used than there is; a class of which nothing is known is missing
 * @param traits Placement's; empty when not told
 */
public record HostRoom(String id, String host, Map<String, Long> free, Set<String> traits) {
    public HostRoom {
        free = Map.copyOf(free);
        traits = Set.copyOf(traits);
    }
}
