package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.RoomDemand;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.step.argument.Approvals;
import io.jenkins.plugins.nova.step.argument.OrderBuilder;
import io.jenkins.plugins.nova.step.argument.RollMap;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.form.HostStepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code nodeMaintenance(host: 'compute1') { … }}: empties a compute host, runs the block (reboot, patch), waits until the host
 * is fit, lets it take servers again, and may bring those that left home. Whatever fails, the host stays cordoned and the
 * cordon says why; the same step run again goes on from there.
 *
 * <p>Returns nodeEvacuate's map, and in it: ready, enabled (whether the host is fit, and takes servers), home (a list as
 * servers is, of those that were to come home).
 */
public final class NodeMaintenanceStep extends HostStep {

    static final String NAME = "nodeMaintenance";

    private final ReturnParameters parameters = new ReturnParameters();
    private Object roll;

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public NodeMaintenanceStep(String host) {
        super(host);
    }

    /** Minutes to wait for the host after the block. */
    public Integer getReadyTimeout() {
        return parameters.readyTimeout();
    }

    /** Sets the minutes to wait for the host; null, as from an emptied field of the form, for 30. */
    @DataBoundSetter
    public void setReadyTimeout(Integer readyTimeout) {
        parameters.readyTimeout(readyTimeout == null ? ReturnParameters.DEFAULT_READY_TIMEOUT : readyTimeout);
    }

    /** Whether forced_down may be taken back though another build or person set it. */
    public boolean isClearForcedDown() {
        return parameters.clearForcedDown();
    }

    @DataBoundSetter
    public void setClearForcedDown(boolean clearForcedDown) {
        parameters.clearForcedDown(clearForcedDown);
    }

    /** Whether the block may run while servers that left wait in VERIFY_RESIZE, their old disks on this host. */
    public boolean isRunUnconfirmed() {
        return parameters.runUnconfirmed();
    }

    @DataBoundSetter
    public void setRunUnconfirmed(boolean runUnconfirmed) {
        parameters.runUnconfirmed(runUnconfirmed);
    }

    /** Whether the servers that left are moved back. */
    public boolean isBringHome() {
        return parameters.bringHome();
    }

    @DataBoundSetter
    public void setBringHome(boolean bringHome) {
        parameters.bringHome(bringHome);
    }

    /** Servers that left before this build: what a step returned, its servers, or ids; null to take earlier builds' word. */
    public Object getManifest() {
        return parameters.manifest();
    }

    @DataBoundSetter
    public void setManifest(Object manifest) {
        parameters.manifest(manifest);
    }

    /** The server that is tried on the host before it is enabled; null for none. */
    public CanaryServer getCanary() {
        return parameters.canary();
    }

    @DataBoundSetter
    public void setCanary(CanaryServer canary) {
        parameters.canary(canary);
    }

    /** The roll that the host is a part of: the map that rollPlan returned; null for none. */
    public Object getRoll() {
        return roll;
    }

    /** An emptied field of the form is none. */
    @DataBoundSetter
    public void setRoll(Object roll) {
        this.roll = roll instanceof String text && text.isBlank() ? null : roll;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        OrderBuilder order = draining(by).canary(parameters.canaryOrder());
        RollMap given = RollMap.read(roll);
        if (given == null) {
            return order.build();
        }
        beside();
        DrainOrder own = order.build();
        BlockMigration disks = namesBlockMigration() ? own.blockMigration() : given.blockMigration();
        return order.room(new RoomDemand(own.room().forecast(), given.budget()))
                .approve(given.approving(own.approve()))
                .leave(given.leaving(own.leave()))
                .blockMigration(disks)
                .guests(own.guests().amongOthers())
                .build();
    }

    /** What does not go with a roll. */
    private void beside() throws AbortException {
        refuse("plan", getPlan() != null, "the roll's plan is what was approved; leave plan out");
        refuse("budget", getBudget() != null, "the roll has its own; give it to rollPlan");
        refuse("bringHome", parameters.bringHome(), "in a roll servers stay where they went; leave it out");
        refuse("manifest", parameters.manifest() != null, "in a roll servers stay where they went; leave it out");
        refuse("dryRun", isDryRun(), "rollPlan is the dry run of a roll");
    }

    private static void refuse(String parameter, boolean given, String wayOut) throws AbortException {
        if (given) {
            throw new AbortException("roll, " + parameter + ": both are given; " + wayOut + ".");
        }
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        RollMap given = RollMap.read(roll);
        if (given != null) {
            return inRoll(context, order, given);
        }
        DrainOrder drain = Approvals.explained(context, order);
        MaintenanceState begin = MaintenanceState.begin(
                parameters.order(getHost(), isDryRun(), drain.by(), getReason()),
                drain,
                homeward(drain.by()),
                DrainThreads.clock().instant());
        return new MaintenanceExecution(context, NAME, this, begin);
    }

    private StepExecution inRoll(StepContext context, DrainOrder order, RollMap given) throws AbortException {
        String cloud = BoundCloud.of(context, this).cloud();
        if (!cloud.equals(given.cloud())) {
            throw new AbortException("roll.cloud: the roll was planned on the cloud '" + given.cloud()
                    + "', and this step works on '" + cloud + "'; give both the same cloud.");
        }
        MaintenanceState begin = MaintenanceState.beginTurn(
                given.order(
                        getHost(),
                        order.approve(),
                        order.leave(),
                        order.blockMigration(),
                        order.approved().onDrift()),
                parameters.order(getHost(), false, order.by(), getReason()),
                order,
                homeward(order.by()),
                DrainThreads.clock().instant());
        return new MaintenanceExecution(context, NAME, this, begin, given.key());
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends HostStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.NodeMaintenanceStep_DisplayName());
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Nothing that can be typed. */
        @POST
        public FormValidation doCheckRoll(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value)
                    ? FormValidation.error(
                            "A roll is a map and cannot be typed here: leave this empty, and in the Pipeline give the"
                                    + " variable that has what rollPlan returned.")
                    : FormValidation.ok();
        }

        /** At least a minute. */
        @POST
        public FormValidation doCheckReadyTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value) ? FormValidation.validatePositiveInteger(value) : FormValidation.ok();
        }
    }
}
