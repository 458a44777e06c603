package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.simulator.Operation;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Cold migration, VERIFY_RESIZE, and the two ways out of it. */
public class ColdMigrationContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    @Test
    public void movesToAHostOfNovasChoiceAndWaitsInVerifyResize() {
        String id = cloud.bootHere("web");
        Receipt receipt = cloud.admin().migrate(id, null);
        assertEquals(202, receipt.status());
        Server server = cloud.awaitStatus(id, "VERIFY_RESIZE");
        assertEquals("resized", server.vmState());
        assertNotEquals(cloud.host(1), server.host());
        Migration migration = cloud.newest(id);
        assertEquals("migration finished", migration.type() + " " + migration.status());
        assertEquals(cloud.host(1), migration.sourceHost());
        assertEquals(server.host(), migration.targetHost());
        InstanceAction action = cloud.admin().action(id, receipt.requestId());
        assertEquals("migrate", action.action());
        assertEquals(
                List.of(
                        "cold_migrate",
                        "compute_finish_resize",
                        "compute_prep_resize",
                        "compute_resize_instance",
                        "conductor_migrate_server"),
                action.events().stream()
                        .map(InstanceAction.Event::event)
                        .sorted()
                        .toList());
    }

    @Test
    public void confirmed() {
        String id = cloud.bootAndMigrate(Boot.named("web"));
        Receipt receipt = cloud.admin().confirmResize(id);
        assertEquals(204, receipt.status());
        Server server = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(cloud.host(2), server.host());
        assertEquals("confirmed", cloud.newest(id).status());
        assertEquals(
                "confirmResize", cloud.admin().action(id, receipt.requestId()).action());
    }

    @Test
    public void reverted() {
        String id = cloud.bootAndMigrate(Boot.named("web"));
        Receipt receipt = cloud.admin().revertResize(id);
        assertEquals(202, receipt.status());
        Server server = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(cloud.host(1), server.host());
        Migration migration = cloud.newest(id);
        assertEquals("reverted", migration.status());
        assertEquals(cloud.host(1), migration.sourceHost());
        assertEquals(
                "revertResize", cloud.admin().action(id, receipt.requestId()).action());
    }

    @Test
    public void shutoffStaysShutoffWhenConfirmed() {
        String id = cloud.bootAndMigrate(Boot.named("off").in(Boot.State.SHUTOFF));
        assertEquals(4, cloud.admin().server(id).powerState());
        cloud.admin().confirmResize(id);
        Server server = cloud.awaitStatus(id, "SHUTOFF");
        assertEquals(cloud.host(2), server.host());
        assertEquals("stopped", server.vmState());
    }

    @Test
    public void shutoffStaysShutoffWhenReverted() {
        String id = cloud.bootAndMigrate(Boot.named("off").in(Boot.State.SHUTOFF));
        cloud.admin().revertResize(id);
        assertEquals(cloud.host(1), cloud.awaitStatus(id, "SHUTOFF").host());
    }

    @Test
    public void confirmAndRevertAreRefusedAtAnyOtherTime() {
        String id = cloud.bootHere("web");
        assertRefused(
                409,
                "Cannot 'confirmResize' instance " + id + " while it is in vm_state active",
                () -> cloud.admin().confirmResize(id));
        assertRefused(
                409,
                "Cannot 'revertResize' instance " + id + " while it is in vm_state active",
                () -> cloud.admin().revertResize(id));
    }

    @Test
    public void aResizedServerMovesNoFurther() {
        String id = cloud.bootAndMigrate(Boot.named("web"));
        assertRefused(
                409,
                "Cannot 'migrate' instance " + id + " while it is in vm_state resized",
                () -> cloud.admin().migrate(id, null));
    }

    @Test
    public void pausedSuspendedAndErrorAreRefused() {
        String host = cloud.host(1);
        List<String> ids = cloud.boot(
                Boot.named("frozen").on(host).in(Boot.State.PAUSED),
                Boot.named("asleep").on(host).in(Boot.State.SUSPENDED),
                Boot.named("broken").on(host).in(Boot.State.ERROR));
        List<String> states = List.of("paused", "suspended", "error");
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            assertRefused(
                    409,
                    "Cannot 'migrate' instance " + id + " while it is in vm_state " + states.get(i),
                    () -> cloud.admin().migrate(id, null));
        }
    }

    @Test
    public void theSourceOrAnUnknownTargetIsRefused() {
        String id = cloud.bootHere("web");
        assertRefused(
                400,
                "Cannot migrate to the host where the server exists.",
                () -> cloud.admin().migrate(id, cloud.host(1)));
        assertRefused(
                400,
                "Compute host nosuch could not be found.",
                () -> cloud.admin().migrate(id, "nosuch"));
    }

    @Test
    public void noValidHostIsToldByTheActionOnly() {
        String id = cloud.bootHere("web");
        String host = cloud.host(1);
        cloud.admin().computeServices().stream()
                .filter(service -> !service.host().equals(host))
                .forEach(service -> cloud.admin().disableService(service.id(), "contract"));
        Receipt receipt = cloud.admin().migrate(id, null);
        assertEquals(202, receipt.status());
        assertEquals("migration", cloud.awaitMigration(id, "error").type());
        Server after = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(host, after.host());
        assertNull(after.fault());
        List<InstanceAction.Event> failures = cloud.admin().action(id, receipt.requestId()).events().stream()
                .filter(event -> "Error".equals(event.result()))
                .toList();
        assertEquals(
                List.of("cold_migrate", "conductor_migrate_server"),
                failures.stream().map(InstanceAction.Event::event).sorted().toList());
        for (InstanceAction.Event event : failures) {
            assertEquals("No valid host was found. No valid host found for cold migrate", event.details());
        }
    }

    @Test
    public void aFailureWhileCopyingLeavesAnErrorOnTheSource() {
        String id = cloud.bootHere("web");
        cloud.needControl();
        cloud.fails("web", Operation.COLD);
        cloud.admin().migrate(id, cloud.host(2));
        Server server = cloud.awaitStatus(id, "ERROR");
        assertEquals(cloud.host(1), server.host());
        assertEquals("told to fail cold of web", server.fault());
        cloud.awaitMigration(id, "error");
    }

    @Test
    public void aFailureAtTheEndLeavesAnErrorOnTheTarget() {
        String id = cloud.bootHere("web");
        cloud.needControl();
        cloud.fails("web", Operation.FINISH);
        cloud.admin().migrate(id, cloud.host(2));
        Server server = cloud.awaitStatus(id, "ERROR");
        assertEquals(cloud.host(2), server.host());
        assertEquals("told to fail finish of web", server.fault());
        cloud.awaitMigration(id, "error");
    }

    @Test
    public void withTheSourceDownNothingMovesAndNothingIsConfirmed() {
        String moved = cloud.bootAndMigrate(Boot.named("moved"));
        String here = cloud.bootHere("here");
        cloud.killAndForceDown(cloud.host(1));
        assertRefused(
                409, "Service is unavailable at this time.", () -> cloud.admin().migrate(here, null));
        assertRefused(
                409, "Service is unavailable at this time.", () -> cloud.admin().confirmResize(moved));
        assertEquals("finished", cloud.newest(moved).status());
    }

    @Test
    public void aLockStopsTheOwnerAndNotTheAdmin() {
        String id = cloud.bootAndMigrate(Boot.named("precious"));
        cloud.scene().lock(id, "do not touch");
        Server server = cloud.admin().server(id);
        assertTrue(server.locked());
        assertEquals("do not touch", server.lockedReason());
        assertRefused(
                409,
                "Instance " + id + " is locked",
                () -> cloud.as(CloudUnderTest.Role.MEMBER).confirmResize(id));
        assertEquals(204, cloud.admin().confirmResize(id).status());
        cloud.awaitStatus(id, "ACTIVE");
    }
}
