package io.jenkins.plugins.nova.drain.decide;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.host.DrainEnding;
import io.jenkins.plugins.nova.drain.host.FinalCheck;
import io.jenkins.plugins.nova.drain.host.HostGuard;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.server.ChangesAfterOutcome;
import io.jenkins.plugins.nova.drain.server.Disappearance;
import io.jenkins.plugins.nova.drain.server.GuestGate;
import io.jenkins.plugins.nova.drain.server.LeftUnderWay;
import io.jenkins.plugins.nova.drain.server.MigrationOutcome;
import io.jenkins.plugins.nova.drain.server.PendingVerdict;
import io.jenkins.plugins.nova.drain.server.ServerVerdicts;
import io.jenkins.plugins.nova.drain.server.StartSelection;
import io.jenkins.plugins.nova.drain.server.StartsEnded;
import io.jenkins.plugins.nova.drain.server.UnreachableServer;
import io.jenkins.plugins.nova.drain.server.WidthsLearned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One tick while servers are moved: the {@link Pass passes} over the servers in their order, and then whether the drain is over.
 * Pure. One instance decides one tick.
 */
final class MoveTick {

    /** What is done at a tick, in this order. Each pass sees the servers as those before it have left them. */
    private enum Pass {
        /** First, for an end of one move is a place for another, and a reason for the rest to stop. */
        FOLLOW_MOVES(MoveTick::followMoves),

        /** Before anything is started: what waits may have been changed, moved or deleted by its owner since the last tick. */
        JUDGE_WAITING_ANEW(MoveTick::judgeWaitingAnew),

        /**
         * IMPORTANT after the two above: these have told what is gone, so that whoever is on the host and not known yet has
         * come to it.
         */
        ADD_NEWCOMERS(MoveTick::addNewcomers),

        /** After all of this tick's outcomes, for these may be untrue by now as well as older ones (law 12). */
        CORRECT_OUTCOMES(MoveTick::correctOutcomes),

        /** Of what is still open: that which nothing can be learned of, or done for, any more ends. */
        END_UNREACHABLE(MoveTick::endUnreachable),

        /** IMPORTANT before anything is started: an abort, a time-out or a host that was lost starts nothing more (law 8). */
        END_NOT_STARTED(MoveTick::endNotStarted),

        /** After what came of a move was found: one that has just ended well is not left or aborted. */
        LEAVE_UNDER_WAY(MoveTick::leaveUnderWay),

        /** Of what has ended in this tick, before the places are counted that it leaves. */
        LEARN_WIDTHS(MoveTick::learnWidths),

        /** Last: what is still waiting, as far as there are places. Nothing while the controller prepares for shutdown. */
        START(MoveTick::start);

        private final Consumer<MoveTick> work;

        Pass(Consumer<MoveTick> work) {
            this.work = work;
        }
    }

    private final DrainState before;
    private final Observation observed;
    private final Instant now;
    private final boolean emptiesHost;
    private final boolean over;
    private final MigrationOutcome migrations;
    private final ServerVerdicts verdicts;
    private final Disappearance disappearance;
    private final DrainState.Edit edit;
    private boolean newcomers;

    /**
     * @param found the state before the tick
     * @param observed what the tick saw
     * @param holders who holds other hosts' claims
     * @param now the time of the tick
     */
    MoveTick(DrainState found, Observation observed, Holders holders, Instant now) {
        // what is known of the host, and of what Nova could not tell, holds for all passes
        this.before = silence(HostGuard.seen(found, observed, holders, now), observed, now);
        this.observed = observed;
        this.now = now;
        this.emptiesHost = before.order().emptiesHost();
        this.over = before.stop() != null || (before.deadline() != null && now.isAfter(before.deadline()));
        this.migrations = new MigrationOutcome(before, now);
        this.verdicts = new ServerVerdicts(before, observed, now);
        this.disappearance = new Disappearance(before.order().host(), before.userId());
        this.edit = before.edit();
    }

    /** The state after the tick. */
    DrainState decided() {
        for (Pass pass : Pass.values()) {
            pass.work.accept(this);
        }
        DrainState state = edit.done();
        boolean done = state.servers().stream().allMatch(server -> server.is(Stage.ENDED));
        return done && mayEnd(state) ? ended(state) : state;
    }

    private void followMoves() {
        edit.each(server -> server.underWay() ? followed(server) : server);
    }

    private ServerState followed(ServerState server) {
        ServerState judged = migrations.judge(server, observed);
        GuestGate.alarm(server, judged, now).ifPresent(edit::note);
        return judged;
    }

    private void judgeWaitingAnew() {
        PendingVerdict verdict = new PendingVerdict(before, observed, verdicts, disappearance, now);
        edit.each(server -> server.is(Stage.PENDING) ? verdict.on(server) : server);
    }

