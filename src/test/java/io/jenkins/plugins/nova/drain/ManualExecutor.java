package io.jenkins.plugins.nova.drain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler whose time the test drives: what is due runs on the test's own thread, in order. Any thread may hand in tasks.
 */
public final class ManualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private Instant now;
    private long sequence;
    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparing(task -> task.number));

    public ManualExecutor(Instant start) {
        now = start;
    }

    /** The same time as a clock. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                synchronized (queue) {
                    return now;
                }
            }
        };
    }

    /** When the next task is due; null when there is none. */
    public Instant nextDue() {
        synchronized (queue) {
            Task head = queue.peek();
            return head == null ? null : head.due;
        }
    }

    /** Runs what is due up to then, with the clock at each task's time. */
    public void advance(Duration time) {
        Instant until = clock().instant().plus(time);
        while (nextDue() != null && !nextDue().isAfter(until)) {
            step();
        }
        synchronized (queue) {
            now = until;
        }
    }

    /** Runs the next task, with the clock at its time; there must be one. */
    public void step() {
        Task task;
        synchronized (queue) {
            task = queue.remove();
            now = task.due.isAfter(now) ? task.due : now;
        }
        task.run();
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        synchronized (queue) {
            Task task = new Task(command, now.plus(delay, unit.toChronoUnit()), sequence++);
            queue.add(task);
            return task;
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("a drain schedules plain tasks");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("a drain has no fixed rate");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("a drain has no fixed rate");
    }

    @Override
    public void shutdown() {
        queue.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        synchronized (queue) {
            List<Runnable> rest = new ArrayList<>(queue);
            queue.clear();
            return rest;
        }
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return queue.isEmpty();
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final Instant due;
        private final long number;

        Task(Runnable command, Instant due, long number) {
            super(command, null);
            this.due = due;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock().instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean cancel(boolean interrupt) {
            synchronized (queue) {
                queue.remove(this);
            }
            return super.cancel(interrupt);
        }
    }
}
