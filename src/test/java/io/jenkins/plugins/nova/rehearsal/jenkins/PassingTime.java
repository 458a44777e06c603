package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How time passes for steps that a test runs, while the test waits for what they come to. */
public interface PassingTime extends AutoCloseable {

    /** The real one, which passes by itself. */
    PassingTime REAL = new PassingTime() {
        @Override
        public void forSteps(BooleanSupplier idle) {
            // nobody's work holds it up
        }

        @Override
        public void pass(BooleanSupplier met, Duration bound) {
            // it does
        }
    };

    /**
     * Whose time it is from now on.
     *
     * @param idle whether the steps wait for nothing but time
     */
    void forSteps(BooleanSupplier idle);

    /**
     * Lets time pass until something has come about. Where it passes by itself, this returns at once.
     *
     * @param met whether it has come about
     * @param bound in real time; once it is over this returns as well
     */
    void pass(BooleanSupplier met, Duration bound) throws InterruptedException;

    /** It is no step's time any more. */
    @Override
    default void close() {}
}
