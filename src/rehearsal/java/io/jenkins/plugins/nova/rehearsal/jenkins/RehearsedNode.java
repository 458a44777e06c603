package io.jenkins.plugins.nova.rehearsal.jenkins;

import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** A step's place in the build's graph; the rehearsal draws none, and keeps what the step puts there for tests. */
public final class RehearsedNode extends FlowNode {
    public RehearsedNode() {
        super(null, "0");
    }

    @Override
    protected String getTypeDisplayName() {
        return "step";
    }
}
