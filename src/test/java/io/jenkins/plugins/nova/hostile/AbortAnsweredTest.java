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
import io.jenkins.plugins.nova.step.RollPlanStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
        STEPS.put("rollPlan", () -> {
            RollPlanStep roll = new RollPlanStep();
            roll.setHosts("compute1");
            return roll;
        });
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        clouds = CloudFixture.begin().credential(CloudFixture.password("openstack", "operator", "secret", "ops"));
        runner = new StepRunner(folder.getRoot());
        opened.add(runner);
    }

    @After
    public void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        clouds.close();
    }

    private SimulatedCloud simulated(String name) {
        return simulated(name, 6_000);
    }

    /**
     * @param name what it is configured as
     * @param liveSeconds how long web1's copy takes, in a cloud that is ten times as fast
     */
    private SimulatedCloud simulated(String name, long liveSeconds) {
        SimulatedCloud cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(liveSeconds)))
                .server("off1", server -> server.status("SHUTOFF"))
                .user("operator", "secret", "ops", "admin")
                .realTime(10)
                .start();
        opened.add(cloud);
        clouds.cloud(name, cloud.identityUrl(), "RegionOne", "openstack");
        return cloud;
    }

    private RunningStep start(String cloud, CloudStep step) {
        step.setCloud(cloud);
        return step instanceof NodeMaintenanceStep ? runner.start(step, new HandBlock()) : runner.start(step);
    }

    /** Each of them on the cloud of its name. */
    private Map<String, RunningStep> start(Collection<String> names) {
        Map<String, RunningStep> running = new LinkedHashMap<>();
        names.forEach(name -> running.put(name, start(name, STEPS.get(name).get())));
        return running;
    }

    private static void assertEnds(String what, RunningStep step) throws Exception {
        assertTrue(what + ": " + step.console(), step.failure(ANSWERED) instanceof FlowInterruptedException);
    }

    private void stopIsAnswered(Map<String, RunningStep> running) throws Exception {
        for (RunningStep step : running.values()) {
            step.stop();
        }
        for (Map.Entry<String, RunningStep> step : running.entrySet()) {
            assertEnds(step.getKey(), step.getValue());
        }
    }

    /** From now on the cloud takes requests and says nothing; those it has answered are over. */
    private static void hang(SimulatedCloud cloud, String method, String path) {
        cloud.faults().on(method, path).always().late(Duration.ofMinutes(10));
    }

    @Test
    public void ofALoginThatHangs() throws Exception {
        List<EnemyCloud> enemies = new ArrayList<>();
        for (String name : STEPS.keySet()) {
            EnemyCloud enemy = new EnemyCloud(EnemyCloud.Way.HUNG);
            opened.add(enemy);
            enemies.add(enemy);
            clouds.cloud(name, enemy.identityUrl(), null, "openstack");
        }
        Map<String, RunningStep> running = start(STEPS.keySet());
        await().atMost(BOUND).until(() -> enemies.stream().allMatch(enemy -> enemy.asked() > 0));
        stopIsAnswered(running);
    }

    @Test
    public void ofAListThatHangs() throws Exception {
        List<SimulatedCloud> hung = new ArrayList<>();
        for (String name : STEPS.keySet()) {
            SimulatedCloud cloud = simulated(name);
            hang(cloud, "GET", ".*");
            hung.add(cloud);
        }
        Map<String, RunningStep> running = start(STEPS.keySet());
        await().atMost(BOUND)
                .until(() -> hung.stream()
                        .allMatch(cloud -> cloud.audit().entries().stream()
                                .anyMatch(entry -> entry.method().equals("GET"))));
        stopIsAnswered(running);
    }

    @Test
    public void ofARequestThatHangs() throws Exception {
        List<String> names = List.of(
                "nodeEvacuate", "nodeMaintenance", "liveMigrate", "coldMigrate", "confirmResize", "revertResize");
        Map<String, SimulatedCloud> of = new LinkedHashMap<>();
        Map<String, RunningStep> resized = new LinkedHashMap<>();
        for (String name : names) {
            of.put(name, simulated(name));
            if (name.endsWith("Resize")) {
                resized.put(name, start(name, new ColdMigrateStep("off1")));
            }
        }
        for (RunningStep cold : resized.values()) {
            cold.value(BOUND);
        }
        Map<String, Integer> before = new LinkedHashMap<>();
        of.forEach((name, cloud) -> {
            hang(cloud, "POST", "/action$");
            before.put(name, cloud.audit().entries().size());
        });
        Map<String, RunningStep> running = start(names);
        for (String name : names) {
            await().atMost(BOUND)
                    .until(() -> of.get(name).audit().since(before.get(name)).stream()
                            .anyMatch(entry -> entry.method().equals("POST")
                                    && entry.path().endsWith("/action")));
        }
        of.values().forEach(cloud -> hang(cloud, "GET", ".*"));
        stopIsAnswered(running);
        running.forEach((name, step) -> assertFalse(name, step.console().contains("bug of the plugin")));
    }

    /** Not even an interrupt moves it. */
    @Test
    public void ofAProviderOfCredentialsThatHangs() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Semaphore asked = new Semaphore(0);
        clouds.onLookUp(() -> {
            asked.release();
            Uninterruptibles.awaitUninterruptibly(held);
        });
        Map<String, RunningStep> running = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Supplier<CloudStep>> each : STEPS.entrySet()) {
                simulated(each.getKey());
                // steps of one build would wait for the same look-up
                runner = runner.nextBuild(folder.newFolder());
                opened.add(runner);
                running.put(each.getKey(), start(each.getKey(), each.getValue().get()));
            }
            assertTrue(asked.tryAcquire(STEPS.size(), BOUND.toSeconds(), TimeUnit.SECONDS));
            stopIsAnswered(running);
            running.forEach((name, step) -> assertFalse(name, step.console().contains("bug of the plugin")));
        } finally {
            held.countDown();
        }
    }

    /** The block itself is ended by Pipeline; what the step would do then is not waited for. */
    @Test
    public void ofABlockOnACloudThatHangs() throws Exception {
        SimulatedCloud cloud = simulated("sim", 20);
        HandBlock block = new HandBlock();
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        RunningStep running = runner.start(step, block);
        block.awaitBegin(BOUND);
        hang(cloud, "GET", ".*");
        stopIsAnswered(Map.of("block", running));
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
            String name = step.getClass().getSimpleName();
            SimulatedCloud cloud = simulated(name);
            RunningStep running = start(name, step);
            running.awaitConsole("live migration taken by Nova", BOUND);
            hang(cloud, "GET", ".*");
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
        SimulatedCloud cloud = simulated("sim");
        NodeReturnStep step = new NodeReturnStep("compute1");
        step.setCanary(Groups.canary(IMAGE, "1", null));
        CountDownLatch booted = new CountDownLatch(1);
        cloud.faults().on("POST", "/servers$").afterActing().interrupt(booted::countDown);
        RunningStep running = runner.start(step);
        assertTrue(running.console(), booted.await(BOUND.toSeconds(), TimeUnit.SECONDS));
        hang(cloud, "GET", ".*");
        running.stop();
        running.awaitConsole(WAY_OUT, ANSWERED);
        assertFalse("tried on: " + running.console(), running.isEnded());
        running.stop();
        assertEnds("canary", running);
        assertTrue(running.console(), running.console().contains("may still be there"));
        assertEquals(running.console(), 2, running.console().split("openstack server delete", -1).length);
    }
}
