package io.jenkins.plugins.nova.rehearsal.engine;

import java.time.Duration;
import java.util.concurrent.Future;

/** How time passes for the steps of a pipeline. */
public interface Pace {
    /**
     * Has something happen later.
     *
     * @return cancel it to forget it
     */
    Future<?> after(Duration delay, Runnable what);
}
