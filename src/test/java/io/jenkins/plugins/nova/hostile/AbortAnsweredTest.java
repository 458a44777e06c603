package io.jenkins.plugins.nova.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.CloudStep;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.HostsStep;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * An abort of any step is answered whatever hangs: the step ends, or says within the same time what it still has to tell Nova, and
 * for how long at most; then a second abort ends it.
 */
public class AbortAnsweredTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    /** Two seconds, on a machine that has something to do besides; less than anything that is tried for a while. */
    private static final Duration ANSWERED = Duration.ofSeconds(12);

    private static final String IMAGE = "11111111-1111-4111-8111-111111111111";
    private static final String WAY_OUT = "Abort once more to end at once.";

    private static final Map<String, Supplier<CloudStep>> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("nodeEvacuate", () -> new NodeEvacuateStep("compute1"));
        STEPS.put("nodeMaintenance", () -> new NodeMaintenanceStep("compute1"));
        STEPS.put("nodeReturn", () -> new NodeReturnStep("compute1"));
        STEPS.put("liveMigrate", () -> new LiveMigrateStep("web1"));
        STEPS.put("coldMigrate", () -> new ColdMigrateStep("off1"));
        STEPS.put("confirmResize", () -> Settle.confirm("off1"));
        STEPS.put("revertResize", () -> Settle.revert("off1"));
        STEPS.put("maintenancePlan", () -> new MaintenancePlanStep("compute1"));
        STEPS.put("hosts", HostsStep::new);
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        clouds = CloudFixture.begin().credential(CloudFixture.password("openstack", "operator", "secret", "ops"));
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        if (cloud != null) {
            cloud.close();
        }
    }

    private void simulated() {
        simulated(6_000);
    }

    /** @param liveSeconds how long web1's copy takes, in a cloud that is ten times as fast */
    private void simulated(long liveSeconds) {
        if (cloud != null) {
            cloud.close();
        }
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(liveSeconds)))
                .server("off1", server -> server.status("SHUTOFF"))
                .user("operator", "secret", "ops", "admin")
                .realTime(10)
                .start();
        clouds.close();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private RunningStep start(CloudStep step) {
        return step instanceof NodeMaintenanceStep ? runner.start(step, new HandBlock()) : runner.start(step);
    }

    private static void assertEnds(String what, RunningStep step) throws Exception {
        assertTrue(what + ": " + step.console(), step.failure(ANSWERED) instanceof FlowInterruptedException);
    }

    private void stopIsAnswered(String what, RunningStep step) throws Exception {
        step.stop();
        assertEnds(what, step);
    }

    /** From now on the cloud takes requests and says nothing; those it has answered are over. */
    private void hang(String method, String path) {
        cloud.faults().on(method, path).always().late(Duration.ofMinutes(10));
    }

    @Test
    public void ofALoginThatHangs() throws Exception {
        for (Map.Entry<String, Supplier<CloudStep>> each : STEPS.entrySet()) {
            try (EnemyCloud enemy = new EnemyCloud(EnemyCloud.Way.HUNG)) {
                clouds.cloud(each.getKey(), enemy.identityUrl(), null, "openstack");
                CloudStep step = each.getValue().get();
                step.setCloud(each.getKey());
                RunningStep running = start(step);
                await().atMost(BOUND).until(() -> enemy.asked() > 0);
                stopIsAnswered(each.getKey(), running);
            }
        }
    }

    @Test
    public void ofAListThatHangs() throws Exception {
        for (Map.Entry<String, Supplier<CloudStep>> each : STEPS.entrySet()) {
            simulated();
            hang("GET", ".*");
            RunningStep running = start(each.getValue().get());
            await().atMost(BOUND)
                    .until(() -> cloud.audit().entries().stream()
                            .anyMatch(entry -> entry.method().equals("GET")));
            stopIsAnswered(each.getKey(), running);
        }
    }

    @Test
    public void ofARequestThatHangs() throws Exception {
        for (String name : List.of(
                "nodeEvacuate", "nodeMaintenance", "liveMigrate", "coldMigrate", "confirmResize", "revertResize")) {
            simulated();
            if (name.endsWith("Resize")) {
                runner.start(new ColdMigrateStep("off1")).value(BOUND);
            }
            hang("POST", "/action$");
            int before = cloud.audit().entries().size();
            RunningStep running = start(STEPS.get(name).get());
            await().atMost(BOUND)
                    .until(() -> cloud.audit().since(before).stream()
                            .anyMatch(entry -> entry.method().equals("POST")
                                    && entry.path().endsWith("/action")));
            hang("GET", ".*");
            stopIsAnswered(name, running);
            assertFalse(name, running.console().contains("bug of the plugin"));
        }
    }

    /** Not even an interrupt moves it. */
    @Test
    public void ofAProviderOfCredentialsThatHangs() throws Exception {
        for (Map.Entry<String, Supplier<CloudStep>> each : STEPS.entrySet()) {
            simulated();
            CountDownLatch held = new CountDownLatch(1);
            Semaphore asked = new Semaphore(0);
            clouds.onLookUp(() -> {
                asked.release();
                Uninterruptibles.awaitUninterruptibly(held);
            });
            try {
                RunningStep running = start(each.getValue().get());
                await().atMost(BOUND).until(() -> asked.tryAcquire());
                stopIsAnswered(each.getKey(), running);
                assertFalse(each.getKey(), running.console().contains("bug of the plugin"));
            } finally {
                held.countDown();
            }
        }
    }

    /** The block itself is ended by Pipeline; what the step would do then is not waited for. */
    @Test
    public void ofABlockOnACloudThatHangs() throws Exception {
        simulated(20);
        HandBlock block = new HandBlock();
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        RunningStep running = runner.start(step, block);
        block.awaitBegin(BOUND);
        hang("GET", ".*");
        stopIsAnswered("block", running);
        assertTrue(running.console(), running.console().contains("stays cordoned"));
    }

    /** What keeps a server safe is tried for a while, which is said with its bound; a second abort ends that. */
    @Test
    public void ofMovesThatAreToBeAborted() throws Exception {
        NodeEvacuateStep evacuate = new NodeEvacuateStep("compute1");
        evacuate.setOnAbort("abort");
        LiveMigrateStep live = new LiveMigrateStep("web1");
        live.setOnAbort("abort");
        for (CloudStep step : List.of(evacuate, live)) {
            simulated();
            RunningStep running = start(step);
            running.awaitConsole("live migration taken by Nova", BOUND);
            hang("GET", ".*");
            running.stop();
            running.awaitConsole(WAY_OUT, ANSWERED);
            assertTrue(running.console(), running.console().contains("30 s at most"));
            assertFalse("tried on: " + running.console(), running.isEnded());
            running.stop();
            assertEnds(step.toString(), running);
            assertTrue(running.console(), running.console().contains("Nova could not be told to abort it"));
            assertTrue(running.console(), running.console().contains(cloud.id("web1")));
        }
    }

    @Test
    public void ofACanaryThatIsToBeDeleted() throws Exception {
        simulated();
        NodeReturnStep step = new NodeReturnStep("compute1");
        step.setCanary(Groups.canary(IMAGE, "1", null));
        CountDownLatch booted = new CountDownLatch(1);
        cloud.faults().on("POST", "/servers$").afterActing().interrupt(booted::countDown);
        RunningStep running = runner.start(step);
        assertTrue(running.console(), booted.await(BOUND.toSeconds(), TimeUnit.SECONDS));
        hang("GET", ".*");
        running.stop();
        running.awaitConsole(WAY_OUT, ANSWERED);
        assertFalse("tried on: " + running.console(), running.isEnded());
        running.stop();
        assertEnds("canary", running);
        assertTrue(running.console(), running.console().contains("may still be there"));
        assertEquals(running.console(), 2, running.console().split("openstack server delete", -1).length);
    }
}
