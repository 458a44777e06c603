package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.guest.GuestAnswers;
import io.jenkins.plugins.nova.drain.guest.GuestCall;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.guest.GuestWatch.Word;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What guests that are looked at have to do with the moves of their servers: when they are listened to, when a move may begin, and
 * what is waited for at its end. Pure.
 */
public final class GuestGate {

    /** So many at most, besides those of whom something is wanted. */
    static final int WITNESSES = 3;

    private GuestGate() {}

    /**
     * Who is to be looked at in this state: those of whom something is wanted, and while any of them is moved live, some others, to tell
     * whether it is the one who looks that hears nothing.
     */
    public static List<GuestCall> wanted(DrainState state) {
        if (state.over()) {
            return List.of();
        }
        List<ServerState> wanted = new ArrayList<>(
                state.servers().stream().filter(GuestGate::isHeard).toList());
        if (wanted.stream().anyMatch(server -> server.underWay() && server.action() == Action.LIVE)) {
            // those that have moved are first, for they are on other hosts
            Stream.of(Stage.ENDED, Stage.PENDING)
                    .flatMap(stage -> state.servers().stream().filter(server -> server.is(stage)))
                    .filter(server -> !isHeard(server) && mayWitness(server))
                    .limit(WITNESSES)
                    .forEach(wanted::add);
        }
        return wanted.stream().map(GuestGate::call).toList();
    }

    /** Whether a guest that nothing is wanted of may be looked at all the same: that of a server that was moved, or is going to be. */
    private static boolean mayWitness(ServerState server) {
        boolean moves = server.action() == Action.LIVE || server.action() == Action.COLD;
        boolean moved = server.outcome() == Outcome.MOVED || server.outcome() == Outcome.CONFIRMED;
        return server.guest() != null && moves && (server.is(Stage.PENDING) || moved);
    }

    private static boolean isHeard(ServerState server) {
        GuestWatch guest = server.guest();
        return guest != null
                && (server.is(Stage.PENDING)
                        ? guest.since() != null && guest.before() == null
                        : server.underWay() && guest.judged());
    }

    /** Of a confirm too the answers before it are what counts. */
    private static GuestCall call(ServerState server) {
        int round = server.is(Stage.PENDING) ? 0 : server.attempts();
        return new GuestCall(server.id(), server.guest().address(), round, !server.underWay());
    }

    /** The state with what was heard. */
    public static DrainState heard(DrainState state, Map<String, GuestAnswers> answers) {
        if (answers.isEmpty()) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        edit.each(server -> {
            GuestAnswers heard = isHeard(server) ? answers.get(server.id()) : null;
            if (heard == null || heard.round() != call(server).round() || heard.asked() == 0) {
                return server;
            }
            ServerState.Edit changed = server.edit();
            changed.guest = server.guest().heard(heard);
            return changed.done();
        });
        return edit.done();
    }

    /** Whether a server that waits, and has a place, may be started as far as its guest is concerned. */
    static boolean mayBegin(ServerState server, DrainOrder order, Instant now) {
        GuestWatch guest = server.guest();
        if (guest == null) {
            return true;
        }
        return switch (server.action()) {
            case LIVE, COLD -> guest.mayMove(now);
            case CONFIRM -> order.evidence().demand() == EvidenceRule.Demand.IGNORE || guest.mayConfirm(now);
            // the guest of a dead host answers nobody, and a revert or a failover takes down the one that would
            case REBUILD, REVERT, FAILOVER, SKIP, BLOCKED -> true;
        };
    }

    /** The server that may not be started yet: its guest is listened to. */
    static ServerState listening(ServerState server, Instant now) {
        ServerState.Edit edit = server.edit();
        edit.guest = server.guest().listening(now);
        return edit.done();
    }

    /** What a guest of which the move begins is judged by from then on. */
    static GuestWatch begun(ServerState server) {
        boolean moves = server.action() == Action.LIVE || server.action() == Action.COLD;
        return server.guest() == null || !moves
                ? server.guest()
                : server.guest().moving();
    }

    /** What a guest is judged by once Nova is seen at work on its server. */
    static GuestWatch copied(ServerState server) {
        // one that is moved cold is taken down by that, perhaps some seconds before it is seen
        boolean live = server.guest() != null && server.action() == Action.LIVE;
        return live ? server.guest().copied() : server.guest();
    }

    /**
     * A server at the end of its move, which is waited for no longer than its guest is given to answer.
     *
     * @param waits whether the drain still waits for anything; otherwise its guest is not waited for either
     * @return the server as it waits for its guest's answer; empty when it is not waited for, or no more
     */
    static Optional<ServerState> awaiting(ServerState server, boolean waits, Instant now) {
        if (!waits || after(server, now) != Word.AWAITED) {
            return Optional.empty();
        }
        ServerState.Edit edit = server.edit();
        edit.guest = server.guest().arrived(now);
        return Optional.of(edit.done());
    }

    /** What is known of a guest after its server's move. */
    static Word after(ServerState server, Instant now) {
        boolean moves = server.action() == Action.LIVE || server.action() == Action.COLD;
        return server.guest() == null || !moves ? Word.NONE : server.guest().after(server.action() == Action.COLD, now);
    }

    /** The same in words, for a server of which that is known; empty otherwise. */
    static String words(ServerState server, Instant now) {
        return switch (after(server, now)) {
            case ANSWERS -> server.guest().answering();
            case SILENT -> server.guest().silence(server.action() == Action.COLD);
            case AWAITED, UNASKED -> server.guest().unheard();
            case NONE -> "";
        };
    }

    /** What is to be told of a server that has just ended with a guest that does not answer since. */
    public static Optional<String> alarm(ServerState before, ServerState after, Instant now) {
        boolean ends = after.is(Stage.ENDED) && !before.is(Stage.ENDED);
        return ends && after(after, now) == Word.SILENT
                ? Optional.of(
                        after.label() + ": " + words(after, now) + ". Look at its port, its network and its console.")
                : Optional.empty();
    }
}
