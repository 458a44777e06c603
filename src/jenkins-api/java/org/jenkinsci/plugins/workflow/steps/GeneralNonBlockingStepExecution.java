package org.jenkinsci.plugins.workflow.steps;

public abstract class GeneralNonBlockingStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private transient volatile Thread task;
    private transient volatile boolean stopping;

    protected GeneralNonBlockingStepExecution(StepContext a0) {
        super(a0);
    }

    /** As in Jenkins not on the caller's thread. */
    protected final void run(Block a0) {
        Thread thread = new Thread(() -> {
            try {
                a0.run();
            } catch (Exception e) {
                if (!stopping) {
                    getContext().onFailure(e);
                }
            }
        });
        thread.setDaemon(true);
        task = thread;
        thread.start();
    }

    /** As in Jenkins: interrupted, and answered whatever becomes of it. */
    public void stop(Throwable a0) throws Exception {
        stopping = true;
        if (task != null) {
            task.interrupt();
        }
        super.stop(a0);
    }

    public void onResume() {}

    public String getStatus() {
        return null;
    }

    protected interface Block {
        void run() throws Exception;
    }

    protected abstract class TailCall extends BodyExecutionCallback {
        protected TailCall() {}

        protected abstract void finished(StepContext a0) throws Exception;

        public final void onSuccess(StepContext a0, Object a1) {
            run(() -> {
                finished(a0);
                a0.onSuccess(a1);
            });
        }

        public final void onFailure(StepContext a0, Throwable a1) {
            run(() -> {
                try {
                    finished(a0);
                } catch (Exception e) {
                    a1.addSuppressed(e);
                }
                a0.onFailure(a1);
            });
        }
    }
}
