package io.jenkins.plugins.nova.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The threads that all drains of the controller tick on, and the clock that they go by. A tick blocks its thread for the few
 * requests that it makes, so jenkins.util.Timer, which is for short work, is not the place; between ticks a drain holds none.
 *
 * <p>An extension so that tests can put another in front and drive its time.
 */
@Extension(ordinal = -1)
public class DrainThreads {

    /** Threads at most, however many drains there are. */
    static final int SIZE = 8;

    static final String NAME = "nova-maintenance";

    private final ScheduledExecutorService pool = pool();

    /** What drains tick on. */
    static ScheduledExecutorService get() {
        return ExtensionList.lookupFirst(DrainThreads.class).executor();
    }

    /** What time it is for them. */
    static Clock clock() {
        return ExtensionList.lookupFirst(DrainThreads.class).time();
    }

    ScheduledExecutorService executor() {
        return pool;
    }

    Clock time() {
        return Clock.systemUTC();
    }

    private static ScheduledExecutorService pool() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                SIZE, new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), NAME));
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }
}
