package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.time.Duration;
import java.util.concurrent.Future;

/** {@code sleep}: waits, holding no thread. */
final class SleepStep implements PipelineStep {
    private final Console console;

    SleepStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("sleep", "workflow-basic-steps", "time", "unit");
    }

    @Override
    public void start(StepCall call) {
        Duration time = Times.of(call.arguments(), "SECONDS");
        console.say(call.surroundings(), "Sleeping for " + Times.words(time));
        Future<?> end = call.engine().vm().schedule(time, () -> call.succeed(null));
        call.onStop(cause -> {
            end.cancel(false);
            call.fail(cause);
        });
    }
}
