package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import java.time.Duration;
import java.time.Instant;

/** From what came of a request to the next state. Pure. */
final class Answers {

    private static final Duration THROTTLED = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private Answers() {}

    /** After the cordon, or forcing down, was sent. */
    static DrainState serviceChanged(DrainState state, boolean cordon, Answer answer, Instant now) {
        ServiceChange change = cordon ? state.cordon() : state.forceDown();
        // while servers are moved, what was refused is looked at again before it ends anything
        if (answer instanceof Answer.Refused refused && !throttled(refused.why()) && state.phase() != Phase.MOVE) {
            return Ending.refuse(
                    state,
                    (cordon ? "Scheduling to '" : "The compute service of '")
                            + state.order().host()
                            + (cordon ? "' could not be disabled: " : "' could not be forced down: ")
                            + refused.why().getMessage(),
                    now);
        }
        DrainState.Edit edit = state.edit();
        ServiceChange sent = change.sent(answer);
        if (cordon) {
            edit.cordon = sent;
        } else {
            edit.forceDown = sent;
        }
        return edit.done();
    }

    /** After a server's request was sent. */
    static ServerState answered(ServerState server, Intent intent, Answer answer, DrainState state, Instant now) {
        Intent current = intent == server.follow() ? server.follow() : server.move();
        Doubt doubt = new Doubt(state.userId(), now);
        if (answer instanceof Answer.Taken taken) {
            return Doubt.with(server, current, current.taken(taken.requestId(), now));
        }
        if (answer instanceof Answer.Unknown unknown) {
            return Doubt.with(server, current, current.unclear(unknown.why(), now));
        }
        if (answer instanceof Answer.NotSent notSent) {
            return later(doubt.unsent(server, current, notSent.why()), RETRY, now);
        }
        NovaException.Refused why = ((Answer.Refused) answer).why();
        return current == server.follow()
                ? followRefused(server, current, why, doubt, now)
                : moveRefused(server, current, why, doubt, now);
    }

    private static ServerState moveRefused(
            ServerState server, Intent intent, NovaException.Refused why, Doubt doubt, Instant now) {
        if (throttled(why)) {
            Duration pause = why.retryAfter() == null ? THROTTLED : why.retryAfter();
            if (Duration.between(server.started(), now).compareTo(Limits.TROUBLE) < 0) {
                ServerState.Edit edit = server.edit();
                edit.attempts = Math.max(0, server.attempts() - 1);
                return later(doubt.unsent(edit.done(), intent, why.getMessage()), pause, now);
            }
            return failed(server, why, now);
        }
        if (deleted(server, why)) {
            return server.end(Outcome.GONE, Reasons.DELETED, "", now);
        }
        boolean stateChanged = why.novaMessage().contains("while it is in")
                || (why.status() == 400 && (intent.verb() == Verb.CONFIRM || intent.verb() == Verb.REVERT));
        if (stateChanged && server.attempts() < Limits.ATTEMPTS) {
            return later(doubt.unsent(server, intent, why.getMessage()), RETRY, now);
        }
        return failed(server, why, now);
    }

    private static ServerState followRefused(
            ServerState server, Intent intent, NovaException.Refused why, Doubt doubt, Instant now) {
        if (throttled(why)) {
            return doubt.unsent(server, intent, why.getMessage());
        }
        if (intent.verb() == Verb.CONFIRM) {
            return deleted(server, why)
                    ? server.end(Outcome.GONE, Reasons.DELETED, "", now)
                    : server.end(
                            Outcome.FAILED,
                            "was moved to " + server.to() + ", but not confirmed: " + why.getMessage(),
                            hintOr(why, "It waits in VERIFY_RESIZE; confirmResize or revertResize it."),
                            now);
        }
        // Mostly an abort or force-complete that came too late: the migration's own end is what counts now.
        return Doubt.with(server, intent, intent.refused(why.getMessage(), now));
    }

    private static String hintOr(NovaException.Refused why, String otherwise) {
        String hint = Failure.hint(why.novaMessage());
        return hint.isEmpty() ? otherwise : hint;
    }

    private static ServerState failed(ServerState server, NovaException.Refused why, Instant now) {
        return server.end(Outcome.FAILED, why.getMessage(), Failure.hint(why.novaMessage()), now);
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

    static boolean throttled(NovaException.Refused why) {
        return why.status() == 429 || why.status() == 413;
    }
}
