package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.DrivenThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Runs a Jenkinsfile to its end in driven time: whenever the pipeline waits for nothing but the cloud, the time of the cloud and
 * of the drains jumps to when they look at it next. {@code sh} and {@code sleep} take their real time.
 */
final class DrivenRun {

    private static final Duration REAL_BOUND = Duration.ofMinutes(2);
    private static final Duration DRIVEN_BOUND = Duration.ofHours(6);

    private DrivenRun() {}

    /**
     * @param cloud one under driven time
     * @return how it ended
     * @throws org.awaitility.core.ConditionTimeoutException if nothing happens for two minutes
     */
    static Ending of(Rehearsed pipeline, SimulatedCloud cloud, String script) {
        Instant begin = cloud.clock().instant();
        ManualExecutor executor = new ManualExecutor(begin);
        DrivenThreads.drive(executor);
        try {
            CompletableFuture<Ending> end = CompletableFuture.supplyAsync(() -> run(pipeline, script));
            while (!end.isDone()) {
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(1, TimeUnit.MILLISECONDS)
                        .atMost(REAL_BOUND)
                        .until(() -> end.isDone() || isDue(pipeline, executor));
                if (!end.isDone()) {
                    goOn(pipeline, cloud, executor, begin.plus(DRIVEN_BOUND));
                }
            }
            return end.join();
        } finally {
            DrivenThreads.drive(null);
        }
    }

    private static boolean isDue(Rehearsed pipeline, ManualExecutor executor) {
        Rehearsal rehearsal = pipeline.rehearsal();
        return rehearsal != null && rehearsal.isWaiting() && executor.nextDue() != null;
    }

    private static void goOn(Rehearsed pipeline, SimulatedCloud cloud, ManualExecutor executor, Instant bound) {
        Instant due = executor.nextDue();
        if (due.isAfter(bound)) {
            throw new IllegalStateException("it takes longer than " + DRIVEN_BOUND + ":\n" + pipeline.console());
        }
        Duration pause = Duration.between(cloud.clock().instant(), due);
        if (!pause.isNegative()) {
            cloud.advance(pause);
        }
        executor.step();
    }

    private static Ending run(Rehearsed pipeline, String script) {
        try {
            return pipeline.run(script);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }
}
