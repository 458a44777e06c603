package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Stop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What a {@link Runner} runs: reads, decides, and sends what was decided, each when the runner says so. What it wants sent
 * stands in the state it decides, for the runner to have saved first (law 2).
 *
 * @param <S> an immutable state
 */
public interface Machine<S> {

    /** Whether nothing more is to be done. */
    boolean over(S state);

    /** The state with the wish to stop in it; unchanged when it has one. */
    S stopped(S state, Stop stop);

    /**
     * Reads what the state needs, and decides.
     *
     * @throws NovaException when something could not be read; nothing has been decided then
     */
    S decide(S state, Nova nova, Instant now);

    /**
     * What of a decision is to be told before anything of it is saved and sent, so that it stands there whatever becomes of the
     * process in between.
     *
     * @return a state to tell of in between; {@code before} itself for nothing
     */
    default S toldFirst(S before, S decided) {
        return before;
    }

    /** Whether the state has something that is to be sent. */
    boolean sends(S state);

    /** Sends what the saved state has; the state with what came of it. */
    S send(S saved, Nova nova, Clock clock);

    /** The state after a tick that could not read the cloud. */
    S unread(S state, NovaException error, Instant now);

    /**
     * The state after a stop that the cloud keeps from being carried out: a read that does not come back, or a tick that does
     * not get its turn. What waits for no answer is ended.
     *
     * @param stopped has the wish to stop in it
     */
    S unanswered(S stopped, String why, Instant now);

    /**
     * The state after a stop that is given up: nothing more is tried, and what could not be told the cloud is said.
     *
     * @param stopped has the wish to stop in it
     * @return one that is {@link #over}
     */
    S abandoned(S stopped, String why, Instant now);

    /** The state after a tick whose decision could not be saved, so that nothing was sent. */
    S unsaved(S state, String why, Instant now);

    /** Whether something changed that must not be lost, or that an operator wants to hear of. */
    boolean material(S before, S after);

    /** How long to wait before the next tick. */
    Duration pause(S before, S after, boolean material);
}
