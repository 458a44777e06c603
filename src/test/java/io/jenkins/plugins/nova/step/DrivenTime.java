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

    /** How long what a step does on other threads, such as being saved, may take in real time. */
    private static final Duration REAL_BOUND = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SimulatedCloud cloud;
    private final ManualExecutor executor;
    private volatile BooleanSupplier idle = () -> true;

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
    public void forSteps(BooleanSupplier steps) {
        idle = steps;
    }

    @Override
    public void pass(BooleanSupplier met, Duration bound) {
        Instant latest = now().plus(LONGEST);
        long begun = System.nanoTime();
        BooleanSupplier over = () -> met.getAsBoolean() || System.nanoTime() - begun > bound.toNanos();
        while (!over.getAsBoolean()) {
            if (!isDue()) {
                await(() -> over.getAsBoolean() || isDue(), bound.plus(REAL_BOUND));
            } else if (executor.nextDue().isAfter(latest)) {
                return;
            } else {
                goOn();
            }
        }
    }

    /** The same time for steps of another build, beside those that it passes for already; to be closed by those. */
    public PassingTime beside() {
        return new PassingTime() {
            @Override
            public void forSteps(BooleanSupplier steps) {
                BooleanSupplier others = idle;
                idle = () -> others.getAsBoolean() && steps.getAsBoolean();
            }

            @Override
            public void pass(BooleanSupplier met, Duration bound) {
                DrivenTime.this.pass(met, bound);
            }

            @Override
            public void close() {
                // the other's
            }
        };
    }

    /** Lets time pass until something holds of the cloud, which is looked at each second. */
    public void until(BooleanSupplier met) {
        Instant latest = now().plus(LONGEST);
        while (!met.getAsBoolean()) {
            if (now().isAfter(latest)) {
                throw new AssertionError("not within " + LONGEST);
            }
            advance(LOOK);
        }
    }

    /** Lets so much time pass, with what the steps do meanwhile. */
    public void advance(Duration by) {
        Instant then = now().plus(by);
        await(idle, REAL_BOUND);
        while (isDue() && !executor.nextDue().isAfter(then)) {
            goOn();
            await(idle, REAL_BOUND);
        }
        follow(then);
        executor.advance(Duration.between(now(), then));
    }

    private Instant now() {
        return executor.clock().instant();
    }

    private boolean isDue() {
        return idle.getAsBoolean() && executor.nextDue() != null;
    }

    private static void await(BooleanSupplier condition, Duration bound) {
        if (!condition.getAsBoolean()) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .atMost(bound)
                    .until(condition::getAsBoolean);
        }
    }

    private void goOn() {
        follow(executor.nextDue());
        executor.step();
    }

    private void follow(Instant then) {
        Duration pause = Duration.between(cloud.clock().instant(), then);
        if (!pause.isNegative()) {
            cloud.advance(pause);
        }
    }

    /** What steps had still to do is not done; the cloud's time can be let pass as before. */
    @Override
    public void close() {
        idle = () -> true;
        executor.shutdownNow();
        DrivenThreads.drive(null);
    }
}
