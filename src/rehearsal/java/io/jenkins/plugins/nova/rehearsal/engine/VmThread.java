package io.jenkins.plugins.nova.rehearsal.engine;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The one thread on which all Groovy of a rehearsal runs, as the CPS VM thread of a Pipeline does. */
public final class VmThread implements AutoCloseable {
    /** Bytes: a program that is saved is walked through by its depth. */
    private static final long STACK = 64L << 20;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> broken;
    /** What was handed in to run at once and has not ended. */
    private final AtomicInteger atOnce = new AtomicInteger();

    private final Stuck stuck;
    private final Pace pace;
    private volatile Thread thread;

    /** As a controller has it: how long a task may hold the thread. */
    public static final Duration BOUND = Duration.ofMinutes(5);

    /**
     * @param pace how time passes for what is scheduled; null for the real one
     * @param broken told of whatever a task throws: a defect of the rehearsal itself, never of the pipeline
     */
    public VmThread(Consumer<Throwable> broken) {
        this(broken, BOUND, line -> {}, null);
    }

    /**
     * @param broken told of whatever a task throws, and of one that does not end
     * @param bound how long a task may hold the thread before it is interrupted; after twice that it is given up
     * @param told what there is to say of a task that holds it too long
     * @param pace how time passes for what is scheduled; null for the real one
     */
    public VmThread(Consumer<Throwable> broken, Duration bound, Consumer<String> told, Pace pace) {
        this.broken = broken;
        this.stuck = new Stuck(bound, told, broken);
        this.pace = pace;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            thread = new Thread(null, task, "rehearsal VM thread", STACK);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task on the VM thread, after those that were handed in before it. */
    public void execute(Runnable task) {
        atOnce.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    guarded(task);
                } finally {
                    atOnce.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException closed) {
            atOnce.decrementAndGet();
            throw closed;
        }
    }

    /** Runs a task on the VM thread once {@code delay} is over; cancel the result to forget it. */
    public Future<?> schedule(Duration delay, Runnable task) {
        if (pace != null) {
            return pace.after(delay, () -> execute(task));
        }
        return executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether nothing runs on it and nothing is due. */
    public boolean isIdle() {
        return atOnce.get() == 0
                && executor.getActiveCount() == 0
                && executor.getQueue().stream().noneMatch(task -> ((Delayed) task).getDelay(TimeUnit.NANOSECONDS) <= 0);
    }

    /** Whether the caller is on the VM thread. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    private void guarded(Runnable task) {
        try {
            stuck.begins(Thread.currentThread());
            task.run();
        } catch (RuntimeException | Error failure) {
            broken.accept(failure);
        } finally {
            stuck.ends();
        }
    }

    @Override
    public void close() {
        stuck.close();
        executor.shutdownNow();
    }
}
