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
            case BACK_OUT -> BackingOut.seen(state, look, holders, now);
            case PLAN -> planned(state, look, holders, now);
            case MOVE -> moved(state, look, holders, now);
            case ENDED -> state;
        };
    }

    private static DrainState planned(DrainState before, Look look, Holders holders, Instant now) {
        Planning planning = new Planning(before, look, now);
        Optional<String> unclear = planning.permission().refusal();
        if (unclear.isPresent()) {
            String why = unclear.get() + " Nothing was moved.";
            return before.rebuild()
                    ? Ending.refuse(before, why, now)
                    : BackingOut.refuse(before, why, look, holders, now);
        }
        DrainState state = LastWord.noted(RoomCheck.forecast(planning.made(), look), look);
        DrainOrder order = state.order();
        if (Drift.of(state) && order.approved().onDrift() != Approved.OnDrift.CONTINUE) {
            return Drift.met(state, look, holders, now);
        }
        Optional<String> unplaced = RoomCheck.refusalBehindCordon(state);
        if (unplaced.isPresent()) {
            return state.rebuild()
                    ? Ending.refuse(state, unplaced.get(), now)
                    : BackingOut.refuse(state, unplaced.get(), look, holders, now);
        }
        if (order.dryRun()) {
            DrainState.Edit edit = state.edit();
            edit.each(server -> server.is(Stage.PENDING)
                    ? server.end(Outcome.PLANNED, server.reason(), server.hint(), now)
                    : server);
            boolean refused = state.notes().stream().anyMatch(note -> note.startsWith(Words.WOULD_REFUSE));
            return Ending.end(edit.done(), refused ? HostOutcome.REFUSED : HostOutcome.PLANNED, look, now);
        }
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.MOVE;
        if (Drift.of(state)) {
            edit.note(Drift.passedOver(state));
        }
        return moved(edit.done(), look, holders, now);
    }

    private static DrainState moved(DrainState found, Look look, Holders holders, Instant now) {
        DrainState before = silence(HostWatch.seen(found, look, holders, now), look, now);
        DrainOrder order = before.order();
        Judge judge = new Judge(before, now);
        Planning planning = new Planning(before, look, now);
        Departure departure = new Departure(order.host(), before.userId());
        DrainState.Edit edit = before.edit();
        edit.each(server -> server.underWay() ? judge.judge(server, look) : server);
        edit.each(server -> server.is(Stage.PENDING) ? again(server, look, planning, departure, before, now) : server);
        boolean newcomers = newcomers(edit, look, planning, order.emptiesHost());
        if (order.emptiesHost()) {
            edit.each(server -> waiting(Afterwards.seen(server, look, departure, now), look, planning, now));
        }
        edit.each(server -> Unreachable.given(server, before, look, now));
        Optional<NotStarted> enough = NotStarted.why(before, edit.servers, now);
        enough.ifPresent(why -> edit.each(server ->
                server.is(Stage.PENDING) ? server.end(Outcome.NOT_STARTED, why.reason(), why.hint(), now) : server));
        boolean over = before.stop() != null || overdue(before, now);
        if (over) {
            edit.each(server -> server.underWay() ? WindDown.of(server, before, now) : server);
        }
        edit.servers = Starter.start(edit.servers, order, before.watch(), now);
        DrainState state = edit.done();
        boolean done = state.servers().stream().allMatch(server -> server.is(Stage.ENDED));
        if (!done) {
            return state;
        }
        boolean settled = over
                || (!newcomers
                        && !movedByOthers(state, look, now)
                        && !Afterwards.due(state, look, now)
                        && LastWord.mayBeSaid(state, look, now));
        if (!settled) {
            return state;
        }
        DrainState.Edit last = state.edit();
        last.each(server -> order.emptiesHost() ? Afterwards.left(server, look, now) : server);
        last.doubts = order.emptiesHost() ? LastWord.doubts(state, look) : state.doubts();
        look.occupancy().remarks().forEach(last::note);
        return Ending.end(last.done(), null, look, now);
    }

    /** Since when Nova could tell nothing of some servers, and that it is so. */
    private static DrainState silence(DrainState state, Look look, Instant now) {
        DrainState.Edit edit = state.edit();
        Instant since = state.watch().silentSince();
        edit.watch = state.watch().silent(look.unread().isEmpty() ? null : since == null ? now : since);
        look.unread()
                .forEach((id, why) -> edit.note("Nothing is concluded about "
                        + state.server(id).map(ServerState::label).orElse(id) + " while it cannot be read: " + why));
        return edit.done();
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
        return moving && Duration.between(LastWord.quietSince(state), now).compareTo(Limits.BUSY) < 0;
    }

    /** Its migration reads finished before it reads VERIFY_RESIZE; and a tick that finds it gone has not read it yet. */
    private static boolean arriving(ServerState server, Look look) {
        return Look.mayWait(server, look.migrationsOf(server.id())).isPresent()
                && !look.gone().contains(server.id())
                && look.server(server.id())
                        .map(seen -> seen.taskState() != null || !seen.known())
                        .orElse(true);
    }

    /** A server that somebody else moved cold off the host meanwhile, and that waits in VERIFY_RESIZE. */
    private static ServerState waiting(ServerState server, Look look, Planning planning, Instant now) {
        Optional<Migration> finished = Look.mayWait(server, look.migrationsOf(server.id()));
        if (finished.isEmpty()) {
            return server;
        }
        if (look.gone().contains(server.id())) {
            return server.end(Outcome.GONE, Words.DELETED, "", now);
        }
        return look.server(server.id())
                .filter(seen -> "resized".equals(seen.vmState()))
                .map(seen -> planning.residueOf(server, seen, finished.get()))
                .orElse(server);
    }

    /** A waiting server is judged anew: its owner may have changed it, and a task may have ended. */
    private static ServerState again(
            ServerState server, Look look, Planning planning, Departure departure, DrainState state, Instant now) {
        if (look.gone().contains(server.id())) {
            return server.end(Outcome.GONE, Words.DELETED, "", now);
        }
        Optional<String> left = state.order().emptiesHost() ? departure.proven(server.id(), look) : Optional.empty();
        if (left.isPresent()) {
            return server.end(Outcome.GONE, left.get(), "", now);
        }
        Optional<Server> seen = look.server(server.id());
        if (seen.isEmpty()) {
            // neither listed nor read: it is not judged, nor moved off this host, by what was seen of it before
            return state.order().emptiesHost() ? later(server, now) : server;
        }
        ServerState.Edit edit = server.edit();
        edit.baseline = Math.max(server.baseline(), look.newestMigration(server.id()));
        if (!Observer.settles(state.order()) && seen.get().known()) {
            edit.source = seen.get().host();
        }
        Verdict verdict = planning.verdict(seen.get());
        if (verdict.passing() && server.action() != Action.BLOCKED) {
            edit.since = now;
        }
        ServerState current = planning.waiting(edit.done(), seen.get());
        if (server.action() == Action.COLD && server.reason().startsWith(Words.MOVED_COLD)) {
            return current;
        }
        if (verdict.passing() && Duration.between(current.since(), now).compareTo(Limits.BUSY) > 0) {
            return current.end(
                    Outcome.BLOCKED,
                    verdict.reason() + ", and so it has been for " + Words.time(Duration.between(current.since(), now)),
                    verdict.hint(),
                    now);
        }
        boolean same = verdict.action() == server.action() && verdict.acts();
        return same ? current : planning.decided(current, verdict);
    }

    private static ServerState later(ServerState server, Instant now) {
        ServerState.Edit edit = server.edit();
        edit.notBefore = now.plus(Limits.AGAIN);
        return edit.done();
    }

    /** Adds servers that came to the host after the plan, and such as have left it since and wait for a confirm; whether any did. */
    private static boolean newcomers(DrainState.Edit edit, Look look, Planning planning, boolean emptiesHost) {
        List<ServerState> more = new ArrayList<>(edit.servers);
        Set<String> known = new HashSet<>();
        edit.servers.forEach(server -> known.add(server.id()));
        for (Server server : look.onHost()) {
            if (known.add(server.id())) {
                more.add(planning.newcomer(server));
            }
        }
        for (ServerState residue : emptiesHost ? planning.residue() : List.<ServerState>of()) {
            if (known.add(residue.id())) {
                more.add(residue);
            }
        }
        boolean came = more.size() > edit.servers.size();
        edit.servers = more;
        return came;
    }

    private static boolean overdue(DrainState state, Instant now) {
        return state.deadline() != null && now.isAfter(state.deadline());
    }
}
