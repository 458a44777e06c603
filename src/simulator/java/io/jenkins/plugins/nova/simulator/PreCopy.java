package io.jenkins.plugins.nova.simulator;

/**
 * The copying of a running guest: local disks first, then memory in passes, each of which sends what was dirtied during the
 * one before, until the rest fits into half a second. Counters are refreshed every five seconds, as Nova's
 * live_migration_monitor_interval has it. While the disks are copied memory's counters are 0.
 */
final class PreCopy {
    static final double STEP_SECONDS = 0.5;
    private static final double REFRESH_SECONDS = 5;
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
    private double refreshed = -REFRESH_SECONDS;
    private Counters counters;

    PreCopy(SimServer server) {
        behaviour = server.behaviour;
        memory = server.flavor.ramMiB() * MIB;
        disk = behaviour.disk() ? server.flavor.diskGiB() * 1024 * MIB : 0;
        remaining = memory;
    }

    /** Copies for a step; whether the guest can be switched over now. */
    boolean step() {
        double budget = behaviour.linkMib() * MIB * STEP_SECONDS;
        double onDisk = Math.min(budget, disk - diskSent);
        diskSent += onDisk;
        boolean done = false;
        double left = STEP_SECONDS * (budget == 0 ? 1 : 1 - onDisk / budget);
        while (diskIsSent() && left > 1e-9 && !done) {
            left -= copyMemory(left);
            boolean passEnds = remaining <= fits();
            if (passEnds) {
                remaining = Math.min(memory, remaining + dirty);
                dirty = 0;
            }
            done = passEnds && remaining <= fits();
        }
        seconds += STEP_SECONDS;
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
        return behaviour.linkMib() * MIB * DOWNTIME_SECONDS;
    }

    /** To the end of the time or of the pass; how long that was. */
    private double copyMemory(double time) {
        double rate = behaviour.linkMib() * MIB;
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
        return remaining / Math.max(1, behaviour.linkMib() * MIB);
    }

    double fraction() {
        return 1 - (remaining + disk - diskSent) / (memory + disk);
    }
}
