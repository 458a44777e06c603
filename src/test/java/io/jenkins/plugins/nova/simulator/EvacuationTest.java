package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

public class EvacuationTest {
    private static final String EVACUATE = "{'evacuate':{}}";

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .maxMicroversion(96)
            .host("compute1")
            .server("web1")
            .server("off", s -> s.status("SHUTOFF"))
            .server("broken", s -> s.status("ERROR"))
            .server("paused", s -> s.status("PAUSED"))
            .host("compute2")
            .host("compute3", h -> h.zone("other"))
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    @After
    public void close() {
        cloud.close();
    }

    private String service(String host) {
        return admin.get("/os-services?binary=nova-compute&host=" + host)
                .json()
                .path("services")
                .path(0)
                .path("id")
                .asText();
    }

    private TestClient.Reply forceDown(boolean down) {
        return admin.put("/os-services/" + service("compute1"), "{'forced_down':" + down + "}");
    }

    @Test
    public void aHostThatReadsUpIsNotEvacuated() {
        cloud.kill("compute1");
        cloud.advance(Duration.ofSeconds(59));
        TestClient.Reply refused = admin.act(cloud.id("web1"), EVACUATE);
        assertEquals(400, refused.status());
        assertEquals("Compute service of compute1 is still in use.", refused.message());
        cloud.advance(Duration.ofSeconds(2));
        assertEquals(200, admin.act(cloud.id("web1"), EVACUATE).status());
    }

    @Test
    public void showsActiveOnTheOldHostForAMoment() {
        cloud.kill("compute1");
        forceDown(true);
        String id = cloud.id("web1");
        TestClient.Reply reply = admin.act(id, EVACUATE);
        assertEquals(200, reply.status());
        assertEquals("", reply.text());
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
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
                        "REBUILD/rebuilding/compute1 accepted",
                        "REBUILD/rebuilding/compute1 pre-migrating",
                        "REBUILD/rebuild_block_device_mapping/compute1 pre-migrating",
                        "REBUILD/rebuild_spawning/compute1 pre-migrating",
                        "ACTIVE/null/compute1 pre-migrating",
                        "ACTIVE/null/compute2 done"),
                seen);
    }

    @Test
    public void stoppedEndsStoppedAndErrorBecomesActive() {
        cloud.kill("compute1");
        forceDown(true);
        admin.act(cloud.id("off"), EVACUATE);
        admin.act(cloud.id("broken"), EVACUATE);
        admin.at("2.95").act(cloud.id("web1"), EVACUATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("SHUTOFF", cloud.server("off").status());
        assertEquals("ACTIVE", cloud.server("broken").status());
        assertEquals("2.95 leaves it stopped", "SHUTOFF", cloud.server("web1").status());
        assertTrue(cloud.servers().stream()
                .filter(s -> !s.name().equals("paused"))
                .allMatch(s -> !"compute1".equals(s.host())));
    }

    @Test
    public void recordsStayDoneUntilTheHostRestarts() {
        cloud.kill("compute1");
        forceDown(true);
        admin.act(cloud.id("web1"), EVACUATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("done", cloud.migrations().get(0).status());
        TestClient.Reply refused = forceDown(false);
        assertEquals(400, refused.status());
        assertTrue(refused.message(), refused.message().startsWith("Unable to force up host compute1 as `done` evac"));
        cloud.restart("compute1");
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("completed", cloud.migrations().get(0).status());
        assertEquals(200, forceDown(false).status());
    }

    @Test
    public void refusalsAreNovas() {
        forceDown(true);
        String id = cloud.id("web1");
        TestClient.Reply unknown = admin.act(id, "{'evacuate':{'host':'nosuch'}}");
        assertEquals(404, unknown.status());
        assertEquals("Compute host nosuch not found.", unknown.message());
        assertEquals(
                "The target host can't be the same one.",
                admin.act(id, "{'evacuate':{'host':'compute1'}}").message());
        assertEquals(409, admin.act(cloud.id("paused"), EVACUATE).status());
    }

    @Test
    public void failuresLeaveItInErrorOnTheDeadHostAndCanBeRepeated() {
        cloud.behaviour("web1").fails(Operation.SPAWN, "image is gone");
        forceDown(true);
        String id = cloud.id("web1");
        admin.act(id, EVACUATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("ERROR", cloud.server("web1").status());
        assertEquals("compute1", cloud.server("web1").host());
        assertEquals("failed", cloud.migrations().get(0).status());
        assertEquals(
                "image is gone", admin.server(id).path("fault").path("message").asText());
        cloud.behaviour("web1").succeeds(Operation.SPAWN);
        admin.act(id, EVACUATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("ACTIVE", cloud.server("web1").status());
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void noValidHostPutsItInError() {
        forceDown(true);
        for (String host : List.of("compute2", "compute3")) {
            admin.put("/os-services/" + service(host), "{'status':'disabled'}");
        }
        admin.act(cloud.id("web1"), EVACUATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("ERROR", cloud.server("web1").status());
        assertEquals(
                "No valid host was found. There are not enough hosts available.",
                cloud.server("web1").fault());
        assertEquals("error", cloud.migrations().get(0).status());
    }
}
