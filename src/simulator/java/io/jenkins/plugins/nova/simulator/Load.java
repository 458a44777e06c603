package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What the control plane has to do at a time for moves: so many operations go at full speed; of more all are slower in
 * proportion. The copying of guests and disks is none, nor what a compute does while a guest is down for its cold move: of twenty
 * moved at once on mini-nova, which took 24 s, each guest was down for 1.3 s, and for 1.0 s of two at a time.
 */
final class Load {
    private record Job(double end, long order, Runnable what) {}

    private final VirtualTime time;
    private final PriorityQueue<Job> jobs =
            new PriorityQueue<>(Comparator.comparingDouble(Job::end).thenComparingLong(Job::order));
    /** 0 for any number. */
    private int full;

    private int overloadedBeyond = Integer.MAX_VALUE;
    private Overload overload;
    private int running;
    private int most;
    /** Seconds that each operation has got so far. */
    private double served;

    private Instant counted;
    private long order;
    /** Which of the planned looks is the valid one. */
    private long plan;

    Load(VirtualTime time) {
        this.time = time;
        this.counted = time.now();
    }

    /** So many operations go at full speed from now on; 0 for any number. */
    void fullSpeed(int operations) {
        count();
        full = operations;
        plan();
    }

    /** With more operations than so many under way, this happens to what is asked; {@code how} null for nothing. */
    void overload(int operations, Overload how) {
        overloadedBeyond = operations;
        overload = how;
    }

    /** Whether this happens to what is asked now. */
    boolean overloaded(Overload how) {
        return overload == how && running > overloadedBeyond;
    }

    /** The most operations that were under way at once so far. */
    int most() {
        return most;
    }

    /** Has something happen after an operation that takes {@code seconds} at full speed. */
    void after(double seconds, Runnable what) {
        count();
        running++;
        most = Math.max(most, running);
        if (full == 0) {
            time.after(seconds, () -> {
                count();
                running--;
                plan();
                what.run();
            });
        } else {
            jobs.add(new Job(served + seconds, order++, what));
        }
        plan();
    }

    private double speed() {
        return full == 0 ? 1 : Math.min(1, (double) full / Math.max(1, running));
    }

    private void count() {
        Instant now = time.now();
        served += speed() * Duration.between(counted, now).toNanos() / 1e9;
        counted = now;
    }

    private void plan() {
        long valid = ++plan;
        if (!jobs.isEmpty()) {
            // a nanosecond more, for time is cut to whole ones
            time.after(Math.max(0, jobs.peek().end() - served) / speed() + 1e-9, () -> {
                if (valid == plan) {
                    end();
                }
            });
        }
    }

    private void end() {
        count();
        List<Job> ended = new ArrayList<>();
        while (!jobs.isEmpty() && jobs.peek().end() <= served + 1e-9) {
            ended.add(jobs.poll());
        }
        running -= ended.size();
        plan();
        ended.forEach(job -> job.what().run());
    }
}
