package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Optional;

/** How the steps that are not the plugin's are called. */
public final class BasicForms {
    private BasicForms() {}

    /** The form of a step; empty if it has none. */
    public static Optional<Form> of(String step) {
        return Forms.STEPS.find(step);
    }
}
