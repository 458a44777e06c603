package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Law 2: what to make of a request of which it is not known whether Nova took it. Pure. */
public final class UnclearRequest {

    private final String userId;
    private final Instant now;

    /**
     * @param userId whose requests count as ours; null when not known
     * @param now the time of the tick
     */
    public UnclearRequest(String userId, Instant now) {
        this.userId = userId;
        this.now = now;
    }

    /**
     * Law 2: look for the trace that the request left before it is believed lost. A list of actions may be short, or a minute
     * old: that there is no trace counts when the list is whole and still has the action that was the newest before the
     * request, when no migration has come, the server is idle, and all that is seen at two looks in succession.
     */
    ServerState clear(ServerState server, Intent intent, Observation observed) {
        Listed<InstanceAction> actions = observed.actions().get(server.id());
        Duration unclear = Duration.between(intent.since(), now);
        if (unclear.compareTo(Limits.TROUBLE) > 0) {
            String odd = actions == null || actions.setAside().isEmpty()
                    ? ""
                    : "; what was asked of it cannot be read wholly: "
                            + actions.setAside().get(0).words();
            return server.end(
                    Outcome.UNKNOWN,
                    "it could not be found out whether Nova took its "
                            + intent.verb().words() + " (" + intent.doubt() + ")" + odd,
                    "Look at openstack server event list " + server.id() + ", and where it is, before anything else.",
                    now);
        }
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
        boolean tooSoon = unclear.compareTo(Limits.NO_TRACE) < 0
                || (unclear.compareTo(Limits.BUSY) < 0 && !goesBack(actions, intent));
        if (tooSoon || !actions.setAside().isEmpty()) {
            return server; // a row that could not be read may be the trace
        }
        // what is to be aborted or forced is under way, whatever became of that request
        boolean wantsIdle = intent.verb() != Verb.ABORT && intent.verb() != Verb.FORCE_COMPLETE;
        Server seen = observed.read().get(server.id());
        if (wantsIdle && (seen == null || seen.taskState() != null)) {
            return server;
        }
        if (moved(server, intent, observed)) {
            return with(server, intent, intent.taken(null, now));
        }
        if (intent.looks() == 0) {
            return with(server, intent, intent.looked());
        }
        return unsent(
                server,
                intent,
                "Nova shows no trace of the " + intent.verb().words() + " asked for at " + intent.at() + " ("
                        + intent.doubt() + ")");
    }

    /**
     * Whether a list goes back as far as to what was the newest action before the request: one that does not is short of
     * rows, unless it stays so, for Nova's database may have been cleaned up since.
     */
    private static boolean goesBack(Listed<InstanceAction> actions, Intent intent) {
        return intent.baselineAction() == null
                || actions.stream().anyMatch(action -> action.requestId().equals(intent.baselineAction()));
    }

    /** Whether a migration shows that the request was taken after all. */
    private static boolean moved(ServerState server, Intent intent, Observation observed) {
        return switch (intent.verb()) {
            case LIVE, COLD, EVACUATE -> observed.migrationOf(server).isPresent();
            case CONFIRM -> reads(server, observed, "confirming", "confirmed");
            case REVERT -> reads(server, observed, "reverting", "reverted");
            case ABORT, FORCE_COMPLETE, FAILOVER -> false;
        };
    }

    private static boolean reads(ServerState server, Observation observed, String... statuses) {
        return observed.migrationOf(server)
                .filter(migration -> List.of(statuses).contains(migration.status()))
                .isPresent();
    }

    /** A request that is proven to have done nothing: it may be asked for again, a few times. */
    public ServerState unsent(ServerState server, Intent intent, String why) {
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
        edit.reason = server.reason().startsWith(ReasonMarkers.MOVED_COLD) ? ReasonMarkers.MOVED_COLD + why : why;
        return edit.span("waiting", now).done();
    }

    /** The server with one of its requests changed, be it its move or what follows that. */
    public static ServerState with(ServerState server, Intent old, Intent changed) {
        ServerState.Edit edit = server.edit();
        if (old == server.follow()) {
            edit.follow = changed;
        } else {
            edit.move = changed;
        }
        return edit.done();
    }
}
