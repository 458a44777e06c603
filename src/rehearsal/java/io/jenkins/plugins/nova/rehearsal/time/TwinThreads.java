package io.jenkins.plugins.nova.rehearsal.time;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Has the drains of this JVM go by the time of a simulated cloud, as long as there is one: then it is first among its kind. */
public final class TwinThreads extends DrainThreads {
    private final JumpingTime time;

    private TwinThreads(JumpingTime time) {
        this.time = time;
    }

    /**
     * From now on all drains go by this time.
     *
     * @param time null for the real one
     */
    public static void drive(JumpingTime time) {
        ExtensionList<TwinThreads> known = ExtensionList.lookup(TwinThreads.class);
        List.copyOf(known).forEach(known::remove);
        if (time != null) {
            known.add(new TwinThreads(time));
        }
    }

    @Override
    protected ScheduledExecutorService executor(String cloud) {
        return time;
    }

    @Override
    protected ScheduledExecutorService watching() {
        return time;
    }

    @Override
    protected Clock time() {
        return time.clock();
    }
}
