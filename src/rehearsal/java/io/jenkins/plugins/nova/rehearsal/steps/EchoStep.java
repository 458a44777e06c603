package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** {@code echo}: says something. */
final class EchoStep implements PipelineStep {
    private final Console console;

    EchoStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("echo", "workflow-basic-steps", "message");
    }

    @Override
    public void start(StepCall call) {
        console.say(call.surroundings(), call.arguments().text("message", "null"));
        call.succeed(null);
    }
}
