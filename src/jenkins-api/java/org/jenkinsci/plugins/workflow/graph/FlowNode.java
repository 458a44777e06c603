package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import hudson.model.Saveable;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

public abstract class FlowNode extends Actionable implements Saveable {
    protected FlowNode(FlowExecution a0, String a1, FlowNode... a2) {}

    public String getDisplayName() {
        return getTypeDisplayName();
    }

    public void save() throws IOException {}

    protected abstract String getTypeDisplayName();
}
