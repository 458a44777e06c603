package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;

/** Law 8: what becomes of a server that is under way when the build is aborted or the step's time is over. */
public final class LeftUnderWay {

    private LeftUnderWay() {}

    /** The server as it is left, or about to be aborted. Only for one that is under way, of a drain that is stopped or whose time is over. */
    public static ServerState of(ServerState server, DrainState state, Instant now) {
        boolean stopped = state.stop() != null;
        String why = stopped ? "under way when the build was aborted" : "under way when the step's timeout was over";
        if (server.follow() != null
                && server.follow().verb() == Verb.CONFIRM
                && server.follow().is(Intent.State.RECORDED)) {
            return unconfirmed(server, stopped ? "the build was aborted" : "the step's timeout was over", now);
        }
        Instant since = stopped ? state.stop().at() : state.deadline();
        boolean waited = Duration.between(since, now).compareTo(Limits.STOPPING) > 0;
        boolean postCopy =
                server.migrationStatus() != null && server.migrationStatus().contains("post-copy");
        if (!abort(state.order(), stopped) || server.action() != Action.LIVE || postCopy || waited) {
            return left(server, postCopy ? why + ", and in post-copy, where an abort would lose the guest" : why, now);
        }
        boolean aborting = server.follow() != null && server.follow().verb() == Verb.ABORT;
        if (aborting || server.migration() == null || server.migrationStatus() == null) {
            return server; // what Nova has no record of yet cannot be aborted yet
        }
        ServerState.Edit edit = server.edit();
        edit.follow = Intent.record(Verb.ABORT, null, null, now);
        edit.reason = why;
        return edit.done();
    }

    private static boolean abort(DrainOrder order, boolean stopped) {
        return stopped
                ? order.onAbort() == OnAbort.ABORT
                : order.onTimeout() == OnTimeout.ABORT || order.onTimeout() == OnTimeout.COLD_MIGRATE;
    }

    /** Arrived, and its confirm was decided in this tick: it is not sent any more. */
    private static ServerState unconfirmed(ServerState server, String why, Instant now) {
        ServerState.Edit edit = server.edit();
        edit.follow = null;
        return edit.span("verify", now)
                .done()
                .end(
                        Outcome.AWAITING_CONFIRM,
                        "is on " + server.to() + " in VERIFY_RESIZE and was not confirmed, for " + why
                                + "; its old disks are still on " + server.source(),
                        "confirmResize or revertResize it.",
                        now);
    }

    private static ServerState left(ServerState server, String why, Instant now) {
        if (server.move().is(Intent.State.UNCLEAR)) {
            return server.end(
                    Outcome.UNKNOWN,
                    why + "; its " + server.move().verb().words()
                            + " was sent, and it is not known whether Nova took it ("
                            + server.move().doubt() + ")",
                    server.move().verb() == Verb.FAILOVER
                            ? "Look at openstack loadbalancer amphora show "
                                    + server.amphora().id() + "."
                            : "Look at openstack server event list " + server.id() + ".",
                    now);
        }
        return server.left(now, why);
    }
}
