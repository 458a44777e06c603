package org.jenkinsci.plugins.workflow.steps;

public class MissingContextVariableException extends Exception {
    private final Class<?> type;

    public MissingContextVariableException(Class<?> a0) {
        super("Required context " + a0 + " is missing");
        this.type = a0;
    }

    public Class<?> getType() {
        return type;
    }
}