    /** Servers that came to the host after the plan, and such as have left it since and wait for a confirm. */
    private void addNewcomers() {
        List<ServerState> more = new ArrayList<>(edit.servers);
        Set<String> known = new HashSet<>();
        edit.servers.forEach(server -> known.add(server.id()));
        for (Server server : observed.onHost()) {
            if (known.add(server.id())) {
                more.add(verdicts.newcomer(server));
            }
        }
        for (ServerState pending : emptiesHost ? verdicts.residue() : List.<ServerState>of()) {
            if (known.add(pending.id())) {
                more.add(pending);
            }
        }
        newcomers = more.size() > edit.servers.size();
        edit.servers = more;
    }

    private void correctOutcomes() {
        if (emptiesHost) {
            edit.each(server -> waiting(ChangesAfterOutcome.seen(server, observed, disappearance, now)));
        }
    }

    /** A server that somebody else moved cold off the host meanwhile, and that waits in VERIFY_RESIZE. */
    private ServerState waiting(ServerState server) {
        Optional<Migration> finished = Observation.mayWait(server, observed.migrationsOf(server.id()));
        if (finished.isEmpty()) {
            return server;
        }
        if (observed.gone().contains(server.id())) {
            return server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now);
        }
        return observed.server(server.id())
                .filter(seen -> "resized".equals(seen.vmState()))
                .map(seen -> verdicts.residueOf(server, seen, finished.get()))
                .orElse(server);
    }

    private void endUnreachable() {
        edit.each(server -> UnreachableServer.given(server, before, observed, now));
    }

    private void endNotStarted() {
        StartsEnded.why(before, edit.servers, now)
                .ifPresent(why -> edit.each(server -> server.is(Stage.PENDING)
                        ? server.end(Outcome.NOT_STARTED, why.reason(), why.hint(), now)
                        : server));
    }

    private void leaveUnderWay() {
        if (over) {
            edit.each(server -> server.underWay() ? LeftUnderWay.of(server, before, now) : server);
        }
    }

    private void learnWidths() {
        edit.widths = WidthsLearned.seen(before, edit.servers, now);
    }

    private void start() {
        if (before.rests()) {
            return;
        }
        edit.servers = StartSelection.start(edit.servers, edit.done(), now);
    }

    /** Whether a drain whose servers all have their outcome may end: nothing is at work still, and all that will be said was seen. */
    private boolean mayEnd(DrainState state) {
        return over
                || (!newcomers
                        && !movedByOthers(state)
                        && !ChangesAfterOutcome.due(state, observed, now)
                        && FinalCheck.mayBeSaid(state, observed, now));
    }

    private DrainState ended(DrainState state) {
        DrainState.Edit last = state.edit();
        last.each(server -> emptiesHost ? ChangesAfterOutcome.left(server, observed, now) : server);
        last.doubts = emptiesHost ? FinalCheck.doubts(state, observed) : state.doubts();
        observed.occupancy().remarks().forEach(last::note);
        return DrainEnding.end(last.done(), null, observed, now);
    }

    /** Since when Nova could tell nothing of some servers, and that it is so. */
    private static DrainState silence(DrainState state, Observation observed, Instant now) {
        DrainState.Edit edit = state.edit();
        Instant since = state.watch().silentSince();
        edit.watch = state.watch().silent(observed.unread().isEmpty() ? null : since == null ? now : since);
        observed.unread()
                .forEach((id, why) -> edit.note("Nothing is concluded about "
                        + state.server(id).map(ServerState::label).orElse(id) + " while it cannot be read: " + why));
        return edit.done();
    }

    /**
     * Whether somebody else's migration off the host or back to it is still at work: its server may end in VERIFY_RESIZE
     * with its old disks here, or on the host itself.
     */
    private boolean movedByOthers(DrainState state) {
        if (!emptiesHost) {
            return false;
        }
        Set<Long> left = new HashSet<>();
        state.ended(Outcome.LEFT).forEach(server -> left.add(server.migration()));
        boolean moving = observed.migrations().stream()
                .anyMatch(migration ->
                        !migration.ended() && !migration.status().equals("finished") && !left.contains(migration.id()));
        moving |= state.servers().stream()
                .anyMatch(server -> arriving(server) || ChangesAfterOutcome.comesBack(server, observed));
        moving |= observed.uncertain();
        return moving && Duration.between(state.quietSince(), now).compareTo(Limits.BUSY) < 0;
    }

    /** Its migration reads finished before it reads VERIFY_RESIZE; and a tick that finds it gone has not read it yet. */
    private boolean arriving(ServerState server) {
        return Observation.mayWait(server, observed.migrationsOf(server.id())).isPresent()
                && !observed.gone().contains(server.id())
                && observed.server(server.id())
                        .map(seen -> seen.taskState() != null || !seen.known())
                        .orElse(true);
    }
}
