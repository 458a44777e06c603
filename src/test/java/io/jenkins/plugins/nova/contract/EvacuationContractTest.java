package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.simulator.Operation;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Rebuilding a dead host's servers elsewhere. */
public class EvacuationContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private Boot here(String name) {
        return Boot.named(name).on(cloud.host(1));
    }

    /** Rebuilt: the migration is done, and the server has got to where it says. */
    private Server awaitRebuilt(String id, String status) {
        Migration migration = cloud.awaitMigration(id, "done");
        assertEquals("evacuation", migration.type());
        assertEquals(cloud.host(1), migration.sourceHost());
        Server server = cloud.awaitStatus(id, status);
        assertEquals(migration.targetHost(), server.host());
        return server;
    }

    @Test
    public void activeStoppedAndErrorAreRebuilt() {
        List<String> ids = cloud.boot(
                here("web"), here("off").in(Boot.State.SHUTOFF), here("broken").in(Boot.State.ERROR));
        cloud.killAndForceDown(cloud.host(1));
        for (String id : ids) {
            Receipt receipt = cloud.admin().evacuate(id, null);
            assertEquals(200, receipt.status());
            assertEquals(
                    "evacuate", cloud.admin().action(id, receipt.requestId()).action());
        }
        assertNotEquals(cloud.host(1), awaitRebuilt(ids.get(0), "ACTIVE").host());
        assertNotEquals(cloud.host(1), awaitRebuilt(ids.get(1), "SHUTOFF").host());
        Server rebuilt = awaitRebuilt(ids.get(2), "ACTIVE");
        assertNull(rebuilt.fault());

        // "done" until the dead host's nova-compute starts and deletes its copies; no forcing up before that
        assertRefused(
                400,
                "Unable to force up host " + cloud.host(1) + " as `done` evacuation migration records remain associated"
                        + " with the host. Ensure the compute service has been restarted, allowing these records to move"
                        + " to `completed` before retrying this request.",
                () -> cloud.admin().forceDown(cloud.service(cloud.host(1)).id(), false));
        cloud.revive(cloud.host(1));
        ids.forEach(id -> cloud.awaitMigration(id, "completed"));
    }

    @Test
    public void toANamedHost() {
        String id = cloud.boot(here("web"));
        cloud.killAndForceDown(cloud.host(1));
        cloud.admin().evacuate(id, cloud.host(2));
        assertEquals(cloud.host(2), awaitRebuilt(id, "ACTIVE").host());
    }

    @Test
    public void theSourceOrAnUnknownTargetIsRefused() {
        String id = cloud.boot(here("web"));
        cloud.killAndForceDown(cloud.host(1));
        assertRefused(404, "Compute host nosuch not found.", () -> cloud.admin().evacuate(id, "nosuch"));
        assertRefused(
                400,
                "The target host can't be the same one.",
                () -> cloud.admin().evacuate(id, cloud.host(1)));
    }

    @Test
    public void pausedSuspendedAndResizedAreRefused() {
        List<String> ids =
                cloud.boot(here("frozen").in(Boot.State.PAUSED), here("asleep").in(Boot.State.SUSPENDED));
        cloud.killAndForceDown(cloud.host(1));
        List<String> states = List.of("paused", "suspended");
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            assertRefused(
                    409,
                    "Cannot 'evacuate' instance " + id + " while it is in vm_state " + states.get(i),
                    () -> cloud.admin().evacuate(id, null));
        }
    }

    @Test
    public void ofALivingHostIsRefused() {
        String id = cloud.boot(here("web"));
        assertRefused(
                400,
                "Compute service of " + cloud.host(1) + " is still in use.",
                () -> cloud.admin().evacuate(id, null));
    }

    @Test
    public void aDeadHostReadsUpUntilItHasBeenSilentForTooLong() {
        String id = cloud.boot(here("web"));
        cloud.kill(cloud.host(1));
        assertTrue(cloud.service(cloud.host(1)).up());
        assertRefused(
                400,
                "Compute service of " + cloud.host(1) + " is still in use.",
                () -> cloud.admin().evacuate(id, null));
        ComputeService down =
                cloud.await("the service reads down", () -> cloud.service(cloud.host(1)), service -> !service.up());
        assertFalse(down.forcedDown());
        cloud.admin().evacuate(id, null);
        awaitRebuilt(id, "ACTIVE");
    }

    @Test
    public void noValidHostLeavesAnErrorThatCanBeEvacuatedAgain() {
        String id = cloud.boot(here("web"));
        cloud.killAndForceDown(cloud.host(1));
        List<ComputeService> others = cloud.admin().computeServices().stream()
                .filter(service -> !service.host().equals(cloud.host(1)))
                .toList();
        others.forEach(service -> cloud.admin().disableService(service.id(), "contract"));
        assertEquals(200, cloud.admin().evacuate(id, null).status());
        Server server = cloud.awaitStatus(id, "ERROR");
        assertEquals(cloud.host(1), server.host());
        assertEquals("No valid host was found. There are not enough hosts available.", server.fault());
        cloud.awaitMigration(id, "error");
        others.forEach(service -> cloud.admin().enableService(service.id()));
        cloud.admin().evacuate(id, null);
        awaitRebuilt(id, "ACTIVE");
    }

    @Test
    public void aFailureWhileSpawningLeavesAnErrorThatCanBeEvacuatedAgain() {
        String id = cloud.boot(here("web"));
        cloud.killAndForceDown(cloud.host(1));
        cloud.fails("web", Operation.SPAWN);
        cloud.admin().evacuate(id, null);
        Server server = cloud.awaitStatus(id, "ERROR");
        assertEquals("told to fail spawn of web", server.fault());
        assertEquals(cloud.host(1), server.host());
        cloud.awaitMigration(id, "failed");
        cloud.behave();
        cloud.admin().evacuate(id, null);
        awaitRebuilt(id, "ACTIVE");
    }
}
