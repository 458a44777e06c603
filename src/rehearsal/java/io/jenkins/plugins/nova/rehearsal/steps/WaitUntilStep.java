package io.jenkins.plugins.nova.rehearsal.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.time.Duration;
import java.util.concurrent.Future;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** {@code waitUntil}: runs its block, more and more seldom, until it returns true. */
final class WaitUntilStep implements PipelineStep {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Console console;

    WaitUntilStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("waitUntil", "workflow-basic-steps", "initialRecurrencePeriod", "quiet")
                .namedOnly()
                .withBody();
    }

    @Override
    public void start(StepCall call) {
        attempt(call, Duration.ofMillis(call.arguments().number("initialRecurrencePeriod", 250)));
    }

    private void attempt(StepCall call, Duration pause) {
        call.invoke(call.arguments().body().orElseThrow(), call.surroundings(), outcome -> ended(call, pause, outcome));
    }

    private void ended(StepCall call, Duration pause, Outcome outcome) {
        if (outcome.isFailure()) {
            call.end(outcome);
        } else if (DefaultTypeTransformation.castToBoolean(outcome.getNormal())) {
            call.succeed(null);
        } else {
            if (!call.arguments().flag("quiet", false)) {
                console.say(call.surroundings(), "Will try again after " + Times.words(pause));
            }
            Duration longer = pause.multipliedBy(6).dividedBy(5);
            Duration next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
            Future<?> again = call.engine().vm().schedule(pause, () -> attempt(call, next));
            call.onStop(cause -> {
                again.cancel(false);
                call.fail(cause);
            });
        }
    }
}
