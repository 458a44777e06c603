package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How time passes for steps that a test runs, while the test waits for what they come to. */
public interface PassingTime extends AutoCloseable {

    /** The real one, which needs nobody. */
    PassingTime REAL = (met, idle, bound) -> {};

    /**
     * Lets time pass until something has come about. Where it passes by itself, this returns at once.
     *
     * @param met whether it has come about
     * @param idle whether the steps wait for nothing but time
     * @param bound for how long, in real time, nothing at all may happen
     */
    void pass(BooleanSupplier met, BooleanSupplier idle, Duration bound) throws InterruptedException;

    /** The steps are in nobody's hands any more. */
    @Override
    default void close() {}
}
