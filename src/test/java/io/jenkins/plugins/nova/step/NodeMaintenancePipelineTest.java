package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.DrivenRun;
import io.jenkins.plugins.nova.rehearsal.Ending;
import io.jenkins.plugins.nova.rehearsal.Rehearsed;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Instant;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** nodeMaintenance in Jenkinsfiles, scripted and declarative. */
public class NodeMaintenancePipelineTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private Rehearsed pipeline;

    @Before
    public void begin() throws IOException {
        cloud = SimulatedCloud.builder()
                .user("operator", "secret", "ops", "admin")
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        pipeline = new Rehearsed(folder.getRoot()).commands();
    }

    @After
    public void end() {
        clouds.close();
        cloud.close();
    }

    private void ends(Ending expected, String jenkinsfile, String... seen) throws Exception {
        assertEquals(pipeline.console(), expected, DrivenRun.of(pipeline, cloud, jenkinsfile));
        for (String part : seen) {
            assertTrue(
                    "no '" + part + "' in:\n" + pipeline.console(),
                    pipeline.console().contains(part));
        }
    }

    @Test
    public void theBlockRunsBetweenDrainAndReturn() throws Exception {
        ends(Ending.SUCCESS, """
                def r = nodeMaintenance(host: 'compute1', bringHome: true) {
                    echo "patching ${1 + 1} packages"
                    sleep time: 10, unit: 'MILLISECONDS'
                }
                echo "ready ${r.ready}, enabled ${r.enabled}, home ${r.home*.name}"
                """, "patching 2 packages", "ready true, enabled true, home [web1]");
        assertTrue(cloud.enabled("compute1"));
        assertEquals("compute1", cloud.server("web1").host());
    }

    @Test
    public void theBlockSeesWhatTheDrainCameTo() throws Exception {
        ends(
                Ending.SUCCESS,
                """
                nodeMaintenance(host: 'compute1', reason: 'CHG-4711') {
                    echo "block: ${env.NOVA_HOST} ${env.NOVA_OUTCOME} ${env.NOVA_REASON} [${env.NOVA_LEFT}]"
                    echo "hash of ${env.NOVA_PLAN_HASH.length()} digits, moved ${env.NOVA_MOVED}"
                    node { sh 'echo "shell: $NOVA_HOST"' }
                }
                echo "after: ${env.NOVA_HOST}"
                """,
                "block: compute1 DONE CHG-4711 []",
                "hash of 12 digits, moved " + cloud.id("web1"),
                "shell: compute1",
                "after: null",
                "Reason: CHG-4711");
    }

    @Test
    public void inADeclarativePipelineToo() throws Exception {
        ends(Ending.SUCCESS, """
                pipeline {
                    agent any
                    stages {
                        stage('Patch') {
                            steps {
                                nodeMaintenance(host: 'compute1') {
                                    nodeEvacuate host: 'compute1'
                                    echo 'patched'
                                }
                            }
                        }
                    }
                }
                """, "patched", "Host compute1 is fit and takes servers again");
    }

    @Test
    public void aTimeoutAroundItInterruptsTheBlockAndLeavesTheReason() throws Exception {
        ends(
                Ending.ABORTED,
                "nodeMaintenance('compute1') { timeout(time: 50, unit: 'MILLISECONDS') { sleep 100 } }",
                "Timeout has been exceeded");
        assertFalse(cloud.enabled("compute1"));
        assertEquals(
                "nova-maintenance: test#1 failed: the block failed: Timeout has been exceeded",
                cloud.disabledReason("compute1"));
    }

    @Test
    public void aCaughtFailureOfTheBlockIsGoneOnFromWithNodeReturn() throws Exception {
        ends(Ending.SUCCESS, """
                try {
                    nodeMaintenance(host: 'compute1') { error 'no such package' }
                } catch (e) {
                    echo "caught ${e.message}"
                }
                def back = nodeReturn host: 'compute1', bringHome: true
                echo "home ${back.home*.name}"
                """, "caught no such package", "home [web1]");
        assertTrue(cloud.enabled("compute1"));
    }
}
