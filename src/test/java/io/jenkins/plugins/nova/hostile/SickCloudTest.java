package io.jenkins.plugins.nova.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A cloud that hangs, drips, or answers too much costs the steps on other clouds nothing, and an abort of its own is answered
 * whatever it does.
 */
public class SickCloudTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    /** More steps than a cloud has threads. */
    private static final int MANY = 12;

    /** What an abort may take: two seconds, on a machine that has something to do besides. */
    private static final Duration ANSWERED = Duration.ofSeconds(8);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<RunningStep> sick = new ArrayList<>();
    private SimulatedCloud healthy;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        healthy = SimulatedCloud.builder()
                .realTime(10)
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(600)))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("healthy", healthy.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        healthy.close();
    }

    private static <S extends Step> S on(String cloud, S step, java.util.function.BiConsumer<S, String> setter) {
        setter.accept(step, cloud);
        return step;
    }

    private void beginSick(EnemyCloud enemy) {
        clouds.cloud("sick", enemy.identityUrl(), null, "openstack");
        for (int i = 0; i < MANY; i++) {
            String host = "compute" + i;
            sick.add(runner.start(
                    switch (i % 3) {
                        case 0 -> on("sick", new MaintenancePlanStep(host), MaintenancePlanStep::setCloud);
                        case 1 -> on("sick", new NodeEvacuateStep(host), NodeEvacuateStep::setCloud);
                        default -> on("sick", new NodeReturnStep(host), NodeReturnStep::setCloud);
                    }));
        }
        await().atMost(BOUND).until(() -> enemy.asked() > 0);
    }

    /** The plan ends while every step on the other cloud still waits: it has not waited for any of them. */
    @Test
    public void aHealthyCloudIsPlannedWhileAnotherHangs() throws Exception {
        for (EnemyCloud.Way way : EnumSet.of(EnemyCloud.Way.HUNG, EnemyCloud.Way.SLOW)) {
            try (EnemyCloud enemy = new EnemyCloud(way)) {
                sick.clear();
                beginSick(enemy);
                RunningStep plan =
                        runner.start(on("healthy", new MaintenancePlanStep("compute1"), MaintenancePlanStep::setCloud));
                plan.value(BOUND);
                for (RunningStep step : sick) {
                    assertFalse(way + ": " + step.console(), step.isEnded());
                }
                assertEquals(way + ": one login for all who wait", 1, enemy.asked());
                abortAll(way.toString());
                clouds.close();
                clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                        .cloud("healthy", healthy.identityUrl(), "RegionOne", "openstack");
            }
        }
    }

    private void abortAll(String way) throws Exception {
        long before = System.nanoTime();
        for (RunningStep step : sick) {
            step.stop();
        }
        for (RunningStep step : sick) {
            assertTrue(way, step.failure(ANSWERED) instanceof FlowInterruptedException);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(way + ": took " + took, took.compareTo(ANSWERED) < 0);
    }

    @Test
    public void whatAnswersTooMuchIsToldAsTrouble() throws Exception {
        for (EnemyCloud.Way way : EnumSet.of(EnemyCloud.Way.FAT, EnemyCloud.Way.DEEP)) {
            try (EnemyCloud enemy = new EnemyCloud(way)) {
                String name = "enemy" + way.ordinal();
                clouds.cloud(name, enemy.identityUrl(), null, "openstack");
                RunningStep step =
                        runner.start(on(name, new MaintenancePlanStep("compute1"), MaintenancePlanStep::setCloud));
                await().atMost(BOUND).until(() -> enemy.asked() > 0);
                RunningStep plan =
                        runner.start(on("healthy", new MaintenancePlanStep("compute1"), MaintenancePlanStep::setCloud));
                plan.value(BOUND);
                step.stop();
                step.failure(BOUND);
                assertTrue(step.console(), step.console().length() < 10_000);
            }
        }
    }

    /** A drain whose moves are under way on a cloud that hangs from now on claims nothing of them. */
    @Test
    public void anAbortIsAnsweredWhileTheTickAtWorkHangs() throws Exception {
        RunningStep drain = runner.start(on("healthy", new NodeEvacuateStep("compute1"), NodeEvacuateStep::setCloud));
        drain.awaitConsole("live migration taken by Nova", BOUND);
        int asked = healthy.audit().entries().size();
        healthy.faults().on("GET", ".*").times(1_000).late(Duration.ofMinutes(10));
        await().atMost(BOUND).until(() -> healthy.audit().entries().size() > asked);
        drain.stop();
        assertTrue(drain.failure(ANSWERED) instanceof FlowInterruptedException);
        String console = drain.console();
        assertTrue(console, console.contains("web1") && console.contains("UNKNOWN"));
        assertTrue(console, console.contains("when the cloud could be read last"));
        assertTrue(console, console.contains("compute1 was cordoned when it could be seen last"));
    }

    /** A move that was being sent when the abort came may have been taken: that is what is said. */
    @Test
    public void anAbortWhileARequestIsOnItsWayLeavesItInDoubt() throws Exception {
        healthy.faults().on("POST", "/action$").late(Duration.ofMinutes(10));
        RunningStep drain = runner.start(on("healthy", new NodeEvacuateStep("compute1"), NodeEvacuateStep::setCloud));
        String id = healthy.id("web1");
        await().atMost(BOUND).until(() -> !healthy.audit().actionsOf(id).isEmpty());
        healthy.faults().on("GET", ".*").times(1_000).late(Duration.ofMinutes(10));
        drain.stop();
        assertTrue(drain.failure(ANSWERED) instanceof FlowInterruptedException);
        String console = drain.console();
        assertTrue(console, console.contains("it is not known whether Nova took it"));
        assertEquals("sent once", List.of("os-migrateLive"), healthy.audit().actionsOf(id));
    }
}
