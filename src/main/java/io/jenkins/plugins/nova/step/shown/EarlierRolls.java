package io.jenkins.plugins.nova.step.shown;

import hudson.model.Run;
import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.step.controller.BoardOfBuild;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What earlier builds of a job wrote down of rolls on their pages. */
public final class EarlierRolls {

    /** How many builds are looked through: a roll that was left alone for longer is begun anew. */
    private static final int BUILDS = 30;

    private EarlierRolls() {}

    /**
     * That a host was done.
     *
     * @param build the build's name
     * @param at when
     */
    public record Proof(String build, Instant at) {}

    /**
     * A roll of which hosts are left over.
     *
     * @param id names it
     * @param done hosts that are done
     * @param failed hosts that were begun and did not end well, the newest first
     */
    public record Unfinished(String id, Map<String, Proof> done, List<String> failed) {
        public Unfinished {
            done = new LinkedHashMap<>(done);
            failed = List.copyOf(failed);
        }
    }

    /**
     * The newest roll that was begun in earlier builds, and whose hosts are not all done.
     *
     * @param run the build that asks; nothing of itself is read
     * @param cloud on which
     * @param key what was rolled
     */
    public static Optional<Unfinished> unfinished(Run<?, ?> run, String cloud, String key) {
        String id = null;
        int hosts = 0;
        Map<String, Proof> done = new LinkedHashMap<>();
        Set<String> passedOver = new LinkedHashSet<>();
        Set<String> failed = new LinkedHashSet<>();
        Run<?, ?> build = run.getPreviousBuild();
        for (int i = 0; build != null && i < BUILDS; i++) {
            HostMaintenanceAction action = build.getAction(HostMaintenanceAction.class);
            List<DrainReport> reports = action == null ? List.of() : action.getDrains();
            for (int at = reports.size() - 1; at >= 0; at--) {
                DrainReport report = reports.get(at);
                if (report.roll() == null
                        || !key.equals(report.roll().key())
                        || !cloud.equals(report.cloud())
                        || (id != null && !id.equals(report.roll().id()))) {
                    continue;
                }
                if (id == null) {
                    id = report.roll().id();
                    hosts = report.roll().hosts();
                }
                String host = report.host();
                State state = state(report, build);
                boolean before = report.outcome().equals("DONE_BEFORE");
                if (state == State.DONE && !failed.contains(host)) {
                    // the proof is the build that did it, unless that build is gone
                    if (!done.containsKey(host) || (!before && passedOver.remove(host))) {
                        done.put(host, new Proof(build.getExternalizableId(), report.ended()));
                    }
                    if (before && done.get(host).build().equals(build.getExternalizableId())) {
                        passedOver.add(host);
                    }
                } else if (state == State.FAILED && !done.containsKey(host)) {
                    failed.add(host);
                }
            }
            build = build.getPreviousBuild();
        }
        return id == null || done.size() >= hosts
                ? Optional.empty()
                : Optional.of(new Unfinished(id, done, List.copyOf(failed)));
    }

    /** Of one whose build ended under it nobody knows more than that it was begun. */
    private static State state(DrainReport report, Run<?, ?> build) {
        if (!report.running()) {
            return BoardOfBuild.ended(report.outcome(), report.roll());
        }
        return build.isBuilding() || !report.roll().begun() ? State.NOT_BEGUN : State.FAILED;
    }
}
