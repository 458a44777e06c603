package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** nodeMaintenance and nodeReturn as Pipeline runs them, on the simulated cloud in driven time. */
public class NodeMaintenanceStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() throws IOException {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.newFolder());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        if (cloud != null) {
            cloud.close();
        }
    }

    private void start(CloudBuilder builder) {
        cloud = builder.user("operator", "secret", "ops", "admin")
                .startingAt(Instant.now())
                .start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("off1", s -> s.status("SHUTOFF"));
    }

    private static NodeMaintenanceStep maintenance() {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        return step;
    }

    /** The next build of the same job. */
    private void nextBuild() throws IOException {
        StepRunner first = runner;
        runner = first.nextBuild(folder.newFolder());
        first.close();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
    }

    private List<String> on(String host) {
        return cloud.serversOn(host).stream().map(ServerState::name).sorted().toList();
    }

    @Test
    public void theHostIsEmptyWhileTheBlockRunsAndTakesServersAfterwards() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        assertEquals(List.of(), on("compute1"));
        assertFalse(cloud.enabled("compute1"));
        has(step.status(), "the block is at work");
        assertNull("a block with a label reads as a stage", step.node().getAction(LabelAction.class));
        block.end();

        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);

        assertEquals("DONE", result.get("outcome"));
        assertEquals(true, result.get("ready"));
        assertEquals(true, result.get("enabled"));
        assertEquals(2, ((List<?>) result.get("servers")).size());
        assertEquals(List.of(), result.get("home"));
        assertTrue(cloud.enabled("compute1"));
        assertNull(cloud.disabledReason("compute1"));
        DrainReport report = HostMaintenanceAction.of(runner.run()).getDrains().get(0);
        assertEquals("DONE", report.outcome());
        assertEquals("nodeMaintenance", report.step());
        has(step.console(), "the block begins", "Waiting until compute1 is fit", "takes servers again");
    }

    @Test
    public void bringHomeTakesBackWhatLeftAndLeavesWhatItsOwnerMoved() throws Exception {
        start(hosts().server("gone1").server("moved1"));
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setBringHome(true);
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND);
        cloud.delete("gone1");
        String elsewhere = cloud.server("moved1").host().equals("compute2") ? "compute3" : "compute2";
        LiveMigrateStep owners = new LiveMigrateStep("moved1");
        owners.setTargetHost(elsewhere);
        runner.start(owners).value(BOUND);
        block.end();

        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);

        assertEquals("DONE", result.get("outcome"));
        assertEquals(List.of("off1", "web1"), on("compute1"));
        assertEquals(4, ((List<?>) result.get("home")).size());
        has(
                String.valueOf(result.get("message")),
                "2 of 2 servers came home",
                "gone1",
                "was deleted meanwhile",
                "somebody else moved it");
    }

    @Test
    public void aFailedBlockLeavesTheHostCordonedWithTheReasonAndAnotherRunGoesOn() throws Exception {
        start(hosts());
        NodeMaintenanceStep first = maintenance();
        RunningStep step = runner.start(first, block);
        AbortException failure = new AbortException("firmware update failed\nwith code 3");
        block.awaitBegin(BOUND).fail(failure);

        assertSame(failure, step.failure(BOUND));

        assertFalse(cloud.enabled("compute1"));
        assertEquals(
                "nova-maintenance: maintenance#1 failed: the block failed: firmware update failed; with code 3",
                cloud.disabledReason("compute1"));
        has(step.console(), "To go on: run this again", "nodeReturn host: 'compute1'");

        nextBuild();
        NodeMaintenanceStep again = maintenance();
        again.setBringHome(true);
        HandBlock second = new HandBlock();
        RunningStep goesOn = runner.start(again, second);
        second.awaitBegin(BOUND).end();
        Map<?, ?> result = (Map<?, ?>) goesOn.value(BOUND);

        assertEquals("DONE", result.get("outcome"));
        assertEquals(List.of(), result.get("servers"));
        assertEquals("what left in the first build", List.of("off1", "web1"), on("compute1"));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void nodeReturnGoesOnAfterAFailedBlock() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        step.failure(BOUND);
        nextBuild();
        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setBringHome(true);
        back.setConfirm("auto");

        RunningStep returning = runner.start(back);
        Map<?, ?> result = (Map<?, ?>) returning.value(BOUND);

        assertEquals("DONE", result.get("outcome"));
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of("off1", "web1"), on("compute1"));
        assertEquals(
                "nodeReturn compute1",
                returning.node().getAction(LabelAction.class).getDisplayName());
    }

    @Test
    public void aManifestNamesWhoComesHome() throws Exception {
        start(hosts());
        NodeEvacuateStep evacuate = new NodeEvacuateStep("compute1");
        evacuate.setConfirm("auto");
        Map<?, ?> left = (Map<?, ?>) runner.start(evacuate).value(BOUND);
        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setBringHome(true);
        back.setManifest(((List<?>) left.get("servers"))
                .stream()
                        .filter(server -> "web1".equals(((Map<?, ?>) server).get("name")))
                        .toList());

        runner.start(back).value(BOUND);

        assertEquals(List.of("web1"), on("compute1"));
        NodeReturnStep bad = new NodeReturnStep("compute1");
        bad.setManifest(List.of(7));
        has(runner.start(bad).failure(BOUND).getMessage(), "manifest: '7' will not do");
        NodeMaintenanceStep unseen = new NodeMaintenanceStep("compute1");
        unseen.setWatch(Map.of("web1", "10.0.0.5:22"));
        has(
                runner.start(unseen).failure(BOUND).getMessage(),
                "watch['web1']: '10.0.0.5:22' will not do; give tcp://HOST:PORT");
    }

    @Test
    public void aDryRunRunsNoBlock() throws Exception {
        start(hosts());
        NodeMaintenanceStep step = maintenance();
        step.setDryRun(true);

        Map<?, ?> result = (Map<?, ?>) runner.start(step, block).value(BOUND);

        assertEquals("PLANNED", result.get("outcome"));
        assertEquals(0, block.times());
        assertTrue(cloud.enabled("compute1"));
        NodeReturnStep look = new NodeReturnStep("compute1");
        look.setDryRun(true);
        has(
                String.valueOf(((Map<?, ?>) runner.start(look).value(BOUND)).get("message")),
                "looks fit. Nothing was changed");
    }

    @Test
    public void aDrainThatIsNotCompleteRunsNoBlock() throws Exception {
        start(hosts().server("erp", s -> s.status("SUSPENDED")));
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setReason("CHG-4711");
        RunningStep step = runner.start(maintenance, block);

        String message = step.failure(BOUND).getMessage();
        has(message, "erp", "SUSPENDED", "run this again");

        assertEquals(0, block.times());
        has(cloud.disabledReason("compute1"), "maintenance#1 for: CHG-4711 failed: the host could not be emptied: ");
        assertEquals(
                "the cordon is told once, as it is now\n" + message, 2, message.split("stays cordoned", -1).length);
        has(message, "stays cordoned (" + cloud.disabledReason("compute1") + ")");
    }

    @Test
    public void unconfirmedServersKeepTheBlockFromTheirOldDisks() throws Exception {
        start(hosts());
        NodeMaintenanceStep manual = new NodeMaintenanceStep("compute1");
        RunningStep refused = runner.start(manual, block);
        has(
                refused.failure(BOUND).getMessage(),
                "1 server in VERIFY_RESIZE",
                "its old disks are on compute1",
                "runUnconfirmed: true");
        assertEquals(0, block.times());

        NodeMaintenanceStep told = new NodeMaintenanceStep("compute1");
        told.setRunUnconfirmed(true);
        RunningStep step = runner.start(told, block);
        block.awaitBegin(BOUND).end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals("VERIFY_RESIZE", cloud.server("off1").status());
    }

    @Test
    public void abortingInTheBlockIsAnAbortAndTheCordonSaysSo() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        has(cloud.disabledReason("compute1"), "maintenance#1 failed: aborted by the test");
        assertFalse(cloud.enabled("compute1"));
    }

    @Test
    public void abortingWhileTheHostIsWaitedForIsAnAbort() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        cloud.kill("compute1");
        block.end();
        step.awaitConsole("Waiting for its nova-compute to report", BOUND);
        has(step.status(), "waiting until compute1 is fit");
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        has(cloud.disabledReason("compute1"), "failed: aborted");
    }

    @Test
    public void aHostThatWasDownIsWaitedFor() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        cloud.kill("compute1");
        block.end();
        step.awaitConsole("Waiting for its nova-compute to report", BOUND);
        assertFalse(cloud.enabled("compute1"));
        cloud.restart("compute1");
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aDeadHostIsForcedUpOnlyWhenItsOldGuestsAreGone() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.down())
                .server("db1", s -> s.volumeBacked()));
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setDeadHost(Groups.deadHost(true, null));
        maintenance.setBringHome(true);
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND);
        block.end();
        step.awaitConsole("rebuilt elsewhere to be cleaned up", BOUND);
        cloud.restart("compute1");
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(List.of("db1"), on("compute1"));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aHostThatSomebodyElseDisabledStaysDisabled() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.disabled("rack move, Ann"))
                .server("web1"));
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).end();
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals(true, result.get("ready"));
        assertEquals(false, result.get("enabled"));
        assertEquals("rack move, Ann", cloud.disabledReason("compute1"));
    }

    /** Inside the block it may: NodeMaintenancePipelineTest. */
    @Test
    public void nodeEvacuateOfTheSameHostBesideTheBlockIsRefused() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        Throwable refusal = runner.start(new NodeEvacuateStep("compute1")).failure(BOUND);
        has(refusal.getMessage(), "is held by maintenance#1");
        block.end();
        step.value(BOUND);
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aCrashInEachPartGoesOn() throws Exception {
        start(hosts());
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setBringHome(true);
        RunningStep step = runner.start(maintenance, block);
        step.awaitConsole("live migration taken by Nova", BOUND);
        crash(step);
        block.awaitBegin(BOUND);
        crash(step);
        cloud.kill("compute1");
        block.end();
        step.awaitConsole("Waiting for its nova-compute to report", BOUND);
        crash(step);
        cloud.restart("compute1");
        step.awaitConsole("Coming home: 2 servers", BOUND);
        crash(step);

        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals("the block ran once", 1, block.times());
        assertEquals(List.of("off1", "web1"), on("compute1"));
        has(step.console(), "going on from the saved state");
    }

    @Test
    public void aRestartInTheBlockKeepsTheBlock() throws Exception {
        start(hosts());
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        step.restart();
        has(step.status(), "the block is at work");
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        has(cloud.disabledReason("compute1"), "failed: aborted");
    }

    private static void crash(RunningStep step) throws InterruptedException {
        ((MaintenanceExecution) step.execution()).suspend();
        step.crash();
    }
}
