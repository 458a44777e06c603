package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.declarative.BasicForms;
import io.jenkins.plugins.nova.rehearsal.declarative.Form;
import io.jenkins.plugins.nova.rehearsal.declarative.KnownSteps;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.jenkins.PluginStep;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import java.util.Optional;
import java.util.function.Predicate;

/** What the steps of a rehearsal tell the checks of Declarative Pipeline. */
record StepForms(StepTable steps, Stubs stubs, Predicate<String> libraries) implements KnownSteps {
    @Override
    public boolean has(String name) {
        return steps.find(name).isPresent();
    }

    @Override
    public boolean isStubbed(String name) {
        return stubs.passes(name);
    }

    @Override
    public boolean asksForLibrary(String name) {
        return libraries.test(name);
    }

    @Override
    public boolean takesBlock(String name) {
        return steps.find(name).filter(step -> step.signature().takesBody()).isPresent();
    }

    @Override
    public Optional<Form> form(String name) {
        return steps.find(name).flatMap(StepForms::form);
    }

    private static Optional<Form> form(PipelineStep step) {
        if (step instanceof PluginStep plugin) {
            return Optional.of(new Form(step.signature().name(), plugin.types(), plugin.required()));
        }
        return step.signature().takesAnything()
                ? Optional.empty()
                : BasicForms.of(step.signature().name());
    }
}
