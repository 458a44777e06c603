package io.jenkins.plugins.nova.rehearsal.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** A step that the operator asked to let pass: it does nothing and says so; a block after it runs; it returns what they said. */
final class StubStep implements PipelineStep {
    private final String name;
    private final Stubs stubs;
    private final Console console;

    StubStep(String name, Stubs stubs, Console console) {
        this.name = name;
        this.stubs = stubs;
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.anything(name);
    }

    @Override
    public void start(StepCall call) {
        boolean block = call.arguments().body().isPresent();
        console.note(
                call.surroundings(),
                name + " is stubbed: nothing is done" + (block ? ", its block runs" : "")
                        + (stubs.answers(name) ? "; it returns what -Dstub." + name + " says" : ""));
        if (block) {
            call.invoke(
                    call.arguments().body().orElseThrow(),
                    call.surroundings(),
                    ended -> call.end(
                            ended.isSuccess() && stubs.answers(name) ? new Outcome(stubs.answer(name), null) : ended));
        } else {
            call.succeed(stubs.answer(name));
        }
    }
}
