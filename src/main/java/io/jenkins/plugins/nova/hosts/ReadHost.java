package io.jenkins.plugins.nova.hosts;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A compute host as it was read.
 *
 * @param host its name
 * @param zone its availability zone; empty when not told
 * @param aggregates names of the aggregates that it is in, sorted
 * @param known whether Nova tells its state; {@code up}, {@code enabled} and {@code forcedDown} mean nothing when not
 * @param reason why it is disabled, as it stands in Nova; null for none, and while it is enabled
 * @param holder the build that closed it; null when it is enabled, or disabled by somebody else
 * @param lastReport when its nova-compute reported last, by our clock; null when not told
 * @param servers how many servers Nova lists on it
 * @param statuses how many of each status, sorted
 */
record ReadHost(
        String host,
        String zone,
        List<String> aggregates,
        boolean known,
        boolean up,
        boolean enabled,
        boolean forcedDown,
        String reason,
        Holder holder,
        Instant lastReport,
        int servers,
        Map<String, Integer> statuses) {

    ReadHost {
        aggregates = List.copyOf(aggregates);
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    }

    /** Whether the scheduler is known to be kept from it. */
    boolean closed() {
        return known && !enabled;
    }
}
