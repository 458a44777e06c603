package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.engine.StepTable;
import io.jenkins.plugins.nova.rehearsal.engine.UnknownSteps;
import io.jenkins.plugins.nova.rehearsal.steps.CheckoutSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import java.util.Set;

/** What a script may call without a receiver. */
record KnownNames(StepTable steps, Variables variables, Reach reach) implements UnknownSteps.Known {
    private static final Set<String> KEYS = Set.of("sshUserPrivateKey", "certificate");

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
        if (KEYS.contains(step)) {
            return "'" + step + "' binds credentials of a kind that the rehearsal does not have; -Dstub=" + step
                    + " lets it pass: its variables are not set";
        }
        return CheckoutSteps.NAMES.contains(step) && reach.checkout().isEmpty() ? CheckoutSteps.hindrance(step) : null;
    }
}
