package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Result;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A block of a step of the plugin, under way or ended. It does not outlive a restart in the rehearsal. */
final class RehearsalBodyExecution extends BodyExecution {
    private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<Object> result = new CompletableFuture<>();
    private transient ContextSource.BodyHandle handle;

    void runs(ContextSource.BodyHandle body) {
        handle = body;
    }

    void ended(Outcome outcome) {
        if (outcome.isSuccess()) {
            result.complete(outcome.getNormal());
        } else {
            result.completeExceptionally(outcome.getAbnormal());
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
        handle.cancel(cause);
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
