package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What Nova tells while the database of one of its cells does not answer: status 200, rows missing. */
public class CellsTest {

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute1")
            .server("web1")
            .host("far1", h -> h.cell("cell2"))
            .server("far-web1")
            .server("far-web2", s -> s.status("SHUTOFF"))
            .start();
    private final TestClient admin = TestClient.as(cloud, "admin");

    @Before
    public void stop() {
        cloud.cellDown("cell2");
    }

    @After
    public void close() {
        cloud.close();
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> all = new ArrayList<>();
        list.forEach(item -> all.add(item.path(field).asText(null)));
        return all;
    }

    @Test
    public void aFilteredSortedOrPagedListLeavesItsServersOutWithoutAWord() {
        for (String query : List.of("host=far1", "name=far", "limit=10", "sort_key=created_at", "status=ACTIVE")) {
            JsonNode list = admin.get("/servers/detail?all_tenants=1&" + query).json();
            assertFalse(query, texts(list.path("servers"), "status").contains("UNKNOWN"));
            assertFalse(query, texts(list.path("servers"), "name").contains("far-web1"));
        }
        assertEquals(
                List.of("web1"),
                texts(
                        admin.at("2.68")
                                .get("/servers/detail?all_tenants=1")
                                .json()
                                .path("servers"),
                        "name"));
    }

    @Test
    public void anUnfilteredListTellsThatTheyAreThere() {
        JsonNode servers = admin.get("/servers/detail?all_tenants=1").json().path("servers");
        assertEquals(List.of("UNKNOWN", "UNKNOWN", "ACTIVE"), texts(servers, "status"));
        assertEquals(new TreeSet<>(List.of("id", "status", "tenant_id", "created", "links")), names(servers.path(0)));
        assertEquals(
                new TreeSet<>(List.of("id", "status", "links")),
                names(admin.get("/servers?all_tenants=1").json().path("servers").path(0)));
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    public void oneOfThemIsShownAsItWasAskedForFrom269On() {
        String id = cloud.id("far-web2");
        JsonNode server = admin.server(id);
        assertEquals("UNKNOWN", server.path("status").asText());
        assertTrue(server.path("OS-EXT-SRV-ATTR:host").isMissingNode());
        assertEquals(500, admin.at("2.68").get("/servers/" + id).status());
        assertEquals(500, admin.get("/servers/" + id + "/os-instance-actions").status());
        assertEquals(500, admin.act(id, "{'migrate':null}").status());
        assertEquals(500, admin.delete("/servers/" + id).status());
    }

    @Test
    public void servicesMigrationsAndHypervisors() {
        JsonNode services = admin.get("/os-services?binary=nova-compute").json().path("services");
        assertEquals(List.of("enabled", "UNKNOWN"), texts(services, "status"));
        assertEquals(new TreeSet<>(List.of("binary", "host", "status")), names(services.path(1)));
        assertEquals(
                1,
                admin.at("2.68")
                        .get("/os-services?binary=nova-compute")
                        .json()
                        .path("services")
                        .size());
        assertEquals(200, admin.get("/os-migrations").status());
        assertEquals(500, admin.get("/os-hypervisors/detail").status());
        cloud.cellUp("cell2");
        assertEquals(
                2,
                admin.get("/os-hypervisors/detail").json().path("hypervisors").size());
    }

    @Test
    public void itsHostsStayHeldInPlacement() {
        JsonNode provider = admin.placement("/resource_providers?name=far1")
                .json()
                .path("resource_providers")
                .path(0);
        JsonNode held = admin.placement(
                        "/resource_providers/" + provider.path("uuid").asText() + "/allocations")
                .json()
                .path("allocations");
        assertEquals(new TreeSet<>(List.of(cloud.id("far-web1"), cloud.id("far-web2"))), names(held));
    }
}
