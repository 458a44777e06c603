package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A block of a step of the plugin, under way or ended. Saved with its step, callbacks and all; read back it takes the place
 * of the one that was saved.
 */
final class RehearsalBodyExecution extends BodyExecution {
    private static final long serialVersionUID = 1L;

    private final int step;
    private final StepContext context;
    private final ArrayList<BodyExecutionCallback> callbacks;
    private transient CompletableFuture<Object> result = new CompletableFuture<>();
    private transient ContextSource.BodyHandle handle;
    private transient Throwable stopped;

    RehearsalBodyExecution(int step, StepContext context, List<BodyExecutionCallback> callbacks) {
        this.step = step;
        this.context = context;
        this.callbacks = new ArrayList<>(callbacks);
    }

    /** The number of the step that it belongs to. */
    int step() {
        return step;
    }

    void begins() {
        callbacks.forEach(callback -> callback.onStart(context));
    }

    void runs(ContextSource.BodyHandle body) {
        handle = body;
        if (stopped != null) {
            body.cancel(stopped);
        }
    }

    /** Goes on in the place of another, which the end of a controller has taken. */
    void takesOver(RehearsalBodyExecution dead) {
        handle = dead.handle;
        result = new CompletableFuture<>();
    }

    void ended(Outcome outcome) {
        if (outcome.isSuccess()) {
            result.complete(outcome.getNormal());
            callbacks.forEach(callback -> callback.onSuccess(context, outcome.getNormal()));
        } else {
            result.completeExceptionally(outcome.getAbnormal());
            callbacks.forEach(callback -> callback.onFailure(context, outcome.getAbnormal()));
        }
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        return List.of();
    }

    @Override
    public boolean cancel(Throwable cause) {
        if (result.isDone()) {
            return false;
        }
        stopped = cause;
        if (handle != null) {
            handle.cancel(cause);
        }
        return true;
    }

    @Override
    public boolean cancel(CauseOfInterruption... causes) {
        return cancel(new FlowInterruptedException(Result.ABORTED, causes));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(new FlowInterruptedException(Result.ABORTED));
    }

    @Override
    public boolean isCancelled() {
        return result.isCompletedExceptionally();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        return result.get();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(timeout, unit);
    }
}
