package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.simulator.Operation;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/**
 * Who holds what in Placement at each moment of a move, for that tells of a server that a list of Nova's leaves out: the server
 * under its own id, and on the source side of a move under the uuid of the migration.
 */
public class AllocationContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    /** Until the hosts are held so. */
    private void await(Set<String> source, Set<String> target) {
        cloud.await(
                "held are " + source + " and " + target,
                () -> List.of(Holders.of(cloud, cloud.host(1)), Holders.of(cloud, cloud.host(2))),
                held -> held.equals(List.of(source, target)));
    }

    private String uuid(String server) {
        return migrations(server).path(0).path("uuid").asText();
    }

    private JsonNode migrations(String server) {
        return cloud.onTheWire()
                .get("2.80", "/os-migrations?instance_uuid=" + server)
                .body()
                .path("migrations");
    }

    @Test
    public void aLiveMigrationHoldsTheSourceUntilItHasCompleted() {
        String id = cloud.bootHere("slow");
        cloud.liveSeconds("slow", 15);
        await(Set.of(id), Set.of());
        cloud.admin().liveMigrate(id, cloud.host(2), BlockMigration.AUTO);
        cloud.awaitMigration(id, "running");
        await(Set.of(uuid(id)), Set.of(id));
        cloud.awaitMigration(id, "completed");
        await(Set.of(), Set.of(id));
    }

    @Test
    public void aFailedLiveMigrationGivesBack() {
        String id = cloud.bootHere("fails");
        cloud.liveSeconds("fails", 5);
        cloud.fails("fails", Operation.LIVE);
        cloud.admin().liveMigrate(id, cloud.host(2), BlockMigration.AUTO);
        cloud.awaitMigration(id, "failed");
        await(Set.of(id), Set.of());
    }

    @Test
    public void aColdMigrationHoldsTheSourceUntilItIsConfirmedOrReverted() {
        List<String> ids = cloud.boot(
                Boot.named("kept").on(cloud.host(1)), Boot.named("back").on(cloud.host(1)));
        for (String id : ids) {
            cloud.admin().migrate(id, cloud.host(2));
            cloud.awaitStatus(id, "VERIFY_RESIZE");
        }
        await(Set.of(uuid(ids.get(0)), uuid(ids.get(1))), Set.copyOf(ids));
        cloud.admin().confirmResize(ids.get(0));
        cloud.awaitStatus(ids.get(0), "ACTIVE");
        cloud.admin().revertResize(ids.get(1));
        cloud.awaitStatus(ids.get(1), "ACTIVE");
        await(Set.of(ids.get(1)), Set.of(ids.get(0)));
    }

    @Test
    public void aFailedColdMigrationGivesBack() {
        String id = cloud.bootHere("fails");
        cloud.fails("fails", Operation.COLD);
        cloud.admin().migrate(id, cloud.host(2));
        cloud.awaitMigration(id, "error");
        await(Set.of(id), Set.of());
    }

    @Test
    public void anEvacuatedServerHoldsItsDeadHostUntilThatStartsAgain() {
        String id = cloud.bootHere("rescued");
        cloud.killAndForceDown(cloud.host(1));
        cloud.admin().evacuate(id, cloud.host(2));
        cloud.awaitMigration(id, "done");
        await(Set.of(id), Set.of(id));
        cloud.revive(cloud.host(1));
        cloud.awaitMigration(id, "completed");
        await(Set.of(), Set.of(id));
    }

    @Test
    public void anOwnersResizeLooksLikeAColdMigrationButForItsTypeAndItsUser() {
        List<String> ids = cloud.boot(
                Boot.named("ours").on(cloud.host(1)), Boot.named("owners").on(cloud.host(1)));
        cloud.admin().migrate(ids.get(0), cloud.host(2));
        cloud.scene().resize(ids.get(1), cloud.otherFlavorId());
        ids.forEach(id -> cloud.awaitStatus(id, "VERIFY_RESIZE"));
        JsonNode ours = migrations(ids.get(0)).path(0);
        JsonNode owners = migrations(ids.get(1)).path(0);
        String me = cloud.admin().identity().userId();
        assertEquals("migration finished", words(ours));
        assertEquals("resize finished", words(owners));
        assertEquals(me, ours.path("user_id").asText());
        assertFalse(me.equals(owners.path("user_id").asText()));
        assertTrue(Holders.of(cloud, cloud.host(1)).contains(uuid(ids.get(1))));
    }

    private static String words(JsonNode migration) {
        return migration.path("migration_type").asText() + " "
                + migration.path("status").asText();
    }

    /** Bug 1978983: since its fix Nova takes a second evacuation of a server that is being evacuated. */
    @Test
    public void aSecondEvacuationIsTakenWhileTheFirstIsUnderWay() {
        String id = cloud.bootHere("twice");
        cloud.spawnSeconds("twice", 12);
        cloud.killAndForceDown(cloud.host(1));
        cloud.as(CloudUnderTest.Role.BOSS).evacuate(id, cloud.host(2));
        cloud.await(
                "it is being spawned",
                () -> String.valueOf(cloud.admin().server(id).taskState()),
                "rebuild_spawning"::equals);
        Migration first = cloud.newest(id);
        assertEquals("evacuation pre-migrating", first.type() + " " + first.status());
        cloud.spawnSeconds("twice", 1);
        cloud.admin().evacuate(id, cloud.host(3));
        cloud.await(
                "both are over",
                () -> migrations(id),
                all -> all.size() == 2
                        && !all.path(0).path("status").asText().matches("accepted|pre-migrating")
                        && !all.path(1).path("status").asText().matches("accepted|pre-migrating"));
    }

    @Test
    public void aHostThatIsEnabledInMidMoveHasNoReasonAnyMore() {
        String id = cloud.bootHere("slow");
        cloud.liveSeconds("slow", 10);
        String service = cloud.service(cloud.host(1)).id();
        cloud.admin().disableService(service, "nova-maintenance: ops/drain#1");
        cloud.admin().liveMigrate(id, cloud.host(2), BlockMigration.AUTO);
        cloud.awaitMigration(id, "running");
        cloud.as(CloudUnderTest.Role.BOSS).enableService(service);
        assertTrue(cloud.service(cloud.host(1)).enabled());
        assertEquals(null, cloud.service(cloud.host(1)).disabledReason());
        cloud.awaitMigration(id, "completed");
    }
}
