package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A host goes out of service and comes back: what its nova-compute and Nova's records show on the way. */
public class MaintenanceContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private final HandBlock block = new HandBlock();
    private CloudFixture settings;
    private StepRunner runner;
    private String host;

    @Before
    public void configure() {
        settings = CloudFixture.begin();
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
        host = cloud.host(3);
    }

    @After
    public void end() {
        if (runner != null) {
            runner.close();
        }
        if (settings != null) {
            settings.close();
        }
    }

    private NodeMaintenanceStep maintenance() {
        NodeMaintenanceStep step = new NodeMaintenanceStep(host);
        step.setBringHome(true);
        return step;
    }

    private void isBack(RunningStep step, String server) throws InterruptedException {
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals("DONE", result.get("outcome"));
        assertEquals(host, cloud.admin().server(server).host());
        ComputeService service = cloud.service(host);
        assertTrue(service.enabled() && service.up());
        assertEquals(null, service.disabledReason());
    }

    @Test
    public void aHostWhoseComputeRestartsIsWaitedForAndItsServerComesHome() throws Exception {
        String id = cloud.boot(Boot.named("web").on(host));
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        assertEquals(List.of(), cloud.admin().serversOn(host));
        cloud.kill(host);
        block.end();
        step.awaitConsole("Waiting for its nova-compute to report", BOUND);
        assertFalse(cloud.service(host).enabled());
        cloud.startHost(host);
        isBack(step, id);
    }

    @Test
    public void aDeadHostIsForcedUpAfterItsEvacuationsAreCompleted() throws Exception {
        String id = cloud.boot(Boot.named("web").on(host));
        cloud.kill(host);
        NodeMaintenanceStep rescue = maintenance();
        rescue.setDeadHost(Groups.deadHost(true, true));
        RunningStep step = runner.start(rescue, block);
        block.awaitBegin(BOUND);
        assertEquals(
                1,
                cloud.admin()
                        .migrations(MigrationQuery.from(host).inStatus("done"))
                        .size());
        block.end();
        step.awaitConsole("rebuilt elsewhere to be cleaned up", BOUND);
        assertTrue(cloud.service(host).forcedDown());
        cloud.startHost(host);
        isBack(step, id);
        assertEquals(
                List.of(), cloud.admin().migrations(MigrationQuery.from(host).inStatus("done")));
    }

    @Test
    public void theCordonSaysWhatFailedAndNodeReturnGoesOn() throws Exception {
        String id = cloud.boot(Boot.named("web").on(host));
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND).fail(new IllegalStateException("firmware: " + "x".repeat(300)));
        step.failure(BOUND);
        String reason = cloud.service(host).disabledReason();
        assertTrue(reason, reason.startsWith("nova-maintenance: maintenance#1 failed: the block failed: firmware: xx"));
        assertEquals(255, reason.length());
        NodeReturnStep back = new NodeReturnStep(host);
        back.setBringHome(true);
        isBack(runner.start(back), id);
    }

    @Test
    public void serversThatAreNotWhatTheyWereComeHomeAsTheyAreOrStay() throws Exception {
        List<String> ids = cloud.boot(
                Boot.named("stopped").on(host),
                Boot.named("locked").on(host),
                Boot.named("resized").on(host),
                Boot.named("deleted").on(host));
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setConfirm("auto");
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND);
        cloud.scene().enter(ids.get(0), Boot.State.SHUTOFF);
        cloud.scene().lock(ids.get(1), "mine");
        cloud.admin().migrate(ids.get(2), null);
        cloud.admin().deleteServer(ids.get(3));
        cloud.awaitStatus(ids.get(0), "SHUTOFF");
        String elsewhere = cloud.awaitStatus(ids.get(2), "VERIFY_RESIZE").host();
        cloud.await(
                "it is deleted",
                () -> cloud.admin().serversNamed("deleted"),
                found -> found.stream().noneMatch(server -> server.id().equals(ids.get(3))));
        block.end();
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals("DONE", result.get("outcome"));
        assertEquals(host, cloud.awaitStatus(ids.get(0), "SHUTOFF").host());
        assertEquals(host, cloud.awaitStatus(ids.get(1), "ACTIVE").host());
        assertEquals(elsewhere, cloud.awaitStatus(ids.get(2), "VERIFY_RESIZE").host());
        String message = String.valueOf(result.get("message"));
        assertTrue(message, message.contains("2 of 2 servers came home"));
        assertTrue(message, message.contains("waits in VERIFY_RESIZE on " + elsewhere));
        assertTrue(message, message.contains("was deleted meanwhile"));
    }
}
