package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** How a server of one's own gets onto a host whose service is disabled, and what nodeReturn makes of it. */
public class CanaryContractTest {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final String OURS = "nova-maintenance: contract#1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private final String name = "contract-canary-" + UUID.randomUUID();
    private CloudFixture settings;
    private StepRunner runner;
    private String host;

    @Before
    public void closeTheHost() {
        settings = CloudFixture.begin();
        Login.Password admin = cloud.login(CloudUnderTest.Role.ADMIN);
        settings.credential(CloudFixture.password("admin", admin.user(), admin.password(), admin.project()));
        settings.cloud("nova", cloud.identityUrl(), null, "admin");
        runner = cloud.inItsTime(new StepRunner(folder.getRoot()));
        host = cloud.host(3);
        cloud.admin().disableService(cloud.service(host).id(), OURS);
    }

    @After
    public void end() {
        for (String each : List.of(name, canary())) {
            cloud.admin().serversNamed(each).forEach(server -> cloud.admin().deleteServer(server.id()));
            cloud.await("no server " + each, () -> cloud.admin().serversNamed(each), List::isEmpty);
        }
        runner.close();
        settings.close();
    }

    private String canary() {
        return "nova-maintenance-canary-" + host;
    }

    private NewServer wanted(String image, String flavor, String zone) {
        return new NewServer(name, image, flavor, null, zone, Map.of("nova-maintenance-contract", "yes"));
    }

    private String create() {
        cloud.admin()
                .createServer(wanted(
                        cloud.imageId(), cloud.flavorId(), cloud.service(host).zone()));
        List<Server> found = cloud.admin().serversNamed(name);
        assertEquals("it is listed once its request is answered", 1, found.size());
        assertEquals("yes", found.get(0).metadata().get("nova-maintenance-contract"));
        return found.get(0).id();
    }

    private String words(String id, Receipt receipt) {
        return cloud.admin().action(id, receipt.requestId()).events().stream()
                .map(InstanceAction.Event::details)
                .filter(details -> details != null && !details.isBlank())
                .findFirst()
                .orElse("");
    }

    @Test
    public void onlyALiveMigrationWithoutTheSchedulerGetsOntoAClosedHost() {
        String id = create();
        Server booted = cloud.awaitStatus(id, "ACTIVE");
        assertFalse("the scheduler leaves it out", host.equals(booted.host()));

        Receipt scheduled = cloud.admin().liveMigrate(id, host, BlockMigration.AUTO);
        cloud.awaitMigration(id, "error");
        cloud.awaitStatus(id, "ACTIVE");
        assertEquals("No valid host was found. ", words(id, scheduled));

        cloud.admin().liveMigrateUnscheduled(id, host);
        cloud.awaitMigration(id, "completed");
        assertEquals(host, cloud.awaitStatus(id, "ACTIVE").host());

        Receipt reboot = cloud.admin().rebootHard(id);
        assertEquals("HARD_REBOOT", cloud.admin().server(id).status());
        cloud.awaitStatus(id, "ACTIVE");
        InstanceAction rebooted = cloud.admin().action(id, reboot.requestId());
        assertEquals("reboot", rebooted.action());
        assertEquals(
                List.of("compute_reboot_instance Success " + host),
                rebooted.events().stream()
                        .map(event -> event.event() + " " + event.result() + " " + event.host())
                        .toList());

        cloud.admin().liveMigrate(id, null, BlockMigration.AUTO);
        cloud.await(
                "it has left " + host,
                () -> cloud.newest(id),
                newest -> newest.status().equals("completed") && host.equals(newest.sourceHost()));
        cloud.admin().deleteServer(id);
        assertEquals("deleting is taken twice", 204, deleted(id));
        cloud.await("it is gone", () -> cloud.admin().serversNamed(name), List::isEmpty);
        assertRefused(
                404,
                "Instance " + id + " could not be found.",
                () -> cloud.admin().deleteServer(id));
    }

    /** It may be gone by then. */
    private int deleted(String id) {
        try {
            return cloud.admin().deleteServer(id).status();
        } catch (NovaException.Refused gone) {
            return gone.status() == 404 ? 204 : gone.status();
        }
    }

