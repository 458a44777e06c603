package io.jenkins.plugins.nova.step;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The threads that all drains of the controller tick on. A tick blocks its thread for the few requests that it makes, so
 * jenkins.util.Timer, which is for short work, is not the place; between ticks a drain holds none.
 */
final class DrainThreads {

    private static final int SIZE = 8;

    private static final ScheduledExecutorService POOL = pool();

    private DrainThreads() {}

    static ScheduledExecutorService get() {
        return POOL;
    }

    private static ScheduledExecutorService pool() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                SIZE,
                new NamingThreadFactory(
                        new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "nova-maintenance"));
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }
}
