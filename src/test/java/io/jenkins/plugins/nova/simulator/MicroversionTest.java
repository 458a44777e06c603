package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** What a microversion adds, takes away or refuses. Messages were copied from mini-nova. */
public class MicroversionTest {
    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .maxMicroversion(103)
            .host("compute1")
            .server("web1", s -> s.locked("do not touch").pinnedTo("nova").imageProperty("hw_machine_type", "q35"))
            .host("compute2")
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");
    private final String id = cloud.id("web1");

    @After
    public void close() {
        cloud.close();
    }

    private void refuses(String version, String body, String message) {
        TestClient.Reply reply = admin.at(version).act(id, body);
        assertEquals(body + " at " + version + ": " + reply.text(), 400, reply.status());
        assertEquals(message, reply.message());
    }

    @Test
    public void tellsItsRange() {
        JsonNode version = admin.get("/").json().path("version");
        assertEquals("2.103", version.path("version").asText());
        assertEquals("2.1", version.path("min_version").asText());
        TestClient.Reply above = admin.at("2.104").get("/servers");
        assertEquals(406, above.status());
        assertEquals(
                "Version 2.104 is not supported by the API. Minimum is 2.1 and maximum is 2.103.", above.message());
        assertEquals("compute 2.103", admin.at("latest").get("/servers").header("OpenStack-API-Version"));
    }

    @Test
    public void liveMigrateBodies() {
        String where = "Invalid input for field/attribute os-migrateLive. Value: ";
        refuses("2.93", "{'os-migrateLive':{}}", where + "{}. 'block_migration' is a required property");
        refuses(
                "2.93",
                "{'os-migrateLive':{'block_migration':'auto'}}",
                where + "{'block_migration': 'auto'}. 'host' is a required property");
        refuses(
                "2.93",
                "{'os-migrateLive':{'host':null,'block_migration':'auto','force':true}}",
                where
                        + "{'host': None, 'block_migration': 'auto', 'force': True}. Additional properties are not allowed"
                        + " ('force' was unexpected)");
        refuses(
                "2.93",
                "{'os-migrateLive':{'host':null,'block_migration':'auto','disk_over_commit':false}}",
                where
                        + "{'host': None, 'block_migration': 'auto', 'disk_over_commit': False}. Additional properties are"
                        + " not allowed ('disk_over_commit' was unexpected)");
        refuses(
                "2.24",
                "{'os-migrateLive':{'host':null,'block_migration':false}}",
                where + "{'host': None, 'block_migration': False}. 'disk_over_commit' is a required property");
        refuses(
                "2.24",
                "{'os-migrateLive':{'host':null,'block_migration':'auto','disk_over_commit':false}}",
                "Invalid input for field/attribute block_migration. Value: auto. 'auto' is not one of [True, 'True',"
                        + " 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes', False, 'False', 'FALSE', 'false',"
                        + " '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no']");
        refuses(
                "2.93",
                "{'os-migrateLive':{'host':'a b','block_migration':'auto'}}",
                "Invalid input for field/attribute host. Value: a b. 'a b' does not match '^[a-zA-Z0-9-._]*$'");
        refuses(
                "2.93",
                "{'os-migrateLive':{'host':5,'block_migration':'auto'}}",
                "Invalid input for field/attribute host. Value: 5. 5 is not of type 'string', 'null'");
        refuses(
                "2.30",
                "{'os-migrateLive':{'host':null,'block_migration':'auto','force':true}}",
                "Can't force to a non-provided destination");
        refuses(
                "2.93",
                "{'os-migrateLive':{'host':'nosuch','block_migration':'auto'}}",
                "Compute host nosuch could not be found.");
    }

    @Test
    public void evacuateBodies() {
        refuses(
                "2.93",
                "{'evacuate':{'onSharedStorage':true}}",
                "Invalid input for field/attribute evacuate. Value: {'onSharedStorage': True}. Additional properties are"
                        + " not allowed ('onSharedStorage' was unexpected)");
        refuses(
                "2.13",
                "{'evacuate':{}}",
                "Invalid input for field/attribute evacuate. Value: {}. 'onSharedStorage' is a required property");
        refuses(
                "2.68",
                "{'evacuate':{'force':true}}",
                "Invalid input for field/attribute evacuate. Value: {'force': True}. Additional properties are not allowed"
                        + " ('force' was unexpected)");
        refuses("2.29", "{'evacuate':{'force':true}}", "Can't force to a non-provided destination");
        refuses(
                "2.93",
                "{'evacuate':{'host':null}}",
                "Invalid input for field/attribute host. Value: None. None is not of type 'string'");
    }

