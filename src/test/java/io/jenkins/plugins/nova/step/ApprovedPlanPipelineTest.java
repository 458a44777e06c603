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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** maintenancePlan, somebody's approval, and the drain that is held to it, in a world that changes while they think. */
public class ApprovedPlanPipelineTest {

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
                .server("web2")
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        pipeline = new Rehearsed(folder.getRoot());
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

    /** Everybody is asked, and says yes; while the first of them thinks, web2 is deleted by its owner. */
    private void web2IsDeletedDuringTheFirstInput() {
        AtomicInteger asked = new AtomicInteger();
        pipeline.terminal(() -> {
            if (asked.getAndIncrement() == 0) {
                cloud.delete("web2");
            }
            return "proceed";
        });
    }

    private static final String PLAN_AND_INPUT = """
            def plan = maintenancePlan host: 'compute1'
            input "Empty compute1 by plan ${plan.planHash}?"
            """;

    @Test
    public void anApprovedPlanOfAWorldThatStaysIsCarriedOut() throws Exception {
        pipeline.answer(true);
        ends(Ending.SUCCESS, PLAN_AND_INPUT + """
                def r = nodeEvacuate host: 'compute1', plan: plan.planHash
                echo "outcome ${r.outcome}, drift ${r.drift}"
                """, "outcome DONE, drift []");
        assertEquals(List.of(), cloud.serversOn("compute1"));
    }

    @Test
    public void whoeverSaysNoLeavesTheHostAsItWas() throws Exception {
        pipeline.answer(false);
        ends(Ending.ABORTED, PLAN_AND_INPUT + "nodeEvacuate host: 'compute1', plan: plan.planHash");
        assertEquals(2, cloud.serversOn("compute1").size());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aWorldThatChangedDuringTheInputFailsTheDrainLineByLine() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(
                Ending.FAILURE,
                PLAN_AND_INPUT + "nodeEvacuate host: 'compute1', plan: plan.planHash, onDrift: 'fail'",
                "- LIVE web2 (gone)",
                "Nothing was moved. The cordon was taken back.");
        assertEquals("compute1", cloud.server("web1").host());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void askedAgainItGoesOnWithTheNewPlan() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(Ending.SUCCESS, PLAN_AND_INPUT + """
                def r = nodeEvacuate host: 'compute1', plan: plan, onDrift: 'ask'
                if (r.outcome == 'DRIFTED') {
                    input "The cloud has changed:\\n${r.drift.join('\\n')}\\nGo on?"
                    r = nodeEvacuate host: 'compute1', plan: r.planHash, onDrift: 'ask'
                }
                echo "outcome ${r.outcome}, drift ${r.drift}"
                """, "- LIVE web2 (gone)", "Go on?", "outcome DONE, drift []");
        assertEquals(List.of(), cloud.serversOn("compute1"));
    }

    @Test
    public void toldToContinueItDoesAndSaysWhatHasChanged() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(Ending.SUCCESS, PLAN_AND_INPUT + """
                def r = nodeEvacuate host: 'compute1', plan: plan.planHash, onDrift: 'continue'
                echo "outcome ${r.outcome}, drift ${r.drift}"
                """, "(onDrift: 'continue')", "outcome DONE, drift [- LIVE web2 (gone)]");
        assertEquals(List.of(), cloud.serversOn("compute1"));
    }

    @Test
    public void nodeMaintenanceIsHeldToAPlanAsNodeEvacuateIs() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(
                Ending.FAILURE,
                PLAN_AND_INPUT + "nodeMaintenance(host: 'compute1', plan: plan.planHash) { echo 'patched' }",
                "- LIVE web2 (gone)");
        assertFalse(pipeline.console(), pipeline.console().contains("patched\n"));
        assertEquals("compute1", cloud.server("web1").host());
    }

    @Test
    public void nodeMaintenanceThatIsToAskRunsNoBlockUntilItWasAnswered() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(
                Ending.SUCCESS,
                PLAN_AND_INPUT + """
                def patch = { hash -> nodeMaintenance(host: 'compute1', plan: hash, onDrift: 'ask') { echo 'patched' } }
                def r = patch(plan.planHash)
                echo "outcome ${r.outcome}, ready ${r.ready}, enabled ${r.enabled}, drift ${r.drift}"
                if (r.outcome == 'DRIFTED') {
                    input 'Go on?'
                    r = patch(r.planHash)
                }
                echo "at last ${r.outcome}, enabled ${r.enabled}"
                """,
                "outcome DRIFTED, ready false, enabled false, drift [- LIVE web2 (gone)]",
                "at last DONE, enabled true");
        assertTrue(
                "after the yes",
                pipeline.console().indexOf("patched\n") > pipeline.console().indexOf("Go on?"));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void nodeMaintenanceThatIsToContinueDoes() throws Exception {
        web2IsDeletedDuringTheFirstInput();
        ends(
                Ending.SUCCESS,
                PLAN_AND_INPUT + """
                nodeMaintenance(host: 'compute1', plan: plan, onDrift: 'continue') { echo 'patched' }
                """,
                "(onDrift: 'continue')",
                "- LIVE web2 (gone)",
                "Host compute1 is fit and takes servers again");
    }
}
