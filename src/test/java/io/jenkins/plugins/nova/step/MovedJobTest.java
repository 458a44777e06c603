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
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A job is moved or renamed while its build is at work on a host. */
public class MovedJobTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String NOW = "archive/maintenance#1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;
    private StepRunner other;

    @Before
    public void begin() throws Exception {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(60)))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        DrivenTime time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.newFolder()).in(time);
        other = runner.otherJob("other", folder.newFolder(), time.beside());
    }

    @After
    public void end() {
        other.close();
        runner.close();
        clouds.close();
        cloud.close();
    }

    private void refused(Step step) throws InterruptedException {
        int changes = cloud.audit().changes().size();
        Throwable refusal = other.start(step).failure(BOUND);
        assertEquals(AbortException.class, refusal.getClass());
        assertTrue(
                refusal.getMessage(),
                refusal.getMessage()
                        .contains("is held by " + NOW + " (in the host's disabled reason still maintenance#1)"));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("which is running"));
        assertEquals("nothing more was sent", changes, cloud.audit().changes().size());
        assertFalse(cloud.enabled("compute1"));
    }

    private void move() {
        runner.run().getParent().renamed("archive/maintenance");
    }

    @Test
    public void theHostStaysHeldAndTheDrainGoesOn() throws Exception {
        RunningStep drain = runner.start(new NodeEvacuateStep("compute1"));
        drain.awaitConsole("live migration taken by Nova", BOUND);
        move();
        refused(new NodeReturnStep("compute1"));
        refused(new NodeEvacuateStep("compute1"));
        refused(new NodeMaintenanceStep("compute1"));
        assertEquals("DONE", ((Map<?, ?>) drain.value(BOUND)).get("outcome"));
        assertTrue(
                drain.console(),
                drain.console().contains("This build is called " + NOW + " now, no more maintenance#1"));
        assertEquals(drain.console(), 2, drain.console().split("This build is called", -1).length);
    }

    @Test
    public void itStaysHeldWhenTheControllerIsKilledThen() throws Exception {
        RunningStep drain = runner.start(new NodeEvacuateStep("compute1"));
        drain.awaitConsole("live migration taken by Nova", BOUND);
        move();
        drain.crash();
        refused(new NodeReturnStep("compute1"));
        assertEquals("DONE", ((Map<?, ?>) drain.value(BOUND)).get("outcome"));
    }

    /** The build holds the host until it ends; its own next steps take what the first has left. */
    @Test
    public void whatItsEarlierStepHasLeftIsItsOwn() throws Exception {
        runner.start(new NodeEvacuateStep("compute1")).value(BOUND);
        move();
        refused(new NodeReturnStep("compute1"));
        RunningStep again = runner.start(new NodeEvacuateStep("compute1"));
        assertEquals("DONE", ((Map<?, ?>) again.value(BOUND)).get("outcome"));
        assertTrue(again.console(), again.console().contains("which has ended; this step takes it over"));
        assertTrue(
                cloud.disabledReason("compute1"),
                cloud.disabledReason("compute1").contains(NOW));
        runner.start(new NodeReturnStep("compute1")).value(BOUND);
        assertTrue(cloud.enabled("compute1"));
    }
}
