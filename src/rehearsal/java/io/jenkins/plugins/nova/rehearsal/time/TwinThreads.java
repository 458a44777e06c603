package io.jenkins.plugins.nova.rehearsal.time;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Has the drains of this JVM go by the time of a simulated cloud, and look at its guests, as long as there is one: then it is first
 * among its kind.
 */
public final class TwinThreads extends DrainThreads {
    private final JumpingTime time;
    private final SimulatedCloud cloud;

    private TwinThreads(JumpingTime time, SimulatedCloud cloud) {
        this.time = time;
        this.cloud = cloud;
    }

    /**
     * From now on all drains go by this time and look at the guests of its cloud.
     *
     * @param time null for the real one, and real guests
     */
    public static void drive(JumpingTime time) {
        drive(time, time == null ? null : time.cloud());
    }

    /**
     * From now on all drains go by this time and look at these guests.
     *
     * @param time null for the real one
     * @param cloud null for real guests
     */
    public static void drive(JumpingTime time, SimulatedCloud cloud) {
        ExtensionList<TwinThreads> known = ExtensionList.lookup(TwinThreads.class);
        List.copyOf(known).forEach(known::remove);
        if (cloud != null) {
            known.add(new TwinThreads(time, cloud));
        }
    }

    @Override
    protected ScheduledExecutorService executor(String name) {
        return time == null ? super.executor(name) : time;
    }

    @Override
    protected ScheduledExecutorService watching() {
        return time == null ? super.watching() : time;
    }

    @Override
    protected Clock time() {
        return time == null ? super.time() : time.clock();
    }

    /** Nobody is knocked at: the simulated guest of a server answers at whatever address, while it runs. */
    @Override
    protected GuestConnects connects() {
        return (server, address) -> CompletableFuture.completedFuture(cloud.guestAnswers(server));
    }
}
