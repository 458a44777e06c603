package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

public class ListsTest {
    private final SimulatedCloud cloud = describe().start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    private static CloudBuilder describe() {
        CloudBuilder builder = SimulatedCloud.builder()
                .maxLimit(5)
                .flavor("gpu", 8, 16_384, 80, Map.of("trait:CUSTOM_GPU", "required"))
                .host("compute1", h -> h.traits("CUSTOM_GPU"))
                .group("cluster", "anti-affinity", "demo");
        for (int i = 1; i <= 11; i++) {
            builder.server("web" + i);
        }
        return builder.server("own", s -> s.owner("admin"))
                .host("compute10")
                .server("other", s -> s.group("cluster").flavor("gpu"))
                .host("compute2", h -> h.capacity(1, 1024, 10))
                .aggregate("gpus", null, Map.of("gpu", "true"), "compute1");
    }

    @After
    public void close() {
        cloud.close();
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    @Test
    public void pagesAreFollowedByTheirLinks() {
        List<String> all = new ArrayList<>();
        int pages = 0;
        JsonNode page = admin.get("/servers/detail?host=compute1&all_tenants=1").json();
        while (true) {
            pages++;
            all.addAll(names(page.path("servers")));
            if (!page.has("servers_links")) {
                break;
            }
            page = admin.getUrl(page.path("servers_links").path(0).path("href").asText())
                    .json();
        }
        assertEquals(3, pages);
        assertEquals(12, all.size());
        assertEquals("newest first", "own", all.get(0));
        assertEquals(400, admin.get("/servers?marker=nosuch").status());
        assertEquals(
                "marker [nosuch] not found", admin.get("/servers?marker=nosuch").message());
    }

    @Test
    public void theHostFilterIsExactForAnAdminAndIgnoredForOthers() {
        assertEquals(
                List.of("other"),
                names(admin.get("/servers?host=compute10&all_tenants=1").json().path("servers")));
        TestClient demo = TestClient.as(cloud, "demo");
        assertEquals(5, demo.get("/servers?host=nosuch").json().path("servers").size());
        TestClient.Reply all = demo.get("/servers/detail?host=compute1&all_tenants=1");
        assertEquals(403, all.status());
        assertEquals(
                "Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed.", all.message());
        assertFalse(demo.server(cloud.id("web1")).has("OS-EXT-SRV-ATTR:host"));
        assertEquals(404, demo.get("/servers/" + cloud.id("own")).status());
    }

    @Test
    public void theNameFilterIsARegularExpression() {
        assertEquals(
                List.of("web11", "web10", "web1"),
                names(admin.get("/servers?name=web1&all_tenants=1").json().path("servers")));
        assertEquals(
                List.of("web1"),
                names(admin.get("/servers?name=%5Eweb1%24&all_tenants=1").json().path("servers")));
        assertEquals(400, admin.get("/servers?name=%5B").status());
    }

    @Test
    public void withoutAllTenantsAnAdminSeesTheOwnProject() {
        assertEquals(List.of("own"), names(admin.get("/servers").json().path("servers")));
    }

    @Test
    public void migrationsAreNewestFirstFilteredAndPaged() {
        for (int i = 1; i <= 7; i++) {
            admin.act(cloud.id("web" + i), "{'migrate':null}");
            cloud.advance(Duration.ofSeconds(10));
        }
        JsonNode first = admin.get("/os-migrations?source_compute=compute1").json();
        assertEquals(5, first.path("migrations").size());
        assertEquals(7, first.path("migrations").path(0).path("id").asInt());
        JsonNode second = admin.getUrl(
                        first.path("migrations_links").path(0).path("href").asText())
                .json();
        assertEquals(2, second.path("migrations").size());
        assertFalse(second.has("migrations_links"));
        assertEquals(
                7,
                admin.at("2.58").get("/os-migrations").json().path("migrations").size());
        String since = cloud.clock().instant().minusSeconds(25).toString();
        assertEquals(
                2,
                admin.get("/os-migrations?changes-since=" + since)
                        .json()
                        .path("migrations")
                        .size());
        assertEquals(
                1,
                admin.get("/os-migrations?instance_uuid=" + cloud.id("web3"))
                        .json()
                        .path("migrations")
                        .size());
        assertEquals(
                0,
                admin.get("/os-migrations?status=error")
                        .json()
                        .path("migrations")
                        .size());
        assertEquals(403, TestClient.as(cloud, "demo").get("/os-migrations").status());
    }

    @Test
    public void groupsAggregatesAndFlavors() {
        assertEquals(
                0, admin.get("/os-server-groups").json().path("server_groups").size());
        JsonNode group = admin.get("/os-server-groups?all_projects=True")
                .json()
                .path("server_groups")
                .path(0);
        assertEquals("anti-affinity", group.path("policy").asText());
        assertEquals(cloud.id("other"), group.path("members").path(0).asText());
        assertEquals(
                "anti-affinity",
                admin.at("2.63")
                        .get("/os-server-groups?all_projects=True")
                        .json()
                        .path("server_groups")
                        .path(0)
                        .path("policies")
                        .path(0)
                        .asText());
        JsonNode aggregate =
                admin.get("/os-aggregates").json().path("aggregates").path(0);
        assertEquals("compute1", aggregate.path("hosts").path(0).asText());
        JsonNode flavor = admin.at("2.61").get("/flavors/5").json().path("flavor");
        assertEquals(
                "required", flavor.path("extra_specs").path("trait:CUSTOM_GPU").asText());
        assertFalse(admin.at("2.60").get("/flavors/5").json().path("flavor").has("extra_specs"));
        JsonNode specs =
                admin.at("2.60").get("/flavors/5/os-extra_specs").json().path("extra_specs");
        assertEquals("required", specs.path("trait:CUSTOM_GPU").asText());
        assertEquals(
                "Flavor nosuch could not be found.",
                admin.get("/flavors/nosuch").message());
    }

    @Test
    public void actionsAreNewestFirstAndMembersSeeLess() {
        String id = cloud.id("web1");
        admin.act(id, "{'migrate':null}");
        cloud.settle(Duration.ofMinutes(1));
        JsonNode actions =
                admin.get("/servers/" + id + "/os-instance-actions").json().path("instanceActions");
        assertEquals(2, actions.size());
        assertEquals("migrate", actions.path(0).path("action").asText());
        assertEquals("create", actions.path(1).path("action").asText());
        String path = "/servers/" + id + "/os-instance-actions/"
                + actions.path(0).path("request_id").asText();
        JsonNode event = TestClient.as(cloud, "demo")
                .get(path)
                .json()
                .path("instanceAction")
                .path("events")
                .path(0);
        assertEquals("compute_finish_resize", event.path("event").asText());
        assertFalse(event.has("host") || event.has("traceback") || event.has("details"));
    }

    @Test
    public void placementOffersWhoHasRoomAndTraits() {
        JsonNode all = admin.placement("/allocation_candidates?resources=VCPU:1,MEMORY_MB:2048,DISK_GB:20")
                .json();
        assertEquals("compute2 is too small", 2, all.path("allocation_requests").size());
        JsonNode gpus = admin.placement("/allocation_candidates?resources=VCPU:1&required=CUSTOM_GPU")
                .json();
        assertEquals(1, gpus.path("provider_summaries").size());
        String service = admin.get("/os-services?host=compute1")
                .json()
                .path("services")
                .path(0)
                .path("id")
                .asText();
        admin.put("/os-services/" + service, "{'status':'disabled'}");
        assertEquals(
                2,
                admin.placement("/allocation_candidates?resources=VCPU:1&required=!COMPUTE_STATUS_DISABLED")
                        .json()
                        .path("allocation_requests")
                        .size());
        assertEquals(
                400,
                admin.placement("/allocation_candidates?resources=VCPU:1&required=CUSTOM_NONE")
                        .status());
        assertEquals(
                403,
                TestClient.as(cloud, "demo")
                        .placement("/allocation_candidates?resources=VCPU:1")
                        .status());
    }

    @Test
    public void servicesFollowNovasRules() {
        JsonNode service =
                admin.get("/os-services?host=compute1").json().path("services").path(0);
        String path = "/os-services/" + service.path("id").asText();
        JsonNode disabled = admin.put(path, "{'status':'disabled','disabled_reason':'night work'}")
                .json()
                .path("service");
        assertEquals("disabled", disabled.path("status").asText());
        assertEquals("night work", cloud.disabledReason("compute1"));
        TestClient.Reply both = admin.put(path, "{'status':'enabled','disabled_reason':'x'}");
        assertEquals("Specifying 'disabled_reason' with status 'enabled' is invalid.", both.message());
        admin.put(path, "{'status':'enabled'}");
        assertNull(cloud.disabledReason("compute1"));
        assertEquals(
                "No updates were requested. Fields 'status' or 'forced_down' should be specified.",
                admin.put(path, "{}").message());
        assertEquals(
                "Invalid input for field/attribute status. Value: maybe. 'maybe' is not one of ['enabled', 'disabled']",
                admin.put(path, "{'status':'maybe'}").message());
        assertEquals(
                "Invalid uuid nosuch",
                admin.put("/os-services/nosuch", "{'status':'disabled'}").message());
        assertEquals(404, admin.get(path).status());
        assertEquals(
                "Policy doesn't allow os_compute_api:os-services:update to be performed.",
                TestClient.as(cloud, "demo").put(path, "{'status':'disabled'}").message());
        assertEquals(
                200,
                admin.at("2.52")
                        .put("/os-services/disable", "{'host':'compute1','binary':'nova-compute'}")
                        .status());
        assertFalse(cloud.enabled("compute1"));
    }
}
