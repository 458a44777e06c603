package io.jenkins.plugins.nova.api;

import java.time.Instant;

/**
 * A nova-compute service (os-services, 2.53).
 *
 * @param id uuid
 * @param host the host's name, as servers and migrations carry it
 * @param zone its availability zone
 * @param enabled whether the scheduler may use it
 * @param up whether it reports in time and is not forced down
 * @param forcedDown whether somebody forced it down
 * @param disabledReason null when there is none
 * @param updated last report; may be null
 */
public record ComputeService(
        String id,
        String host,
        String zone,
        boolean enabled,
        boolean up,
        boolean forcedDown,
        String disabledReason,
        Instant updated) {

    /** Whether Nova could tell its state; it cannot for a cell that does not answer, and then tells no id either (2.69). */
    public boolean known() {
        return id != null;
    }
}
