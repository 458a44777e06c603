package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** The controller goes down in the middle of each step and comes up again; the cloud goes on meanwhile. */
public class RestartTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void aDrainGoesOn() throws Throwable {
        acrossARestart("nodeEvacuate host: 'compute1', confirm: 'auto'", "web1: live migration taken by Nova");
    }

    @Test
    public void aLiveMigrationGoesOn() throws Throwable {
        acrossARestart("liveMigrate server: 'web1'", "web1: live migration taken by Nova");
    }

    private void acrossARestart(String script, String message) throws Throwable {
        try (ACloud cloud = new ACloud(300)) {
            sessions.then(jenkins -> {
                cloud.configure();
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "maintenance");
                job.setDefinition(new CpsFlowDefinition(script, true));
                WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage(message, run);
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("maintenance", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("going on from the saved state", run);
            });
            long asked = cloud.cloud().audit().actionsOf(cloud.cloud().id("web1")).stream()
                    .filter("os-migrateLive"::equals)
                    .count();
            assertEquals(1, asked);
        }
    }
}
