package io.jenkins.plugins.nova.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.cloud.CloudChoices;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.BindInterceptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of all steps that move servers have in common. */
public abstract class NovaStepDescriptor extends CloudStepDescriptor {

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     */
    protected NovaStepDescriptor(String functionName, String displayName) {
        super(functionName, displayName);
    }

    /** Takes the form, with text for the parameters that take several types. */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        BindInterceptor before = request.getBindInterceptor();
        request.setBindInterceptor(new FormText(before));
        try {
            return super.newInstance(request, form);
        } finally {
            request.setBindInterceptor(before);
        }
    }

    /** At least one at a time. */
    @POST
    public final FormValidation doCheckConcurrency(@AncestorInPath Item item, @QueryParameter String value) {
        return CloudChoices.mayConfigure(item) ? FormValidation.validatePositiveInteger(value) : FormValidation.ok();
    }

    /** Minutes, or 0. */
    @POST
    public final FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return CloudChoices.mayConfigure(item) ? FormValidation.validateNonNegativeInteger(value) : FormValidation.ok();
    }

    /** The words that a parameter takes, each with what it means; nothing for those who may not configure. */
    static ListBoxModel choices(Item item, String... wordsAndMeanings) {
        ListBoxModel items = new ListBoxModel();
        if (CloudChoices.mayConfigure(item)) {
            for (int i = 0; i < wordsAndMeanings.length; i += 2) {
                items.add(wordsAndMeanings[i + 1], wordsAndMeanings[i]);
            }
        }
        return items;
    }

    /** What the drop-down of {@code blockMigration} offers. */
    static ListBoxModel blockMigrations(Item item) {
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
    static ListBoxModel timeouts(Item item) {
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
    static ListBoxModel aborts(Item item) {
        return choices(
                item,
                "leave",
                "leave: Nova ends them, the log says where they are",
                "abort",
                "abort: live migrations that can be aborted");
    }

    /** What the drop-down of {@code confirm} offers. */
    static ListBoxModel confirmations(Item item) {
        return choices(
                item,
                "manual",
                "manual: servers wait in VERIFY_RESIZE for confirmResize",
                "auto",
                "auto: the step confirms at once");
    }
}
