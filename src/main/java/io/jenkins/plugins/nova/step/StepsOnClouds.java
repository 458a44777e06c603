package io.jenkins.plugins.nova.step;

import hudson.Extension;
import io.jenkins.plugins.nova.cloud.CloudUse;
import io.jenkins.plugins.nova.cloud.CloudUsers;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The steps of running builds that are at work on clouds. */
@Extension
public final class StepsOnClouds extends CloudUsers {

    @Override
    public void find(Consumer<CloudUse> found) {
        StepExecution.acceptAll(
                CloudExecution.class, step -> found.accept(new CloudUse(step.cloud(), step.step(), step.build())));
    }
}
