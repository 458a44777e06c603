package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import io.jenkins.plugins.nova.drain.turn.RollBoard;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollMark;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How the hosts of a roll stand in a build: those at work as their steps tell, those that have ended as the build's page has it, so that
 * they are known after a restart as well. One that has not ended by its page, and of which no step is at work, has not gone on after a
 * restart.
 */
public final class BoardOfBuild implements RollBoard {

    private static final Set<String> DONE = Set.of("DONE", "DONE_BEFORE");

    /** Nothing of the host was touched, and none of it is a failure; DRIFTED is what somebody is asked about. */
    private static final Set<String> LEFT_ALONE = Set.of("NOT_BEGUN", "ABORTED", "DRIFTED");

    private final Supplier<Run<?, ?>> build;
    private final Clock clock;

    /** Since when a host was seen not to have gone on, by whoever asks here. */
    private final Map<String, Instant> missing = new ConcurrentHashMap<>();

    /**
     * @param build asked each time: after a restart it may be another object
     * @param clock what time it is
     */
    public BoardOfBuild(Supplier<Run<?, ?>> build, Clock clock) {
        this.build = build;
        this.clock = clock;
    }

    @Override
    public Map<String, Standing> hosts(String roll) {
        Run<?, ?> run = build.get();
        Map<String, Standing> standings = new LinkedHashMap<>();
        HostMaintenanceAction page = run.getAction(HostMaintenanceAction.class);
        List<DrainReport> reports = page == null ? List.of() : page.getDrains();
        reports.stream()
                .filter(report -> report.roll() != null && report.roll().id().equals(roll))
                .forEach(report -> standings.put(report.host(), told(report)));
        standings.putAll(RollsAtWork.get().of(run, roll));
        return standings;
    }

    private Standing told(DrainReport report) {
        if (report.running()) {
            Instant since = missing.computeIfAbsent(report.id(), unseen -> clock.instant());
            return new Standing(State.NOT_RESUMED, Map.of(), since);
        }
        return new Standing(
                ended(report.outcome(), report.roll()),
                Map.of(),
                report.ended() == null ? report.started() : report.ended());
    }

    /**
     * How a host stands for which a step has ended.
     *
     * @param outcome the step's
     * @param mark of the roll
     */
    public static State ended(String outcome, RollMark mark) {
        if (DONE.contains(outcome)) {
            return State.DONE;
        }
        return !mark.begun() && LEFT_ALONE.contains(outcome) ? State.NOT_BEGUN : State.FAILED;
    }
}
