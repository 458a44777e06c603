package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Result;
import java.util.List;
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
 * <p>Returns a map: host, outcome, planHash, message, servers (id, name, action, from, to, outcome, reason, hint, seconds),
 * awaitingConfirm (ids).
 */
public final class NodeEvacuateStep extends NovaStep {

    static final String NAME = "nodeEvacuate";

    private final String host;
    private String targetHost;
    private Object blockMigration = "auto";
    private String onTimeout = "abort";
    private String onAbort = "leave";
    private String confirm = "manual";
    private boolean fenced;
    private boolean sharedStorage;
    private Object allowDiskLoss;
    private String plan;

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public NodeEvacuateStep(String host) {
        this.host = host;
    }

    public String getHost() {
        return host;
    }

    /** Where all servers are to go; null for the scheduler's choice. */
    public String getTargetHost() {
        return targetHost;
    }

    @DataBoundSetter
    public void setTargetHost(String targetHost) {
        this.targetHost = Util.fixEmpty(targetHost);
    }

    /** {@code 'auto'}, true or false, as Nova's os-migrateLive has it. */
    public Object getBlockMigration() {
        return blockMigration;
    }

    @DataBoundSetter
    public void setBlockMigration(Object blockMigration) {
        this.blockMigration = blockMigration;
    }

    /** What to do with a live migration over its time: abort, forceComplete, coldMigrate, leave. */
    public String getOnTimeout() {
        return onTimeout;
    }

    @DataBoundSetter
    public void setOnTimeout(String onTimeout) {
        this.onTimeout = onTimeout;
    }

    /** What to do with moves under way when the build is aborted: leave, abort. */
    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = onAbort;
    }

    /** Who confirms cold migrations: manual (a later confirmResize), auto. */
    public String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public void setConfirm(String confirm) {
        this.confirm = confirm;
    }

    /** Whether the pipeline vouches that the dead host is powered off or cut from network and storage. */
    public boolean isFenced() {
        return fenced;
    }

    @DataBoundSetter
    public void setFenced(boolean fenced) {
        this.fenced = fenced;
    }

    /** Whether the hosts share their instance storage, so that rebuilding keeps local disks. */
    public boolean isSharedStorage() {
        return sharedStorage;
    }

    @DataBoundSetter
    public void setSharedStorage(boolean sharedStorage) {
        this.sharedStorage = sharedStorage;
    }

    /** Servers (ids or names, one or a list; true for all) whose local disks may be lost; null for none. */
    public Object getAllowDiskLoss() {
        return allowDiskLoss;
    }

    @DataBoundSetter
    public void setAllowDiskLoss(Object allowDiskLoss) {
        this.allowDiskLoss = allowDiskLoss;
    }

    /** The hash of the plan that was approved; null to take the plan as it is found. */
    public String getPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(String plan) {
        this.plan = Util.fixEmptyAndTrim(plan);
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        return common(by)
                .emptyHost(Arguments.host("host", host))
                .targetHost(Arguments.optionalHost("targetHost", targetHost))
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .fenced(fenced)
                .sharedStorage(sharedStorage)
                .allowDiskLoss(diskLoss())
                .expectedPlan(plan)
                .build();
    }

    private List<String> diskLoss() throws AbortException {
        String text = String.valueOf(allowDiskLoss);
        if (text.equals("true")) {
            return List.of("*");
        }
        return text.equals("false") ? List.of() : Arguments.names("allowDiskLoss", allowDiskLoss);
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        return new Execution(context, this, order);
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
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.NodeEvacuateStep_DisplayName());
        }

        /** How the disks of a live migration are treated. */
        @POST
        public ListBoxModel doFillBlockMigrationItems(@AncestorInPath Item item) {
            return blockMigrations(item);
        }

        /** What becomes of a live migration over its time. */
        @POST
        public ListBoxModel doFillOnTimeoutItems(@AncestorInPath Item item) {
            return timeouts(item);
        }

        /** What becomes of moves under way when the build is aborted. */
        @POST
        public ListBoxModel doFillOnAbortItems(@AncestorInPath Item item) {
            return aborts(item);
        }

        /** Who confirms cold migrations. */
        @POST
        public ListBoxModel doFillConfirmItems(@AncestorInPath Item item) {
            return confirmations(item);
        }
    }
}
