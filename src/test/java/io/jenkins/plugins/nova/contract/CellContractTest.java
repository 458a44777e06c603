package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Rule;
import org.junit.Test;

/** What Nova tells while the database of one of its cells is stopped: status 200, and rows missing without a word. */
public class CellContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.withASecondCell();

    /** One test, for a cell is not made in a moment. */
    @Test
    public void whatIsInAStoppedCellIsLeftOutOrUnknown() {
        String far = CloudUnderTest.FAR_HOST;
        List<String> ids =
                cloud.boot(Boot.named("far-web").on(far), Boot.named("near-web").on(cloud.host(1)));
        assertEquals(List.of("far-web"), names(get("/servers/detail?all_tenants=1&host=" + far), "servers"));
        cloud.stopCell();

        filteredListsLeaveItOut(far);
        unfilteredListsTellOfIt(ids.get(0));
        oneServer(ids.get(0));
        servicesMigrationsHypervisors(far, ids.get(0));

        cloud.startCell();
        cloud.await(
                "the cell is told of again",
                () -> get("/servers/detail?all_tenants=1&host=" + far),
                list -> names(list, "servers").equals(List.of("far-web")));
    }

    private void filteredListsLeaveItOut(String far) {
        for (String query :
                List.of("host=" + far, "name=far-web", "limit=10", "sort_key=created_at", "status=ACTIVE")) {
            JsonNode list = get("/servers/detail?all_tenants=1&" + query);
            assertFalse(query, names(list, "servers").contains("far-web"));
            assertFalse(query, texts(list.path("servers"), "status").contains("UNKNOWN"));
        }
        assertFalse(names(at("2.68", "/servers/detail?all_tenants=1").body(), "servers")
                .contains("far-web"));
    }

    private void unfilteredListsTellOfIt(String id) {
        Map<String, List<String>> fields = Map.of(
                "/servers/detail?all_tenants=1",
                List.of("created", "id", "links", "status", "tenant_id"),
                "/servers?all_tenants=1",
                List.of("id", "links", "status"));
        fields.forEach((path, names) -> {
            JsonNode row = rows(get(path).path("servers"), "id").get(id);
            assertEquals(path, "UNKNOWN", row.path("status").asText());
            assertEquals(path, new TreeSet<>(names), fields(row));
        });
    }

    private void oneServer(String id) {
        JsonNode server = get("/servers/" + id).path("server");
        assertEquals(
                new TreeSet<>(List.of(
                        "OS-EXT-AZ:availability_zone",
                        "OS-EXT-STS:power_state",
                        "created",
                        "flavor",
                        "id",
                        "image",
                        "links",
                        "server_groups",
                        "status",
                        "tenant_id",
                        "user_id")),
                fields(server));
        assertEquals("UNKNOWN", server.path("status").asText());
        assertEquals(500, at("2.68", "/servers/" + id).status());
        assertEquals(500, at("2.90", "/servers/" + id + "/os-instance-actions").status());
        assertEquals(
                500,
                cloud.onTheWire()
                        .act("2.90", id, Backstage.object().putNull("migrate"))
                        .status());
    }

    private void servicesMigrationsHypervisors(String far, String id) {
        String services = "/os-services?binary=nova-compute";
        JsonNode service = rows(get(services).path("services"), "host").get(far);
        assertEquals(new TreeSet<>(List.of("binary", "host", "status")), fields(service));
        assertEquals("UNKNOWN", service.path("status").asText());
        assertFalse(rows(at("2.68", services).body().path("services"), "host").containsKey(far));
        assertEquals(200, at("2.90", "/os-migrations").status());
        assertEquals(500, at("2.58", "/os-migrations").status());
        assertEquals(500, at("2.90", "/os-hypervisors/detail").status());
        assertTrue("Placement is not in a cell", Holders.of(cloud, far).contains(id));
    }

    private JsonNode get(String path) {
        Backstage.Said said = at("2.90", path);
        assertEquals(path, 200, said.status());
        return said.body();
    }

    private Backstage.Said at(String microversion, String path) {
        return cloud.onTheWire().get(microversion, path);
    }

    private static List<String> names(JsonNode list, String field) {
        return texts(list.path(field), "name");
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> all = new ArrayList<>();
        list.forEach(row -> {
            if (row.has(field)) {
                all.add(row.path(field).asText());
            }
        });
        return all;
    }

    private static Map<String, JsonNode> rows(JsonNode list, String key) {
        Map<String, JsonNode> all = new TreeMap<>();
        list.forEach(row -> all.put(row.path(key).asText(), row));
        return all;
    }

    private static TreeSet<String> fields(JsonNode row) {
        TreeSet<String> names = new TreeSet<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
