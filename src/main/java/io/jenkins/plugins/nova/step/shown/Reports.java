package io.jenkins.plugins.nova.step.shown;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Names;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.hostreturn.Canary;
import io.jenkins.plugins.nova.drain.hostreturn.CanaryWords;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceWords;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.HostCourse;
import io.jenkins.plugins.nova.report.data.RollMark;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.data.SettingRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** From a drain's state to what the build's page shows of it. */
public final class Reports {

    private Reports() {}

    /**
     * A drain, as it is now.
     *
     * @param id of the report, by which a later one replaces it
     * @param step the step's name in the Pipeline
     */
    public static DrainReport of(String id, String step, String cloud, DrainState state, Instant now) {
        return new DrainReport(
                        id,
                        step,
                        cloud,
                        state.order().host(),
                        state.over() ? state.outcome().toString() : DrainReport.RUNNING,
                        state.planHash(),
                        state.began(),
                        state.ended(),
                        state.over() ? state.message() : Narrator.status(state, now),
                        state.servers().stream()
                                .map(server -> row(server, state.names(), now))
                                .toList(),
                        state.ended(Outcome.AWAITING_CONFIRM).stream()
                                .map(ServerState::id)
                                .toList(),
                        Stream.of(
                                        why(state.order()),
                                        state.notes().stream(),
                                        SettingWords.standing(state.settings()).stream())
                                .flatMap(lines -> lines)
                                .toList(),
                        PlanReports.of(state),
                        null,
                        state.over() && isClosed(state) ? DrainReport.CLOSED : null)
                .beside(settings(state.settings()));
    }

    private static List<SettingRow> settings(List<SettingChange> settings) {
        return settings.stream()
                .map(change -> new SettingRow(
                        change.kind().word(),
                        change.id(),
                        change.name(),
                        SettingWords.word(change),
                        change.why(),
                        change.written(),
                        change.number() == null
                                ? null
                                : new SettingRow.Number(
                                        change.number().of(),
                                        change.number().before(),
                                        change.number().ours())))
                .toList();
    }

    /** Whether the drain leaves its host behind a cordon, its own or one that was there. */
    private static boolean isClosed(DrainState state) {
        return state.cordon() != null
                && state.backOut() == null
                && (state.cordon().state() == ServiceChange.State.OURS
                        || state.cordon().state() == ServiceChange.State.FOUND);
    }

    /** The maintenance of a host: the servers of its drain, under the outcome of the whole. */
    public static DrainReport of(String id, String step, String cloud, MaintenanceState state, Instant now) {
        return of(id, step, cloud, state, null, now);
    }

    /**
     * The same of a host of a roll.
     *
     * @param key what is rolled; null outside a roll
     */
    public static DrainReport of(
            String id, String step, String cloud, MaintenanceState state, String key, Instant now) {
        DrainState drain = state.drain();
        List<String> notes = new ArrayList<>();
        if (drain != null) {
            why(drain.order()).forEach(notes::add);
            notes.addAll(drain.notes());
        }
        if (state.turn() != null) {
            notes.addAll(state.turn().notes());
        }
        if (state.returning() != null) {
            notes.addAll(state.returning().notes());
            MaintenanceWords.tried(state.returning()).ifPresent(notes::add);
        }
        notes.addAll(SettingWords.standing(beside(state)));
        DrainReport part = drain == null ? null : of(id, step, cloud, drain, now);
        return new DrainReport(
                id,
                step,
                cloud,
                state.order().host(),
                state.over() ? state.outcome() : DrainReport.RUNNING,
                drain == null ? null : drain.planHash(),
                state.began(),
                state.ended(),
                state.over() ? state.message() : MaintenanceWords.status(state, now),
                part == null ? List.of() : part.servers(),
                part == null ? List.of() : part.awaitingConfirm(),
                notes,
                part == null ? null : part.plan(),
                canary(state),
                hostState(state),
                state.turn() == null || key == null ? null : mark(state.turn(), key),
                course(state),
                settings(beside(state)));
    }

    private static List<SettingChange> beside(MaintenanceState state) {
        if (state.returning() != null) {
            return state.returning().settings();
        }
        return state.drain() == null ? List.of() : state.drain().settings();
    }

