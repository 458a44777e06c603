package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.guest.GuestWatch.Word;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.text.ServerWords;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.OwnersWord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one server's move, from what a tick has seen (laws 1, 2 and 12). Pure.
 *
 * <pre>
 *            intent UNCLEAR --(its instance action is there)--> TAKEN
 *                 |
 *                 +--(no trace for {@link Limits#NO_TRACE})--> PENDING again, or FAILED after {@link Limits#ATTEMPTS}
 *   TAKEN --(migration ended well, server elsewhere, no task)--> MOVED, REBUILT, CONFIRMED, REVERTED
 *     |  \--(cold: migration finished, VERIFY_RESIZE)----------> AWAITING_CONFIRM, or a CONFIRM intent
 *     |  \--(migration ended badly)----------------------------> FAILED, or PENDING as a cold move
 *     |  \--(over its time, see {@link MigrationDeadline})---------------> ABORT or FORCE_COMPLETE intent, or LEFT
 *     \-----(404)----------------------------------------------> GONE
 * </pre>
 */
public final class MigrationOutcome {

    private final DrainOrder order;
    private final String userId;
    private final Permission permission;
    private final Instant now;
    private final boolean othersUnderWay;
    private final boolean waits;
    private final CopyAccount copying;
    private final MigrationDeadline overtime;

    /**
     * @param state the drain before the tick: what was asked, whose requests count as ours, and what it has learned
     * @param now the time of the tick
     */
    public MigrationOutcome(DrainState state, Instant now) {
        this.order = state.order();
        this.userId = state.userId();
        this.permission = Permission.of(state);
        this.now = now;
        this.othersUnderWay = state.in(ServerState.Stage.UNDER_WAY).size() > 1;
        this.waits = state.stop() == null && (state.deadline() == null || !now.isAfter(state.deadline()));
        this.copying = new CopyAccount(order, CopyRate.expected(state.servers()), now);
        this.overtime = new MigrationDeadline(order, now);
    }

    /** The server after this look. */
    public ServerState judge(ServerState server, Observation observed) {
        if (server.action() == Action.FAILOVER) {
            return new FailoverOutcome(now).judge(server, observed);
        }
        if (observed.gone().contains(server.id())) {
            return server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now);
        }
        Intent current = server.follow() != null ? server.follow() : server.move();
        if (current.is(Intent.State.UNCLEAR)) {
            return new UnclearRequest(userId, now).clear(server, current, observed);
        }
        Optional<Migration> found = observed.migrationOf(server);
        return found.isPresent() ? moving(server, found.get(), observed) : unseen(server, observed);
    }

    /** Nova took the request and no migration of it is shown yet; or there will never be one. */
    private ServerState unseen(ServerState server, Observation observed) {
        if (server.migration() != null) {
            return server; // it was shown before; DrainObserver has noted that it could not be read
        }
        Duration taken = Duration.between(server.move().since(), now);
        Server seen = observed.server(server.id()).orElse(null);
        if (seen == null || !seen.known() || seen.taskState() != null || taken.compareTo(Limits.SETTLE) < 0) {
            return taken.compareTo(Limits.of(server)) < 0
                    ? server
                    : server.end(
                            Outcome.UNKNOWN,
                            "Nova took the " + server.move().verb().words() + " ("
                                    + server.move().requestId() + ") and shows no migration of it after "
                                    + Quantity.time(taken),
                            "Look at the server and at nova-conductor's log for this request.",
                            now);
        }
        String error = FailureReason.reason(observed.events().get(server.id()), seen);
        if (!error.isEmpty() && seatRefused(server, seen, error, false)) {
            return RefusedSeat.given(server, error, now);
        }
        if (mayPassAlone(server, seen, error)) {
            return again(server, ReasonMarkers.TRIED_AGAIN + error, now);
        }
        if (!error.isEmpty()) {
            return server.end(
                    Outcome.FAILED, error + "; it is " + ServerWords.whereabouts(seen), FailureReason.hint(error), now);
        }
        if (taken.compareTo(Limits.CONTRADICTION) < 0) {
            return server;
        }
        return server.end(
                Outcome.UNKNOWN,
                "Nova took the " + server.move().verb().words() + " ("
                        + server.move().requestId() + ") and nothing came of it; it is "
                        + ServerWords.whereabouts(seen),
                "Look at nova-conductor's and nova-scheduler's logs for this request.",
                now);
    }

    private ServerState moving(ServerState before, Migration migration, Observation observed) {
        ServerState.Edit edit = before.edit();
        edit.migration = migration.id();
        if (!migration.status().equals(before.migrationStatus())) {
            edit.migrationStatus = migration.status();
            edit.since = now;
        }
        if (migration.targetHost() != null && before.action() != Action.REVERT) {
            edit.to = migration.targetHost();
        }
        boolean waitsInNova =
                migration.status().equals("queued") || migration.status().equals("accepted");
        boolean prepares = migration.status().equals("preparing");
        if (!waitsInNova && !prepares && before.running() == null) {
            edit.running = now;
            edit.guest = GuestGate.copied(before);
        }
        edit.span(waitsInNova ? "queued" : spanOf(before), now);
        ServerMigration counters = observed.counters().get(before.id());
        if (before.action() == Action.LIVE) {
            edit.progress = copying.progress(before, edit.running, counters);
        }
        ServerState server = edit.done();
        if (migration.bad()) {
            return bad(server, migration, observed, before.running() != null);
        }
        return switch (server.action()) {
            case LIVE ->
                migration.status().equals("completed")
                        ? arrived(server, observed, Outcome.MOVED)
                        : overtime.live(server, migration, counters != null);
            case REBUILD ->
                migration.status().equals("done") || migration.status().equals("completed")
                        ? arrived(server, observed, Outcome.REBUILT)
                        : overtime.other(server, migration);
            case COLD -> cold(server, migration, observed);
            case CONFIRM -> settled(server, migration, observed, "confirmed", Outcome.CONFIRMED);
            case REVERT -> settled(server, migration, observed, "reverted", Outcome.REVERTED);
            // Octavia makes no migration
            case FAILOVER, SKIP, BLOCKED -> throw new IllegalStateException(server.action() + " has no migration");
        };
    }

    private static String spanOf(ServerState server) {
        boolean confirms = server.follow() != null && server.follow().verb() == Verb.CONFIRM;
        return confirms ? Verb.CONFIRM.span() : server.move().verb().span();
    }

    /** Law 1: the migration has ended well; now the server itself must be elsewhere with nothing under way. */
    private ServerState arrived(ServerState server, Observation observed, Outcome outcome) {
        Server seen = observed.read().get(server.id());
        if (seen == null) {
            return server;
        }
        boolean elsewhere = seen.host() != null && !seen.host().equals(server.source());
        if (elsewhere && seen.taskState() == null) {
            if ("error".equals(seen.vmState())) {
                return server.end(
                        Outcome.FAILED,
                        "its migration ended, but it is " + ServerWords.whereabouts(seen) + FailureReason.fault(seen),
                        "Look at openstack server show " + server.id() + " before anything else.",
                        now);
            }
            ServerState.Edit edit = server.edit();
            edit.to = seen.host();
            ServerState there = edit.done();
            return GuestGate.awaiting(there, waits, now)
                    .orElseGet(() -> there.end(outcome, GuestGate.words(there, now), "", now));
        }
        return contradiction(server, seen);
    }

    private ServerState contradiction(ServerState server, Server seen) {
        if (Duration.between(server.since(), now).compareTo(Limits.CONTRADICTION) < 0) {
            return server;
        }
        return server.end(
                Outcome.UNKNOWN,
                "its migration " + server.migration() + " reads " + server.migrationStatus() + ", but it is "
                        + ServerWords.whereabouts(seen)
                        + (seen.taskState() == null ? "" : " with task " + seen.taskState()),
                "Nova's records contradict each other; look at the server and at nova-manage placement audit before"
                        + " anything else is done to it.",
                now);
    }

    private ServerState cold(ServerState server, Migration migration, Observation observed) {
        Server seen = observed.read().get(server.id());
        return switch (migration.status()) {
            case "finished" -> {
                if (seen == null) {
                    yield server;
                }
                boolean verify = "resized".equals(seen.vmState()) && seen.taskState() == null;
                if (!verify || seen.host() == null || seen.host().equals(server.source())) {
                    yield server.follow() != null ? overtime.other(server, migration) : contradiction(server, seen);
                }
                ServerState.Edit edit = server.edit();
                edit.to = seen.host();
                if (server.follow() != null) {
                    yield overtime.other(edit.done(), migration);
                }
                yield verified(edit.done());
            }
            case "confirmed" -> arrived(server, observed, server.follow() != null ? Outcome.CONFIRMED : Outcome.MOVED);
            case "reverted" ->
                server.end(
                        Outcome.FAILED,
                        "was moved and then reverted by somebody else"
                                + (seen == null ? "" : "; it is " + ServerWords.whereabouts(seen)),
                        "Its owner may not want it moved; ask before you move it again.",
                        now);
            default -> overtime.other(server, migration);
        };
    }

    /** On its other host in VERIFY_RESIZE; its guest, where that is looked at, has its say before the old copy is given up. */
    private ServerState verified(ServerState server) {
        Optional<ServerState> awaiting = GuestGate.awaiting(server, waits, now);
        if (awaiting.isPresent()) {
            return awaiting.get();
        }
        Word guest = GuestGate.after(server, now);
        boolean mayConfirm = guest == Word.NONE || guest == Word.ANSWERS;
        ServerState.Edit edit = server.edit();
        if (order.confirm() == Confirm.AUTO && mayConfirm) {
            edit.follow = Intent.record(Verb.CONFIRM, null, null, now);
            return edit.done();
        }
        String word = GuestGate.words(server, now);
        return edit.span("verify", now)
                .done()
                .end(
                        Outcome.AWAITING_CONFIRM,
                        "is on " + server.to() + " in VERIFY_RESIZE"
                                + (order.confirm() == Confirm.AUTO ? " and was not confirmed" : "")
                                + "; its old disks are still on " + server.source()
                                + (word.isEmpty() ? "" : "; " + word),
                        !mayConfirm
                                ? "Look at it before its old copy is given up: revertResize brings that back, confirmResize"
                                        + " confirms all the same."
                                : "confirmResize or revertResize it.",
                        now);
    }

    private ServerState settled(
            ServerState server, Migration migration, Observation observed, String wanted, Outcome outcome) {
        Server seen = observed.read().get(server.id());
        if (migration.status().equals(wanted)) {
            if (seen == null) {
                return server;
            }
            boolean right = outcome == Outcome.CONFIRMED
                    ? seen.host() != null && !server.source().equals(seen.host())
                    : server.source().equals(seen.host());
            if (!right || seen.taskState() != null || "resized".equals(seen.vmState())) {
                return contradiction(server, seen);
            }
            ServerState.Edit edit = server.edit();
            edit.to = seen.host();
            return edit.done().end(outcome, "", "", now);
        }
        if (migration.status().equals("confirmed") || migration.status().equals("reverted")) {
            return server.end(
                    Outcome.FAILED,
                    "was " + migration.status() + " by somebody else meanwhile"
                            + (seen == null ? "" : "; it is " + ServerWords.whereabouts(seen)),
                    "Its owner may confirm and revert as well as you.",
                    now);
        }
        return overtime.other(server, migration);
    }

    /** @param begun whether an earlier look has seen Nova at work on it */
    private ServerState bad(ServerState server, Migration migration, Observation observed, boolean begun) {
        Server seen = observed.read().get(server.id());
        if (seen == null) {
            return server;
        }
        boolean settlesDown = seen.known() && (seen.taskState() == null || server.action() == Action.REBUILD);
        if (!settlesDown && Duration.between(server.since(), now).compareTo(Limits.CONTRADICTION) < 0) {
            return server;
        }
        boolean abortedByUs = server.follow() != null && server.follow().verb() == Verb.ABORT;
        if (abortedByUs && migration.status().equals("cancelled")) {
            return aborted(server, seen);
        }
        String reason = FailureReason.reason(observed.events().get(server.id()), seen);
        if (seatRefused(server, seen, reason, begun)) {
            String why = reason.isEmpty()
                    ? "its " + server.move().verb().words() + " ended as " + migration.status()
                    : reason;
            return RefusedSeat.given(server, why, now);
        }
        if (mayPassAlone(server, seen, reason)) {
            return again(server, ReasonMarkers.TRIED_AGAIN + reason, now);
        }
        return server.end(
                Outcome.FAILED,
                (reason.isEmpty() ? "its " + server.move().verb().words() + " ended as " + migration.status() : reason)
                        + "; it is " + ServerWords.whereabouts(seen),
                FailureReason.hint(reason.isEmpty() ? migration.type() + " " + migration.status() : reason),
                now);
    }

    /**
     * Whether a move that failed may pass by itself: the scheduler's choice was taken by another meanwhile (NoValidHost once all
     * its alternates are full, nova/conductor/tasks/migrate.py), or a service had too much to do to answer in time. Once, where
     * other moves were under way, and only where it left the server as it was. What timed out may still be at work where no
     * migration says that it has ended; and a rebuild is not asked for a second time unless it was never begun: Nova would do both
     * (its bug 1978983).
     */
    private boolean mayPassAlone(ServerState server, Server seen, String reason) {
        boolean crowded = order.learnsWidths() && othersUnderWay && server.attempts() == 1;
        boolean timedOut = (server.action() == Action.LIVE || server.action() == Action.COLD)
                && server.migration() != null
                && (reason.contains("Timed out waiting for a reply") || reason.contains("MessagingTimeout"));
        return crowded && asItWas(server, seen) && server.follow() == null && (noHost(reason) || timedOut);
    }

    private static boolean noHost(String reason) {
        return reason.startsWith("No valid host was found");
    }

    /** Whether a move that failed has left its server as it was. */
    private static boolean asItWas(ServerState server, Server seen) {
        return seen.known()
                && server.source().equals(seen.host())
                && seen.taskState() == null
                && !"error".equals(seen.vmState());
    }

    /** Whether a move to a seat came to nothing before it began. Of a rebuild only where it is sure that none was begun, see above. */
    private boolean seatRefused(ServerState server, Server seen, String reason, boolean begun) {
        return RefusedSeat.asked(server, order)
                && asItWas(server, seen)
                && server.follow() == null
                && !begun
                && (server.action() != Action.REBUILD || noHost(reason));
    }

    private ServerState aborted(ServerState server, Server seen) {
        boolean cold = order.onTimeout() == OnTimeout.COLD_MIGRATE
                && server.reason().startsWith(ReasonMarkers.OVER_TIME)
                && seen.known()
                && !"paused".equals(seen.vmState()) // which Nova moves live only
                && mayStop(seen);
        if (cold) {
            ServerState.Edit edit = server.edit();
            edit.action = Action.COLD;
            return again(edit.done(), ReasonMarkers.MOVED_COLD + server.reason(), now);
        }
        return server.end(
                Outcome.FAILED,
                "its live migration was aborted: " + server.reason() + "; it is " + ServerWords.whereabouts(seen),
                hintAfterAbort(server),
                now);
    }

    private static String hintAfterAbort(ServerState server) {
        if (server.reason().startsWith(GuestWatch.STOPPED)) {
            return "It is not moved live again by itself. Look at its load and its network, then move it at a quieter time, or cold.";
        }
        return server.reason().startsWith(ReasonMarkers.OVER_TIME)
                ? "Move it at a quieter time, with onTimeout: 'forceComplete', or cold."
                : "Run the step again.";
    }

    /** A server whose move has ended and that waits for another, for this reason. */
    static ServerState again(ServerState server, String reason, Instant now) {
        ServerState.Edit edit = server.edit();
        edit.stage = ServerState.Stage.PENDING;
        edit.move = null;
        edit.follow = null;
        edit.migration = null;
        edit.migrationStatus = null;
        edit.running = null;
        edit.progress = null;
        edit.to = null;
        edit.baseline = server.migration() == null ? server.baseline() : server.migration();
        edit.since = now;
        edit.reason = reason;
        return edit.span("waiting", now).done();
    }

    /** An owner's {@code maintenance: live} holds after a time-out too. */
    private boolean mayStop(Server seen) {
        return OwnersWord.of(seen).kind() != OwnersWord.Kind.LIVE
                || permission.approved().covers(seen.id());
    }
}
