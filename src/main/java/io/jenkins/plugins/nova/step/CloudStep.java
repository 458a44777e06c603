package io.jenkins.plugins.nova.step;

import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that works on a cloud: which one, and logged in by which credential. Their form is {@code where.jelly}. */
public abstract class CloudStep extends Step {

    private String cloud;
    private String credentialsId;

    /** The name of a configured cloud; null for the one of withOpenStack around the step, or the only one. */
    public final String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public final void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    /** The id of the credential; null for the one of withOpenStack around the step, or the cloud's. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }
}
