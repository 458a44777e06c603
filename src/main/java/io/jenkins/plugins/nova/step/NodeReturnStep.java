package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code nodeReturn host: 'compute1'}: waits until a host that was emptied is fit for service, lets it take servers again where
 * the plugin had cordoned it, and may bring those that left home. The second half of nodeMaintenance: the way to go on after
 * its block has failed, or after a nodeEvacuate.
 *
 * <p>Returns a map: host, outcome, message, ready, enabled, home.
 */
public final class NodeReturnStep extends NovaStep {

    static final String NAME = "nodeReturn";

    private final String host;
    private final ReturnParameters parameters = new ReturnParameters();
    private String confirm = "manual";

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    @DataBoundConstructor
    public NodeReturnStep(String host) {
        this.host = host;
    }

    /** The host that is to come back. */
    public String getHost() {
        return host;
    }

    /** Minutes to wait for the host. */
    public Integer getReadyTimeout() {
        return parameters.readyTimeout();
    }

    /** Sets the minutes to wait for the host; null, as from an emptied field of the form, for 30. */
    @DataBoundSetter
    public void setReadyTimeout(Integer readyTimeout) {
        parameters.readyTimeout(readyTimeout == null ? ReturnParameters.DEFAULT_READY_TIMEOUT : readyTimeout);
    }

    /** Whether forced_down may be taken back. */
    public boolean isClearForcedDown() {
        return parameters.clearForcedDown();
    }

    @DataBoundSetter
    public void setClearForcedDown(boolean clearForcedDown) {
        parameters.clearForcedDown(clearForcedDown);
    }

    /** Whether the servers that left are moved back. */
    public boolean isBringHome() {
        return parameters.bringHome();
    }

    @DataBoundSetter
    public void setBringHome(boolean bringHome) {
        parameters.bringHome(bringHome);
    }

    /** Servers that left: what a step returned, its servers, or ids; null to take earlier steps' and builds' word. */
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

    /** Who confirms the cold migrations of servers that come home: manual, auto. */
    public String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public void setConfirm(String confirm) {
        this.confirm = confirm;
    }

    /** How servers come home. */
    @Override
    DrainOrder order(String by) throws AbortException {
        return common(by)
                .servers(Route.BY_STATE, List.of())
                .targetHost(Arguments.host("host", host))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .build();
    }

    @Override
    StepExecution execution(StepContext context, DrainOrder homeward) throws AbortException {
        MaintenanceState begin = MaintenanceState.beginReturn(
                parameters.order(host, isDryRun(), homeward.by(), null),
                homeward,
                DrainThreads.clock().instant());
        return new MaintenanceExecution(context, NAME, this, begin);
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends NovaStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.NodeReturnStep_DisplayName(), Target.HOST);
        }

        /** Who confirms cold migrations. */
        @POST
        public ListBoxModel doFillConfirmItems(@AncestorInPath Item item) {
            return confirmations(item);
        }

        /** At least a minute. */
        @POST
        public FormValidation doCheckReadyTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return isChecked(item, value) ? FormValidation.validatePositiveInteger(value) : FormValidation.ok();
        }
    }
}
