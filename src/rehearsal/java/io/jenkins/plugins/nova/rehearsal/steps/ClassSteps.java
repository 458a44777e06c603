package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.engine.ClassNames;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code step} and {@code wrap}, which name by its class what is to be done: the step of that work does it, if there is one. */
final class ClassSteps {
    private final Function<String, PipelineStep> steps;
    /** @param steps a step by its name; null for none */
    ClassSteps(Function<String, PipelineStep> steps) {
        this.steps = steps;
    }

    List<PipelineStep> all() {
        return List.of(
                new ByClass(StepSignature.of("step", "workflow-basic-steps", "delegate")),
                new ByClass(StepSignature.of("wrap", "workflow-basic-steps", "delegate")
                        .withBody()));
    }

    private final class ByClass implements PipelineStep {
        private final StepSignature signature;

        ByClass(StepSignature signature) {
            this.signature = signature;
        }

        @Override
        public StepSignature signature() {
            return signature;
        }

        @Override
        public void start(StepCall call) throws Exception {
            Object delegate = call.arguments().object("delegate");
            String type = delegate instanceof Map<?, ?> map
                    ? ClassNames.simple(String.valueOf(map.get("$class")))
                    : delegate instanceof Described described ? described.symbol() : String.valueOf(delegate);
            String name = ClassNames.step(type) == null ? type : ClassNames.step(type);
            PipelineStep step = steps.apply(name);
            if (step == null) {
                call.engine().lacks(type);
                throw new NotRunnable(call.place().before() + "[$class: '" + type
                        + "'] is of a plugin, which the rehearsal does not have; -Dstub=" + type
                        + " lets it pass without doing anything");
            }
            Map<String, Object> arguments = new HashMap<>(
                    delegate instanceof Map<?, ?> map
                            ? ClassNames.arguments(map)
                            : delegate instanceof Described described ? described.arguments() : Map.of());
            call.becomes(step, arguments);
        }
    }
}
