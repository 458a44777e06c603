package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a {@link Runner} needs of whoever runs it. Called by one thread at a time, never by the thread that calls the runner.
 *
 * @param <S> the state that is run
 */
public interface RunnerPorts<S> {

    /**
     * The cloud.
     *
     * @throws NovaException when it cannot be had now, such as {@link NovaException.Missing} when its configuration is gone
     */
    Nova nova();

    /**
     * Makes the state survive the process.
     *
     * @return completes when it is safe to send what the state has recorded; exceptionally when it could not be saved
     */
    CompletionStage<Void> save(S state);

    /**
     * What sees to it that a stop is answered even while every thread of the runner's executor waits for the cloud. Only work
     * that waits for nobody is run there. Null for the runner's own executor.
     */
    default ScheduledExecutorService watch() {
        return null;
    }

    /**
     * Who looks at guests while their servers are moved. One for each runner.
     *
     * @param order which, and from where
     */
    default GuestWatcher guests(GuestOrder order) {
        return GuestWatcher.NONE;
    }

    /** Whether the process is going down: what would be sent now could not be saved any more. */
    boolean goingDown();

    /**
     * Whether the controller prepares for shutdown: nothing new is begun then, and what is under way goes on to its end. That
     * may be cancelled.
     */
    default boolean quietingDown() {
        return false;
    }

    /** Something changed, for console and page. */
    void changed(S before, S after);

    /** It is over; called once, after its last state was saved (or could not be). */
    void ended(S last);

    /** The runner itself is broken: a bug. Called instead of {@link #ended}; nothing follows. */
    void broken(S last, Throwable bug);
}
