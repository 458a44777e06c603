package io.jenkins.plugins.nova.rehearsal.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code retry}: runs its block again when it fails, but not when somebody aborts the build. */
final class RetryStep implements PipelineStep {
    private final Console console;

    RetryStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("retry", "workflow-basic-steps", "count", "conditions")
                .withBody();
    }

    @Override
    public void start(StepCall call) {
        call.arguments().text("count");
        attempt(call, call.arguments().number("count", 1));
    }

    private void attempt(StepCall call, long left) {
        call.invoke(call.arguments().body().orElseThrow(), call.surroundings(), outcome -> ended(call, left, outcome));
    }

    private void ended(StepCall call, long left, Outcome outcome) {
        Throwable failure = outcome.getAbnormal();
        boolean aborted = failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
        if (outcome.isSuccess() || left <= 1 || aborted) {
            call.end(outcome);
            return;
        }
        console.error(call.surroundings(), "ERROR: " + Failures.words(failure));
        console.say(call.surroundings(), "Retrying");
        attempt(call, left - 1);
    }
}
