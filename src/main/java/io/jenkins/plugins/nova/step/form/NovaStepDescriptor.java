package io.jenkins.plugins.nova.step.form;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.cloud.CloudChoices;
import io.jenkins.plugins.nova.cloud.CloudNames;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.WatchList;
import io.jenkins.plugins.nova.step.controller.WatchingAgent;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of all steps that move servers have in common. */
public abstract class NovaStepDescriptor extends CloudStepDescriptor {

    private static final int MANY_MOVES = 10;

    /** What a step has to be told to have anything to do. */
    protected enum Target {
        HOST("Name the host."),
        SERVER("Name a server."),
        HOST_OR_SERVERS("Name a server, or the host that servers left.");

        private final String missing;

        Target(String missing) {
            this.missing = missing;
        }
    }

    private final Target target;

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     * @param target what the step is for
     */
    protected NovaStepDescriptor(String functionName, String displayName, Target target) {
        super(functionName, displayName);
        this.target = target;
    }

    /** The hosts of the cloud. */
    @POST
    public final ComboBoxModel doFillHostItems(
            @AncestorInPath Item item, @QueryParameter String cloud, @QueryParameter String credentialsId) {
        return CloudNames.hosts(item, cloud, credentialsId);
    }

    /** Whether the cloud knows the host, and whether there is something to do at all. */
    @POST
    public final FormValidation doCheckHost(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String server,
            @QueryParameter String olderThan,
            @QueryParameter String cloud,
            @QueryParameter String credentialsId) {
        return Util.fixEmptyAndTrim(value) == null
                ? nothingToDo(item, value, server, olderThan)
                : CloudNames.checkHost(item, value, cloud, credentialsId);
    }

    private FormValidation nothingToDo(Item item, String host, String server, String olderThan) {
        boolean named = Util.fixEmptyAndTrim(host) != null
                || Util.fixEmptyAndTrim(server) != null
                || (olderThan != null && olderThan.strip().matches("0*[1-9][0-9]*"));
        return named || !CloudChoices.mayConfigure(item)
                ? FormValidation.ok()
                : FormValidation.warning(target.missing + " The step would end before it reads anything.");
    }

    /** The hosts of the cloud. */
    @POST
    public final ComboBoxModel doFillTargetHostItems(
            @AncestorInPath Item item, @QueryParameter String cloud, @QueryParameter String credentialsId) {
        return CloudNames.hosts(item, cloud, credentialsId);
    }

    /** Whether the cloud knows the host. */
    @POST
    public final FormValidation doCheckTargetHost(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String cloud,
            @QueryParameter String credentialsId) {
        return CloudNames.checkHost(item, value, cloud, credentialsId);
    }

    /** The servers of the cloud that the step is for. */
    @POST
    public final ComboBoxModel doFillServerItems(
            @AncestorInPath Item item, @QueryParameter String cloud, @QueryParameter String credentialsId) {
        return CloudNames.servers(item, cloud, credentialsId, serverStatus());
    }

    /** Whether the field can be what was meant, and whether there is something to do at all. */
    @POST
    public final FormValidation doCheckServer(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String host,
            @QueryParameter String olderThan,
            @QueryParameter String cloud,
            @QueryParameter String credentialsId) {
        return Util.fixEmptyAndTrim(value) == null
                ? nothingToDo(item, host, value, olderThan)
                : CloudNames.checkServer(item, value, cloud, credentialsId, serverStatus());
    }

    /** The status of the servers that the step is for; null for any. */
    protected String serverStatus() {
        return null;
    }

    /** Whether the number in a field is to be checked: an emptied one is the default, and who may not configure learns nothing. */
    public static boolean isChecked(Item item, String value) {
        return CloudChoices.mayConfigure(item) && Util.fixEmptyAndTrim(value) != null;
    }

