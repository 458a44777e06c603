package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Future;
import jenkins.model.CauseOfInterruption;

public abstract class BodyExecution implements Future<Object>, Serializable {
    public BodyExecution() {}

    public abstract Collection<StepExecution> getCurrentExecutions();

    public boolean cancel(CauseOfInterruption... a0) {
        return cancel(new FlowInterruptedException(Result.ABORTED, a0));
    }

    public boolean cancel(boolean a0) {
        return cancel(new CauseOfInterruption[0]);
    }

    public boolean cancel(Throwable a0) {
        throw new UnsupportedOperationException();
    }
}
