package io.jenkins.plugins.nova.step.form;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.cloud.CloudChoices;
import io.jenkins.plugins.nova.step.argument.Arguments;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of the steps that empty a host have in common. */
public abstract class HostStepDescriptor extends NovaStepDescriptor {

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     */
    protected HostStepDescriptor(String functionName, String displayName) {
        super(functionName, displayName, Target.HOST);
    }

    /** A plan is named by its hash. */
    @POST
    public final FormValidation doCheckPlan(@AncestorInPath Item item, @QueryParameter String value) {
        return !CloudChoices.mayConfigure(item) || Util.fixEmpty(value) == null || value.matches("[0-9a-f]{12}")
                ? FormValidation.ok()
                : FormValidation.error(
                        "A plan's hash is 12 hexadecimal digits: the planHash of what a dry run returned.");
    }

    /** Any text; Nova has room for some of it. */
    @POST
    public final FormValidation doCheckReason(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRemarks.reason(item, value);
    }

    /** Which servers stay. */
    @POST
    public final FormValidation doCheckLeave(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRemarks.servers(
                item, "leave", value, "Name the servers whose owners agreed; all of them cannot be left.");
    }

    /** Which services beside Nova; all of them are known. */
    @POST
    public final FormValidation doCheckBeside(@AncestorInPath Item item, @QueryParameter String value) {
        if (!CloudChoices.mayConfigure(item)) {
            return FormValidation.ok();
        }
        try {
            Arguments.hostSettings("beside", value);
            return FormValidation.ok();
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** How the disks of a live migration are treated. */
    @POST
    public final ListBoxModel doFillBlockMigrationItems(@AncestorInPath Item item) {
        return blockMigrations(item);
    }

    /** What becomes of a live migration over its time. */
    @POST
    public final ListBoxModel doFillOnTimeoutItems(@AncestorInPath Item item) {
        return timeouts(item);
    }

    /** What becomes of moves under way when the build is aborted. */
    @POST
    public final ListBoxModel doFillOnAbortItems(@AncestorInPath Item item) {
        return aborts(item);
    }

    /** Who confirms cold migrations. */
    @POST
    public final ListBoxModel doFillConfirmItems(@AncestorInPath Item item) {
        return confirmations(item);
    }

    /** What becomes of a plan that has drifted. */
    @POST
    public final ListBoxModel doFillOnDriftItems(@AncestorInPath Item item) {
        return choices(
                item,
                "fail",
                "fail: nothing is moved, the cordon is taken back",
                "ask",
                "ask: nothing is moved, the step returns DRIFTED",
                "continue",
                "continue: go on with the new plan");
    }

    /** What is done about the forecast of room. */
    @POST
    public final ListBoxModel doFillRoomItems(@AncestorInPath Item item) {
        return choices(
                item,
                "warn",
                "warn: say what is short, and try",
                "require",
                "require: refuse unless all has a place",
                "ignore",
                "ignore: make no forecast");
    }
}
