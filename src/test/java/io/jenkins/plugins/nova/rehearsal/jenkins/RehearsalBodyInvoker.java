package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
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

    @Override
    public BodyExecution start() {
        RehearsalBodyExecution execution = new RehearsalBodyExecution();
        BodyContext context = new BodyContext(step, List.copyOf(contexts));
        callbacks.forEach(callback -> callback.onStart(context));
        execution.runs(step.source().invokeBody(List.copyOf(contexts), outcome -> {
            execution.ended(outcome);
            callbacks.forEach(callback -> tell(callback, context, outcome));
        }));
        return execution;
    }

    private static void tell(BodyExecutionCallback callback, BodyContext context, Outcome outcome) {
        if (outcome.isSuccess()) {
            callback.onSuccess(context, outcome.getNormal());
        } else {
            callback.onFailure(context, outcome.getAbnormal());
        }
    }
}