    /**
     * What the host went through. When the block ended is not saved: settling begins with what is known of it now, and the page
     * knows of an earlier report that it began before.
     */
    private static HostCourse course(MaintenanceState state) {
        TurnState turn = state.turn();
        return turn == null || turn.over()
                ? new HostCourse(phases(state), null, null)
                : new HostCourse(phases(state), turn.waitsFor(), turn.until());
    }

    private static List<Segment> phases(MaintenanceState state) {
        DrainState drain = state.drain();
        List<Segment> phases = new ArrayList<>();
        boolean waits = state.part() == MaintenancePart.TURN
                || state.over() && state.turn() != null && state.turn().outcome() != TurnOutcome.BEGINS;
        if (state.turn() != null) {
            phases.add(new Segment(
                    HostCourse.WAITING,
                    state.began(),
                    waits ? state.ended() : state.turn().ended()));
        }
        if (waits || drain == null) {
            return phases;
        }
        Instant drained = drain.ended();
        phases.add(new Segment(HostCourse.DRAINING, drain.began(), drained == null ? state.ended() : drained));
        ReturnState returning = state.returning();
        if (drained == null || returning == null || drain.order().dryRun()) {
            return phases;
        }
        boolean blockAhead = state.part() == MaintenancePart.BEFORE || state.part() == MaintenancePart.BODY;
        Instant settles = returning.since().isBefore(drained) ? drained : returning.since();
        phases.add(new Segment(HostCourse.BLOCK, drained, blockAhead ? null : settles));
        if (!blockAhead) {
            phases.add(new Segment(HostCourse.SETTLING, settles, state.ended()));
        }
        return phases;
    }

    private static RollMark mark(TurnState turn, String key) {
        return new RollMark(
                turn.order().roll(), key, turn.order().hosts().size(), turn.outcome() == TurnOutcome.BEGINS);
    }

    private static String hostState(MaintenanceState state) {
        if (!state.over()) {
            return null;
        }
        ReturnState returning = state.returning();
        if (returning != null && returning.enabled()) {
            return DrainReport.OPEN;
        }
        boolean closed = returning == null
                ? state.drain() != null && isClosed(state.drain())
                : returning.cordoned() && !state.order().dryRun();
        return closed ? DrainReport.CLOSED : null;
    }

    /** The server that the host is tried with; null before and without one. */
    private static ServerRow canary(MaintenanceState state) {
        Canary canary = state.returning() == null ? null : state.returning().canary();
        if (canary == null) {
            return null;
        }
        boolean over = canary.stage() == Canary.Stage.OVER;
        boolean settled = over || state.over();
        boolean failed = settled && CanaryWords.failed(state.returning());
        Instant until = over ? canary.since() : null;
        List<Segment> segments = new ArrayList<>(canary.spans().stream()
                .map(span -> new Segment(span.kind(), span.start(), span.end()))
                .toList());
        if (!over) {
            segments.add(new Segment(canary.stage().span(), canary.since(), state.over() ? state.ended() : null));
        }
        Instant began = segments.isEmpty() ? canary.since() : segments.get(0).start();
        Instant last = until != null ? until : state.over() ? state.ended() : canary.since();
        return new ServerRow(
                canary.id() == null ? "" : canary.id(),
                canary.name(),
                null,
                null,
                "live",
                null,
                state.order().host(),
                !settled ? DrainReport.RUNNING : failed ? "FAILED" : over ? "DONE" : "UNKNOWN",
                failed ? state.returning().failure() : null,
                null,
                Duration.between(began, last).toSeconds(),
                0,
                -1,
                segments);
    }

    /** What the pipeline says it is for; nothing where it does not. */
    private static Stream<String> why(DrainOrder order) {
        return order.reason() == null ? Stream.empty() : Stream.of("Reason: " + order.reason());
    }

    private static ServerRow row(ServerState server, Names names, Instant now) {
        Instant until = server.ended() == null ? now : server.ended();
        long seconds = server.started() == null
                ? 0
                : Duration.between(server.started(), until).toSeconds();
        return new ServerRow(
                server.id(),
                server.name(),
                server.project(),
                names.project(server.project()),
                server.action().toString().toLowerCase(Locale.ROOT),
                server.source(),
                server.to(),
                server.outcome() == null ? "" : server.outcome().toString(),
                server.reason(),
                server.advice(),
                seconds,
                server.ramMiB(),
                server.progress() == null ? -1 : server.progress().percent(),
                server.spans().stream()
                        .map(span -> new Segment(span.kind(), span.start(), span.end()))
                        .toList());
    }
}
