package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** nodeMaintenance and nodeReturn with a canary, as Pipeline runs them; what can become of it is CanaryTrialTest's. */
public class CanaryStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String IMAGE = "11111111-1111-4111-8111-111111111111";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .user("operator", "secret", "ops", "admin")
                .startingAt(Instant.now())
                .start();
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private static NodeMaintenanceStep maintenance() {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setCanary(Groups.canary(IMAGE, "1", null));
        return step;
    }

    private List<String> servers() {
        return cloud.servers().stream().map(ServerState::name).toList();
    }

    @Test
    public void aRestartAndACrashInTheMiddleMakeNoSecondCanary() throws Exception {
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).end();
        step.awaitConsole("Canary: it is server", BOUND);
        assertTrue(step.status(), step.status().startsWith("canary nova-maintenance-canary-compute1 boots"));
        crash(step);
        step.awaitConsole("is rebooted hard on compute1", BOUND);
        crash(step);
        step.awaitConsole("is live migrated off compute1", BOUND);
        step.restart();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of("web1"), servers());
        assertEquals(1, cloud.audit().of("POST", "^/servers$").size());
        String page =
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).log().toString();
        assertTrue(page, page.contains("booted on compute1, moved and is gone"));
        DrainReport report = HostMaintenanceAction.of(runner.run()).getDrains().get(0);
        assertEquals("the host is open again", DrainReport.OPEN, report.hostState());
        assertEquals("DONE", report.canary().outcome());
        assertEquals(
                List.of("waiting", "boot", "live", "reboot", "live", "live", "delete"),
                report.canary().segments().stream().map(Segment::kind).toList());
        assertTrue(HostMaintenanceAction.of(runner.run())
                .getFragment()
                .contains("canary nova-maintenance-canary-compute1"));
        assertFalse("the guest's password is nobody's", step.console().contains("adminPass"));
    }

    private static void crash(RunningStep step) throws InterruptedException {
        ((MaintenanceExecution) step.execution()).suspend();
        step.crash();
    }

    @Test
    public void anAbortWhileItIsTriedIsAnAbortAndLeavesNoCanary() throws Exception {
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).end();
        step.awaitConsole("is live migrated onto compute1", BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        assertEquals(List.of("web1"), servers());
        String reason = cloud.disabledReason("compute1");
        assertTrue(reason, reason.contains("failed: aborted "));
    }

    @Test
    public void afterAFailureNodeReturnTriesItAgain() throws Exception {
        cloud.faults().on("POST", "^/servers$").status(403, "Quota exceeded for cores");
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).end();
        String message = step.failure(BOUND).getMessage();
        assertTrue(message, message.contains("its canary: booting was refused"));
        assertTrue(message, message.contains("nodeReturn host: 'compute1'"));
        assertFalse(cloud.enabled("compute1"));
        DrainReport report = HostMaintenanceAction.of(runner.run()).getDrains().get(0);
        assertEquals("FAILED", report.canary().outcome());
        assertTrue(report.canary().reason(), report.canary().reason().startsWith("its canary"));
        assertEquals(DrainReport.CLOSED, report.hostState());

        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setCanary(Groups.canary(IMAGE, "1", null));
        assertEquals("DONE", ((Map<?, ?>) runner.start(back).value(BOUND)).get("outcome"));
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of("web1"), servers());
    }

    @Test
    public void whatIsNotWholeIsRefusedBeforeAnythingIsDone() throws Exception {
        refused("canary.flavor: is missing", IMAGE, null, null);
        refused("canary.image: is missing", null, "1", null);
        refused("canary.image: 'cirros' will not do; give the image's id", "cirros", "1", null);
        refused("canary.network: 'lan' will not do; give the network's id", IMAGE, "1", "lan");
        refused("canary.network: 'lan' will not do; name image", null, null, "lan");
        assertEquals(List.of(), cloud.audit().changes());
    }

    @Test
    public void anUnknownFlavorIsRefusedBeforeTheHostIsEmptied() throws Exception {
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.getCanary().setFlavor("m1.small");
        String message = runner.start(maintenance, block).failure(BOUND).getMessage();
        assertTrue(message, message.contains("canary.flavor: there is no flavor with the id 'm1.small'; give the id"));
        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setCanary(Groups.canary(IMAGE, "m1.small", null));
        message = runner.start(back).failure(BOUND).getMessage();
        assertTrue(message, message.contains("canary.flavor: there is no flavor with the id 'm1.small'; give the id"));
        assertEquals(List.of(), cloud.audit().changes());
    }

    private void refused(String words, String image, String flavor, String network) throws Exception {
        NodeReturnStep step = new NodeReturnStep("compute1");
        step.setCanary(Groups.canary(image, flavor, network));
        String message = runner.start(step).failure(BOUND).getMessage();
        assertTrue(message, message.startsWith(words));
    }
}
