package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A waiting server is judged anew at each tick: its owner may have changed it, and a task may have ended. Pure. */
public final class PendingVerdict {

    private static final String UNTOLD = "is an amphora, and Octavia does not tell it";

    private final DrainState state;
    private final Observation observed;
    private final ServerVerdicts verdicts;
    private final Disappearance disappearance;
    private final Instant now;

    /**
     * @param state the drain before the tick
     * @param observed what the tick saw
     * @param verdicts of the same state and observation
     * @param disappearance how servers leave the drain's host
     * @param now the time of the tick
     */
    public PendingVerdict(
            DrainState state, Observation observed, ServerVerdicts verdicts, Disappearance disappearance, Instant now) {
        this.state = state;
        this.observed = observed;
        this.verdicts = verdicts;
        this.disappearance = disappearance;
        this.now = now;
    }

    /** The server as it waits on, or its end. */
    public ServerState on(ServerState server) {
        if (observed.gone().contains(server.id())) {
            return server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now);
        }
        Optional<String> left =
                state.order().emptiesHost() ? disappearance.proven(server.id(), observed) : Optional.empty();
        if (left.isPresent()) {
            return server.end(Outcome.GONE, left.get(), "", now);
        }
        Optional<Server> seen = observed.server(server.id());
        if (seen.isEmpty()) {
            // neither listed nor read: it is not judged, nor moved off this host, by what was seen of it before
            return state.order().emptiesHost() ? later(server) : server;
        }
        boolean untold =
                server.failsOver() && observed.estate().amphora(server.id()).isEmpty();
        return untold ? untold(server) : seen(server, seen.get());
    }

    /** Whether nothing may be begun with it, for Octavia did not tell it. */
    static boolean waitsForOctavia(ServerState server) {
        return server.reason().equals(UNTOLD);
    }

    /** Octavia did not tell its amphorae at this look, or not this one: it is neither asked to replace it, nor Nova to move it. */
    private ServerState untold(ServerState server) {
        ServerState.Edit edit = server.edit();
        if (!server.reason().equals(UNTOLD)) {
            edit.reason = UNTOLD;
            edit.since = now;
        }
        Duration so = Duration.between(edit.since, now);
        return so.compareTo(Limits.BUSY) > 0
                ? edit.done()
                        .end(
                                Outcome.BLOCKED,
                                UNTOLD + " for " + Quantity.time(so),
                                "Run the step again when it does, or say beside: 'none' to have amphorae moved as plain servers.",
                                now)
                : edit.done();
    }

    private ServerState seen(ServerState server, Server seen) {
        ServerState.Edit edit = server.edit();
        edit.baseline = Math.max(server.baseline(), observed.newestMigration(server.id()));
        if (!state.order().settles() && seen.known()) {
            edit.source = seen.host();
        }
        edit.amphora = observed.estate().amphora(server.id()).orElse(server.amphora());
        Verdict verdict = verdicts.verdict(seen);
        if (verdict.passing() && server.action() != Action.BLOCKED) {
            edit.since = now;
        }
        ServerState current = verdicts.waiting(edit.done(), seen);
        if (server.action() == Action.COLD && server.reason().startsWith(ReasonMarkers.MOVED_COLD)) {
            return current;
        }
        Duration so = Duration.between(current.since(), now);
        if (verdict.passing() && so.compareTo(Limits.BUSY) > 0) {
            return current.end(
                    Outcome.BLOCKED,
                    verdict.reason() + ", and so it has been for " + Quantity.time(so),
                    verdict.hint(),
                    now);
        }
        boolean same = verdict.action() == server.action()
                && verdict.acts()
                && !server.reason().equals(UNTOLD);
        return same ? current : verdicts.decided(current, verdict);
    }

    private ServerState later(ServerState server) {
        ServerState.Edit edit = server.edit();
        edit.notBefore = now.plus(Limits.AGAIN);
        return edit.done();
    }
}
