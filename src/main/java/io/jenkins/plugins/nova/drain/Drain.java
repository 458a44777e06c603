package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine: from a state and what a tick saw to the next state. Pure: it reads and sends nothing. What it wants
 * sent stands in the state as RECORDED intents, for its caller to save first (law 2).
 *
 * <pre>
 *   CHECK -+-> (WAIT_DOWN -> FORCE_DOWN) -> CORDON -> PLAN -> MOVE -> ENDED      a host; in brackets a dead one
 *          |                                  +-> BACK_OUT -> ENDED              too many hosts are away, the plan has drifted, no room
 *          +-> PLAN -> MOVE -> ENDED                                            chosen servers, or dryRun
 *          +-> ENDED                                                            refused
 * </pre>
 */
final class Drain {

    private Drain() {}

    /** The state after a look. */
    static DrainState decide(DrainState before, Look look, Holders holders, Instant now) {
        DrainState.Edit edit = before.edit();
        edit.troubleSince = null;
        edit.trouble = null;
        SetAside.note(edit, look.setAside());
        DrainState state = edit.done();
        boolean undone = state.phase() != Phase.MOVE && state.phase() != Phase.BACK_OUT;
        if (state.stop() != null && undone) {
            return Ending.end(Cordon.found(state, look, holders, now), HostOutcome.ABORTED, look, now);
        }
        if (undone && state.deadline() != null && now.isAfter(state.deadline())) {
            return Ending.refuse(state, "timeout: the step's time was over before anything was moved.", now);
        }
        return switch (state.phase()) {
            case CHECK -> Preparation.checked(state, look, holders, now);
            case WAIT_DOWN -> Preparation.waitDown(state, look, now);
            case FORCE_DOWN -> Preparation.forcedDown(state, look, holders, now);
            case CORDON -> Cordon.seen(state, look, holders, now);
            case BACK_OUT -> BackingOut.seen(state, look, now);
            case PLAN -> planned(state, look, now);
            case MOVE -> moved(state, look, now);
            case ENDED -> state;
        };
    }

    private static DrainState planned(DrainState before, Look look, Instant now) {
        DrainState state = RoomCheck.forecast(new Planning(before, look, now).made(), look);
        DrainOrder order = state.order();
        if (Drift.of(state) && order.approved().onDrift() != Approved.OnDrift.CONTINUE) {
            return Drift.met(state, look, now);
        }
        Optional<String> unplaced = RoomCheck.refusalBehindCordon(state);
        if (unplaced.isPresent()) {
            return state.rebuild()
                    ? Ending.refuse(state, unplaced.get(), now)
                    : BackingOut.refuse(state, unplaced.get(), look, now);
        }
        if (order.dryRun()) {
            DrainState.Edit edit = state.edit();
            edit.each(server -> server.is(Stage.PENDING)
                    ? server.end(Outcome.PLANNED, server.reason(), server.hint(), now)
                    : server);
            return Ending.end(edit.done(), HostOutcome.PLANNED, look, now);
        }
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.MOVE;
        if (Drift.of(state)) {
            edit.note(Drift.passedOver(state));
        }
        return moved(edit.done(), look, now);
    }

    private static DrainState moved(DrainState before, Look look, Instant now) {
        Judge judge = new Judge(before, now);
        Planning planning = new Planning(before, look, now);
        DrainState.Edit edit = before.edit();
        edit.each(server -> server.underWay() ? judge.judge(server, look) : server);
        edit.each(server -> server.is(Stage.PENDING) ? again(server, look, planning, before, now) : server);
        newcomers(edit, look, planning);
        if (before.order().emptiesHost()) {
            edit.each(server -> waiting(Afterwards.seen(server, look, now), look, now));
        }
        String enough = enough(before, edit.servers, now);
        if (enough != null) {
            edit.each(server -> server.is(Stage.PENDING)
                    ? server.end(Outcome.NOT_STARTED, enough, "Run the step again.", now)
                    : server);
        }
        boolean over = before.stop() != null || overdue(before, now);
        if (over) {
            edit.each(server -> server.underWay() ? WindDown.of(server, before, now) : server);
        }
        edit.servers = Starter.start(edit.servers, before.order(), now);
        DrainState state = edit.done();
        boolean done = state.servers().stream().allMatch(server -> server.is(Stage.ENDED));
        if (done && (over || (!movedByOthers(state, look, now) && !Afterwards.due(state, look, now)))) {
            DrainState.Edit last = state.edit();
            last.each(server -> before.order().emptiesHost() ? Afterwards.left(server, look, now) : server);
            return Ending.end(last.done(), null, look, now);
        }
        return state;
    }

