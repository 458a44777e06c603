package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What becomes of a server by what came of a request about it. Pure. */
public final class RequestAnswer {

    private static final Duration THROTTLED = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** How Nova refuses a host that was asked for (nova/api/openstack/compute/migrate_server.py, evacuate.py). */
    private static final Set<Integer> HOST_REFUSED = Set.of(400, 404, 409);

    private RequestAnswer() {}

    /** After a server's request was sent. */
    public static ServerState given(
            ServerState server, Intent intent, RequestResult answer, DrainState state, Instant now) {
        Intent current = intent == server.follow() ? server.follow() : server.move();
        UnclearRequest doubt = new UnclearRequest(state.userId(), now);
        if (answer instanceof RequestResult.Taken taken) {
            return UnclearRequest.with(server, current, current.taken(taken.requestId(), now));
        }
        if (answer instanceof RequestResult.Unknown unknown) {
            return UnclearRequest.with(server, current, current.unclear(unknown.why(), now));
        }
        if (answer instanceof RequestResult.NotSent notSent) {
            return later(doubt.unsent(server, current, notSent.why()), RETRY, now);
        }
        NovaException.Refused why = ((RequestResult.Refused) answer).why();
        return current == server.follow()
                ? followRefused(server, current, why, doubt, now)
                : moveRefused(server, current, why, doubt, state, now);
    }

    private static ServerState moveRefused(
            ServerState server,
            Intent intent,
            NovaException.Refused why,
            UnclearRequest doubt,
            DrainState state,
            Instant now) {
        if (why.throttled()) {
            Duration pause = why.retryAfter() == null ? THROTTLED : why.retryAfter();
            if (Duration.between(server.started(), now).compareTo(Limits.TROUBLE) < 0) {
                ServerState.Edit edit = server.edit();
                edit.attempts = Math.max(0, server.attempts() - 1);
                return later(doubt.unsent(edit.done(), intent, why.getMessage()), pause, now);
            }
            return failed(server, why, now);
        }
        if (intent.verb() == Verb.FAILOVER) {
            return failoverRefused(server, intent, why, doubt, now);
        }
        if (deleted(server, why)) {
            return server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now);
        }
        boolean aboutState = why.novaMessage().contains("while it is in");
        if (!aboutState && HOST_REFUSED.contains(why.status()) && RefusedSeat.asked(server, state.order())) {
            return RefusedSeat.given(server, why.getMessage(), now);
        }
        boolean stateChanged =
                aboutState || (why.status() == 400 && (intent.verb() == Verb.CONFIRM || intent.verb() == Verb.REVERT));
        if (stateChanged && server.attempts() < Limits.ATTEMPTS) {
            return later(doubt.unsent(server, intent, why.getMessage()), RETRY, now);
        }
        return failed(server, why, now);
    }

    /** Octavia answers 409 while the load balancer is not ACTIVE: somebody changes it, or fails over its other amphora. */
    private static ServerState failoverRefused(
            ServerState server, Intent intent, NovaException.Refused why, UnclearRequest doubt, Instant now) {
        if (why.status() == 404) {
            return UnclearRequest.with(server, intent, intent.unclear(why.getMessage(), now));
        }
        if (why.status() != 409) {
            return server.end(
                    Outcome.FAILED,
                    why.getMessage(),
                    "Let the credential fail over amphorae, or say beside: 'none' to have them moved as plain servers.",
                    now);
        }
        String balancer = server.amphora().loadBalancer();
        if (Duration.between(server.started(), now).compareTo(Limits.BUSY) < 0) {
            ServerState.Edit edit = server.edit();
            edit.attempts = Math.max(0, server.attempts() - 1);
            return later(
                    doubt.unsent(
                            edit.done(),
                            intent,
                            "load balancer " + balancer
                                    + " is being changed, or its other amphora replaced, which is waited for for "
                                    + Quantity.time(Limits.BUSY)
                                    + (why.novaMessage().isEmpty() ? "" : ": " + why.novaMessage())),
                    THROTTLED,
                    now);
        }
        return server.end(
                Outcome.FAILED,
                "load balancer " + balancer + " could not be changed for " + Quantity.time(Limits.BUSY) + ": "
                        + why.getMessage(),
                "Look at openstack loadbalancer show " + balancer
                        + ": PENDING_… passes, or Octavia's worker has died; ERROR is"
                        + " fixed by openstack loadbalancer failover " + balancer + ".",
                now);
    }

    private static ServerState followRefused(
            ServerState server, Intent intent, NovaException.Refused why, UnclearRequest doubt, Instant now) {
        if (why.throttled()) {
            return doubt.unsent(server, intent, why.getMessage());
        }
        if (intent.verb() == Verb.CONFIRM) {
            return deleted(server, why)
                    ? server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now)
                    : server.end(
                            Outcome.FAILED,
                            "was moved to " + server.to() + ", but not confirmed: " + why.getMessage(),
                            hintOr(why, "It waits in VERIFY_RESIZE; confirmResize or revertResize it."),
                            now);
        }
        // Mostly an abort or force-complete that came too late: the migration's own end is what counts now.
        return UnclearRequest.with(server, intent, intent.refused(why.getMessage(), now));
    }

    private static String hintOr(NovaException.Refused why, String otherwise) {
        String hint = FailureReason.hint(why.novaMessage());
        return hint.isEmpty() ? otherwise : hint;
    }

    private static ServerState failed(ServerState server, NovaException.Refused why, Instant now) {
        return server.end(Outcome.FAILED, why.getMessage(), FailureReason.hint(why.novaMessage()), now);
    }

    private static ServerState later(ServerState server, Duration pause, Instant now) {
        if (!server.is(Stage.PENDING)) {
            return server;
        }
        ServerState.Edit edit = server.edit();
        edit.notBefore = now.plus(pause);
        return edit.done();
    }

    /** Nova names the server that it does not find; any other 404 is a proxy's. */
    private static boolean deleted(ServerState server, NovaException.Refused why) {
        return why.status() == 404 && why.novaMessage().contains(server.id());
    }
}
