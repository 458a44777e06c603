package io.jenkins.plugins.nova.step.shown;

import hudson.model.Action;
import hudson.model.Result;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the views of a build's graph show of a step besides its name: what it is about, and that it ended less than well. */
public final class GraphMarks {

    private static final Logger LOGGER = Logger.getLogger(GraphMarks.class.getName());

    private final StepContext context;

    /** @param context of the step whose node is marked */
    public GraphMarks(StepContext context) {
        this.context = context;
    }

    /** Only for steps without a block: a block with a label reads as a stage. */
    public void label(String text) {
        add(new LabelAction(text));
    }

    /** Marks the step, and not the build: what a result of {@code propagate: false} is worth, the pipeline decides. */
    public void warn(String message) {
        add(new WarningAction(Result.UNSTABLE).withMessage(message));
    }

    /** A mark that cannot be made is no reason to stop, nor a matter for the operator. */
    private void add(Action action) {
        try {
            context.get(FlowNode.class).addAction(action);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not mark the step: " + action.getDisplayName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
