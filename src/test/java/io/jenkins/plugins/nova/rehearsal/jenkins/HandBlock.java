package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The block of a step that a test runs: it lasts until the test ends it, or until it is interrupted. */
public final class HandBlock {
    private final Semaphore begun = new Semaphore(0);
    private PassingTime time = PassingTime.REAL;
    private VmThread vm;
    private Consumer<Outcome> end;
    private int times;

    synchronized ContextSource.BodyHandle begins(VmThread thread, Consumer<Outcome> told) {
        vm = thread;
        end = told;
        times++;
        begun.release();
        return this::fail;
    }

    /** How time passes while a test waits for it. */
    void in(PassingTime its) {
        time = its;
    }

    /** Waits until it begins; each beginning ends one wait. */
    public HandBlock awaitBegin(Duration bound) throws InterruptedException {
        time.pass(() -> begun.availablePermits() > 0, bound);
        if (!begun.tryAcquire(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the block did not begin within " + bound);
        }
        return this;
    }

    /** How often it was begun. */
    public synchronized int times() {
        return times;
    }

    /** It ends well. */
    public void end() {
        told(new Outcome(null, null));
    }

    /** It throws. */
    public void fail(Throwable failure) {
        told(new Outcome(null, failure));
    }

    private synchronized void told(Outcome outcome) {
        Consumer<Outcome> who = end;
        vm.execute(() -> who.accept(outcome));
    }
}
