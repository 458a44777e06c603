package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Stage;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** {@code unstable}: marks build and stage, and goes on. */
final class UnstableStep implements PipelineStep {
    private final Build build;

    UnstableStep(Build build) {
        this.build = build;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("unstable", "workflow-basic-steps", "message");
    }

    @Override
    public void start(StepCall call) {
        build.console()
                .error(call.surroundings(), "WARNING: " + call.arguments().text("message"));
        call.surroundings().get(Stage.class).ifPresent(stage -> stage.mark(Result.UNSTABLE));
        build.run().setResult(Result.UNSTABLE);
        call.succeed(null);
    }
}
