package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.DrivenTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs a Jenkinsfile to its end in driven time: whenever the pipeline waits for nothing but the cloud, the time of the cloud and
 * of the drains jumps to when they look at it next. While a command of {@code sh} really runs it stands still: other branches of a roll
 * would wait for hours meanwhile.
 */
public final class DrivenRun {

    private static final Duration REAL_BOUND = Duration.ofMinutes(2);

    private DrivenRun() {}

    /**
     * @param cloud one under driven time
     * @return how it ended
     * @throws AssertionError with the console, if it has no end within two minutes, or six hours of the cloud's time
     */
    public static Ending of(Rehearsed pipeline, SimulatedCloud cloud, String script) {
        try (DrivenTime time = DrivenTime.of(cloud)) {
            time.forSteps(
                    () -> pipeline.rehearsal() != null && pipeline.rehearsal().waitsForTime());
            CompletableFuture<Ending> end = CompletableFuture.supplyAsync(() -> run(pipeline, script));
            time.pass(end::isDone, REAL_BOUND);
            if (!end.isDone()) {
                throw new AssertionError("it has no end:\n" + pipeline.console());
            }
            return end.join();
        }
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
