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

    private static final String RESUMED = "going on from the saved state";

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void aDrainGoesOn() throws Throwable {
        try (ACloud cloud = new ACloud(300)) {
            acrossARestart(
                    cloud,
                    "nodeEvacuate host: 'compute1', confirm: 'auto'",
                    "web1: live migration taken by Nova",
                    RESUMED);
            assertEquals(1, cloud.asked("web1", "os-migrateLive"));
            assertEquals(1, cloud.asked("batch1", "migrate"));
        }
    }

    @Test
    public void aLiveMigrationInWithOpenStackGoesOn() throws Throwable {
        try (ACloud cloud = new ACloud(300)) {
            acrossARestart(
                    cloud,
                    "withOpenStack(cloud: 'sim') { liveMigrate server: 'web1'; echo \"as $env.OS_USERNAME\" }",
                    "live migration taken by Nova",
                    RESUMED,
                    "as operator");
            assertEquals(1, cloud.asked("web1", "os-migrateLive"));
        }
    }

    @Test
    public void aColdMigrationGoesOn() throws Throwable {
        try (ACloud cloud = new ACloud(300)) {
            acrossARestart(cloud, "coldMigrate server: 'batch1'", "cold migration taken by Nova", RESUMED);
            assertEquals(1, cloud.asked("batch1", "migrate"));
        }
    }

    @Test
    public void aConfirmGoesOn() throws Throwable {
        settles("confirmResize");
    }

    @Test
    public void aRevertGoesOn() throws Throwable {
        settles("revertResize");
    }

    /** Perhaps it is done before the controller is down: then there is nothing to go on with, nor anything to do again. */
    private void settles(String step) throws Throwable {
        try (ACloud cloud = new ACloud(60)) {
            acrossARestart(
                    cloud,
                    "coldMigrate server: 'batch1'; echo 'moved'; " + step + " host: 'compute1'",
                    "[" + step + "] Plan");
            assertEquals(1, cloud.asked("batch1", step));
        }
    }

    @Test
    public void aMaintenanceGoesOnInItsBlock() throws Throwable {
        try (ACloud cloud = new ACloud(1)) {
            acrossARestart(
                    cloud,
                    "nodeMaintenance(host: 'compute1', confirm: 'auto') { sleep 10; echo 'patched' }",
                    "the block begins",
                    RESUMED,
                    "patched",
                    "takes servers again");
        }
    }

    @Test
    public void aReturnGoesOnWaitingForItsHost() throws Throwable {
        try (ACloud cloud = new ACloud(1)) {
            cloud.kill("compute1");
            acrossARestart(
                    cloud,
                    "nodeReturn 'compute1'",
                    "Waiting for its nova-compute",
                    () -> cloud.restart("compute1"),
                    RESUMED,
                    "takes servers again");
        }
    }

    private void acrossARestart(ACloud cloud, String script, String message, String... after) throws Throwable {
        acrossARestart(cloud, script, message, () -> {}, after);
    }

    /** Runs a pipeline, restarts when it has said something, and awaits its success and what it says then. */
    private void acrossARestart(ACloud cloud, String script, String message, Runnable meanwhile, String... after)
            throws Throwable {
        sessions.then(jenkins -> {
            cloud.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "maintenance");
            job.setDefinition(new CpsFlowDefinition(script, true));
            jenkins.waitForMessage(message, job.scheduleBuild2(0).waitForStart());
        });
        meanwhile.run();
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("maintenance", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            for (String line : after) {
                jenkins.assertLogContains(line, run);
            }
        });
    }
}
