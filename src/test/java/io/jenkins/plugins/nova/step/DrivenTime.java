package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.rehearsal.jenkins.PassingTime;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * One time for a driven cloud and the steps that work on it. It stands still while a test looks and acts; while the test waits,
 * it jumps to when a step looks at the cloud next, and the step's work is done on the test's own thread.
 *
 * <pre>{@code
 * cloud = SimulatedCloud.builder().startingAt(Instant.now())….start();
 * runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
 * }</pre>
 *
 * <p>The cloud begins at the real time: tokens and what stands in files of builds go by that.
 */
public final class DrivenTime implements PassingTime {

    /** Longer than anything that a step waits for in a test. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private final SimulatedCloud cloud;
    private final ManualExecutor executor;

    private DrivenTime(SimulatedCloud cloud) {
        this.cloud = cloud;
        this.executor = new ManualExecutor(cloud.clock().instant());
    }

    /** From now until {@link #close} all steps of this JVM go by the time of a driven cloud. */
    public static DrivenTime of(SimulatedCloud cloud) {
        DrivenTime time = new DrivenTime(cloud);
        DrivenThreads.drive(time.executor);
        return time;
    }

    @Override
    public void pass(BooleanSupplier met, BooleanSupplier idle, Duration bound) {
        Instant latest = now().plus(LONGEST);
        while (!met.getAsBoolean()) {
            if (idle.getAsBoolean() && executor.nextDue() != null) {
                goOn(latest);
            } else {
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(1, TimeUnit.MILLISECONDS)
                        .atMost(bound)
                        .until(() -> met.getAsBoolean() || idle.getAsBoolean() && executor.nextDue() != null);
            }
        }
    }

    /** Lets time pass until something holds of the cloud. */
    public void until(BooleanSupplier met) {
        Instant latest = now().plus(LONGEST);
        while (!met.getAsBoolean()) {
            Instant next = now().plusSeconds(1);
            if (next.isAfter(latest)) {
                throw new AssertionError("not within " + LONGEST);
            }
            while (executor.nextDue() != null && !executor.nextDue().isAfter(next)) {
                goOn(latest);
            }
            follow(next);
            executor.advance(Duration.between(now(), next));
        }
    }

    private Instant now() {
        return executor.clock().instant();
    }

    private void goOn(Instant latest) {
        Instant due = executor.nextDue();
        if (due.isAfter(latest)) {
            throw new AssertionError("not within " + LONGEST);
        }
        follow(due);
        executor.step();
    }

    private void follow(Instant then) {
        Duration pause = Duration.between(cloud.clock().instant(), then);
        if (!pause.isNegative()) {
            cloud.advance(pause);
        }
    }

    @Override
    public void close() {
        DrivenThreads.drive(null);
    }
}
