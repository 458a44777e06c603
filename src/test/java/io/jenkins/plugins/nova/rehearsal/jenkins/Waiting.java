package io.jenkins.plugins.nova.rehearsal.jenkins;

import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What a test does when it waits for a step. */
record Waiting(PassingTime time, VmThread vm) {

    /** Lets time pass until something has come about; where time passes by itself, returns at once. */
    void until(BooleanSupplier met, Duration bound) throws InterruptedException {
        time.pass(met, vm::isIdle, bound);
    }
}
