package org.jenkinsci.plugins.workflow.steps;

import hudson.EnvVars;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

public abstract class EnvironmentExpander implements Serializable {
    public EnvironmentExpander() {}

    public abstract void expand(EnvVars a0) throws IOException, InterruptedException;

    public Set<String> getSensitiveVariables() {
        return Set.of();
    }

    public static EnvironmentExpander constant(Map<String, String> a0) {
        return new Constant(a0);
    }

    public static EnvironmentExpander merge(EnvironmentExpander a0, EnvironmentExpander a1) {
        return a0 == null ? a1 : a1 == null ? a0 : new Merged(a0, a1);
    }

    public static EnvVars getEffectiveEnvironment(EnvVars a0, EnvVars a1, EnvironmentExpander a2)
            throws IOException, InterruptedException {
        EnvVars effective = new EnvVars(a0);
        effective.overrideAll(a1);
        if (a2 != null) {
            a2.expand(effective);
        }
        return effective;
    }

    public static EnvVars getEffectiveEnvironment(
            EnvVars a0, EnvVars a1, EnvironmentExpander a2, StepContext a3, TaskListener a4)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    private static final class Constant extends EnvironmentExpander {
        private static final long serialVersionUID = 1;
        private final java.util.HashMap<String, String> values;

        Constant(Map<String, String> values) {
            this.values = new java.util.HashMap<>(values);
        }

        @Override
        public void expand(EnvVars environment) {
            environment.overrideAll(values);
        }
    }

    private static final class Merged extends EnvironmentExpander {
        private static final long serialVersionUID = 1;
        private final EnvironmentExpander first;
        private final EnvironmentExpander second;

        Merged(EnvironmentExpander first, EnvironmentExpander second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void expand(EnvVars environment) throws IOException, InterruptedException {
            first.expand(environment);
            second.expand(environment);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            java.util.HashSet<String> both = new java.util.HashSet<>(first.getSensitiveVariables());
            both.addAll(second.getSensitiveVariables());
            return both;
        }
    }
}
