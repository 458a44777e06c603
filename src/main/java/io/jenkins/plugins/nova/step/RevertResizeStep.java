package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code revertResize server: 'web1'}: takes servers in VERIFY_RESIZE back to where they came from; {@code revertResize host:
 * 'compute1'}: all that left that host and wait.
 *
 * <p>Returns the map of {@link io.jenkins.plugins.nova.drain.tell.StepResult#of}.
 */
public final class RevertResizeStep extends SettleStep {

    static final String NAME = "revertResize";

    /** Called for each call of the step, which gives either servers or a host. */
    @DataBoundConstructor
    public RevertResizeStep() {}

    @Override
    String name() {
        return NAME;
    }

    @Override
    Route route() {
        return Route.REVERT;
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
    }

    /** Runs the step. */
    static final class Execution extends SettleExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, RevertResizeStep step, DrainOrder order) throws AbortException {
            super(context, step, order);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.RevertResizeStep_DisplayName(), Target.HOST_OR_SERVERS);
        }

        @Override
        protected String serverStatus() {
            return "VERIFY_RESIZE";
        }
    }
}
