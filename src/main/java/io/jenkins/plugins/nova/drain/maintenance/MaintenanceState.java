package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOutcome;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.turn.TurnOrder;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnRunner;
import io.jenkins.plugins.nova.drain.turn.TurnState;
import java.time.Instant;

/**
 * All that the maintenance of a host knows and must not lose: a drain, the host's return, and the drain that brings servers
 * home. Immutable; kept as JSON by {@link MaintenanceCodec}. See {@link Maintenance} for how it goes on.
 *
 * @param schema version of this form, see {@link MaintenanceCodec}
 * @param part where it is
 * @param began when it began
 * @param order how the host is to come back
 * @param homeward how servers are moved back: an order without servers
 * @param drain null when there is none (nodeReturn); not begun while its host waits for its turn
 * @param returning null until the drain has ended, or the manifest was gathered
 * @param home null unless servers are moved back
 * @param outcome null until over; a word of {@link HostOutcome}, {@link ReturnOutcome} or {@link TurnOutcome}, DONE when all went well
 * @param message the whole in words once over; empty before
 * @param ended when it was over; null before
 * @param turn the wait for its turn in a roll; null outside one
 */
public record MaintenanceState(
        int schema,
        MaintenancePart part,
        Instant began,
        ReturnOrder order,
        DrainOrder homeward,
        DrainState drain,
        ReturnState returning,
        DrainState home,
        String outcome,
        String message,
        Instant ended,
        TurnState turn) {

    /** The outcome when the host was emptied, is fit and takes servers again (and those that were to come home are there). */
    public static final String DONE = "DONE";

    /** The maintenance of a host: drain, body, return. */
    public static MaintenanceState begin(ReturnOrder order, DrainOrder drain, DrainOrder homeward, Instant now) {
        return new MaintenanceState(
                MaintenanceCodec.SCHEMA,
                MaintenancePart.DRAIN,
                now,
                order,
                homeward,
                DrainState.begin(drain, now),
                null,
                null,
                null,
                "",
                null,
                null);
    }

    /**
     * The maintenance of a host of a roll: it waits for its turn first. The time-out of the drain counts from when that has come.
     *
     * @param turn what it is told of the roll
     */
    public static MaintenanceState beginTurn(
            TurnOrder turn, ReturnOrder order, DrainOrder drain, DrainOrder homeward, Instant now) {
        MaintenanceState begun = begin(order, drain, homeward, now);
        return begun.waiting(begun.drain(), TurnState.begin(turn, now));
    }

    /** Only the return of a host; {@link Maintenance#gathered} makes it whole. */
    public static MaintenanceState beginReturn(ReturnOrder order, DrainOrder homeward, Instant now) {
        return new MaintenanceState(
                MaintenanceCodec.SCHEMA,
                MaintenancePart.AFTER,
                now,
                order,
                homeward,
                null,
                null,
                null,
                null,
                "",
                null,
                null);
    }

    /** Whether nothing more is to be done. */
    public boolean over() {
        return part == MaintenancePart.OVER;
    }

    /** Whether all went well, or the pipeline is to ask somebody whether to go on. */
    public boolean good() {
        return DONE.equals(outcome)
                || HostOutcome.PLANNED.toString().equals(outcome)
                || HostOutcome.DRIFTED.toString().equals(outcome)
                || TurnOutcome.DONE_BEFORE.toString().equals(outcome);
    }

    /** The same with what its wait for its turn has come to. */
    public MaintenanceState turning(TurnState now) {
        return new MaintenanceState(
                schema, part, began, order, homeward, drain, returning, home, outcome, message, ended, now);
    }

    /** Waits for its turn, with a drain that is not begun. */
    MaintenanceState waiting(DrainState notBegun, TurnState wait) {
        return with(MaintenancePart.TURN, notBegun, returning, home).turning(wait);
    }

    /** The same with what its drain has come to. */
    public MaintenanceState draining(DrainState now) {
        return with(part, now, returning, home);
    }

    /** The same with what the host's return has come to. */
    public MaintenanceState returning(ReturnState now) {
        return with(part, drain, now, home);
    }

    /** The same with what the way home has come to. */
    public MaintenanceState homing(DrainState now) {
        return with(part, drain, returning, now);
    }

    MaintenanceState with(MaintenancePart next, DrainState newDrain, ReturnState newReturning, DrainState newHome) {
        return new MaintenanceState(
                schema, next, began, order, homeward, newDrain, newReturning, newHome, outcome, message, ended, turn);
    }

    MaintenanceState over(String how, String words, Instant now) {
        return new MaintenanceState(
                schema, MaintenancePart.OVER, began, order, homeward, drain, returning, home, how, words, now, turn);
    }

    /** Before the body nothing is believed that was seen before the process died. */
    private static ReturnState lookAgain(ReturnState state, Instant now) {
        return state.phase() == ReturnPhase.AWAY ? state.in(ReturnPhase.SURVEY, now) : state;
    }

    /** A saved state, as a new process must take it. */
    public MaintenanceState resumed(Instant now) {
        return switch (part) {
            case TURN -> turning(TurnRunner.resume(turn, now));
            case DRAIN -> draining(DrainRunner.resume(drain, now));
            case BEFORE -> returning(lookAgain(ReturnRunner.resume(returning, now), now));
            case AFTER -> returning == null ? this : returning(ReturnRunner.resume(returning, now));
            case HOME -> homing(DrainRunner.resume(home, now));
            case BODY, OVER -> this;
        };
    }
}
