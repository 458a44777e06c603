package io.jenkins.plugins.nova.step;

import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps of the plugin have in common: a cloud, and whose eyes it is seen with. */
public abstract class CloudStep extends Step {

    private String cloud;
    private String credentialsId;

    /** The name of a configured cloud; null for the only one. */
    public final String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public final void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    /** The id of the credential; null for the one that the cloud is configured with. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }
}
