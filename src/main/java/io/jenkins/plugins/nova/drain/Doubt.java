package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import java.time.Duration;
import java.time.Instant;

/** Law 2: what to make of a request of which it is not known whether Nova took it. Pure. */
final class Doubt {

    private final String userId;
    private final Instant now;

    /**
     * @param userId whose requests count as ours; null when not known
     * @param now the time of the tick
     */
    Doubt(String userId, Instant now) {
        this.userId = userId;
        this.now = now;
    }

    /** Law 2: look for the trace that the request left before it is believed lost. */
    ServerState clear(ServerState server, Intent intent, Listed<InstanceAction> actions) {
        if (actions == null) {
            return server;
        }
        for (InstanceAction action : actions) {
            if (action.requestId().equals(intent.baselineAction())) {
                break;
            }
            boolean ours = userId == null || action.userId() == null || userId.equals(action.userId());
            if (ours && action.action().equals(intent.verb().actionName())) {
                return with(server, intent, intent.taken(action.requestId(), now));
            }
        }
        boolean lookedBefore = intent.looks() > 0;
        // a row that could not be read may be the trace
        boolean wholly = actions.setAside().isEmpty();
        Duration limit = wholly ? Limits.NO_TRACE : Limits.BUSY;
        if (!lookedBefore || Duration.between(intent.since(), now).compareTo(limit) < 0) {
            return with(server, intent, intent.looked());
        }
        if (!wholly) {
            return server.end(
                    Outcome.UNKNOWN,
                    "it is not known whether Nova took the " + intent.verb().words() + " asked for at " + intent.at()
                            + " (" + intent.doubt() + "): what was asked of it cannot be read wholly, "
                            + actions.setAside().get(0).words(),
                    "Look at openstack server event list " + server.id() + ".",
                    now);
        }
        return unsent(
                server,
                intent,
                "Nova shows no trace of the " + intent.verb().words() + " asked for at " + intent.at() + " ("
                        + intent.doubt() + ")");
    }

    /** A request that is proven to have done nothing: it may be asked for again, a few times. */
    ServerState unsent(ServerState server, Intent intent, String why) {
        ServerState.Edit edit = server.edit();
        if (intent == server.follow()) {
            edit.follow = null;
            edit.attempts = server.attempts() + 1;
            return edit.attempts > 2 * Limits.ATTEMPTS
                    ? server.left(now, "its " + intent.verb().words() + " could not be asked for; " + why)
                    : edit.done();
        }
        if (server.attempts() >= Limits.ATTEMPTS) {
            return server.end(
                    Outcome.FAILED,
                    "asked for " + server.attempts() + " times without effect; " + why,
                    "Look at nova-api's and the proxy's logs before you try again.",
                    now);
        }
        edit.move = null;
        edit.stage = ServerState.Stage.PENDING;
        edit.since = now;
        // what a move cold was decided for must outlive the refusals of it
        edit.reason = server.reason().startsWith(Words.MOVED_COLD) ? Words.MOVED_COLD + why : why;
        return edit.span("waiting", now).done();
    }

    static ServerState with(ServerState server, Intent old, Intent changed) {
        ServerState.Edit edit = server.edit();
        if (old == server.follow()) {
            edit.follow = changed;
        } else {
            edit.move = changed;
        }
        return edit.done();
    }
}
