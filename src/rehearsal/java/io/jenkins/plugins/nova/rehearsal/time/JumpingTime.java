package io.jenkins.plugins.nova.rehearsal.time;

import io.jenkins.plugins.nova.rehearsal.engine.Pace;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One time for a simulated cloud, the drains that work on it and the steps of the pipeline: the cloud's. While something runs it
 * stands still, but for what requests take; when all of it waits, time goes on to what is due next, at once or so many times as
 * fast as the real one. What was due runs on a thread of its own, one after the other, so that the same rehearsal goes the same
 * way each time.
 */
public final class JumpingTime extends AbstractExecutorService
        implements ScheduledExecutorService, Pace, AutoCloseable {
    /** How often it is looked whether all wait: nobody tells. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SimulatedCloud cloud;
    private final double speed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparing(task -> task.number));
    private final Thread driver = new Thread(this::drive, "rehearsal time");
    private long number;
    private volatile boolean closed;
    private volatile BooleanSupplier waiting = () -> false;

    /**
     * @param cloud one under driven time
     * @param speed how many times as fast as the real time; infinite for at once
     */
    public JumpingTime(SimulatedCloud cloud, double speed) {
        this.cloud = cloud;
        this.speed = speed;
        driver.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param allWait whether nothing runs that time has to stand still for
     */
    public void begin(BooleanSupplier allWait) {
        waiting = allWait;
        driver.start();
    }

    /** The cloud whose time it is. */
    SimulatedCloud cloud() {
        return cloud;
    }

    /** What time it is. */
    public Clock clock() {
        return cloud.clock();
    }

    @Override
    public Future<?> after(Duration delay, Runnable what) {
        return schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void drive() {
        while (!closed) {
            Task due = next();
            if (due != null) {
                due.run();
            }
        }
    }

    /** The task whose time has come, once it has; null to look again. */
    private Task next() {
        lock.lock();
        try {
            Task head = queue.peek();
            if (head == null || !waiting.getAsBoolean()) {
                await(LOOK_NANOS);
                return null;
            }
            Duration gap = Duration.between(clock().instant(), head.due);
            if (gap.isNegative() || gap.isZero()) {
                return queue.remove();
            }
            if (Double.isInfinite(speed)) {
                cloud.advance(gap);
                return queue.remove();
            }
            // in pieces, for something may come that is due before
            long begun = System.nanoTime();
            await(Math.min((long) (gap.toNanos() / speed) + 1, PIECE_NANOS));
            Duration passed = Duration.ofNanos((long) ((System.nanoTime() - begun) * speed));
            cloud.advance(passed.compareTo(gap) < 0 ? passed : gap);
            return null;
        } catch (InterruptedException stop) {
            closed = true;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether something changed before that time was over */
    private boolean await(long nanos) throws InterruptedException {
        return changed.awaitNanos(nanos) > 0;
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Instant due = clock().instant().plus(Math.max(0, delay), unit.toChronoUnit());
        lock.lock();
        try {
            Task task = new Task(command, due, number++);
            queue.add(task);
            changed.signalAll();
            return task;
        } finally {
            lock.unlock();
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
        shutdownNow();
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        driver.interrupt();
        lock.lock();
        try {
            List<Runnable> rest = new ArrayList<>(queue);
            queue.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed && !driver.isAlive();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        driver.join(unit.toMillis(timeout));
        return isTerminated();
    }

    @Override
    public void close() {
        shutdownNow();
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

        /** Two tasks of one time are two. */
        @Override
        public boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }

        @Override
        public boolean cancel(boolean interrupt) {
            lock.lock();
            try {
                queue.remove(this);
            } finally {
                lock.unlock();
            }
            return super.cancel(interrupt);
        }
    }
}
