package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.engine.UnknownSteps;
import io.jenkins.plugins.nova.rehearsal.steps.CheckoutSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;

/** What a script may call without a receiver. */
record KnownNames(StepTable steps, Variables variables, Reach reach) implements UnknownSteps.Known {
    boolean sandbox() {
        return reach.sandbox();
    }

    @Override
    public boolean isCalled(String name) {
        return steps.find(name).isPresent() || variables.isCalled(name);
    }

    @Override
    public boolean isStubbed(String name) {
        return reach.stubs().passes(name);
    }

    @Override
    public String hindrance(String step) {
        return CheckoutSteps.NAMES.contains(step) && reach.checkout().isEmpty() ? CheckoutSteps.hindrance(step) : null;
    }
}
