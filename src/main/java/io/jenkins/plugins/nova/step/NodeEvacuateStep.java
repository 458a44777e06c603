package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.step.argument.Approvals;
import io.jenkins.plugins.nova.step.form.HostStepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code nodeEvacuate host: 'compute1'}: empties one compute host. A host that is up is cordoned, then each server is moved
 * live or cold by its state; the servers of a dead and fenced host are rebuilt elsewhere with Nova's evacuate.
 *
 * <p>Returns a map: host, outcome, planHash, message, servers (id, name, action, from, to, outcome, reason, hint, override, seconds),
 * awaitingConfirm (ids).
 */
public final class NodeEvacuateStep extends HostStep {

    static final String NAME = "nodeEvacuate";

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public NodeEvacuateStep(String host) {
        super(host);
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, Approvals.explained(context, order));
    }

    /** Runs the drain. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, NodeEvacuateStep step, DrainOrder order) throws AbortException {
            super(context, NAME, step, order);
        }

        @Override
        Object result(DrainState last) {
            return StepResult.ofHost(last);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends HostStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.NodeEvacuateStep_DisplayName());
        }
    }
}
