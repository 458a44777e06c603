package io.jenkins.plugins.nova.simulator;

/**
 * The copying of a running guest: local disks first, then memory in passes, each of which sends what was dirtied during the
 * one before, until the rest fits into half a second. On a host whose link is described it has a share of that. Counters are refreshed every five seconds, as Nova's
 * live_migration_monitor_interval has it. While the disks are copied memory's counters are 0.
 */
final class PreCopy implements Link.Copy {
    static final double STEP_SECONDS = 0.5;
    private static final double REFRESH_SECONDS = 5;
    /** However short its passes are: how seldom one is looked at at least. */
    private static final double LOOK_SECONDS = 0.05;

    private static final double DOWNTIME_SECONDS = 0.5;
    private static final double MIB = 1 << 20;

    /** The counters in bytes, as last refreshed. */
    record Counters(
            long memoryTotal,
            long memoryProcessed,
            long memoryRemaining,
            long diskTotal,
            long diskProcessed,
            long diskRemaining) {}

    private final Behaviour behaviour;
    private final double memory;
    private final double disk;
    private double diskSent;
    private double memorySent;
    private double remaining;
    private double dirty;
    private double seconds;
    private double rate;
    private double refreshed = -REFRESH_SECONDS;
    private Counters counters;

    PreCopy(SimServer server) {
        behaviour = server.behaviour;
        memory = server.flavor.ramMiB() * MIB;
        disk = behaviour.disk() ? server.flavor.diskGiB() * 1024 * MIB : 0;
        remaining = memory;
        rate = behaviour.linkMib() * MIB;
    }

    /** Copies for a step at the rate of its own; whether the guest can be switched over now. */
    boolean step() {
        return copy(STEP_SECONDS, behaviour.linkMib());
    }

    /** What the guest's own copying can do; the whole link where nothing was said of it. */
    @Override
    public double fastest() {
        return behaviour.inPasses() ? behaviour.linkMib() : Double.POSITIVE_INFINITY;
    }

    /** Until the disks are through, or the pass may be over. */
    @Override
    public double patience(double mibPerSecond) {
        double bytes = mibPerSecond * MIB;
        double rest = diskSent < disk ? disk - diskSent : remaining - bytes * DOWNTIME_SECONDS;
        return bytes == 0 ? STEP_SECONDS : Math.min(STEP_SECONDS, Math.max(LOOK_SECONDS, rest / bytes));
    }

    /** Whether the guest can be switched over now. */
    @Override
    public boolean copy(double span, double mibPerSecond) {
        rate = mibPerSecond * MIB;
        double budget = rate * span;
        double onDisk = Math.min(budget, disk - diskSent);
        diskSent += onDisk;
        boolean done = false;
        double left = span * (budget == 0 ? 1 : 1 - onDisk / budget);
        while (diskIsSent() && left > 1e-9 && !done) {
            left -= copyMemory(left);
            boolean passEnds = remaining <= fits();
            if (passEnds) {
                remaining = Math.min(memory, remaining + dirty);
                dirty = 0;
            }
            done = passEnds && remaining <= fits();
        }
        seconds += span;
        if (seconds - refreshed >= REFRESH_SECONDS) {
            refreshed = seconds;
            counters = read();
        }
        return done;
    }

    private boolean diskIsSent() {
        return diskSent >= disk;
    }

    /** What can be copied while the guest is paused. */
    private double fits() {
        return rate * DOWNTIME_SECONDS;
    }

    /** To the end of the time or of the pass; how long that was. */
    private double copyMemory(double time) {
        double took = rate == 0 ? time : Math.min(time, Math.max(0, remaining - fits()) / rate);
        double sent = rate * took;
        memorySent += sent;
        remaining -= sent;
        dirty = Math.min(Math.min(memory, behaviour.workingSetMib() * MIB), dirty + behaviour.dirtyMib() * MIB * took);
        return Math.max(took, 1e-6);
    }

    private Counters read() {
        boolean begun = diskIsSent();
        return new Counters(
                begun ? (long) memory : 0,
                (long) memorySent,
                begun ? (long) remaining : 0,
                (long) disk,
                (long) diskSent,
                (long) (disk - diskSent));
    }

    /** Null before the first refresh. */
    Counters counters() {
        return counters;
    }

    /** How long the rest takes with the guest at rest. */
    double restSeconds() {
        return remaining / Math.max(1, rate);
    }

    double fraction() {
        return 1 - (remaining + disk - diskSent) / (memory + disk);
    }
}
