package io.jenkins.plugins.nova.hosts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A compute host as it is told to whoever looks, who may not be allowed to see every build.
 *
 * @param host its name
 * @param zone its availability zone; empty when not told
 * @param aggregates the aggregates that it is in
 * @param state {@code up}, {@code down}, or {@code unknown} where Nova cannot tell
 * @param status {@code enabled}, {@code disabled} or {@code unknown}
 * @param forcedDown whether somebody forced it down
 * @param lastReport when its nova-compute reported last; null when not told
 * @param closedSince since when it is disabled; null when it is not, and when nobody wrote that down, for Nova does not
 * @param closedByKind {@code build} of this plugin, {@code nova-compute} itself, or {@code person}, which may be another tool; null
 *     when it is not disabled
 * @param closedBy the build's name as it is called now, or that it is one that may not be seen; null for none
 * @param closedByUrl its page, relative to Jenkins's root; null where it is not found here or may not be seen
 * @param closedByRunning whether that build runs; null where that is not known
 * @param closedFor what the build said that it is for, or the words of the person; null for none
 * @param failure at what the build failed; null where it did not, or may not be seen
 * @param reason the disabled reason as it may be told; null for none
 * @param servers how many servers Nova lists on it
 * @param statuses how many of each status
 */
@ExportedBean
public record HostRow(
        @Exported String host,
        @Exported String zone,
        @Exported List<String> aggregates,
        @Exported String state,
        @Exported String status,
        @Exported boolean forcedDown,
        Instant lastReport,
        Instant closedSince,
        @Exported String closedByKind,
        @Exported String closedBy,
        @Exported String closedByUrl,
        @Exported Boolean closedByRunning,
        @Exported String closedFor,
        @Exported String failure,
        @Exported String reason,
        @Exported int servers,
        @Exported Map<String, Integer> statuses) {

    /** What closed a host that a build of this plugin closed. */
    static final String BUILD = "build";

    /** What closed a host whose nova-compute disabled itself. */
    static final String NOVA_COMPUTE = "nova-compute";

    /** Who closed any other. */
    static final String PERSON = "person";

    /** In place of a state that Nova does not tell. */
    static final String UNKNOWN = "unknown";

    /** Whether it is known to be disabled. */
    boolean closed() {
        return closedByKind != null;
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601; null where it is not told
     */
    @Exported(name = "lastReport")
    public String lastReportText() {
        return lastReport == null ? null : lastReport.toString();
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601; null where it is not told
     */
    @Exported(name = "closedSince")
    public String closedSinceText() {
        return closedSince == null ? null : closedSince.toString();
    }
}
