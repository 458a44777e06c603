package io.jenkins.plugins.nova.rehearsal.time;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Has the drains of a rehearsal go by the time of a simulated cloud, where that is driven, and look at its guests: then it is first among
 * its kind. There are no agents to look from.
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

    /** From now on all drains go by the real time and look at real guests, from this machine alone. */
    public static void driveReal() {
        drive(null);
        ExtensionList.lookup(TwinThreads.class).add(new TwinThreads(null, null));
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

    /** A rehearsal has none. */
    @Override
    protected boolean agents() {
        return false;
    }

    @Override
    protected GuestConnects connects(String agent, Consumer<String> say) {
        say.accept("A rehearsal has no agents: guests are looked at from here, not from '" + agent + "'.");
        return connects();
    }

    /** Nobody is knocked at: the simulated guest of a server answers at whatever address, while it runs. */
    @Override
    protected GuestConnects connects() {
        return cloud == null
                ? super.connects()
                : (server, address) -> CompletableFuture.completedFuture(cloud.guestAnswers(server));
    }
}
