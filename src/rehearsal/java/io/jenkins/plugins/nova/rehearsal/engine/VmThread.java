package io.jenkins.plugins.nova.rehearsal.engine;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thread on which all Groovy of a rehearsal runs, as the CPS VM thread of a Pipeline does. */
public final class VmThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> broken;
    private volatile Thread thread;

    /**
     * @param broken told of whatever a task throws: a defect of the rehearsal itself, never of the pipeline
     */
    public VmThread(Consumer<Throwable> broken) {
        this.broken = broken;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            thread = new Thread(task, "rehearsal VM thread");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task on the VM thread, after those that were handed in before it. */
    public void execute(Runnable task) {
        executor.execute(() -> guarded(task));
    }

    /** Runs a task on the VM thread once {@code delay} is over; cancel the result to forget it. */
    public Future<?> schedule(Duration delay, Runnable task) {
        return executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether nothing runs on it and nothing is due. */
    public boolean isIdle() {
        return executor.getActiveCount() == 0
                && executor.getQueue().stream().noneMatch(task -> ((Delayed) task).getDelay(TimeUnit.NANOSECONDS) <= 0);
    }

    /** Whether the caller is on the VM thread. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            broken.accept(failure);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
