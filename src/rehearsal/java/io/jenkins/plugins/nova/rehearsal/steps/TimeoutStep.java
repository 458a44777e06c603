package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.Body;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code timeout}: interrupts its block when the time is over. */
final class TimeoutStep implements PipelineStep {
    private final Console console;

    TimeoutStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("timeout", "workflow-basic-steps", "time", "unit", "activity")
                .withBody();
    }

    @Override
    public void start(StepCall call) {
        if (call.arguments().flag("activity", false)) {
            console.note(call.surroundings(), "timeout: with 'activity' too, the time counts from the beginning here");
        }
        Duration time = Times.of(call.arguments(), "MINUTES");
        console.say(call.surroundings(), "Timeout set to expire in " + Times.words(time));
        AtomicReference<Body> body = new AtomicReference<>();
        Future<?> end = call.engine().vm().schedule(time, () -> {
            if (body.get() != null && body.get().isLive()) {
                console.say(call.surroundings(), "Cancelling nested steps due to timeout");
                body.get().cancel(new FlowInterruptedException(Result.ABORTED, false, new Exceeded()));
            }
        });
        // where time jumps to what is due next, nothing may be left that is due for nobody
        body.set(call.invoke(call.arguments().body().orElseThrow(), call.surroundings(), outcome -> {
            end.cancel(false);
            call.end(outcome);
        }));
    }

    /** The time was over. */
    private static final class Exceeded extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }
    }
}
