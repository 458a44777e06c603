package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A roll as a build planned it: what its page holds beside what the hosts' steps tell. Immutable, written once.
 *
 * @param id names it within its run, and its file on disk; as of {@link DrainReport#id()}
 * @param key names it over all builds that go on with it; may be {@code null}
 * @param cloud the cloud's name in the configuration
 * @param began when it was planned; never {@code null}
 * @param hash what is approved; may be {@code null}
 * @param budget how many hosts may be away; {@code null} is taken as any number
 * @param canary whether the first host goes alone
 * @param servers how many servers move
 * @param moves how often, in all
 * @param seconds from the first host's beginning until the last one is in service again
 * @param hosts in the order in which they begin; those that cannot, last. {@code null} is taken as none
 */
@ExportedBean
public record RollReport(
        @Exported String id,
        @Exported String key,
        @Exported String cloud,
        Instant began,
        @Exported String hash,
        @Exported(inline = true) Budget budget,
        @Exported boolean canary,
        @Exported int servers,
        @Exported int moves,
        @Exported long seconds,
        @Exported(inline = true) List<Host> hosts) {

    /**
     * How many hosts may be away.
     *
     * @param maxAway at most so many; 0 for any number
     * @param minFree at least so many are without a server; 0 for none
     * @param aggregate the hosts that count; {@code null} for those of the zone
     */
    @ExportedBean
    public record Budget(
            @Exported int maxAway,
            @Exported int minFree,
            @Exported String aggregate) {

        /** No limit. */
        public static final Budget NONE = new Budget(0, 0, null);
    }

    /**
     * One host, as it was planned. Times are seconds from the beginning of the first host, negative where it cannot be begun.
     *
     * @param host its name; never {@code null}
     * @param state CLEAR, AWAY, BLOCKED, SHORT, TOO_LONG or OVER_BUDGET
     * @param reason in words, unless the state is CLEAR; {@code null} is taken as none
     * @param moves how many servers leave it
     * @param begins when its servers begin to move
     * @param drained when it is empty, and the work on it begins
     * @param worked when the work has ended
     * @param ends when it is in service again
     * @param before where an earlier build did it: which, and when; else {@code null}
     */
    @ExportedBean
    public record Host(
            @Exported String host,
            @Exported String state,
            @Exported String reason,
            @Exported int moves,
            @Exported long begins,
            @Exported long drained,
            @Exported long worked,
            @Exported long ends,
            @Exported(inline = true) Before before) {
        public Host {
            Objects.requireNonNull(host, "host");
            state = state == null ? "CLEAR" : state;
            reason = reason == null ? "" : reason;
        }

        /** Whether it was planned to be begun. */
        public boolean planned() {
            return begins >= 0 && ends >= begins && before == null;
        }
    }

    /**
     * What an earlier build did.
     *
     * @param build which, in words
     * @param when it was done; may be {@code null}
     */
    @ExportedBean
    public record Before(@Exported String build, Instant when) {

        /**
         * For the remote API.
         *
         * @return in ISO 8601, UTC; {@code null} where it is not known
         */
        @Exported(name = "when")
        public String whenText() {
            return when == null ? null : when.toString();
        }
    }

    /**
     * @throws IllegalArgumentException where the id would not do as the name of a file
     * @throws NullPointerException without id or time
     */
    public RollReport {
        DrainReport.checkId(id);
        Objects.requireNonNull(began, "began");
        budget = budget == null ? Budget.NONE : budget;
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }

    /**
     * For the remote API.
     *
     * @return in ISO 8601, UTC
     */
    @Exported(name = "began")
    public String beganText() {
        return began.toString();
    }
}
