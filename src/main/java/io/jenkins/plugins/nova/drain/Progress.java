package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ServerMigration;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a running live migration has come, in bytes, and until when it is to be over.
 *
 * @param total memory and disk in all; 0 until the hypervisor has told
 * @param remaining still to be sent
 * @param deadline when it is over its time; null in a state that an earlier version saved
 * @param measured whether the deadline was figured from its own rate
 * @param watch what its counters said so far; never null
 */
public record Progress(long total, long remaining, Instant deadline, boolean measured, Convergence watch) {

    /** After so long its own rate is known well enough to figure the deadline from it. */
    static final Duration MEASURE = Duration.ofSeconds(60);

    public Progress {
        watch = watch == null ? Convergence.NONE : watch;
    }

    /** Nova has begun to copy. */
    public static Progress begun(Instant deadline) {
        return new Progress(0, 0, deadline, false, Convergence.NONE);
    }

    /** The same with another deadline. */
    public Progress until(Instant newDeadline) {
        return new Progress(total, remaining, newDeadline, measured, watch);
    }

    /**
     * With new counters. After a minute of them the deadline is figured once more, from its own rate; then it stands.
     *
     * @param counters as Nova tells them; without figures only when they were read
     * @param memory the guest's memory in bytes: while libvirt copies local disks, memory's counters are all 0
     * @param running when it began
     * @param now when the counters were read
     */
    public Progress told(ServerMigration counters, long memory, Instant running, Instant now) {
        if (counters.memoryTotal() == null || counters.memoryRemaining() == null) {
            return new Progress(total, remaining, deadline, measured, watch.lookedAt(now));
        }
        boolean memoryBegun = counters.memoryTotal() > 0;
        long memoryTotal = memoryBegun ? counters.memoryTotal() : memory;
        long memoryRemaining = memoryBegun ? counters.memoryRemaining() : memory;
        long diskRemaining = known(counters.diskRemaining());
        Convergence more = watch.and(new Convergence.Sample(
                now,
                known(counters.memoryProcessed()),
                memoryRemaining,
                known(counters.diskProcessed()),
                diskRemaining));
        long all = memoryTotal + known(counters.diskTotal());
        boolean measures = !measured && more.seen().compareTo(MEASURE) >= 0 && more.sent() > 0;
        Instant figured = measures
                ? running.plus(
                        Limits.ofCopying(all, more.sent() * 1000 / more.seen().toMillis()))
                : deadline;
        return new Progress(all, memoryRemaining + diskRemaining, figured, measured || measures, more);
    }

    private static long known(Long bytes) {
        return bytes == null ? 0 : bytes;
    }

    /** What is kept of a move that has ended: enough to learn its rate from. */
    Progress settled() {
        return new Progress(total, remaining, deadline, measured, watch.ends());
    }

    /** 0 to 100; -1 when not known. */
    public int percent() {
        return total <= 0 ? -1 : (int) Math.max(0, Math.min(100, 100 * (total - remaining) / total));
    }
}
