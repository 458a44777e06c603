package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines of both kinds, in the sandbox. */
public class PipelinesTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private ACloud cloud;

    @Before
    public void begin() throws Exception {
        cloud = new ACloud(2);
        cloud.configure();
    }

    @After
    public void end() {
        cloud.close();
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Test
    public void aScriptedPipelineUsesTheResult() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def drain = nodeEvacuate host: 'compute1', confirm: 'auto'
                echo "left: ${drain.servers.findAll { it.outcome != 'MOVED' && it.outcome != 'CONFIRMED' }.size()}"
                """);
        jenkins.assertLogContains("left: 0", run);
        assertEquals(1, run.getAction(HostMaintenanceAction.class).getDrains().size());
        assertFalse(jenkins.getLog(run).contains(ACloud.SECRET));
        jenkins.createWebClient().getPage(run, HostMaintenanceAction.URL_NAME);
    }

    @Test
    public void aDeclarativePipelineWritesAJUnitFile() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                    agent any
                    stages {
                        stage('Drain') {
                            steps {
                                nodeEvacuate host: 'compute1', confirm: 'auto', junitReport: 'drain.xml'
                                script { if (!readFile('drain.xml').contains('compute1')) { error 'no report' } }
                            }
                        }
                    }
                }
                """);
        jenkins.assertLogContains("[nodeEvacuate] DONE", run);
    }

    /** Jenkins itself would warn, and drain. */
    @Test
    public void anUnknownParameterIsRefusedByName() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "nodeEvacuate host: 'compute1', dryrun: true");
        jenkins.assertLogContains("there is no parameter 'dryrun'; did you mean dryRun?", run);
        run = run(Result.FAILURE, "nodeEvacuate host: 'compute1', budget: budget(maxaway: 1)");
        jenkins.assertLogContains("there is no parameter 'maxaway'; did you mean maxAway?", run);
        jenkins.assertLogNotContains("at io.jenkins.plugins.nova", run);
    }

    /** In a stage without script: Declarative looks at the parameters before the build begins. */
    @Test
    public void aDeclarativePipelineTakesEveryStep() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                    agent any
                    stages {
                        stage('Drain') {
                            steps {
                                maintenancePlan host: 'compute1'
                                coldMigrate server: 'batch1', targetHost: 'compute2'
                                confirmResize host: 'compute1', evidence: 'show'
                                withOpenStack(cloud: 'sim') {
                                    nodeMaintenance(host: 'compute1') { echo "patched by ${env.OS_USERNAME}" }
                                }
                                revertResize host: 'compute1', propagate: false
                                nodeReturn 'compute1'
                                liveMigrate server: ['web1'], targetHost: 'compute1'
                            }
                        }
                    }
                }
                """);
        jenkins.assertLogContains("patched by operator", run);
    }

    /** As the step "build" begins it, with its own build as the cause; for any other the host is held. */
    @Test
    public void aBuildMayReturnTheHostOfTheOneThatBeganIt() throws Exception {
        WorkflowJob parent = jenkins.createProject(WorkflowJob.class);
        parent.setDefinition(new CpsFlowDefinition(
                "nodeEvacuate host: 'compute1', confirm: 'auto'; sleep time: 1, unit: 'DAYS'", true));
        WorkflowRun waiting = parent.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Sleeping for", waiting);
        WorkflowRun stranger = run(Result.FAILURE, "nodeReturn host: 'compute1'");
        jenkins.assertLogContains("is held by " + waiting.getExternalizableId(), stranger);
        WorkflowJob child = jenkins.createProject(WorkflowJob.class);
        child.setDefinition(new CpsFlowDefinition("nodeReturn host: 'compute1'", true));
        CauseAction cause = new CauseAction(new Cause.UpstreamCause(waiting));
        WorkflowRun returned = jenkins.assertBuildStatusSuccess(child.scheduleBuild2(0, cause));
        jenkins.assertLogContains("[nodeReturn] DONE", returned);
        waiting.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(waiting));
    }

    @Test
    public void aRefusalFailsTheBuildInWords() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "nodeEvacuate host: 'compute9'");
        jenkins.assertLogContains("compute9", run);
        jenkins.assertLogNotContains("\tat io.jenkins.plugins.nova", run);
    }
}
