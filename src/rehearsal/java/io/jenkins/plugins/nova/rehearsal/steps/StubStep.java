package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** A step that the operator asked to let pass: it does nothing and says so; a block after it runs. */
final class StubStep implements PipelineStep {
    private final String name;
    private final Console console;

    StubStep(String name, Console console) {
        this.name = name;
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.anything(name);
    }

    @Override
    public void start(StepCall call) {
        boolean block = call.arguments().body().isPresent();
        console.note(call.surroundings(), name + " is stubbed: nothing is done" + (block ? ", its block runs" : ""));
        if (block) {
            call.invokeBody(call.surroundings());
        } else {
            call.succeed(null);
        }
    }
}
