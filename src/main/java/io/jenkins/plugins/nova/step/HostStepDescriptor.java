package io.jenkins.plugins.nova.step;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of the steps that empty a host have in common. */
public abstract class HostStepDescriptor extends NovaStepDescriptor {

    /**
     * @param functionName the step's name in a Pipeline
     * @param displayName its name in the snippet generator
     */
    protected HostStepDescriptor(String functionName, String displayName) {
        super(functionName, displayName);
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
}
