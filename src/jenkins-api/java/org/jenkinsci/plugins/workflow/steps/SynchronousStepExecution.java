package org.jenkinsci.plugins.workflow.steps;

public abstract class SynchronousStepExecution<T> extends StepExecution {
    protected SynchronousStepExecution(StepContext a0) {
        super(a0);
    }

    protected abstract T run() throws Exception;

    public final boolean start() throws Exception {
        getContext().onSuccess(run());
        return true;
    }

    public void stop(Throwable a0) throws Exception {
        throw new UnsupportedOperationException();
    }
}
