package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What an exception of a pipeline means. */
public final class Failures {
    private Failures() {}

    /** The result of a build, or of a stage, that ends by it. */
    public static Result result(Throwable failure) {
        return failure instanceof FlowInterruptedException interrupted ? interrupted.getResult() : Result.FAILURE;
    }

    /** What to tell the operator: never a stack trace. */
    public static String words(Throwable failure) {
        if (failure instanceof FlowInterruptedException interrupted) {
            return interrupted.getCauses().isEmpty()
                    ? "interrupted"
                    : interrupted.getCauses().stream()
                            .map(CauseOfInterruption::getShortDescription)
                            .collect(Collectors.joining("; "));
        }
        if (failure instanceof AbortException || failure instanceof NotRunnable) {
            return failure instanceof NotRunnable lacking ? lacking.words() : String.valueOf(failure.getMessage());
        }
        String message = failure.getMessage();
        return failure.getClass().getName() + (message == null ? "" : ": " + message);
    }
}
