package io.jenkins.plugins.nova.drain.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Asks the cloud several things at a time. The calling thread does its share, and all of it where the executor has no other
 * thread to spare; an interrupt of the calling thread interrupts every call, as it would one after another.
 */
final class SideBySide {

    /** So many at a time: of the threads of its cloud a drain leaves two to the others. */
    private static final int LANES = 6;

    private final Executor executor;

    /**
     * @param executor has threads that help where they are free; none is waited for
     */
    SideBySide(Executor executor) {
        this.executor = executor;
    }

    /**
     * Makes the calls, those in front first.
     *
     * @return what they returned, in their order
     * @throws RuntimeException of the first in order that failed, once those under way have ended; none is begun after it
     */
    <T> List<T> all(List<Supplier<T>> calls) {
        Work<T> work = new Work<>(calls);
        for (int i = 1; i < Math.min(LANES, calls.size()); i++) {
            executor.execute(work::help);
        }
        work.takePart();
        return work.results();
    }

    /** The calls of one time, and who is at them. */
    private static final class Work<T> {
        private final List<Supplier<T>> calls;
        private final List<T> results = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private final Set<Thread> helpers = new HashSet<>();
        private int next;
        private boolean failed;
        private boolean closed;

        Work(List<Supplier<T>> calls) {
            this.calls = calls;
            calls.forEach(call -> {
                results.add(null);
                failures.add(null);
            });
        }

        /** A thread of the executor's; one that comes too late does nothing. */
        void help() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                helpers.add(Thread.currentThread());
            }
            try {
                takePart();
            } finally {
                synchronized (this) {
                    helpers.remove(Thread.currentThread());
                    notifyAll();
                }
                Thread.interrupted(); // it was meant for these calls, and nobody interrupts for them any more
            }
        }

        void takePart() {
            for (int i = take(); i >= 0; i = take()) {
                try {
                    T result = calls.get(i).get();
                    synchronized (this) {
                        results.set(i, result);
                    }
                } catch (RuntimeException | Error e) {
                    synchronized (this) {
                        failures.set(i, e);
                        failed = true;
                    }
                }
            }
        }

        private synchronized int take() {
            return failed || next == calls.size() ? -1 : next++;
        }

        synchronized List<T> results() {
            closed = true;
            boolean interrupted = Thread.interrupted();
            if (interrupted) {
                helpers.forEach(Thread::interrupt);
            }
            while (!helpers.isEmpty()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                    helpers.forEach(Thread::interrupt);
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            for (Throwable failure : failures) {
                if (failure instanceof RuntimeException exception) {
                    throw exception;
                }
                if (failure instanceof Error error) {
                    throw error;
                }
            }
            return results;
        }
    }
}
