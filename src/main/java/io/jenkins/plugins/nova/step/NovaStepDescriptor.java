package io.jenkins.plugins.nova.step;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** What the descriptors of all steps have in common. */
public abstract class NovaStepDescriptor extends StepDescriptor {

    private final String functionName;
    private final String displayName;

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     */
    protected NovaStepDescriptor(String functionName, String displayName) {
        this.functionName = functionName;
        this.displayName = displayName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }
}
