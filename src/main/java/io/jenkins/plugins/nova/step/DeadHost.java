package io.jenkins.plugins.nova.step;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.step.form.FieldRemarks;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code deadHost(fenced: true, sharedStorage: true, allowDiskLoss: ['web1'])}: what a pipeline says of a host that is down,
 * whose servers are rebuilt elsewhere.
 */
public final class DeadHost implements Describable<DeadHost> {

    private boolean fenced;
    private boolean sharedStorage;
    private Object allowDiskLoss;

    /** Called for each dead host. */
    @DataBoundConstructor
    public DeadHost() {}

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

    /** Describes the group to Jenkins. */
    @Extension
    @Symbol("deadHost")
    public static final class DescriptorImpl extends Descriptor<DeadHost> {
        @Override
        public String getDisplayName() {
            return Messages.DeadHost_DisplayName();
        }

        /** Whose disks may be lost. */
        @POST
        public FormValidation doCheckAllowDiskLoss(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.servers(
                    item,
                    "allowDiskLoss",
                    value,
                    "Every server of a dead host may lose what it has on local disks. Rather name the servers.");
        }
    }
}
