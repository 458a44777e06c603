package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

public class KeystoneTest {
    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .regions("RegionOne", "RegionTwo")
            .tokenLife(Duration.ofHours(1))
            .userWithCredential("robot", "hunter2", "ops", "cred-1", "s3cr3t", "admin")
            .host("compute1")
            .start();

    @After
    public void close() {
        cloud.close();
    }

    @Test
    public void aPasswordGivesATokenWithRolesAndEveryRegionAndInterface() {
        TestClient.Reply reply = TestClient.of(cloud).login("admin", "secret", "admin");
        assertEquals(201, reply.status());
        JsonNode token = reply.json().path("token");
        assertEquals("admin", token.path("roles").path(0).path("name").asText());
        assertEquals(
                "Default", token.path("project").path("domain").path("name").asText());
        int computes = 0;
        for (JsonNode service : token.path("catalog")) {
            computes += service.path("type").asText().equals("compute")
                    ? service.path("endpoints").size()
                    : 0;
        }
        assertEquals(6, computes);
    }

    @Test
    public void wrongPasswordUserAndProjectAreRefusedAlike() {
        for (TestClient.Reply reply : java.util.List.of(
                TestClient.of(cloud).login("admin", "wrong", "admin"),
                TestClient.of(cloud).login("nobody", "secret", "admin"),
                TestClient.of(cloud).login("admin", "secret", "nope"))) {
            assertEquals(401, reply.status());
            assertEquals("The request you have made requires authentication.", reply.message());
        }
    }

    @Test
    public void applicationCredentials() {
        String body = "{'auth':{'identity':{'methods':['application_credential'],"
                + "'application_credential':{'id':'%s','secret':'%s'}}}}";
        TestClient client = TestClient.of(cloud);
        TestClient.Reply good = client.identity("POST", "/auth/tokens", String.format(body, "cred-1", "s3cr3t"));
        assertEquals(201, good.status());
        assertEquals(
                "ops", good.json().path("token").path("project").path("name").asText());
        assertEquals(
                401,
                client.identity("POST", "/auth/tokens", String.format(body, "cred-1", "bad"))
                        .status());
        TestClient.Reply unknown = client.identity("POST", "/auth/tokens", String.format(body, "cred-2", "bad"));
        assertEquals(404, unknown.status());
        assertEquals("Could not find Application Credential: cred-2.", unknown.message());
    }

    @Test
    public void tokensExpireWithTimeAndOnDemand() {
        TestClient admin = TestClient.as(cloud, "admin");
        assertEquals(200, admin.get("/servers").status());
        cloud.advance(Duration.ofMinutes(61));
        TestClient.Reply expired = admin.get("/servers");
        assertEquals(401, expired.status());
        assertEquals("The request you have made requires authentication.", expired.message());
        TestClient fresh = TestClient.as(cloud, "admin");
        assertEquals(200, fresh.get("/servers").status());
        cloud.expireTokens();
        assertEquals(401, fresh.get("/servers").status());
    }

    @Test
    public void theAuditLogHoldsNoSecret() {
        TestClient.of(cloud).login("admin", "secret", "admin");
        TestClient.of(cloud)
                .identity(
                        "POST",
                        "/auth/tokens",
                        "{'auth':{'identity':{'methods':['application_credential'],"
                                + "'application_credential':{'id':'cred-1','secret':'s3cr3t'}}}}");
        String log = cloud.audit().entries().toString();
        assertEquals(2, cloud.audit().entries().size());
        assertFalse(log, log.contains("\"secret\":\"s3cr3t\"") || log.contains("\"password\":\"secret\""));
    }
}
