package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;

public abstract class Step extends AbstractDescribableImpl<Step> implements ExtensionPoint {
    public Step() {}

    public abstract StepExecution start(StepContext a0) throws Exception;

    public StepDescriptor getDescriptor() {
        return (StepDescriptor) super.getDescriptor();
    }
}
