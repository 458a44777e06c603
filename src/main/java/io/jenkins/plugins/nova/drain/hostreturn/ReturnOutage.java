package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServiceChange;
import java.time.Duration;
import java.time.Instant;

/** What the return of a host does when the cloud cannot be read: it goes on trying as long as its phase allows. Pure. */
final class ReturnOutage {

    private static final Duration MARKING = Duration.ofSeconds(30);

    private ReturnOutage() {}

    static ReturnState met(ReturnState state, String what, Instant now) {
        ReturnState.Edit edit = state.edit();
        edit.trouble = what;
        edit.troubleSince = state.troubleSince() == null ? now : state.troubleSince();
        ReturnState troubled = edit.done();
        Duration so = Duration.between(edit.troubleSince, now);
        if (state.phase() == ReturnPhase.MARK) {
            return so.compareTo(MARKING) < 0
                    ? troubled
                    : troubled.edit()
                            .note("Why it failed could not be written into the reason of the cordon: " + what)
                            .to(ReturnPhase.ENDED, now)
                            .done();
        }
        if (state.phase() == ReturnPhase.BESIDE && state.failure() != null) {
            return so.compareTo(MARKING) < 0
                    ? troubled
                    : HostReturn.leftToEnd(troubled, "the cloud could not be read: " + what, now);
        }
        if (state.phase() == ReturnPhase.CANARY && state.failure() != null) {
            return CanaryTrial.deletionOverdue(state, now)
                    ? CanaryTrial.giveUp(troubled, "the cloud could not be read: " + what, now)
                    : troubled;
        }
        boolean stopped = state.stop() != null;
        if (so.compareTo(stopped ? Limits.TROUBLE_STOPPING : patience(state)) < 0) {
            return troubled;
        }
        return HostReturn.fail(
                troubled,
                stopped ? ReturnOutcome.ABORTED : ReturnOutcome.NOT_READY,
                (stopped ? state.stop().words() + "; and " : "") + "the cloud could not be read any more: " + what,
                now);
    }

    /**
     * The state after a stop to which the cloud does not answer. Only a canary, and telling in the cordon that one was tried,
     * is worth trying on for a while; otherwise it is over at once.
     */
    static ReturnState unanswered(ReturnState stopped, String what, Instant now) {
        return unanswered(stopped, what, false, now);
    }

    /** The state after a stop for which nothing more is tried: over, with what could not be told. */
    static ReturnState abandoned(ReturnState stopped, String what, Instant now) {
        return unanswered(stopped, what, true, now);
    }

    private static ReturnState unanswered(ReturnState stopped, String what, boolean enough, Instant now) {
        ReturnState.Edit edit = stopped.edit();
        edit.trouble = what;
        edit.troubleSince = stopped.troubleSince() == null ? now : stopped.troubleSince();
        if (stopped.uncordon() != null && stopped.uncordon().state() == ServiceChange.State.SENT) {
            edit.note("Scheduling to " + stopped.order().host()
                    + " was asked to be enabled, which was not seen: look whether it is.");
        }
        ReturnState troubled = edit.done();
        ReturnState failed = stopped.failure() != null
                ? troubled
                : HostReturn.fail(
                        troubled, ReturnOutcome.ABORTED, stopped.stop().words() + "; and " + what, now);
        // that a canary in the middle of its move took long to delete is no reason not to try
        Instant stop = stopped.stop().at();
        Instant from = failed.since().isAfter(stop) ? failed.since() : stop;
        boolean tried = enough || Duration.between(from, now).compareTo(MARKING) >= 0;
        ReturnState alone = failed.phase() == ReturnPhase.CANARY && (enough || CanaryTrial.deletionOverdue(failed, now))
                ? CanaryTrial.giveUp(failed, what, now)
                : failed;
        ReturnState left = alone.phase() == ReturnPhase.BESIDE ? HostReturn.leftToEnd(alone, what, now) : alone;
        return left.phase() == ReturnPhase.MARK && (tried || stopped.canary() == null)
                ? left.edit()
                        .note("Why it failed could not be written into the reason of the cordon: " + what)
                        .to(ReturnPhase.ENDED, now)
                        .done()
                : left;
    }

    private static Duration patience(ReturnState state) {
        Duration ready = state.order().readyTimeout();
        return state.phase() == ReturnPhase.WAIT && ready.compareTo(Limits.TROUBLE) > 0 ? ready : Limits.TROUBLE;
    }
}
