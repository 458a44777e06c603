package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.step.argument.Approvals;
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

    @Override
    DrainOrder order(String by) throws AbortException {
        return draining(by).canary(parameters.canaryOrder()).build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder order) throws AbortException {
        DrainOrder drain = Approvals.explained(context, order);
        MaintenanceState begin = MaintenanceState.begin(
                parameters.order(getHost(), isDryRun(), drain.by(), getReason()),
                drain,
                homeward(drain.by()),
                DrainThreads.clock().instant());
        return new MaintenanceExecution(context, NAME, this, begin);
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

        /** At least a minute. */
        @POST
        public FormValidation doCheckReadyTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value) ? FormValidation.validatePositiveInteger(value) : FormValidation.ok();
        }
    }
}
