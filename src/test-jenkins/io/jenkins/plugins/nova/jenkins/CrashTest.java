package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** The controller, in a JVM of its own, is killed in the middle of a drain: nothing is moved twice. */
public class CrashTest {

    @Rule
    public final RealJenkinsRule controller = new RealJenkinsRule();

    @Test
    public void aKilledControllerMovesNothingTwice() throws Throwable {
        try (ACloud cloud = new ACloud(600)) {
            controller.startJenkins();
            controller.runRemotely(CrashTest::begin, cloud.identityUrl());
            controller.stopJenkinsForcibly();
            controller.startJenkins();
            controller.runRemotely(CrashTest::goesOn);
            assertEquals(1, cloud.asked("web1", "os-migrateLive"));
            assertEquals(1, cloud.asked("batch1", "migrate"));
        }
    }

    private static void begin(JenkinsRule jenkins, String identityUrl) throws Exception {
        ACloud.configure(identityUrl);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "maintenance");
        job.setDefinition(new CpsFlowDefinition("nodeEvacuate host: 'compute1', confirm: 'auto'", true));
        jenkins.waitForMessage(
                "web1: live migration taken by Nova", job.scheduleBuild2(0).waitForStart());
    }

    private static void goesOn(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.jenkins
                .getItemByFullName("maintenance", WorkflowJob.class)
                .getBuildByNumber(1);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("going on from the saved state", run);
    }
}