    /** One at a time at least, or as many as the cloud takes. */
    @POST
    public final FormValidation doCheckConcurrency(@AncestorInPath Item item, @QueryParameter String value) {
        if (!isChecked(item, value)) {
            return FormValidation.ok();
        }
        if (Arguments.AUTO.equals(value.strip())) {
            return FormValidation.ok();
        }
        if (!value.strip().matches("0*[1-9][0-9]{0,5}")) {
            return FormValidation.error(
                    "Give auto for as many moves at a time as the cloud takes, or a whole number from 1 on.");
        }
        return Integer.parseInt(value.strip()) > MANY_MOVES
                ? FormValidation.warning("Nova runs one live migration at a time per source host unless its"
                        + " max_concurrent_live_migrations says more; the rest are queued there.")
                : FormValidation.ok();
    }

    /** Minutes, or 0. */
    @POST
    public final FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return !isChecked(item, value) || value.strip().matches("[0-9]{1,6}")
                ? FormValidation.ok()
                : FormValidation.error("Give whole minutes for the whole step, or 0 for no limit.");
    }

    /** Which servers are moved although the plan asks first. */
    @POST
    public final FormValidation doCheckApprove(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRemarks.servers(item, "approve", value, null);
    }

    /** Where guests are looked at; which servers those are is told when the step begins. */
    @POST
    public final FormValidation doCheckWatch(@AncestorInPath Item item, @QueryParameter String value) {
        if (!isChecked(item, value)) {
            return FormValidation.ok();
        }
        try {
            WatchList.read(value);
            return FormValidation.ok();
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Whether there is an agent of that name; whether a build may use it is told when the step begins. */
    @POST
    public final FormValidation doCheckWatchFrom(@AncestorInPath Item item, @QueryParameter String value) {
        return !isChecked(item, value) || WatchingAgent.exists(value.strip())
                ? FormValidation.ok()
                : FormValidation.warning(
                        "This Jenkins has no agent of that name now. A step that begins without it is refused.");
    }

    /** What left the host. */
    @POST
    public final FormValidation doCheckManifest(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRemarks.result(item, "manifest", value);
    }

    /** A file in the workspace. */
    @POST
    public final FormValidation doCheckJunitReport(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRemarks.file(item, value);
    }

    /** The words that a parameter takes, each with what it means; nothing for those who may not configure. */
    protected static ListBoxModel choices(Item item, String... wordsAndMeanings) {
        ListBoxModel items = new ListBoxModel();
        if (CloudChoices.mayConfigure(item)) {
            for (int i = 0; i < wordsAndMeanings.length; i += 2) {
                items.add(wordsAndMeanings[i + 1], wordsAndMeanings[i]);
            }
        }
        return items;
    }

    /** What the drop-down of {@code blockMigration} offers. */
    public static ListBoxModel blockMigrations(Item item) {
        return choices(
                item,
                "auto",
                "auto: as the disks need it",
                "true",
                "true: copy the disks",
                "false",
                "false: the disks are on shared storage");
    }

    /** What the drop-down of {@code onTimeout} offers. */
    protected static ListBoxModel timeouts(Item item) {
        return choices(
                item,
                "abort",
                "abort: the server stays where it is",
                "forceComplete",
                "forceComplete: the guest may stand still for a while",
                "coldMigrate",
                "coldMigrate: abort, then move the server stopped",
                "leave",
                "leave: Nova goes on, the step does not wait");
    }

    /** What the drop-down of {@code onAbort} offers. */
    protected static ListBoxModel aborts(Item item) {
        return choices(
                item,
                "leave",
                "leave: Nova ends them, the log says where they are",
                "abort",
                "abort: live migrations that can be aborted");
    }

    /** What the drop-down of {@code confirm} offers. */
    protected static ListBoxModel confirmations(Item item) {
        return choices(
                item,
                "manual",
                "manual: servers wait in VERIFY_RESIZE for confirmResize",
                "auto",
                "auto: the step confirms at once");
    }
}
