package io.jenkins.plugins.nova.rehearsal.steps;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.util.List;

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
        boolean answers = stubs.answers(name);
        boolean ofAGlobal = name.contains(".");
        console.note(
                call.surroundings(),
                name + " is stubbed: nothing is done" + (block ? ", its block runs" : "")
                        + (answers
                                ? "; it returns what -Dstub." + name + " says"
                                : block || ofAGlobal
                                        ? ""
                                        : "; it returns null (-Dstub." + name + "=… for another value)"));
        if (block) {
            Closure<?> code = call.arguments().body().orElseThrow();
            List<?> given = ofAGlobal && code.getMaximumNumberOfParameters() > 0
                    ? List.of(call.engine().stubbed(name))
                    : List.of();
            call.invoke(
                    code,
                    given,
                    call.surroundings(),
                    ended -> call.end(ended.isSuccess() && answers ? new Outcome(stubs.answer(name), null) : ended));
        } else {
            call.succeed(
                    answers || !ofAGlobal ? stubs.answer(name) : call.engine().stubbed(name));
        }
    }
}
