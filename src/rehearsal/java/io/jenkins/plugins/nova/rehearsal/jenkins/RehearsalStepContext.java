package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import hudson.model.Result;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a running step of the plugin sees of the rehearsal. */
final class RehearsalStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final transient StepHost host;
    private final transient ContextSource source;
    private final transient Consumer<Outcome> end;
    private transient volatile boolean gone;
    private transient boolean ended;

    RehearsalStepContext(int id, StepHost host, ContextSource source, Consumer<Outcome> end) {
        this.id = id;
        this.host = host;
        this.source = source;
        this.end = end;
    }

    int id() {
        return id;
    }

    /** The context that the same step has after a restart; this one is dead from now on. */
    RehearsalStepContext afterRestart() {
        gone = true;
        return new RehearsalStepContext(id, host, source, end);
    }

    @Override
    public <T> T get(Class<T> type) throws IOException, InterruptedException {
        return get(type, List.of());
    }

    private static IOException controllerGone() {
        return new IOException("the controller that ran this step is gone");
    }

    <T> T get(Class<T> type, List<Object> nearer) throws IOException, InterruptedException {
        if (gone) {
            throw controllerGone();
        }
        return type.isInstance(this) ? type.cast(this) : source.get(type, nearer);
    }

    /**
     * What a block finds of an object after a restart; it gets that from the beginning, so that a rehearsal shows what a
     * controller would only show then.
     */
    Object asSaved(Object context) {
        try {
            return host.executions().read(host.executions().write(context));
        } catch (IOException | ClassNotFoundException failure) {
            throw new IllegalStateException(
                    context.getClass().getName() + " cannot be saved with the block that it is for", failure);
        }
    }

    /** Begins a block of this step, on the VM thread; then all is saved, the block with it. */
    void launch(RehearsalBodyExecution body, List<Object> contexts) {
        host.vm().execute(() -> {
            if (gone || isEnded()) {
                return;
            }
            host.executions().add(body);
            body.begins();
            body.runs(source.invokeBody(contexts, outcome -> host.executions().end(id, outcome)));
            host.save();
        });
    }

    ContextSource source() {
        return source;
    }

    @Override
    public void onSuccess(Object value) {
        end(new Outcome(value, null));
    }

    @Override
    public void onFailure(Throwable failure) {
        end(new Outcome(null, failure));
    }

    private void end(Outcome outcome) {
        synchronized (this) {
            if (ended || gone) {
                return;
            }
            ended = true;
        }
        host.ended(this);
        end.accept(outcome);
    }

    synchronized boolean isEnded() {
        return ended;
    }

    @Override
    public boolean isReady() {
        return !gone;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        if (gone) {
            return Futures.immediateFailedFuture(controllerGone());
        }
        // what was asked for before the controller was killed, and came to its turn after, has saved another execution
        return Futures.transformAsync(
                host.save(),
                nothing -> gone ? Futures.immediateFailedFuture(controllerGone()) : Futures.immediateVoidFuture(),
                MoreExecutors.directExecutor());
    }

    @Override
    public void setResult(Result result) {
        source.setResult(result);
    }

    @Override
    public boolean hasBody() {
        return source.hasBody();
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        if (!hasBody()) {
            throw new IllegalStateException("There's no body to invoke");
        }
        return new RehearsalBodyInvoker(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RehearsalStepContext that && that.id == id && that.host == host;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "step " + id;
    }
}
