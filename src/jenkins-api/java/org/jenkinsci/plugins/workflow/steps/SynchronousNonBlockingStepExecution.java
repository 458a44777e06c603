package org.jenkinsci.plugins.workflow.steps;

public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    protected SynchronousNonBlockingStepExecution(StepContext a0) {
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

    public void onResume() {
        getContext().onFailure(new IllegalStateException("Resume after a restart not supported"));
    }

    public String getStatus() {
        return null;
    }
}
