package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Test;

/** Who holds what in Placement at each moment of a move; {@code AllocationContractTest} holds this to a real Nova. */
public class AllocationsTest {

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute2")
            .host("compute1")
            .server("web1", s -> s.behaviour(b -> b.liveSeconds(5).coldSeconds(5)))
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");
    private final String id = cloud.id("web1");

    @After
    public void close() {
        cloud.close();
    }

    private Set<String> holders(String host) {
        String provider = admin.placement("/resource_providers?name=" + host)
                .json()
                .path("resource_providers")
                .path(0)
                .path("uuid")
                .asText();
        TreeSet<String> names = new TreeSet<>();
        admin.placement("/resource_providers/" + provider + "/allocations")
                .json()
                .path("allocations")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private String migration() {
        return admin.migration(id).path("uuid").asText();
    }

    private void pass(double seconds) {
        cloud.advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    public void aLiveMigrationHoldsTheSourceUntilItHasCompleted() {
        assertEquals(Set.of(id), holders("compute1"));
        admin.act(id, "{'os-migrateLive':{'host':null,'block_migration':'auto'}}");
        pass(3);
        assertEquals(Set.of(migration()), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
        pass(10);
        assertEquals(Set.of(), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
    }

    @Test
    public void aFailedMoveGivesBack() {
        cloud.behaviour("web1").fails(Operation.LIVE);
        admin.act(id, "{'os-migrateLive':{'host':null,'block_migration':'auto'}}");
        pass(3);
        assertEquals(Set.of(migration()), holders("compute1"));
        pass(10);
        assertEquals(Set.of(id), holders("compute1"));
        assertEquals(Set.of(), holders("compute2"));
    }

    @Test
    public void aColdMigrationHoldsTheSourceUntilItIsConfirmed() {
        admin.act(id, "{'migrate':null}");
        pass(10);
        assertEquals("VERIFY_RESIZE", admin.server(id).path("status").asText());
        assertEquals(Set.of(migration()), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
        admin.act(id, "{'confirmResize':null}");
        pass(2);
        assertEquals(Set.of(), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
    }

    @Test
    public void aRevertGivesTheSourceBackToTheServer() {
        admin.act(id, "{'migrate':null}");
        pass(10);
        admin.act(id, "{'revertResize':null}");
        pass(2);
        assertEquals(Set.of(id), holders("compute1"));
        assertEquals(Set.of(), holders("compute2"));
    }

    @Test
    public void anEvacuatedServerHoldsItsDeadHostUntilThatStartsAgain() {
        cloud.kill("compute1");
        pass(61);
        admin.act(id, "{'evacuate':{}}");
        pass(5);
        assertEquals(Set.of(id), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
        cloud.restart("compute1");
        pass(1);
        assertEquals(Set.of(), holders("compute1"));
        assertEquals(Set.of(id), holders("compute2"));
    }

    @Test
    public void placementAnswersAsItDoes() {
        assertEquals(
                403,
                TestClient.as(cloud, "demo")
                        .placement("/resource_providers?name=compute1")
                        .status());
        assertEquals(
                0,
                admin.placement("/resource_providers?name=nosuch")
                        .json()
                        .path("resource_providers")
                        .size());
        assertEquals(400, admin.placement("/resource_providers?colour=blue").status());
        assertEquals(
                400, admin.placement("/resource_providers?in_tree=compute1").status());
        String nobody = World.uuid("nobody");
        TestClient.Reply none = admin.placement("/resource_providers/" + nobody + "/allocations");
        assertEquals(404, none.status());
        JsonNode detail = none.json().path("errors").path(0).path("detail");
        assertTrue(detail.asText(), detail.asText().contains("'" + nobody + "' not found"));
    }
}