    /**
     * Whether somebody else's migration off the host or back to it is still at work: its server may end in VERIFY_RESIZE
     * with its old disks here, or on the host itself.
     */
    private static boolean movedByOthers(DrainState state, Look look, Instant now) {
        if (!state.order().emptiesHost()) {
            return false;
        }
        Set<Long> left = new HashSet<>();
        state.ended(Outcome.LEFT).forEach(server -> left.add(server.migration()));
        boolean moving = look.migrations().stream()
                .anyMatch(migration ->
                        !migration.ended() && !migration.status().equals("finished") && !left.contains(migration.id()));
        moving |= state.servers().stream()
                .anyMatch(server -> arriving(server, look) || Afterwards.comesBack(server, look));
        moving |= look.uncertain();
        Instant last = state.servers().stream()
                .map(ServerState::ended)
                .max(Instant::compareTo)
                .orElse(state.began());
        return moving && Duration.between(last, now).compareTo(Limits.BUSY) < 0;
    }

    /** Its migration reads finished before it reads VERIFY_RESIZE; and a tick that finds it gone has not read it yet. */
    private static boolean arriving(ServerState server, Look look) {
        return Look.mayWait(server, look.migrations()).isPresent()
                && !look.gone().contains(server.id())
                && look.server(server.id())
                        .map(seen -> seen.taskState() != null || !seen.known())
                        .orElse(true);
    }

    /** A server that somebody else moved cold off the host meanwhile, and that waits in VERIFY_RESIZE. */
    private static ServerState waiting(ServerState server, Look look, Instant now) {
        Optional<Migration> finished = Look.mayWait(server, look.migrations());
        if (finished.isEmpty()) {
            return server;
        }
        if (look.gone().contains(server.id())) {
            return server.end(Outcome.GONE, Words.DELETED, "", now);
        }
        boolean waits = look.server(server.id())
                // a migration that reads finished waits, whether its server is told or not
                .filter(seen -> "resized".equals(seen.vmState()) || !seen.known())
                .isPresent();
        if (!waits) {
            return server;
        }
        ServerState.Edit edit = server.edit();
        edit.migration = finished.get().id();
        edit.migrationStatus = finished.get().status();
        edit.to = finished.get().targetHost();
        return edit.done()
                .end(
                        Outcome.AWAITING_CONFIRM,
                        "was moved cold by somebody else and waits in VERIFY_RESIZE on " + edit.to
                                + "; its old disks are still on "
                                + finished.get().sourceHost(),
                        "confirmResize or revertResize it before the host is switched off.",
                        now);
    }

    /** A waiting server is judged anew: its owner may have changed it, and a task may have ended. */
    private static ServerState again(ServerState server, Look look, Planning planning, DrainState state, Instant now) {
        if (look.gone().contains(server.id())) {
            return server.end(Outcome.GONE, Words.DELETED, "", now);
        }
        Optional<Server> seen = look.server(server.id());
        if (seen.isEmpty()) {
            return state.order().emptiesHost()
                    ? server.end(Outcome.GONE, "left the host by itself, or was deleted, before it was moved", "", now)
                    : server;
        }
        ServerState.Edit edit = server.edit();
        edit.baseline = Math.max(server.baseline(), look.newestMigration(server.id()));
        if (!Observer.settles(state.order()) && seen.get().known()) {
            edit.source = seen.get().host();
        }
        ServerState current = edit.done();
        if (server.action() == Action.COLD && server.reason().startsWith(Words.MOVED_COLD)) {
            return current;
        }
        Verdict verdict = planning.verdict(seen.get());
        if (verdict.passing() && Duration.between(server.since(), now).compareTo(Limits.BUSY) > 0) {
            return current.end(
                    Outcome.BLOCKED, verdict.reason() + " since " + Words.time(Limits.BUSY), verdict.hint(), now);
        }
        boolean same = verdict.action() == server.action() && verdict.acts();
        return same ? current : planning.decided(current, verdict);
    }

    private static void newcomers(DrainState.Edit edit, Look look, Planning planning) {
        List<ServerState> more = new ArrayList<>(edit.servers);
        for (Server server : look.onHost()) {
            if (more.stream().noneMatch(known -> known.id().equals(server.id()))) {
                more.add(planning.newcomer(server));
            }
        }
        edit.servers = more;
    }

    private static boolean overdue(DrainState state, Instant now) {
        return state.deadline() != null && now.isAfter(state.deadline());
    }

    /** Why nothing more is started; null when more may be. */
    private static String enough(DrainState state, List<ServerState> servers, Instant now) {
        if (state.stop() != null) {
            return "the build was aborted before its turn came";
        }
        if (overdue(state, now)) {
            return "the step's timeout of " + Words.time(state.order().timeout()) + " was over before its turn came";
        }
        if (state.order().failFast()) {
            return servers.stream()
                    .filter(server ->
                            server.outcome() != null && !server.outcome().good())
                    .findFirst()
                    .map(server -> "failFast: '" + server.label() + "' is " + server.outcome())
                    .orElse(null);
        }
        return null;
    }
}
