package io.jenkins.plugins.nova.rehearsal.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches the VM thread: what is no continuation (a method with @NonCPS, a call of Groovy's own) gives way to nothing, and may
 * have no end. A controller interrupts its thread after five minutes (CpsThread.runNextChunk), and then for ever; here it is
 * given up once more of that time is over.
 */
final class Stuck implements AutoCloseable {
    private final Duration bound;
    private final Consumer<String> told;
    private final Consumer<Throwable> broken;
    private final ScheduledThreadPoolExecutor watch;
    private Thread busy;
    private long since;
    private boolean interrupted;

    Stuck(Duration bound, Consumer<String> told, Consumer<Throwable> broken) {
        this.bound = bound;
        this.told = told;
        this.broken = broken;
        this.watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "rehearsal watch");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, bound.toMillis() / 10);
        watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    synchronized void begins(Thread thread) {
        busy = thread;
        since = System.nanoTime();
    }

    /** Whatever interrupted the task is none of the next one's business. */
    synchronized void ends() {
        busy = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    private synchronized void look() {
        if (busy == null) {
            return;
        }
        long held = System.nanoTime() - since;
        if (held > 2 * bound.toNanos()) {
            broken.accept(new NotRunnable(words() + ", and does not stop. A controller would wait for ever."));
            busy = null;
        } else if (held > bound.toNanos() && !interrupted) {
            interrupted = true;
            told.accept(words() + ": it is interrupted now, as by a controller");
            busy.interrupt();
        }
    }

    private String words() {
        return "the script has run for "
                + (bound.toSeconds() < 120 ? bound.toSeconds() + " s" : bound.toMinutes() + " min")
                + " without giving way" + at();
    }

    private String at() {
        return Place.of(List.of(busy.getStackTrace())).behind();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
