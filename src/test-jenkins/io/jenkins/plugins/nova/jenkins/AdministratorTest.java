package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What an administrator does while a host is drained: the job is renamed; a shutdown is prepared, and cancelled. */
public class AdministratorTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private ACloud cloud;

    @Before
    public void begin() throws Exception {
        cloud = new ACloud(300);
        cloud.configure();
    }

    @After
    public void end() {
        cloud.close();
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun draining(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("web1: live migration taken by Nova", run);
        return run;
    }

    @Test
    public void aJobThatIsRenamedHoldsItsHost() throws Exception {
        WorkflowJob job = job("drain", "nodeEvacuate host: 'compute1', confirm: 'auto'");
        WorkflowRun drain = draining(job);
        job.renameTo("renamed");
        for (String step : new String[] {"nodeReturn 'compute1'", "nodeEvacuate host: 'compute1'"}) {
            WorkflowRun refused = jenkins.assertBuildStatus(
                    Result.FAILURE, job(step.substring(0, 8), step).scheduleBuild2(0));
            jenkins.assertLogContains("is held by renamed#1 (in the host's disabled reason still drain#1)", refused);
        }
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(drain));
        jenkins.assertLogContains("This build is called renamed#1 now", drain);
    }

    @Test
    public void nothingNewIsBegunWhileAShutdownIsPrepared() throws Exception {
        WorkflowRun drain =
                draining(job("drain", "nodeEvacuate host: 'compute1', confirm: 'auto', concurrency: 1"));
        jenkins.jenkins.doQuietDown();
        jenkins.waitForMessage("web1: MOVED", drain);
        jenkins.assertLogContains("prepares for shutdown: nothing new is begun", drain);
        assertEquals(0, cloud.asked("batch1", "migrate"));
        jenkins.jenkins.doCancelQuietDown();
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(drain));
        jenkins.assertLogContains("prepares for shutdown no more", drain);
        assertEquals(1, cloud.asked("batch1", "migrate"));
    }
}
