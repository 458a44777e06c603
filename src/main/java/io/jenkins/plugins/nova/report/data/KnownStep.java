package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a step of some build did to a host or to servers, as far as it matters to who reads of them on the page of an earlier build.
 *
 * @param build the build's externalizable id; never {@code null}
 * @param id the step's report within the build; never {@code null}
 * @param step the step's name
 * @param cloud the cloud's name in the configuration
 * @param host the host; {@code null} for steps on chosen servers
 * @param outcome as of {@link DrainReport#outcome()}
 * @param hostState as of {@link DrainReport#hostState()}
 * @param began when the step began; never {@code null}
 * @param ended when it was over; {@code null} while it goes on, and where its controller never learned of its end
 * @param servers what was settled: outcomes by the servers' ids; {@code null} is taken as nothing
 */
public record KnownStep(
        String build,
        String id,
        String step,
        String cloud,
        String host,
        String outcome,
        String hostState,
        Instant began,
        Instant ended,
        Map<String, String> servers) {

    /** Of a larger step no more is kept: what is not known is shown as it was when the earlier build ended. */
    private static final int MOST_SERVERS = 1000;

    public KnownStep {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(began, "began");
        servers = servers == null ? Map.of() : Map.copyOf(servers);
    }

    /** What others need to know of a step of this build. */
    public static KnownStep of(String build, DrainReport report) {
        Map<String, String> settled = report.servers().stream()
                .filter(row -> SettledBy.settles(row.outcome()))
                .limit(MOST_SERVERS)
                .collect(Collectors.toMap(ServerRow::id, ServerRow::outcome, (one, other) -> other));
        return new KnownStep(
                build,
                report.id(),
                report.step(),
                report.cloud(),
                report.host(),
                report.outcome(),
                report.hostState(),
                report.started(),
                report.ended(),
                report.running() ? Map.of() : settled);
    }

    /** Whether it changed nothing, as a plan does. */
    public boolean onlyLooked() {
        return DrainReport.onlyLooks(step, outcome);
    }
}
