package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.server.FailureReason;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A host that looks fit is tried with a server of our own while it is still closed: from a state and what a tick saw to the
 * next state. Pure. What it wants sent stands in the canary's ask as RECORDED, for its caller to save first (law 2).
 *
 * <pre>
 *   CLEAR -> BOOT -> ENTER -> START -> LEAVE -> BACK -> DELETE -> OVER
 *              |       |        |        |       |        |
 *              +-------+--------+--------+-------+--------+   it failed: DELETE, then the cordon stays and says why
 * </pre>
 */
final class CanaryTrial {

    /** How long each stage may take: a boot may have to fetch its image first. */
    private static final Duration STAGE = Duration.ofMinutes(10);

    /** How long a deletion may take, and the same once the build was aborted. */
    private static final Duration DELETION = Duration.ofMinutes(5);

    /** How long a move under way is let go on before a canary that is to be deleted is deleted in the middle of it. */
    private static final Duration MOVING = Duration.ofMinutes(1);

    /** How a failure begins that is about a canary. */
    static final String LABEL = "its canary";

    private CanaryTrial() {}

    /** The host is fit as far as can be seen: the trial begins. */
    static ReturnState begin(ReturnState state, ReturnObservation observed, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.canary = Canary.begin(state.order(), observed.service().zone(), now);
        return edit.to(ReturnPhase.CANARY, now).done();
    }

    /** Whether a host that is fit is yet to be tried. */
    static boolean isDue(ReturnState state) {
        return state.order().canary() != null && state.canary() == null;
    }

    static ReturnState decide(ReturnState state, ReturnObservation observed, Instant now) {
        return switch (state.canary().stage()) {
            case CLEAR -> cleared(state, observed, now);
            case BOOT, ENTER, START, LEAVE, BACK -> tried(state, observed.canary(), now);
            case DELETE -> deleted(state, observed.canary(), now);
            case OVER -> over(state, now);
        };
    }

    /** The state of a failed return that may have a canary: it is to be deleted before anything else. */
    static ReturnState remove(ReturnState failed, Instant now) {
        if (failed.canary().stage() == Canary.Stage.DELETE) {
            return failed;
        }
        return next(failed, Canary.Stage.DELETE, now);
    }

    private static ReturnState next(ReturnState state, Canary.Stage stage, Instant now) {
        return with(state, state.canary().to(stage, now));
    }

    private static ReturnState with(ReturnState state, Canary canary) {
        ReturnState.Edit edit = state.edit();
        edit.canary = canary;
        return edit.done();
    }

    private static ReturnState fail(ReturnState state, String why, Instant now) {
        ReturnState.Edit edit = state.edit();
        String hint = FailureReason.hint(why);
        if (!hint.isEmpty()) {
            edit.note(hint);
        }
        return HostReturn.fail(edit.done(), ReturnOutcome.NOT_READY, label(state.canary()) + ": " + why, now);
    }

    /** The canary as the beginning of a sentence. */
    static String label(Canary canary) {
        return LABEL + (canary.id() == null ? "" : " " + canary.id());
    }

    private static boolean overdue(Canary canary, Duration limit, Instant now) {
        return Duration.between(canary.since(), now).compareTo(limit) > 0;
    }

    /** What came of the request that was sent. */
    static ReturnState answered(ReturnState state, RequestResult answer, Instant now) {
        Canary canary = state.canary();
        Canary.Ask ask = canary.ask();
        if (answer instanceof RequestResult.Taken taken) {
            return with(state, canary.asking(ask.taken(taken.requestId())));
        }
        if (answer instanceof RequestResult.Unknown unknown) {
            return with(state, canary.asking(ask.unclear(unknown.why())));
        }
        if (answer instanceof RequestResult.NotSent notSent) {
            return unsent(state, notSent.why(), now);
        }
        NovaException.Refused why = ((RequestResult.Refused) answer).why();
        boolean busy = why.status() == 409 && canary.stage() != Canary.Stage.BOOT;
        return busy || why.status() == 429
                ? unsent(state, why.getMessage(), now)
                : fail(
                        with(state, canary.unsent(why.getMessage())),
                        doing(state) + " was refused: " + why.getMessage(),
                        now);
    }

    /** What is certain to have done nothing is asked for again, a few times. */
    private static ReturnState unsent(ReturnState state, String why, Instant now) {
        ReturnState unsent = with(state, state.canary().unsent(why));
        return unsent.canary().attempts() < Limits.ATTEMPTS
                ? unsent
                : fail(
                        unsent,
                        doing(state) + " was asked for " + Limits.ATTEMPTS + " times without effect: " + why,
                        now);
    }

