package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The cloud that a step works on, and the credential that it logs in with. withOpenStack hands one to its block, where steps
 * that name nothing themselves find it. Saved with the build's program, so no record and no secret.
 */
final class BoundCloud implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String cloud;
    private final String credentialsId;

    private BoundCloud(String cloud, String credentialsId) {
        this.cloud = cloud;
        this.credentialsId = credentialsId;
    }

    /**
     * What a step means: its own parameters, else those of the nearest withOpenStack around it, else the only cloud. The
     * credential of a withOpenStack is for its cloud: a step that names another cloud does not log in there with it.
     *
     * @throws AbortException when the cloud is not configured, or is not told and not the only one
     */
    static BoundCloud of(StepContext context, CloudStep step) throws AbortException {
        BoundCloud outer = around(context);
        // "the only cloud" may mean nothing, or another one, an hour later
        String cloud = step.getCloud() == null && outer != null ? outer.cloud : CloudSessions.nameOf(step.getCloud());
        boolean inherits = step.getCredentialsId() == null && outer != null && cloud.equals(outer.cloud);
        return new BoundCloud(cloud, inherits ? outer.credentialsId : step.getCredentialsId());
    }

    private static BoundCloud around(StepContext context) throws AbortException {
        try {
            return context.get(BoundCloud.class);
        } catch (IOException e) {
            throw new AbortException("the step's surroundings cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException("interrupted while the step began");
        }
    }

    /** The name of a configured cloud. */
    String cloud() {
        return cloud;
    }

    /** The id of a credential; null for the cloud's. */
    String credentialsId() {
        return credentialsId;
    }
}
