package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** Runs the wait of a host for its turn in a roll. */
public final class TurnRunner extends Runner<TurnState> {

    /**
     * @param state a new one, or one that was saved ({@link #resume})
     * @param ports see there; what {@link RunnerPorts#changed} is told of should be on the board soon after, for others go by it
     * @param board what is known of the other hosts of the roll
     * @param ownership tells from a host's compute service whose the host is
     * @param executor runs ticks; several may share it
     * @param clock what time it is
     */
    public TurnRunner(
            TurnState state,
            RunnerPorts<TurnState> ports,
            RollBoard board,
            Function<ComputeService, CordonOwnership> ownership,
            ScheduledExecutorService executor,
            Clock clock) {
        super(state, new TurnMachine(board, ownership, ports::quietingDown), ports, executor, clock);
    }

    /**
     * A saved state, as a new process must take it: the other hosts may not have told yet how they stand, so it looks anew, and
     * keeps its place in the order. Where its turn had come and nothing was begun yet, it waits for it once more.
     *
     * @param saved by {@link RunnerPorts#save}
     */
    public static TurnState resume(TurnState saved, Instant now) {
        if (saved.over() && saved.outcome() != TurnOutcome.BEGINS) {
            return saved;
        }
        TurnState.Edit edit = saved.edit();
        // what was to begin has not, and the window, the budget and the seats may be others by now
        edit.outcome = null;
        edit.ended = null;
        edit.seats = Map.of();
        edit.waitsFor = "";
        edit.until = null;
        edit.yields = null;
        edit.trouble = null;
        edit.troubleSince = null;
        return edit.done();
    }
}
