package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.step.argument.Approvals;
import io.jenkins.plugins.nova.step.form.HostStepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code maintenancePlan host: 'compute1'}: what nodeEvacuate with the same parameters would do. Changes nothing; prints the
 * plan, writes it to the build's page and returns it, for {@code nodeEvacuate plan:} to be held to.
 *
 * <p>Returns a map: host, planHash, terms, servers, counts, seconds, awaitingConfirm and more; see {@link StepResult#ofPlan}.
 */
public final class MaintenancePlanStep extends HostStep {

    static final String NAME = "maintenancePlan";

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public MaintenancePlanStep(String host) {
        super(host);
    }

    /** A drain that ends with its plan, whatever {@code dryRun} says. */
    @Override
    DrainOrder order(String by) throws AbortException {
        return draining(by).dryRun(true).build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, Approvals.explained(context, order));
    }

    /** Makes the plan. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, MaintenancePlanStep step, DrainOrder order) throws AbortException {
            super(context, NAME, step, order);
        }

        /** A plan is wanted also where its run would be refused today. */
        @Override
        boolean succeeds(DrainState last) {
            return super.succeeds(last) || (last.outcome() == HostOutcome.REFUSED && last.planHash() != null);
        }

        @Override
        Object result(DrainState last) {
            return StepResult.ofPlan(last);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends HostStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.MaintenancePlanStep_DisplayName());
        }
    }
}
