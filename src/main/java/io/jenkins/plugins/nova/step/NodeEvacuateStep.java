package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.Approved;
import io.jenkins.plugins.nova.drain.Approved.OnDrift;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Result;
import io.jenkins.plugins.nova.plan.PlanEssence;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code nodeEvacuate host: 'compute1'}: empties one compute host. A host that is up is cordoned, then each server is moved
 * live or cold by its state; the servers of a dead and fenced host are rebuilt elsewhere with Nova's evacuate.
 *
 * <p>Returns a map: host, outcome, planHash, message, servers (id, name, action, from, to, outcome, reason, hint, override, seconds),
 * awaitingConfirm (ids).
 */
public final class NodeEvacuateStep extends HostStep {

    static final String NAME = "nodeEvacuate";

    private String onDrift = "fail";

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public NodeEvacuateStep(String host) {
        super(host);
    }

    /** What to do when the plan is not the approved one any more: fail, ask, continue. */
    public String getOnDrift() {
        return onDrift;
    }

    @DataBoundSetter
    public void setOnDrift(String onDrift) {
        this.onDrift = onDrift;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        OnDrift drift = Arguments.choice("onDrift", onDrift, OnDrift.class);
        return draining(by)
                .approved(new Approved(Approvals.essence(getPlan()), drift))
                .build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, explained(context, order));
    }

    /** With the approved plan's servers, where only its hash is given and it was made in this build. */
    private static DrainOrder explained(StepContext context, DrainOrder order) throws AbortException {
        if (order.expectedPlan() == null || order.approved().plan() != null) {
            return order;
        }
        try {
            PlanEssence known = Approvals.ofBuild(context.get(Run.class), order.expectedPlan());
            return known == null ? order : order.approved(order.approved().with(known));
        } catch (IOException e) {
            throw new AbortException("plan: this build's page cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException("plan: interrupted while this build's page was read");
        }
    }

    /** Runs the drain. */
    static final class Execution extends DrainExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, NodeEvacuateStep step, DrainOrder order) throws AbortException {
            super(context, NAME, step, order);
        }

        @Override
        Object result(DrainState last) {
            return Result.ofHost(last);
        }
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends HostStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.NodeEvacuateStep_DisplayName());
        }

        /** What becomes of a plan that has drifted. */
        @POST
        public ListBoxModel doFillOnDriftItems(@AncestorInPath Item item) {
            return choices(
                    item,
                    "fail",
                    "fail: nothing is moved, the cordon is taken back",
                    "ask",
                    "ask: nothing is moved, the step returns DRIFTED",
                    "continue",
                    "continue: go on with the new plan");
        }
    }
}
