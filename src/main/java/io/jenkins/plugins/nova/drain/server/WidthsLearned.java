package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Places;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a drain learns from its moves of how many may be under way at a time. Pure. */
public final class WidthsLearned {

    private WidthsLearned() {}

    /**
     * After a tick has told what became of the moves under way.
     *
     * @param before the state before the tick
     * @param servers as they are now
     * @param now the time
     */
    public static Widths seen(DrainState before, List<ServerState> servers, Instant now) {
        if (!before.order().learnsWidths()) {
            return before.widths();
        }
        Set<MoveKind> wanted = new HashSet<>();
        int running = 0;
        int queued = 0;
        long sent = 0;
        for (ServerState server : servers) {
            if (server.is(Stage.PENDING)) {
                wanted.add(Places.kind(server, before.order()));
            }
            if (server.underWay() && Places.kind(server, before.order()) == MoveKind.LIVE) {
                running += server.waitsInNova() ? 0 : 1;
                queued += "queued".equals(server.migrationStatus()) ? 1 : 0;
            }
            sent += server.progress() == null ? 0 : server.progress().watch().sent();
        }
        Widths widths = before.widths().seen(running, queued, wanted.contains(MoveKind.LIVE), sent, now);
        Map<String, ServerState> known = before.byId();
        for (ServerState server : servers) {
            ServerState old = known.get(server.id());
            if (old != null && old.underWay() && old.waitsInNova() && begun(server)) {
                MoveKind kind = Places.kind(old, before.order());
                widths = widths.begun(kind, Duration.between(server.started(), now), wanted.contains(kind), now);
            }
            if (old != null && old.underWay() && !server.underWay()) {
                MoveKind kind = Places.kind(old, before.order());
                if (endedWell(server)) {
                    widths = widths.succeeded(kind, took(old, server), wanted.contains(kind), now);
                } else if (server.triedAgain()) {
                    widths = widths.loaded(kind, "'" + server.label() + "' could not be moved beside others", now);
                }
            }
        }
        return widths;
    }

    private static boolean begun(ServerState server) {
        return server.underWay() ? !server.waitsInNova() : endedWell(server);
    }

    private static boolean endedWell(ServerState server) {
        return server.outcome() == Outcome.MOVED
                || server.outcome() == Outcome.REBUILT
                || server.outcome() == Outcome.AWAITING_CONFIRM
                || server.outcome() == Outcome.CONFIRMED
                || server.outcome() == Outcome.REVERTED;
    }

    /** Of a live migration from when Nova began it, for before that it waited for others; of any other as a whole. */
    private static Duration took(ServerState old, ServerState ended) {
        boolean live = old.action() == Action.LIVE && ended.running() != null;
        boolean waited = ended.guest() != null && ended.guest().arrived() != null;
        // what its guest took to answer is none of the cloud's time
        return Duration.between(
                live ? ended.running() : ended.started(), waited ? ended.guest().arrived() : ended.ended());
    }

    /**
     * After a request about a server was sent: a lost answer, an error of Nova's own and a refusal for too many requests tell
     * that the cloud has too much to do. A cloud that could not be reached tells nothing of it.
     */
    public static Widths answered(DrainState state, ServerState server, RequestResult answer, Instant now) {
        boolean load = answer instanceof RequestResult.Unknown
                || (answer instanceof RequestResult.Refused refused
                        && refused.why().throttled());
        return load && state.order().learnsWidths()
                ? state.widths().loaded(Places.kind(server, state.order()), answer.trouble(), now)
                : state.widths();
    }
}
