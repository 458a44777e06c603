package io.jenkins.plugins.nova.step.controller;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How much of a build Pipeline saves while it goes on: where that is nothing, a controller that is killed loses the build. */
public final class Durability {

    private Durability() {}

    /**
     * @return what is to be said to the operator before a step begins; null where all is saved (CpsStepContext.saveState does
     *     nothing unless the hint persists with every step)
     */
    public static String remark(StepContext context) throws IOException, InterruptedException {
        FlowExecution execution = context.get(FlowExecution.class);
        if (execution == null || execution.getDurabilityHint().isPersistWithEveryStep()) {
            return null;
        }
        return "This build runs with the durability "
                + execution.getDurabilityHint().name()
                + ": should the controller be killed, the build is lost with what it knows, and moves that Nova is at go on"
                + " unwatched. For maintenance jobs put durabilityHint('MAX_SURVIVABILITY') into the Pipeline's options.";
    }
}
