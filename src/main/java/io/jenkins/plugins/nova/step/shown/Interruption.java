package io.jenkins.plugins.nova.step.shown;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Who or what interrupted a step, in words. */
public final class Interruption {

    private Interruption() {}

    /** What the console says of it, as in "aborted by …"; never null. */
    public static String words(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted
                && !interrupted.getCauses().isEmpty()) {
            return String.join(
                    "; ",
                    interrupted.getCauses().stream()
                            .map(CauseOfInterruption::getShortDescription)
                            .toList());
        }
        return cause.getMessage() == null ? "interrupted" : cause.getMessage();
    }
}
