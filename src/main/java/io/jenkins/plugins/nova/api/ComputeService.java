package io.jenkins.plugins.nova.api;

import java.time.Instant;

/**
 * A nova-compute service (os-services, 2.53); or the host alone of one whose cell does not answer (2.69; {@link #known} is
 * false then), which counts as neither enabled nor up.
 *
 * @param id uuid; null only when it is not known
 * @param host the host's name, as servers and migrations carry it
 * @param zone its availability zone; empty when not told
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

    /** A service of which nothing is known but its host. */
    public static ComputeService unknown(String host) {
        return new ComputeService(null, host, "", false, false, false, null, null);
    }

    /** The same as one to which the scheduler sends nothing. */
    public ComputeService disabled() {
        return new ComputeService(id, host, zone, false, up, forcedDown, disabledReason, updated);
    }

    /** Whether Nova tells its state: when not, it is neither known to be up nor known to be down. */
    public boolean known() {
        return id != null;
    }
}
