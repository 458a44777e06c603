package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.Test;

public class SchedulingTest {
    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";

    @Test
    public void zonesGroupsAndRoomAreObeyed() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .host("compute1")
                .group("cluster", "anti-affinity", "demo")
                .server("pinned", s -> s.pinnedTo("east"))
                .server("db1", s -> s.group("cluster"))
                .server("huge", s -> s.flavor("r1.huge"))
                .host("compute2", h -> h.capacity(64, 500_000, 5_000))
                .server("db2", s -> s.group("cluster"))
                .host("compute3", h -> h.zone("east").capacity(64, 50_000, 5_000))
                .start()) {
            TestClient admin = TestClient.as(cloud, "admin");
            for (String name : new String[] {"pinned", "db1", "huge"}) {
                assertEquals(202, admin.act(cloud.id(name), LIVE).status());
                cloud.settle(Duration.ofMinutes(1));
            }
            assertEquals("compute3", cloud.server("pinned").host());
            assertEquals("compute3", cloud.server("db1").host());
            assertEquals("compute2", cloud.server("huge").host());
        }
    }

    @Test
    public void theSameCallsGetTheSameAnswers() {
        assertEquals(play(), play());
    }

    private static String play() {
        StringBuilder log = new StringBuilder();
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .host("compute1")
                .server("web1")
                .server("web2")
                .host("compute2")
                .start()) {
            TestClient admin = TestClient.as(cloud, "admin");
            admin.act(cloud.id("web1"), LIVE);
            admin.act(cloud.id("web2"), "{'migrate':null}");
            for (int i = 0; i < 20; i++) {
                log.append(admin.get("/os-migrations").text()).append('\n');
                log.append(admin.server(cloud.id("web1")).path("status")).append('\n');
                cloud.advance(Duration.ofMillis(250));
            }
            String port = Integer.toString(cloud.identityUrl().getPort());
            return log.toString().replace(":" + port, ":PORT");
        }
    }

    @Test
    public void inRealTimeItMovesByItself() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .realTime(50)
                .host("compute1")
                .server("web1")
                .host("compute2")
                .start()) {
            TestClient.as(cloud, "admin").act(cloud.id("web1"), LIVE);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> "completed".equals(cloud.migrations().get(0).status()));
            assertEquals("compute2", cloud.server("web1").host());
        }
    }

    @Test
    public void timePerRequestMovesItUnderAPollingClient() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .timePerRequest(Duration.ofSeconds(1))
                .host("compute1")
                .server("web1")
                .host("compute2")
                .start()) {
            TestClient admin = TestClient.as(cloud, "admin");
            admin.act(cloud.id("web1"), LIVE);
            String status = "";
            int polls = 0;
            while (!status.equals("completed") && polls < 10) {
                status = admin.migration(cloud.id("web1")).path("status").asText();
                polls++;
            }
            assertTrue("polled " + polls + " times", polls > 2 && polls < 10);
        }
    }

    @Test
    public void theRehearsalCloudIsMixedAndReachable() {
        try (SimulatedCloud cloud = SimulatedCloud.rehearsal()) {
            assertEquals(11, cloud.serversOn("compute1").size());
            assertEquals("http", cloud.identityUrl().getScheme());
            assertEquals("admin", cloud.environment("admin").get("OS_USERNAME"));
            assertNotEquals(0, cloud.identityUrl().getPort());
            TestClient admin = TestClient.as(cloud, "admin");
            assertEquals(
                    11,
                    admin.get("/servers/detail?host=compute1&all_tenants=1")
                            .json()
                            .path("servers")
                            .size());
        }
    }
}
