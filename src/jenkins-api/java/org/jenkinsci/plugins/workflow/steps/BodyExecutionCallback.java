package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

public abstract class BodyExecutionCallback implements Serializable {
    public BodyExecutionCallback() {}

    public void onStart(StepContext a0) {}

    public abstract void onSuccess(StepContext a0, Object a1);

    public abstract void onFailure(StepContext a0, Throwable a1);

    public abstract static class TailCall extends BodyExecutionCallback {
        public TailCall() {}

        protected abstract void finished(StepContext a0) throws Exception;

        public final void onSuccess(StepContext a0, Object a1) {
            try {
                finished(a0);
                a0.onSuccess(a1);
            } catch (Exception e) {
                a0.onFailure(e);
            }
        }

        public void onFailure(StepContext a0, Throwable a1) {
            try {
                finished(a0);
            } catch (Exception e) {
                a1.addSuppressed(e);
            }
            a0.onFailure(a1);
        }
    }
}
