package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two steps of one build that want one host, as parallel branches do. */
public class TwoStepsTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(60)))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    @Test
    public void theSecondBranchIsRefusedWhileTheFirstDrainsAndMayComeAgainOnceItHasEnded() throws Exception {
        RunningStep first = runner.start(new NodeEvacuateStep("compute1"));
        first.awaitConsole("live migration taken by Nova", BOUND);
        int changes = cloud.audit().changes().size();
        Throwable refusal = runner.start(new NodeEvacuateStep("compute1")).failure(BOUND);
        assertEquals(AbortException.class, refusal.getClass());
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("is held by maintenance#1"));
        assertEquals("nothing more was sent", changes, cloud.audit().changes().size());
        assertEquals("DONE", ((Map<?, ?>) first.value(BOUND)).get("outcome"));
        RunningStep again = runner.start(new NodeEvacuateStep("compute1"));
        assertEquals("DONE", ((Map<?, ?>) again.value(BOUND)).get("outcome"));
        assertTrue(again.console(), again.console().contains("which has ended; this step takes it over"));
    }

    /** What is emptied to be switched off must not be given new servers. */
    @Test
    public void aHostIsNotTakenBackIntoServiceUnderTheStepThatEmptiesIt() throws Exception {
        RunningStep drain = runner.start(new NodeEvacuateStep("compute1"));
        drain.awaitConsole("live migration taken by Nova", BOUND);
        int changes = cloud.audit().changes().size();
        Throwable refusal = runner.start(new NodeReturnStep("compute1")).failure(BOUND);
        assertEquals(AbortException.class, refusal.getClass());
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("is held by maintenance#1"));
        assertEquals("nothing was sent", changes, cloud.audit().changes().size());
        assertFalse(cloud.enabled("compute1"));
        assertEquals("DONE", ((Map<?, ?>) drain.value(BOUND)).get("outcome"));
        runner.start(new NodeReturnStep("compute1")).value(BOUND);
        assertTrue(cloud.enabled("compute1"));
    }
}
