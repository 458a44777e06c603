package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

public class ColdMigrationTest {
    private static final String MIGRATE = "{'migrate':null}";

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute1")
            .server("web1")
            .server("off", s -> s.status("SHUTOFF"))
            .server("paused", s -> s.status("PAUSED"))
            .host("compute2")
            .host("compute3", h -> h.capacity(8, 4096, 100).reserved(0))
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    @After
    public void close() {
        cloud.close();
    }

    private List<String> trace(String id, Duration lasting) {
        List<String> seen = new ArrayList<>();
        for (long i = 0; i < lasting.toMillis(); i += 20) {
            JsonNode server = admin.server(id);
            String now = server.path("status").asText() + "/"
                    + server.path("OS-EXT-STS:task_state").asText() + "/"
                    + server.path("OS-EXT-SRV-ATTR:host").asText() + " "
                    + admin.migration(id).path("status").asText();
            if (!seen.contains(now)) {
                seen.add(now);
            }
            cloud.advance(Duration.ofMillis(20));
        }
        return seen;
    }

    @Test
    public void reachesVerifyResizeAsNovaDoes() {
        String id = cloud.id("web1");
        assertEquals(202, admin.act(id, MIGRATE).status());
        assertEquals(
                List.of(
                        "RESIZE/resize_prep/compute1 ",
                        "RESIZE/resize_prep/compute1 pre-migrating",
                        "RESIZE/resize_prep/compute1 migrating",
                        "RESIZE/resize_migrating/compute1 migrating",
                        "RESIZE/resize_migrating/compute1 post-migrating",
                        "RESIZE/resize_migrated/compute2 post-migrating",
                        "RESIZE/resize_finish/compute2 post-migrating",
                        "RESIZE/resize_finish/compute2 finished",
                        "VERIFY_RESIZE/null/compute2 finished"),
                trace(id, Duration.ofSeconds(3)));
        assertEquals(409, admin.act(id, MIGRATE).status());
    }

    @Test
    public void confirmationIsAnsweredBeforeItHappens() {
        String id = cloud.id("web1");
        admin.act(id, MIGRATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(204, admin.act(id, "{'confirmResize':null}").status());
        TestClient.Reply again = admin.act(id, "{'confirmResize':null}");
        assertEquals(400, again.status());
        assertEquals("Instance has not been resized.", again.message());
        assertEquals(
                List.of(
                        "VERIFY_RESIZE/null/compute2 confirming",
                        "VERIFY_RESIZE/null/compute2 confirmed",
                        "ACTIVE/null/compute2 confirmed"),
                trace(id, Duration.ofSeconds(1)));
    }

    @Test
    public void aStoppedServerStaysStopped() {
        String id = cloud.id("off");
        admin.act(id, MIGRATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("VERIFY_RESIZE", cloud.server("off").status());
        admin.act(id, "{'confirmResize':null}");
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("SHUTOFF", cloud.server("off").status());
        assertEquals("compute2", cloud.server("off").host());
    }

    @Test
    public void revertingBringsItHome() {
        String id = cloud.id("web1");
        admin.act(id, MIGRATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(202, admin.act(id, "{'revertResize':null}").status());
        assertEquals(
                List.of(
                        "REVERT_RESIZE/resize_reverting/compute2 reverting",
                        "REVERT_RESIZE/resize_reverting/compute2 reverted",
                        "REVERT_RESIZE/resize_reverting/compute1 reverted",
                        "ACTIVE/null/compute1 reverted"),
                trace(id, Duration.ofSeconds(2)));
    }

    @Test
    public void refusalsAreNovas() {
        String id = cloud.id("web1");
        assertEquals(
                "Compute host nosuch could not be found.",
                admin.act(id, "{'migrate':{'host':'nosuch'}}").message());
        assertEquals(
                "Cannot migrate to the host where the server exists.",
                admin.act(id, "{'migrate':{'host':'compute1'}}").message());
        assertEquals(
                "Cannot 'migrate' instance " + cloud.id("paused") + " while it is in vm_state paused",
                admin.act(cloud.id("paused"), MIGRATE).message());
        assertEquals(
                "Cannot 'confirmResize' instance " + id + " while it is in vm_state active",
                admin.act(id, "{'confirmResize':null}").message());
        cloud.kill("compute1");
        cloud.advance(Duration.ofSeconds(61));
        TestClient.Reply down = admin.act(id, MIGRATE);
        assertEquals(409, down.status());
        assertEquals("Service is unavailable at this time.", down.message());
    }

    @Test
    public void below256TheHostIsSilentlyIgnored() {
        String id = cloud.id("web1");
        assertEquals(
                202, admin.at("2.55").act(id, "{'migrate':{'host':'compute3'}}").status());
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("compute2", cloud.server("web1").host());
    }

    @Test
    public void failuresOfTheHypervisorEndInError() {
        cloud.behaviour("web1").fails(Operation.COLD, "disk full");
        cloud.behaviour("off").fails(Operation.FINISH, "no network");
        TestClient.Reply cold = admin.act(cloud.id("web1"), MIGRATE);
        admin.act(cloud.id("off"), MIGRATE);
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("ERROR", cloud.server("web1").status());
        assertEquals("compute1", cloud.server("web1").host());
        assertEquals(
                "disk full",
                admin.server(cloud.id("web1")).path("fault").path("message").asText());
        assertEquals(
                "Error", admin.action(cloud.id("web1"), cold).path("message").asText());
        assertEquals("ERROR", cloud.server("off").status());
        assertEquals("compute2", cloud.server("off").host());
        assertEquals(
                List.of("error", "error"),
                cloud.migrations().stream().map(MigrationState::status).toList());
    }

    @Test
    public void noValidHostLeavesTheServerAsItWas() {
        TestClient.Reply reply = admin.act(cloud.id("off"), "{'migrate':{'host':'compute3'}}");
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("VERIFY_RESIZE", cloud.server("off").status());
        TestClient.Reply full = admin.act(cloud.id("web1"), "{'migrate':{'host':'compute3'}}");
        cloud.settle(Duration.ofMinutes(1));
        assertEquals(
                "the second 2 GiB still fit into 4",
                "VERIFY_RESIZE",
                cloud.server("web1").status());
        assertEquals(202, reply.status());
        assertEquals(202, full.status());
        String id = cloud.id("paused");
        admin.act(id, "{'unpause':null}");
        cloud.settle(Duration.ofMinutes(1));
        TestClient.Reply none = admin.act(id, "{'migrate':{'host':'compute3'}}");
        cloud.settle(Duration.ofMinutes(1));
        assertEquals("ACTIVE", cloud.server("paused").status());
        assertEquals("error", admin.migration(id).path("status").asText());
        assertEquals(
                "No valid host was found. No valid host found for cold migrate",
                admin.action(id, none).path("events").path(0).path("details").asText());
    }
}
