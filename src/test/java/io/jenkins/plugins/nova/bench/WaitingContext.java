package io.jenkins.plugins.nova.bench;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedNode;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The least that a step can stand in: a build, a console that keeps nothing, and a disk that takes everything. */
final class WaitingContext extends StepContext {

    private static final long serialVersionUID = 1L;

    private final transient RehearsedRun run;
    private final transient RehearsedNode node = new RehearsedNode();
    private final transient CompletableFuture<Object> end = new CompletableFuture<>();

    WaitingContext(RehearsedRun run) {
        this.run = run;
    }

    /** How the step ended. */
    CompletableFuture<Object> end() {
        return end;
    }

    @Override
    public <T> T get(Class<T> type) {
        TaskListener listener = () -> new PrintStream(OutputStream.nullOutputStream());
        return Stream.of(run, listener, node)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void onSuccess(Object value) {
        end.complete(value);
    }

    @Override
    public void onFailure(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result result) {
        run.setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("There's no body to invoke");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
