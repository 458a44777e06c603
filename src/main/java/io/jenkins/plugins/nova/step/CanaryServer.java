package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.form.FieldRemarks;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code canary(image: '5f0c…', flavor: '1', network: '77aa…')}: the server that is tried on a host before it is enabled.
 */
public final class CanaryServer implements Describable<CanaryServer> {

    private String image;
    private String flavor;
    private String network;

    /** Called for each canary. Nothing in it, so that what is missing is said in the plugin's words. */
    @DataBoundConstructor
    public CanaryServer() {}

    /** Id of its image; null where it is missing. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** Id of its flavor; null where it is missing. */
    public String getFlavor() {
        return flavor;
    }

    @DataBoundSetter
    public void setFlavor(String flavor) {
        this.flavor = Util.fixEmptyAndTrim(flavor);
    }

    /** Id of the network that it gets a port on; null for none. */
    public String getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Util.fixEmptyAndTrim(network);
    }

    /**
     * Null when image and flavor are empty both, as from a parameter of the job that was left empty: no canary.
     *
     * @throws AbortException for a bad or missing id
     */
    CanaryOrder order() throws AbortException {
        if (image == null && flavor == null) {
            Arguments.check("canary.network", network == null, network, "name image and flavor, too");
            return null;
        }
        if (image == null || flavor == null) {
            throw new AbortException("canary." + (image == null ? "image" : "flavor")
                    + ": is missing; a canary needs the ids of an image and of a flavor.");
        }
        id("canary.image", image, "image");
        id("canary.network", network, "network");
        return new CanaryOrder(image, flavor, network);
    }

    private static void id(String parameter, String value, String kind) throws AbortException {
        Arguments.check(
                parameter,
                value == null || Arguments.isUuid(value),
                value,
                "give the " + kind + "'s id, as 'openstack " + kind + " list' shows it");
    }

    /** Describes the group to Jenkins. */
    @Extension
    @Symbol("canary")
    public static final class DescriptorImpl extends Descriptor<CanaryServer> {
        @Override
        public String getDisplayName() {
            return Messages.CanaryServer_DisplayName();
        }

        /** An id, not a name. */
        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.uuid(item, value);
        }

        /** Taken as it is. */
        @POST
        public FormValidation doCheckFlavor(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }

        /** An id, not a name. */
        @POST
        public FormValidation doCheckNetwork(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.uuid(item, value);
        }
    }
}