    @Test
    public void withoutTheSchedulerNovaStillLooksAtTheTarget() {
        String id = create();
        String at = cloud.awaitStatus(id, "ACTIVE").host();
        Receipt self = cloud.admin().liveMigrateUnscheduled(id, at);
        cloud.awaitMigration(id, "error");
        cloud.awaitStatus(id, "ACTIVE");
        assertEquals("Unable to migrate instance (" + id + ") to current host (" + at + ").", words(id, self));

        cloud.needControl();
        cloud.killAndForceDown(host);
        Receipt dead = cloud.admin().liveMigrateUnscheduled(id, host);
        cloud.await("refused", () -> words(id, dead), words -> !words.isEmpty());
        assertEquals("Compute service of " + host + " is unavailable at this time.", words(id, dead));
        assertEquals(at, cloud.awaitStatus(id, "ACTIVE").host());
    }

    @Test
    public void whatAServerCannotBeMadeOfIsRefused() {
        String nothing = "99999999-9999-4999-8999-999999999999";
        assertRefused(
                400,
                "Can not find requested image",
                () -> cloud.admin().createServer(wanted(nothing, cloud.flavorId(), null)));
        assertRefused(
                400,
                "Flavor nosuch could not be found.",
                () -> cloud.admin().createServer(wanted(cloud.imageId(), "nosuch", null)));
        assertRefused(
                400,
                "The requested availability zone is not available",
                () -> cloud.admin().createServer(wanted(cloud.imageId(), cloud.flavorId(), "moon")));
        assertRefused(
                400,
                "Network " + nothing + " could not be found.",
                () -> cloud.admin()
                        .createServer(new NewServer(name, cloud.imageId(), cloud.flavorId(), nothing, null, Map.of())));
        assertEquals(List.of(), cloud.admin().serversNamed(name));
    }

    private NodeReturnStep step() {
        NodeReturnStep step = new NodeReturnStep(host);
        step.setCanary(Groups.canary(cloud.imageId(), cloud.flavorId(), null));
        return step;
    }

    @Test
    public void anUnknownFlavorIsToldBeforeAnythingIsChanged() throws Exception {
        NodeReturnStep step = step();
        step.getCanary().setFlavor("nosuch");
        String message = runner.start(step).failure(BOUND).getMessage();
        assertTrue(message, message.contains("canary.flavor: there is no flavor with the id 'nosuch'"));
        assertEquals("the cordon is as it was", OURS, cloud.service(host).disabledReason());
    }

    @Test
    public void aHostIsOpenedAfterItsCanaryHasCome() throws Exception {
        RunningStep step = runner.start(step());
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        assertEquals(step.console(), "DONE", result.get("outcome"));
        assertTrue(step.console(), step.console().contains("is rebooted hard on " + host));
        assertTrue(cloud.service(host).enabled());
        assertNull(cloud.service(host).disabledReason());
        assertEquals(List.of(), cloud.admin().serversNamed(canary()));
    }

    @Test
    public void aHostOntoWhichItsCanaryCannotComeStaysClosed() throws Exception {
        cloud.needControl();
        RunningStep step = runner.start(step());
        step.awaitConsole("Canary: it is server", BOUND);
        cloud.fails(canary(), Operation.LIVE);
        step.failure(BOUND);
        String reason = cloud.service(host).disabledReason();
        assertTrue(reason, reason.contains(" failed: its canary "));
        assertTrue(reason, reason.contains(": live migrating onto " + host + " failed"));
        assertEquals(List.of(), cloud.admin().serversNamed(canary()));
    }

    @Test
    public void anAbortDeletesTheCanaryInTheMiddleOfItsMove() throws Exception {
        cloud.needControl();
        RunningStep step = runner.start(step());
        step.awaitConsole("Canary: it is server", BOUND);
        String id = cloud.admin().serversNamed(canary()).get(0).id();
        cloud.liveSeconds(canary(), 20);
        step.awaitConsole("is live migrated onto", BOUND);
        cloud.awaitMigration(id, "running");
        step.stop();
        step.failure(BOUND);
        String reason = cloud.service(host).disabledReason();
        assertTrue(reason, reason.contains(" failed: aborted "));
        assertEquals(List.of(), cloud.admin().serversNamed(canary()));
    }
}