    // --- before and after

    /** Others of its name are none of this build's, whatever their metadata says: neither waited for nor touched. */
    private static ReturnState cleared(ReturnState state, ReturnObservation observed, Instant now) {
        ReturnState.Edit edit = state.edit();
        CanaryWords.others(state.canary(), observed.canary()).ifPresent(edit::note);
        return tried(next(edit.done(), Canary.Stage.BOOT, now), CanaryObservation.NONE, now);
    }

    private static ReturnState deleted(ReturnState state, CanaryObservation seen, Instant now) {
        Canary canary = state.canary();
        List<Server> mine = seen.mine(canary);
        Duration limit = state.stop() == null ? DELETION : Limits.STOPPING;
        if (mine.isEmpty()) {
            boolean mayCome = canary.id() == null
                    && canary.posted() != null
                    && Duration.between(canary.posted(), now).compareTo(Limits.NO_TRACE) < 0;
            return mayCome || seen.uncertain() && !overdue(canary, limit, now)
                    ? state
                    : seen.uncertain()
                            ? giveUp(
                                    state,
                                    "it is not known whether it is gone: "
                                            + seen.named().setAside().get(0).words(),
                                    now)
                            : over(next(state, Canary.Stage.OVER, now), now);
        }
        if (overdue(canary, limit, now)) {
            return giveUp(state, "it could not be deleted in " + Quantity.time(limit) + said(canary), now);
        }
        boolean moving = mine.stream().anyMatch(server -> "migrating".equals(server.taskState()));
        return moving && !overdue(canary, MOVING, now) ? state : deletion(state, mine, now);
    }

    private static ReturnState deletion(ReturnState state, List<Server> servers, Instant now) {
        Canary canary = state.canary();
        boolean justAsked =
                canary.ask() != null && Duration.between(canary.ask().at(), now).compareTo(Limits.SETTLE) < 0;
        return justAsked
                ? state
                : with(
                        state,
                        canary.deleting(
                                Canary.Ask.record(null, 0, now),
                                servers.stream()
                                        .map(Server::id)
                                        .limit(Limits.ATTEMPTS)
                                        .toList()));
    }

    private static String said(Canary canary) {
        return canary.said() == null ? "" : "; last: " + canary.said();
    }

    /** Whether the deletion has gone on for too long for anybody to wait. */
    static boolean deletionOverdue(ReturnState state, Instant now) {
        return overdue(state.canary(), state.stop() == null ? DELETION : Limits.TROUBLE_STOPPING, now);
    }

    /** It is left behind, and said. */
    static ReturnState giveUp(ReturnState state, String why, Instant now) {
        Canary canary = state.canary();
        String which = canary.id() == null ? canary.name() : canary.id();
        ReturnState.Edit edit = state.edit();
        edit.note("The canary " + canary.name() + (canary.id() == null ? "" : " (" + canary.id() + ")")
                + " may still be there: " + why + ". Delete it with openstack server delete " + which
                + "; nobody else does.");
        edit.canary = canary.to(Canary.Stage.OVER, now);
        ReturnState left = edit.done();
        return state.failure() != null
                ? over(left, now)
                : HostReturn.fail(left, ReturnOutcome.NOT_READY, label(canary) + ": " + why, now);
    }

    private static ReturnState over(ReturnState state, Instant now) {
        return state.failure() == null ? state.edit().to(ReturnPhase.WAIT, now).done() : HostReturn.mark(state, now);
    }

    // --- the trial itself

    private static ReturnState tried(ReturnState state, CanaryObservation seen, Instant now) {
        Canary canary = state.canary();
        if (canary.id() != null) {
            if (seen.server() == null) {
                return fail(state, "it was deleted by somebody else", now);
            }
            if ("error".equals(seen.server().vmState())) {
                return fail(state, doing(state) + " failed" + FailureReason.fault(seen.server()), now);
            }
        }
        if (overdue(canary, STAGE, now)) {
            return fail(
                    state,
                    doing(state) + " took longer than " + Quantity.time(STAGE) + where(seen) + said(canary),
                    now);
        }
        if (canary.ask() == null) {
            return asked(state, seen, now);
        }
        boolean known = canary.asks(Canary.Ask.State.TAKEN) && canary.ask().requestId() != null;
        if (canary.stage() == Canary.Stage.BOOT) {
            return canary.id() == null ? looked(state, seen, now) : booted(state, seen, now);
        }
        return known ? done(state, seen, now) : traced(state, seen, now);
    }

    private static String where(CanaryObservation seen) {
        return seen.server() == null
                ? ""
                : " (it is " + seen.server().status() + " on " + seen.server().host() + ")";
    }

