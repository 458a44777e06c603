package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;

/** Runs the block of a block step of the plugin. */
final class RehearsalBodyInvoker extends BodyInvoker {
    private final RehearsalStepContext step;
    private final List<Object> contexts = new ArrayList<>();
    private final List<BodyExecutionCallback> callbacks = new ArrayList<>();

    RehearsalBodyInvoker(RehearsalStepContext step) {
        this.step = step;
    }

    @Override
    public BodyInvoker withContext(Object context) {
        contexts.add(step.asSaved(Objects.requireNonNull(context)));
        return this;
    }

    @Override
    public BodyInvoker withContexts(Collection<?> several) {
        several.forEach(this::withContext);
        return this;
    }

    @Override
    public BodyInvoker withDisplayName(String name) {
        return this;
    }

    @Override
    public BodyInvoker withCallback(BodyExecutionCallback callback) {
        callbacks.add(callback);
        return this;
    }

    /** On the VM thread, after whatever it does now: as Pipeline launches a body. What it saved before has no body in it. */
    @Override
    public BodyExecution start() {
        BodyContext context = new BodyContext(step, List.copyOf(contexts));
        RehearsalBodyExecution execution = new RehearsalBodyExecution(step.id(), context, List.copyOf(callbacks));
        step.launch(execution, List.copyOf(contexts));
        return execution;
    }
}
