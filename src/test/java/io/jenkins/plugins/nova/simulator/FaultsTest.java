package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Test;

public class FaultsTest {
    private static final String LIVE = "{'os-migrateLive':{'host':null,'block_migration':'auto'}}";

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute1")
            .server("web1")
            .server("web2")
            .host("compute2")
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    @After
    public void close() {
        cloud.close();
    }

    @Test
    public void droppedBeforeNothingHappensDroppedAfterItDoes() {
        cloud.faults().on("POST", "/action$").action("os-migrateLive").drop();
        assertThrows(UncheckedIOException.class, () -> admin.act(cloud.id("web1"), LIVE));
        assertEquals("ACTIVE", cloud.server("web1").status());
        cloud.faults().on("POST", "/action$").action("os-migrateLive").dropAfterActing();
        assertThrows(UncheckedIOException.class, () -> admin.act(cloud.id("web1"), LIVE));
        assertEquals("MIGRATING", cloud.server("web1").status());
        assertEquals(0, cloud.audit().actions("os-migrateLive").get(0).status());
    }

    @Test
    public void theNthMatchOnly() {
        cloud.faults().on("GET", "^/servers$").nth(2).status(503, "come back later");
        assertEquals(200, admin.get("/servers").status());
        TestClient.Reply second = admin.get("/servers");
        assertEquals(503, second.status());
        assertEquals("come back later", second.message());
        assertEquals(200, admin.get("/servers").status());
    }

    @Test
    public void retryAfterHtmlRedirectTruncatedOversizedLate() {
        cloud.faults().on("GET", "^/servers$").status(429, Duration.ofSeconds(7), "text/plain", "slow down");
        TestClient.Reply slow = admin.get("/servers");
        assertEquals(429, slow.status());
        assertEquals("7", slow.header("Retry-After"));
        cloud.faults().on("GET", "^/servers$").html(502);
        assertTrue(admin.get("/servers").text().startsWith("<html>"));
        cloud.faults().on("GET", "^/servers$").redirect(302, "http://elsewhere.example/");
        assertEquals("http://elsewhere.example/", admin.get("/servers").header("Location"));
        cloud.faults().on("GET", "^/servers$").truncated();
        assertThrows(UncheckedIOException.class, () -> admin.get("/servers"));
        cloud.faults().on("GET", "^/servers$").cutOff();
        assertThrows(UncheckedIOException.class, () -> admin.get("/servers"));
        cloud.faults().on("GET", "^/servers$").oversized(3_000_000);
        assertEquals(3_000_000, admin.get("/servers").text().length());
        cloud.faults().on("GET", "^/servers$").late(Duration.ofMillis(300));
        long before = System.nanoTime();
        assertEquals(200, admin.get("/servers").status());
        assertTrue(System.nanoTime() - before >= 300_000_000L);
    }

    @Test
    public void aRevokedTokenStaysRevoked() {
        cloud.faults().on("GET", "^/servers$").revokeToken();
        assertEquals(401, admin.get("/servers").status());
        assertEquals(401, admin.get("/servers").status());
        assertEquals(200, TestClient.as(cloud, "admin").get("/servers").status());
    }

    @Test
    public void refusedConnections() {
        cloud.disconnect();
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> admin.get("/servers"));
        assertTrue(refused.getCause() instanceof ConnectException);
        cloud.reconnect();
        assertEquals(200, admin.get("/servers").status());
    }

    @Test
    public void theAuditLogTellsWhoAskedWhat() {
        String id = cloud.id("web1");
        admin.at("2.90").act(id, LIVE);
        TestClient.as(cloud, "demo").act(cloud.id("web2"), "{'lock':null}");
        assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(id));
        AuditEntry entry = cloud.audit().actions("os-migrateLive").get(0);
        assertEquals("admin", entry.user());
        assertEquals("2.90", entry.microversion());
        assertEquals(202, entry.status());
        assertEquals("RegionOne/public", entry.endpoint());
        assertEquals(
                "auto",
                entry.body().path("os-migrateLive").path("block_migration").asText());
        assertEquals("demo", cloud.audit().actions("lock").get(0).user());
        assertEquals(2, cloud.audit().changes().size());
        assertFalse(cloud.audit().of("GET", "^/servers").stream().findAny().isPresent());
    }
}