    /** What the stage does, as what failed. */
    private static String doing(ReturnState state) {
        String host = state.order().host();
        return switch (state.canary().stage()) {
            case BOOT -> "booting";
            case ENTER, BACK -> "live migrating onto " + host;
            case START -> "hard rebooting on " + host;
            case LEAVE -> "live migrating off " + host;
            case CLEAR, DELETE, OVER -> "deleting";
        };
    }

    private static ReturnState asked(ReturnState state, CanaryObservation seen, Instant now) {
        Canary canary = state.canary();
        if (canary.stage() == Canary.Stage.BOOT) {
            return with(state, canary.posting(Canary.Ask.record(null, 0, now), now));
        }
        if (!seen.idle()) {
            return state;
        }
        return with(state, canary.asking(Canary.Ask.record(seen.newestAction(), seen.newestMigration(), now)));
    }

    /** Nova lists a server as soon as it has taken the request; a lost one may be at work yet. */
    private static ReturnState looked(ReturnState state, CanaryObservation seen, Instant now) {
        Canary canary = state.canary();
        Optional<Server> mine = seen.mine(canary).stream().findFirst();
        return mine.isPresent()
                ? with(state, canary.found(mine.get().id(), canary.ask().taken(null)))
                : seen.uncertain() ? state : noTrace(state, now);
    }

    /** Law 2: only once it is certain that the request did nothing it is sent again. */
    private static ReturnState noTrace(ReturnState state, Instant now) {
        Canary canary = state.canary();
        Canary.Ask ask = canary.ask();
        if (ask.looks() == 0 || Duration.between(ask.at(), now).compareTo(Limits.NO_TRACE) < 0) {
            return with(state, canary.asking(ask.looked()));
        }
        String doubt = ask.doubt() == null ? "" : " (" + ask.doubt() + ")";
        return unsent(state, "Nova shows no trace of the request of " + ask.at() + doubt, now);
    }

    private static ReturnState booted(ReturnState state, CanaryObservation seen, Instant now) {
        if (!seen.idle()) {
            return state;
        }
        boolean there = state.order().host().equals(seen.server().host());
        return next(state, there ? Canary.Stage.START : Canary.Stage.ENTER, now);
    }

    /** What was asked of it since the stage began is the stage's: nobody else has to do with it. */
    private static ReturnState traced(ReturnState state, CanaryObservation seen, Instant now) {
        Canary canary = state.canary();
        if (!seen.idle()) {
            return state;
        }
        String newest = seen.newestAction();
        return newest == null || Objects.equals(newest, canary.ask().baselineAction())
                ? seen.uncertain() ? state : noTrace(state, now)
                : with(state, canary.asking(canary.ask().taken(newest)));
    }

    private static ReturnState done(ReturnState state, CanaryObservation seen, Instant now) {
        if (!seen.idle()) {
            return state;
        }
        String reason = FailureReason.reason(seen.action(), seen.server());
        boolean start = state.canary().stage() == Canary.Stage.START;
        if (start ? failed(seen.action()) : unmoved(state, seen)) {
            return fail(state, doing(state) + " failed" + (reason.isEmpty() ? "" : ": " + reason), now);
        }
        if (!(start ? succeeded(seen.action()) : moved(state, seen))) {
            return state;
        }
        return next(
                state,
                switch (state.canary().stage()) {
                    case ENTER -> Canary.Stage.START;
                    case START -> Canary.Stage.LEAVE;
                    case LEAVE -> Canary.Stage.BACK;
                    default -> Canary.Stage.DELETE;
                },
                now);
    }

    private static boolean succeeded(InstanceAction action) {
        return action.events().stream().anyMatch(event -> "Success".equals(event.result()));
    }

    private static boolean failed(InstanceAction action) {
        return action.events().stream().anyMatch(event -> "Error".equals(event.result()));
    }

    /** Law 1: on the right side, with the migration that this stage made completed. */
    private static boolean moved(ReturnState state, CanaryObservation seen) {
        boolean there = state.order().host().equals(seen.server().host());
        return there != (state.canary().stage() == Canary.Stage.LEAVE)
                && newer(state, seen)
                        .filter(migration -> "completed".equals(migration.status()))
                        .isPresent();
    }

    private static boolean unmoved(ReturnState state, CanaryObservation seen) {
        return newer(state, seen).map(Migration::bad).orElse(failed(seen.action()));
    }

    private static Optional<Migration> newer(ReturnState state, CanaryObservation seen) {
        return seen.migrations().stream()
                .filter(migration -> migration.id() > state.canary().ask().baselineMigration())
                .findFirst();
    }
}
