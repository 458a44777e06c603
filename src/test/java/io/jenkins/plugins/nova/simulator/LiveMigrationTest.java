package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

public class LiveMigrationTest {
    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute1")
            .server("web1")
            .server("web2")
            .server("paused", s -> s.status("PAUSED"))
            .server("off", s -> s.status("SHUTOFF"))
            .host("compute2")
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    @After
    public void close() {
        cloud.close();
    }

    @Test
    public void goesThroughNovasStatesInOrder() {
        String id = cloud.id("web1");
        assertEquals(202, admin.act(id, LIVE).status());
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            JsonNode server = admin.server(id);
            String now = server.path("status").asText() + "/"
                    + server.path("OS-EXT-STS:task_state").asText() + "/"
                    + server.path("OS-EXT-SRV-ATTR:host").asText() + " "
                    + admin.migration(id).path("status").asText();
            if (!seen.contains(now)) {
                seen.add(now);
            }
            cloud.advance(Duration.ofMillis(10));
        }
        assertEquals(
                List.of(
                        "MIGRATING/migrating/compute1 ",
                        "MIGRATING/migrating/compute1 accepted",
                        "MIGRATING/migrating/compute1 queued",
                        "MIGRATING/migrating/compute1 preparing",
                        "MIGRATING/migrating/compute1 running",
                        "ACTIVE/null/compute2 running",
                        "ACTIVE/null/compute2 completed"),
                seen);
    }

    @Test
    public void reportsBytesWhileItRunsAndNothingAfterwards() {
        String id = cloud.id("web1");
        admin.act(id, LIVE);
        cloud.advance(Duration.ofMillis(900));
        JsonNode early = admin.get("/servers/" + id + "/migrations")
                .json()
                .path("migrations")
                .path(0);
        assertTrue(early.path("memory_total_bytes").isNull());
        cloud.advance(Duration.ofMillis(1000));
        JsonNode later = admin.get("/servers/" + id + "/migrations")
                .json()
                .path("migrations")
                .path(0);
        assertEquals(2048L << 20, later.path("memory_total_bytes").asLong());
        long remaining = later.path("memory_remaining_bytes").asLong();
        assertTrue("" + remaining, remaining > 0 && remaining < 2048L << 20);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(
                0,
                admin.get("/servers/" + id + "/migrations")
                        .json()
                        .path("migrations")
                        .size());
        TestClient.Reply gone = admin.get("/servers/" + id + "/migrations/1");
        assertEquals(404, gone.status());
        assertEquals("Live migration 1 for server " + id + " is not in progress.", gone.message());
    }

    @Test
    public void oneAtATimePerSource() {
        admin.act(cloud.id("web1"), LIVE);
        admin.act(cloud.id("web2"), LIVE);
        cloud.advance(Duration.ofSeconds(2));
        assertEquals("running", cloud.migrations().get(0).status());
        assertEquals("queued", cloud.migrations().get(1).status());
        cloud.advance(Duration.ofSeconds(2));
        assertEquals("completed", cloud.migrations().get(0).status());
        assertEquals("running", cloud.migrations().get(1).status());
    }

    @Test
    public void abortsARunningAndAQueuedOne() {
        admin.act(cloud.id("web1"), LIVE);
        admin.act(cloud.id("web2"), LIVE);
        cloud.advance(Duration.ofSeconds(2));
        String queued = "/servers/" + cloud.id("web2") + "/migrations/2";
        assertEquals(400, admin.at("2.64").delete(queued).status());
        assertEquals(202, admin.delete(queued).status());
        assertEquals(
                202,
                admin.delete("/servers/" + cloud.id("web1") + "/migrations/1").status());
        cloud.advance(Duration.ofSeconds(1));
        assertEquals("cancelled", cloud.migrations().get(0).status());
        assertEquals("cancelled", cloud.migrations().get(1).status());
        assertEquals("ACTIVE", cloud.server("web1").status());
        assertEquals("compute1", cloud.server("web2").host());
        assertEquals(409, admin.delete(queued).status());
    }

    @Test
    public void oneThatNeverConvergesEndsOnlyByForce() {
        cloud.behaviour("web1").neverConverges();
        String id = cloud.id("web1");
        admin.act(id, LIVE);
        cloud.advance(Duration.ofHours(2));
        assertEquals("running", cloud.migrations().get(0).status());
        JsonNode progress = admin.get("/servers/" + id + "/migrations/1").json().path("migration");
        assertTrue(progress.path("memory_processed_bytes").asLong()
                > progress.path("memory_total_bytes").asLong());
        assertTrue(progress.path("memory_remaining_bytes").asLong() > 0);
        assertEquals(
                202,
                admin.post("/servers/" + id + "/migrations/1/action", "{'force_complete':null}")
                        .status());
        cloud.advance(Duration.ofSeconds(1));
        assertEquals("compute2", cloud.server("web1").host());
        assertEquals("completed", cloud.migrations().get(0).status());
    }

    @Test
    public void postCopyIsShownAndCannotBeAborted() {
        cloud.behaviour("web1").neverConverges().postCopySeconds(5);
        String id = cloud.id("web1");
        admin.act(id, LIVE);
        cloud.advance(Duration.ofSeconds(3));
        admin.post("/servers/" + id + "/migrations/1/action", "{'force_complete':null}");
        cloud.advance(Duration.ofSeconds(1));
        assertEquals("running (post-copy)", admin.migration(id).path("status").asText());
        assertEquals(400, admin.delete("/servers/" + id + "/migrations/1").status());
        cloud.advance(Duration.ofSeconds(5));
        assertEquals("completed", admin.migration(id).path("status").asText());
    }

    @Test
    public void aFailureOnTheHostLeavesTheServerWhereItWasAndNoMessage() {
        cloud.behaviour("web1").fails(Operation.LIVE);
        TestClient.Reply reply = admin.act(cloud.id("web1"), LIVE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("failed", cloud.migrations().get(0).status());
        assertEquals("ACTIVE", cloud.server("web1").status());
        assertEquals("compute1", cloud.server("web1").host());
        assertTrue(admin.action(cloud.id("web1"), reply).path("message").isNull());
    }

    @Test
    public void withoutAValidHostOnlyTheActionTellsWhy() {
        String service = admin.get("/os-services?host=compute2")
                .json()
                .path("services")
                .path(0)
                .path("id")
                .asText();
        admin.put("/os-services/" + service, "{'status':'disabled','disabled_reason':'test'}");
        String id = cloud.id("web1");
        TestClient.Reply reply = admin.act(id, LIVE);
        assertEquals(202, reply.status());
        assertTrue(cloud.migrations().isEmpty());
        cloud.advance(Duration.ofMillis(50));
        assertEquals("accepted", admin.migration(id).path("status").asText());
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("error", admin.migration(id).path("status").asText());
        assertEquals("ACTIVE", admin.server(id).path("status").asText());
        assertFalse(admin.server(id).has("fault"));
        JsonNode action = admin.action(id, reply);
        assertEquals("Error", action.path("message").asText());
        assertEquals(
                "No valid host was found. There are not enough hosts available.",
                action.path("events").path(0).path("details").asText());
        TestClient.Reply old = admin.at("2.30").act(id, LIVE);
        assertEquals(400, old.status());
        assertEquals("No valid host was found. There are not enough hosts available.", old.message());
    }

    @Test
    public void pausedStaysPausedAndStoppedIsRefused() {
        admin.act(cloud.id("paused"), LIVE);
        TestClient.Reply refused = admin.act(cloud.id("off"), LIVE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("PAUSED", cloud.server("paused").status());
        assertEquals("compute2", cloud.server("paused").host());
        assertEquals(409, refused.status());
        assertEquals(
                "Cannot 'os-migrateLive' instance " + cloud.id("off") + " while it is in vm_state stopped",
                refused.message());
    }

    @Test
    public void aDeadSourceHangsWhileItReadsUpAndIsRefusedLater() {
        cloud.kill("compute1");
        cloud.advance(Duration.ofSeconds(30));
        admin.act(cloud.id("web1"), LIVE);
        cloud.advance(Duration.ofSeconds(31));
        assertEquals("MIGRATING", cloud.server("web1").status());
        TestClient.Reply reply = admin.act(cloud.id("web2"), LIVE);
        assertEquals(202, reply.status());
        cloud.advance(Duration.ofSeconds(1));
        assertEquals("ACTIVE", cloud.server("web2").status());
        assertEquals(
                "Compute service of compute1 is unavailable at this time.",
                admin.action(cloud.id("web2"), reply)
                        .path("events")
                        .path(0)
                        .path("details")
                        .asText());
    }

    @Test
    public void aRestartedSourceLetsGoOfWhatHungAndMigratesAgain() {
        String id = cloud.id("web1");
        admin.act(id, LIVE);
        cloud.advance(Duration.ofSeconds(1));
        cloud.kill("compute1");
        cloud.advance(Duration.ofSeconds(30));
        assertEquals("running", cloud.migrations().get(0).status());
        cloud.restart("compute1");
        assertEquals("error", cloud.migrations().get(0).status());
        assertEquals("ACTIVE", cloud.server("web1").status());
        admin.act(id, LIVE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("compute2", cloud.server("web1").host());
    }
}
