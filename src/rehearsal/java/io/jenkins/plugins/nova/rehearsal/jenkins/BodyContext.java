package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the callback of a body sees: the step's own context and, nearer, what the step gave to the body. */
final class BodyContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final RehearsalStepContext step;
    private final transient List<Object> given;

    BodyContext(RehearsalStepContext step, List<Object> given) {
        this.step = step;
        this.given = given;
    }

    RehearsalStepContext step() {
        return step;
    }

    @Override
    public <T> T get(Class<T> type) throws IOException, InterruptedException {
        return step.get(type, given);
    }

    @Override
    public void onSuccess(Object value) {
        step.onSuccess(value);
    }

    @Override
    public void onFailure(Throwable failure) {
        step.onFailure(failure);
    }

    @Override
    public boolean isReady() {
        return step.isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return step.saveState();
    }

    @Override
    public void setResult(Result result) {
        step.setResult(result);
    }

    @Override
    public boolean hasBody() {
        return step.hasBody();
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        return step.newBodyInvoker();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyContext that && that.step.equals(step) && that.given == given;
    }

    @Override
    public int hashCode() {
        return step.hashCode();
    }

    /** What the step gave is not kept: after a restart a callback sees the step's own context. */
    private Object readResolve() {
        return new BodyContext(step, List.of());
    }
}