    @Test
    public void otherBodies() {
        refuses("2.93", "{'nosuch':null}", "There is no such action: nosuch");
        refuses("2.93", "{}", "Malformed request body");
        refuses("2.93", "{'migrate':null,'lock':null}", "Malformed request body");
        refuses(
                "2.93",
                "{'migrate':{'foo':1}}",
                "Invalid input for field/attribute migrate. Value: {'foo': 1}. Additional properties are not allowed"
                        + " ('foo' was unexpected)");
    }

    @Test
    public void serversShowMoreAndMore() {
        JsonNode old = admin.at("2.1").server(id);
        assertTrue(old.path("flavor").has("id"));
        assertFalse(old.has("locked"));
        assertEquals(
                "m1.small",
                admin.at("2.47").server(id).path("flavor").path("original_name").asText());
        assertEquals("UP", admin.at("2.16").server(id).path("host_status").asText());
        assertFalse(admin.at("2.72").server(id).has("locked_reason"));
        assertEquals(
                "do not touch",
                admin.at("2.73").server(id).path("locked_reason").asText());
        assertFalse(admin.at("2.95").server(id).has("pinned_availability_zone"));
        assertEquals(
                "nova",
                admin.at("2.96").server(id).path("pinned_availability_zone").asText());
        assertFalse(admin.at("2.97").server(id).path("image").has("properties"));
        assertEquals(
                "q35",
                admin.at("2.98")
                        .server(id)
                        .path("image")
                        .path("properties")
                        .path("hw_machine_type")
                        .asText());
    }

    @Test
    public void hypervisorsLoseTheirFiguresIn288() {
        JsonNode before = admin.at("2.87")
                .get("/os-hypervisors/detail")
                .json()
                .path("hypervisors")
                .path(0);
        assertEquals(2048 + 512, before.path("memory_mb_used").asInt());
        assertEquals(1, before.path("running_vms").asInt());
        JsonNode after = admin.at("2.88")
                .get("/os-hypervisors/detail")
                .json()
                .path("hypervisors")
                .path(0);
        assertFalse(after.has("memory_mb_used"));
        assertTrue(after.has("uptime"));
        assertTrue(admin.at("2.52")
                .get("/os-hypervisors")
                .json()
                .path("hypervisors")
                .path(0)
                .path("id")
                .isInt());
    }

    @Test
    public void unknownQueryParametersAreRefusedFrom275() {
        assertEquals(200, admin.at("2.74").get("/servers?nosuch=1").status());
        assertEquals(
                "'nosuch' does not match any of the regexes: '^_'",
                admin.at("2.75").get("/servers?nosuch=1").message());
        assertEquals(200, admin.at("2.58").get("/os-migrations?foo=1").status());
        assertEquals(
                "Additional properties are not allowed ('foo' was unexpected)",
                admin.at("2.59").get("/os-migrations?foo=1").message());
    }

    @Test
    public void aMigrationThatHasNotChangedYetIsNotAmongTheChanged() {
        admin.act(id, "{'migrate':null}");
        cloud.advance(Duration.ofMillis(50));
        assertEquals("pre-migrating", admin.migration(id).path("status").asText());
        assertTrue(admin.migration(id).path("updated_at").isNull());
        String since = "/os-migrations?changes-since=2025-01-01T00:00:00Z";
        assertEquals(0, admin.get(since).json().path("migrations").size());
        cloud.advance(Duration.ofSeconds(1));
        assertEquals(1, admin.get(since).json().path("migrations").size());
    }

    @Test
    public void abortAndForceNameTheStateThatIsWrong() {
        assertEquals(
                "Instance " + id + " is in an invalid state for 'abort live migration'",
                admin.delete("/servers/" + id + "/migrations/1").message());
        admin.act(id, "{'migrate':null}");
        assertEquals(
                "Cannot 'abort live migration' instance " + id + " while it is in task_state resize_prep",
                admin.delete("/servers/" + id + "/migrations/1").message());
    }
}
