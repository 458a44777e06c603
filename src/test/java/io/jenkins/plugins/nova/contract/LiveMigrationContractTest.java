package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.simulator.Operation;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** Live migration: its way, its queue, its refusals and its failures. */
public class LiveMigrationContractTest {
    private static final String NO_CANDIDATES = "No valid host was found. ";
    private static final String NOT_ENOUGH_HOSTS = NO_CANDIDATES + "There are not enough hosts available.";

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private Receipt live(String id, String target) {
        return cloud.admin().liveMigrate(id, target, BlockMigration.AUTO);
    }

    /** The event of an action that ended badly. */
    private InstanceAction.Event failure(String id, Receipt receipt) {
        return cloud.admin().action(id, receipt.requestId()).events().stream()
                .filter(event -> "Error".equals(event.result()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void movesToAHostOfNovasChoice() {
        cloud.host(3);
        String id = cloud.bootHere("web");
        Receipt receipt = live(id, null);
        assertEquals(202, receipt.status());
        assertTrue(receipt.requestId(), receipt.requestId().startsWith("req-"));
        Server during = cloud.admin().server(id);
        assertEquals("MIGRATING migrating", during.status() + " " + during.taskState());
        assertEquals(cloud.host(1), during.host());
        Migration migration = cloud.awaitMigration(id, "completed");
        assertEquals("live-migration", migration.type());
        assertEquals(id, migration.serverId());
        assertEquals(cloud.host(1), migration.sourceHost());
        assertTrue(migration.ended() && !migration.bad());
        Server after = cloud.admin().server(id);
        assertEquals(migration.targetHost(), after.host());
        assertNotEquals(cloud.host(1), after.host());
        assertEquals("ACTIVE active", after.status() + " " + after.vmState());
        assertNull(after.taskState());
        assertEquals(1, after.powerState());
        assertEquals(List.of(), cloud.admin().serverMigrations(id));
    }

    @Test
    public void movesToANamedHost() {
        String id = cloud.bootHere("web");
        live(id, cloud.host(2));
        assertEquals(cloud.host(2), cloud.awaitMigration(id, "completed").targetHost());
        assertEquals(cloud.host(2), cloud.admin().server(id).host());
    }

    @Test
    public void theActionTellsItsEvents() {
        String id = cloud.bootHere("web");
        Receipt receipt = live(id, cloud.host(2));
        cloud.awaitMigration(id, "completed");
        InstanceAction action = cloud.admin().action(id, receipt.requestId());
        assertEquals("live-migration", action.action());
        assertEquals(receipt.requestId(), action.requestId());
        assertNull(action.message());
        assertEquals(
                List.of(
                        "compute_check_can_live_migrate_destination",
                        "compute_check_can_live_migrate_source",
                        "compute_live_migration",
                        "compute_post_live_migration_at_destination",
                        "compute_pre_live_migration",
                        "conductor_live_migrate_instance"),
                action.events().stream()
                        .map(InstanceAction.Event::event)
                        .sorted()
                        .toList());
        for (InstanceAction.Event event : action.events()) {
            assertEquals(event.event(), "Success", event.result());
            assertNull(event.details());
        }
    }

    @Test
    public void aPausedServerMovesAndStaysPaused() {
        String id = cloud.boot(Boot.named("frozen").on(cloud.host(1)).in(Boot.State.PAUSED));
        live(id, cloud.host(2));
        cloud.awaitMigration(id, "completed");
        Server after = cloud.admin().server(id);
        assertEquals(cloud.host(2), after.host());
        assertEquals("PAUSED paused", after.status() + " " + after.vmState());
    }

    @Test
    public void oneRunsAtATimePerSource() {
        String host = cloud.host(1);
        List<String> ids = cloud.boot(
                Boot.named("a").on(host),
                Boot.named("b").on(host),
                Boot.named("c").on(host));
        cloud.needControl();
        cloud.liveSeconds("a", 8);
        cloud.liveSeconds("b", 8);
        cloud.liveSeconds("c", 8);
        ids.forEach(id -> live(id, cloud.host(2)));
        cloud.await(
                "one runs and two wait",
                () -> ids.stream().map(cloud::migrationStatus).sorted().collect(Collectors.joining(" ")),
                "queued queued running"::equals);
        String waiting = ids.stream()
                .filter(id -> cloud.migrationStatus(id).equals("queued"))
                .findFirst()
                .orElseThrow();
        Server server = cloud.admin().server(waiting);
        assertEquals("MIGRATING migrating", server.status() + " " + server.taskState());
        ServerMigration queued = cloud.admin().serverMigrations(waiting).get(0);
        assertEquals("queued", queued.status());

        Receipt receipt = cloud.admin().abortMigration(waiting, queued.id());
        assertEquals(202, receipt.status());
        assertEquals(host, cloud.awaitStatus(waiting, "ACTIVE").host());
        cloud.awaitMigration(waiting, "cancelled");
        ids.stream().filter(id -> !id.equals(waiting)).forEach(id -> cloud.awaitMigration(id, "completed"));
    }

    @Test
    public void aRunningOneTellsItsBytesAndCanBeAborted() {
        String id = cloud.bootHere("big");
        cloud.needControl();
        cloud.liveSeconds("big", 60);
        live(id, cloud.host(2));
        ServerMigration running = cloud.await(
                "bytes are counted",
                () -> cloud.admin().serverMigrations(id).stream().findFirst().orElse(null),
                migration -> migration != null && migration.memoryTotal() != null && migration.memoryProcessed() > 0);
        assertEquals("running", running.status());
        assertEquals(cloud.host(1), running.sourceHost());
        assertEquals(cloud.host(2), running.targetHost());
        assertEquals(
                cloud.admin().server(id).flavor().ramMiB() << 20,
                running.memoryTotal().longValue());
        assertEquals(running.memoryTotal().longValue(), running.memoryProcessed() + running.memoryRemaining());

        Receipt receipt = cloud.admin().abortMigration(id, running.id());
        assertEquals(202, receipt.status());
        Migration migration = cloud.awaitMigration(id, "cancelled");
        assertEquals(running.id(), migration.id());
        assertTrue(migration.bad());
        assertEquals(cloud.host(1), cloud.awaitStatus(id, "ACTIVE").host());
        assertEquals(
                "live_migration_cancel",
                cloud.admin().action(id, receipt.requestId()).action());
    }

    @Test
    public void aRunningOneCanBeForcedToItsEnd() {
        String id = cloud.bootHere("busy");
        cloud.needControl();
        cloud.liveSeconds("busy", 600);
        live(id, cloud.host(2));
        Migration running = cloud.awaitMigration(id, "running");
        Receipt receipt = cloud.admin().forceComplete(id, running.id());
        assertEquals(202, receipt.status());
        assertEquals(running.id(), cloud.awaitMigration(id, "completed").id());
        assertEquals(cloud.host(2), cloud.admin().server(id).host());
        assertEquals(
                "live_migration_force_complete",
                cloud.admin().action(id, receipt.requestId()).action());
    }

    @Test
    public void whatDoesNotMigrateCannotBeAbortedOrForced() {
        String id = cloud.bootHere("web");
        live(id, cloud.host(2));
        long ended = cloud.awaitMigration(id, "completed").id();
        cloud.awaitStatus(id, "ACTIVE");
        assertRefused(
                409,
                "Instance " + id + " is in an invalid state for 'abort live migration'",
                () -> cloud.admin().abortMigration(id, ended));
        assertRefused(
                409,
                "Instance " + id + " is in an invalid state for 'force_complete'",
                () -> cloud.admin().forceComplete(id, ended));
    }

    @Test
    public void aSecondMoveIsRefusedWhileOneRuns() {
        String id = cloud.bootHere("web");
        cloud.needControl();
        cloud.liveSeconds("web", 10);
        live(id, cloud.host(2));
        assertRefused(
                409,
                "Cannot 'os-migrateLive' instance " + id + " while it is in task_state migrating",
                () -> live(id, cloud.host(2)));
        assertRefused(
                409,
                "Cannot 'migrate' instance " + id + " while it is in task_state migrating",
                () -> cloud.admin().migrate(id, null));
        cloud.awaitMigration(id, "completed");
    }

    @Test
    public void aFailureOfTheHypervisorLeavesTheServerWhereItWas() {
        String id = cloud.bootHere("web");
        cloud.needControl();
        cloud.fails("web", Operation.LIVE);
        Receipt receipt = live(id, cloud.host(2));
        Migration migration = cloud.awaitMigration(id, "failed");
        assertTrue(migration.ended() && migration.bad());
        Server after = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(cloud.host(1), after.host());
        assertNull(after.fault());
        assertNull(cloud.admin().action(id, receipt.requestId()).message());
    }

    @Test
    public void noValidHostIsToldByTheActionOnly() {
        String id = cloud.bootHere("web");
        String host = cloud.host(1);
        cloud.admin().computeServices().stream()
                .filter(service -> !service.host().equals(host))
                .forEach(service -> cloud.admin().disableService(service.id(), "contract"));
        Receipt receipt = live(id, null);
        assertEquals(202, receipt.status());
        assertStayed(id, receipt, NOT_ENOUGH_HOSTS);

        // the source cordoned as in a drain: Placement has no candidate at all, and Nova no words
        cloud.admin().disableService(cloud.service(host).id(), "contract");
        long first = cloud.newest(id).id();
        Receipt again = live(id, null);
        cloud.await("a second migration", () -> cloud.newest(id), migration -> migration.id() > first);
        assertStayed(id, again, NO_CANDIDATES);
    }

    @Test
    public void aDisabledTargetIsToldByTheActionOnly() {
        String id = cloud.bootHere("web");
        cloud.admin().disableService(cloud.service(cloud.host(2)).id(), "contract");
        assertStayed(id, live(id, cloud.host(2)), NO_CANDIDATES);
    }

    @Test
    public void theSourceAsTargetIsToldByTheActionOnly() {
        String id = cloud.bootHere("web");
        assertStayed(id, live(id, cloud.host(1)), NOT_ENOUGH_HOSTS);
    }

    /** Law 1: 202, ACTIVE and no fault, and yet nothing has moved. */
    private void assertStayed(String id, Receipt receipt, String reason) {
        Migration migration = cloud.awaitMigration(id, "error");
        assertEquals(cloud.host(1), migration.sourceHost());
        Server after = cloud.awaitStatus(id, "ACTIVE");
        assertEquals(cloud.host(1), after.host());
        assertNull(after.fault());
        InstanceAction.Event event = failure(id, receipt);
        assertEquals("conductor_live_migrate_instance", event.event());
        assertEquals(reason, event.details());
    }

    @Test
    public void anUnknownTargetIsRefused() {
        String id = cloud.bootHere("web");
        assertRefused(400, "Compute host nosuch could not be found.", () -> live(id, "nosuch"));
        assertEquals(List.of(), cloud.admin().migrations(MigrationQuery.of(id)));
        assertNull(cloud.admin().server(id).taskState());
    }

    @Test
    public void stoppedSuspendedAndErrorAreRefused() {
        String host = cloud.host(1);
        List<String> ids = cloud.boot(
                Boot.named("off").on(host).in(Boot.State.SHUTOFF),
                Boot.named("asleep").on(host).in(Boot.State.SUSPENDED),
                Boot.named("broken").on(host).in(Boot.State.ERROR));
        List<String> states = List.of("stopped", "suspended", "error");
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            assertRefused(
                    409,
                    "Cannot 'os-migrateLive' instance " + id + " while it is in vm_state " + states.get(i),
                    () -> live(id, null));
        }
    }

    @Test
    public void offADeadHostItEndsInErrorWithoutMoving() {
        String id = cloud.bootHere("web");
        cloud.killAndForceDown(cloud.host(1));
        Receipt receipt = live(id, null);
        assertEquals(202, receipt.status());
        cloud.awaitMigration(id, "error");
        assertEquals(cloud.host(1), cloud.awaitStatus(id, "ACTIVE").host());
        assertEquals(
                "Compute service of " + cloud.host(1) + " is unavailable at this time.",
                failure(id, receipt).details());
    }
}
