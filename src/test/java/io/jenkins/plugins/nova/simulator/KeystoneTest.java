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

    /** What keystone/common/policies lets a token of a project ask, and what it answers to the others. */
    @Test
    public void namesAreForAdminsAndForOneself() {
        String demo = id("user demo");
        String demos = id("project demo");
        String ops = id("project ops");
        String nobody = id("nobody");
        TestClient admin = TestClient.as(cloud, "admin");
        TestClient member = TestClient.as(cloud, "demo");
        assertEquals("demo", named(admin, "/users/" + demo, "user"));
        assertEquals("ops", named(admin, "/projects/" + ops, "project"));
        assertEquals("demo", named(member, "/users/" + demo, "user"));
        assertEquals("demo", named(member, "/projects/" + demos, "project"));
        refused(404, "Could not find user: " + nobody + ".", admin, "/users/" + nobody);
        refused(404, "Could not find project: " + nobody + ".", admin, "/projects/" + nobody);
        String denied = "You are not authorized to perform the requested action: identity:";
        refused(403, denied + "get_user.", member, "/users/" + id("user admin"));
        refused(403, denied + "get_user.", member, "/users/" + nobody);
        refused(403, denied + "get_project.", member, "/projects/" + ops);
        refused(401, KeystoneApi.UNAUTHORIZED, TestClient.of(cloud), "/projects/" + ops);
    }

    private static String id(String seed) {
        return World.uuid(seed).replace("-", "");
    }

    private static String named(TestClient client, String path, String kind) {
        TestClient.Reply reply = client.identity("GET", path, null);
        assertEquals(reply.text(), 200, reply.status());
        assertEquals(
                path.substring(path.lastIndexOf('/') + 1),
                reply.json().path(kind).path("id").asText());
        return reply.json().path(kind).path("name").asText();
    }

    private static void refused(int status, String message, TestClient client, String path) {
        TestClient.Reply reply = client.identity("GET", path, null);
        assertEquals(path, status, reply.status());
        assertEquals(message, reply.message());
    }

    /** Of every service: a credential that is bound to rules gets a 401 for all else. */
    @Test
    public void anApplicationCredentialIsHeldToItsAccessRules() {
        try (SimulatedCloud bound = SimulatedCloud.builder()
                .userWithCredential("robot", "secret", "ops", "cred-1", "s3cr3t", "admin")
                .accessRules("robot", "compute GET /v2.1/servers", "identity GET /v3/projects/*")
                .host("compute1")
                .start()) {
            TestClient robot = TestClient.byCredential(bound, "cred-1", "s3cr3t");
            assertEquals(200, robot.get("/servers").status());
            assertEquals(401, robot.get("/servers/detail").status());
            assertEquals(401, robot.get("/os-services").status());
            assertEquals(401, robot.placement("/resource_providers").status());
            assertEquals("ops", named(robot, "/projects/" + id("project ops"), "project"));
            refused(401, KeystoneApi.UNAUTHORIZED, robot, "/users/" + id("user robot"));
            TestClient password = TestClient.as(bound, "robot", "ops");
            assertEquals(
                    "the password is not bound",
                    200,
                    password.get("/os-services").status());
        }
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
