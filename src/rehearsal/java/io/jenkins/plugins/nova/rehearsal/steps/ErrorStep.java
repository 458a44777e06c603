package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** {@code error}: fails with a message. */
final class ErrorStep implements PipelineStep {
    @Override
    public StepSignature signature() {
        return StepSignature.of("error", "workflow-basic-steps", "message");
    }

    @Override
    public void start(StepCall call) throws AbortException {
        throw new AbortException(
                call.arguments().isGiven("message")
                        ? call.arguments().text("message", null)
                        : call.arguments().text("message"));
    }
}
