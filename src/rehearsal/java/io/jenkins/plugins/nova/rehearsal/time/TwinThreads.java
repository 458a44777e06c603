package io.jenkins.plugins.nova.rehearsal.time;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** Has the drains of this JVM go by the time of a simulated cloud, as long as there is one; else by the real one. */
public final class TwinThreads extends DrainThreads {
    private volatile JumpingTime time;

    private TwinThreads() {}

    /**
     * From now on all drains go by this time.
     *
     * @param time null for the real one
     */
    public static synchronized void drive(JumpingTime time) {
        ExtensionList<TwinThreads> known = ExtensionList.lookup(TwinThreads.class);
        if (known.isEmpty()) {
            known.add(new TwinThreads());
        }
        known.get(0).time = time;
    }

    @Override
    protected ScheduledExecutorService executor(String cloud) {
        JumpingTime now = time;
        return now == null ? super.executor(cloud) : now;
    }

    @Override
    protected ScheduledExecutorService watching() {
        JumpingTime now = time;
        return now == null ? super.watching() : now;
    }

    @Override
    protected Clock time() {
        JumpingTime now = time;
        return now == null ? super.time() : now.clock();
    }
}
