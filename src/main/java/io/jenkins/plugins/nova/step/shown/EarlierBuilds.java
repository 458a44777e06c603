package io.jenkins.plugins.nova.step.shown;

import hudson.model.Run;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettingRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier steps and builds of a job wrote down on their pages of a host.
 *
 * @param emptying names of the steps that empty hosts
 * @param returning names of the steps after whose success a host's servers are home, or were to stay where they are
 */
public record EarlierBuilds(Set<String> emptying, Set<String> returning) {

    /** How many builds are looked through: a host that was left alone for longer is asked for with {@code manifest}. */
    private static final int BUILDS = 30;

    /**
     * The servers that left a host in earlier steps of this build and in earlier builds of its job, back to the one that
     * brought the host back. The newest word on a server counts.
     *
     * @param run the build; nothing of it but what is written down on its page is read
     * @param own the report of the step that asks, which is left out
     */
    public List<ReturningServer> left(Run<?, ?> run, String own, String cloud, String host) {
        Map<String, ReturningServer> left = new LinkedHashMap<>();
        Run<?, ?> build = run;
        for (int i = 0; build != null && i < BUILDS; i++) {
            HostMaintenanceAction action = build.getAction(HostMaintenanceAction.class);
            List<DrainReport> reports = action == null ? List.of() : action.getDrains();
            for (int at = reports.size() - 1; at >= 0; at--) {
                DrainReport report = reports.get(at);
                if (report.id().equals(own) || !cloud.equals(report.cloud()) || !host.equals(report.host())) {
                    continue;
                }
                if (returning.contains(report.step()) && "DONE".equals(report.outcome())) {
                    return List.copyOf(left.values());
                }
                if (emptying.contains(report.step())) {
                    report.servers().stream()
                            .filter(row -> ReturningServer.left(row.outcome(), row.to()))
                            .map(EarlierBuilds::homecomer)
                            .forEach(server -> left.putIfAbsent(server.id(), server));
                }
            }
            build = build.getPreviousBuild();
        }
        return List.copyOf(left.values());
    }

    /**
     * What earlier steps and builds have set beside Nova for this host, and not put back: the newest word on each counts. What was found
     * as it is says nothing about who had set it.
     *
     * @param run the build; nothing of it but what is written down on its page is read
     * @param own the report of the step that asks, which is left out
     */
    public List<SettingChange> set(Run<?, ?> run, String own, String cloud, String host, Instant now) {
        Map<String, Optional<SettingChange>> known = new LinkedHashMap<>();
        Run<?, ?> build = run;
        for (int i = 0; build != null && i < BUILDS; i++) {
            HostMaintenanceAction action = build.getAction(HostMaintenanceAction.class);
            List<DrainReport> reports = action == null ? List.of() : action.getDrains();
            for (int at = reports.size() - 1; at >= 0; at--) {
                DrainReport report = reports.get(at);
                if (!report.id().equals(own) && cloud.equals(report.cloud()) && host.equals(report.host())) {
                    report.beside()
                            .forEach(row -> SettingWords.ours(row.state())
                                    .ifPresent(ours -> known.putIfAbsent(
                                            row.service() + " " + row.id(), ours ? ours(row, now) : Optional.empty())));
                }
            }
            build = build.getPreviousBuild();
        }
        return known.values().stream().flatMap(Optional::stream).toList();
    }

    private static Optional<SettingChange> ours(SettingRow row, Instant now) {
        SettingRow.Number number = row.number();
        return Arrays.stream(HostSetting.Kind.values())
                // several kinds of one service have its word
                .filter(kind -> kind.word().equals(row.service()) && kind.numbered() == (number != null))
                .findFirst()
                .map(kind -> SettingChange.ours(
                        kind,
                        row.id(),
                        row.name(),
                        row.changed(),
                        number == null ? null : new SettingChange.Number(number.of(), number.before(), number.ours()),
                        now));
    }

    private static ReturningServer homecomer(ServerRow row) {
        return new ReturningServer(row.id(), row.name(), row.to());
    }
}
