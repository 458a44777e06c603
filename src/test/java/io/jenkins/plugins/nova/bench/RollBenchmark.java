package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollClouds;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Drawn;
import io.jenkins.plugins.nova.plan.roll.RollClouds.Shape;
import io.jenkins.plugins.nova.plan.roll.RollTrial;
import io.jenkins.plugins.nova.plan.roll.RollWorld;
import io.jenkins.plugins.nova.plan.roll.RollWorld.Scheduler;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * One roll of a large cloud of five zones, each with a spare host: how long its plan takes (the processor time of its one thread, for
 * the first time in this process), how many moves it makes, and what the judge finds when they are replayed.
 */
final class RollBenchmark implements Benchmark {

    private static final int ZONES = 5;
    private static final int SERVERS_OF_A_HOST = 27;

    private final int hosts;

    /** @param hosts of the roll, a multiple of five */
    RollBenchmark(int hosts) {
        this.hosts = hosts;
    }

    @Override
    public List<Figure> run() {
        Drawn drawn = RollClouds.whole(1, new Shape(ZONES, hosts / ZONES, SERVERS_OF_A_HOST, true, false), 4);
        var cloud = drawn.cloud().cloud();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Roll roll = RollTrial.planner().plan(cloud, drawn.order());
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        RollWorld world = new RollWorld(drawn.cloud(), 1);
        world.replay(drawn.order(), roll, Scheduler.SPREAD, 0, rest -> null);
        return List.of(Figure.of("roll")
                .with("hosts", drawn.order().hosts().size())
                .with("servers", roll.moving())
                .with("seconds", seconds)
                .with("heapMiB", Runtime.getRuntime().maxMemory() >> 20)
                .with("moves", roll.moves())
                .with("bound", roll.bound())
                .with("ratio", ratio(roll.moves(), roll.bound()))
                .with("short", roll.shortages().size())
                .with("violations", world.violations().size()));
    }

    static String ratio(long moves, long bound) {
        return String.format(Locale.ROOT, "%.3f", moves / (double) bound);
    }
}
