package io.jenkins.plugins.nova.rehearsal.build;

import hudson.AbortException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Credentials of a rehearsal, by id: from the environment, or from system properties. */
public final class Secrets {
    private final UnaryOperator<String> property;
    private final UnaryOperator<String> variable;

    /**
     * @param property system properties
     * @param variable environment variables
     */
    public Secrets(UnaryOperator<String> property, UnaryOperator<String> variable) {
        this.property = property;
        this.variable = variable;
    }

    /**
     * The text of a credential.
     *
     * @throws AbortException if there is none of that id
     */
    public String text(String id) throws AbortException {
        String name = "CREDENTIAL_" + id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Optional.ofNullable(variable.apply(name))
                .or(() -> Optional.ofNullable(property.apply("credential." + id)))
                .orElseThrow(() -> new AbortException("Could not find credentials entry with ID '" + id
                        + "': give it in the environment variable " + name
                        + " (a user and password as user:password), or as -Dcredential." + id));
    }
}
