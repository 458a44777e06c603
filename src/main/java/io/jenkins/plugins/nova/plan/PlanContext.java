package io.jenkins.plugins.nova.plan;

import java.util.Map;
import java.util.Set;

/**
 * What filters may know besides the server.
 *
 * @param route how servers are to leave
 * @param targetHost where they are to go; null for the scheduler's choice
 * @param sharedStorage whether the pipeline says that the hosts' instance disks are on shared storage
 * @param diskLossAllowed ids or names of the servers whose local disk may be lost; {@code *} for all
 * @param hostUp whether each compute service is up, by host
 * @param resizeSources source hosts of the migrations that wait for confirm or revert, by server id
 */
public record PlanContext(
        Route route,
        String targetHost,
        boolean sharedStorage,
        Set<String> diskLossAllowed,
        Map<String, Boolean> hostUp,
        Map<String, String> resizeSources) {
    public PlanContext {
        diskLossAllowed = Set.copyOf(diskLossAllowed);
        hostUp = Map.copyOf(hostUp);
        resizeSources = Map.copyOf(resizeSources);
    }
}
