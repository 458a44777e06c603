package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.drain.Convergence.Outlook;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;

/**
 * What to do about a move that Nova is still at. Pure.
 *
 * <p>A live migration is aborted at its deadline and not earlier, however bad it looks: a guest may quieten down, and an
 * abort throws away what was copied. Forcing throws nothing away, and what it costs (the guest pauses while the rest is
 * copied) does not become less by waiting: it is done as soon as it is certain that the copying does not converge. Where
 * the guest is looked at and has stopped answering ({@link GuestLoss}) the abort comes before the deadline. In
 * post-copy the guest runs on the target already and its memory is in two places: nothing is done to it then.
 */
final class MigrationDeadline {

    private final DrainOrder order;
    private final Instant now;

    MigrationDeadline(DrainOrder order, Instant now) {
        this.order = order;
        this.now = now;
    }

    /** A move that is no live migration. */
    ServerState other(ServerState server, Migration migration) {
        if (server.running() == null) {
            return queued(server, migration);
        }
        Duration limit = Limits.of(server);
        if (server.follow() != null) {
            return asked(server, server.follow().at().plus(limit));
        }
        return now.isAfter(server.running().plus(limit))
                ? server.left(now, over(server, limit) + ": still " + migration.status())
                : server;
    }

    /**
     * A live migration.
     *
     * @param counted whether Nova lists it among the server's migrations in progress, which it does not in post-copy
     */
    ServerState live(ServerState server, Migration migration, boolean counted) {
        if (server.running() == null) {
            return migration.status().equals("preparing") ? preparing(server) : queued(server, migration);
        }
        Instant deadline = server.progress().deadline();
        Duration limit = Duration.between(server.running(), deadline);
        boolean over = now.isAfter(deadline);
        boolean wayOver = now.isAfter(deadline.plus(limit));
        if (server.follow() != null) {
            return asked(server, until(server, migration, deadline.plus(limit)));
        }
        if (migration.postCopy()) {
            return wayOver
                    ? server.left(now, over(server, limit) + " in post-copy, which must not be aborted")
                    : server;
        }
        boolean abortable = counted && migration.status().equals("running");
        if (abortable && GuestLoss.aborts(server, now)) {
            return ask(server, Verb.ABORT, server.guest().loss());
        }
        if (order.onTimeout() == OnTimeout.LEAVE) {
            return over
                    ? server.left(now, over(server, limit) + ": still " + migration.status() + outlook(server))
                    : server;
        }
        if (!abortable) {
            // on its way into post-copy, or to its end: Nova would refuse both
            return wayOver ? server.left(now, over(server, limit) + ": still " + migration.status()) : server;
        }
        boolean force = order.onTimeout() == OnTimeout.FORCE_COMPLETE;
        if (over) {
            return ask(server, force ? Verb.FORCE_COMPLETE : Verb.ABORT, over(server, limit) + outlook(server));
        }
        boolean endless = server.progress().watch().outlook(now) instanceof Outlook.Endless found && found.certain();
        return force && endless
                ? ask(server, Verb.FORCE_COMPLETE, Estimate.words(server, now) + Estimate.pause(server))
                : server;
    }

    private ServerState ask(ServerState server, Verb verb, String why) {
        ServerState.Edit edit = server.edit();
        edit.follow = Intent.record(verb, null, null, now);
        edit.reason = why;
        return edit.done();
    }

    private static String over(ServerState server, Duration limit) {
        boolean measured = server.progress() != null && server.progress().measured();
        return ReasonMarkers.OVER_TIME + " of " + Quantity.time(limit) + " for its size"
                + (measured ? " and rate" : "");
    }

    private String outlook(ServerState server) {
        String words = Estimate.words(server, now);
        return words.isEmpty() ? "" : "; " + words;
    }

    private ServerState queued(ServerState server, Migration migration) {
        boolean tooLong = Duration.between(server.since(), now).compareTo(Limits.QUEUED) > 0;
        return tooLong
                ? server.left(now, "is " + migration.status() + " in Nova since " + Quantity.time(Limits.QUEUED))
                : server;
    }

    /** Nova connects ports and volumes on the target: no copying yet, so nothing is lost by an abort. */
    private ServerState preparing(ServerState server) {
        if (Duration.between(server.since(), now).compareTo(Limits.PREPARING) <= 0) {
            return server;
        }
        String why = ReasonMarkers.OVER_TIME + " of " + Quantity.time(Limits.PREPARING)
                + " for the preparation of its target";
        if (server.follow() != null) {
            return asked(server, server.follow().since().plus(Limits.ABORTING));
        }
        boolean aborts = order.onTimeout() == OnTimeout.ABORT || order.onTimeout() == OnTimeout.COLD_MIGRATE;
        return aborts ? ask(server, Verb.ABORT, why) : server.left(now, why);
    }

    /** Until when something that was asked for, or refused, is waited for. */
    private static Instant until(ServerState server, Migration migration, Instant wayOver) {
        Intent follow = server.follow();
        if (migration.postCopy()) {
            return later(wayOver, follow.at().plus(Limits.of(server)));
        }
        if (follow.is(Intent.State.REFUSED)) {
            return later(server.progress().deadline(), follow.since().plus(Limits.ABORTING));
        }
        return follow.at().plus(follow.verb() == Verb.ABORT ? Limits.ABORTING : Limits.of(server));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A confirm, an abort or a force complete was asked for. */
    private ServerState asked(ServerState server, Instant until) {
        if (!now.isAfter(until)) {
            return server;
        }
        Intent follow = server.follow();
        String what = follow.verb().words();
        String why = follow.verb() == Verb.CONFIRM ? "" : " (" + server.reason() + ")";
        return follow.is(Intent.State.REFUSED)
                ? server.left(now, "its " + what + why + " was refused: " + follow.doubt())
                : server.left(
                        now,
                        "is still " + server.migrationStatus() + ", "
                                + Quantity.time(Duration.between(follow.at(), now)) + " after " + what
                                + " was asked for" + why);
    }
}
