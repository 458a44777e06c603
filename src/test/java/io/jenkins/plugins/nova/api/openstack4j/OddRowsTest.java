package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** One odd row spoils nothing but itself, in each list, wherever it stands. */
public class OddRowsTest {

    /** What Nova tells of a server whose cell does not answer (api-guide, handling_down_cells; 2.69). */
    private static final String DOWN = "{\"id\": \"far1\", \"status\": \"UNKNOWN\", \"tenant_id\": \"p1\","
            + " \"created\": \"2026-01-02T03:04:05Z\", \"links\": []}";

    /**
     * A list.
     *
     * @param row a good row; {@code %1$s} is a number that tells it from others
     * @param needed fields without which a row is set aside
     * @param call reads it
     */
    private record Kind(
            OddRow.Kind of,
            String path,
            String name,
            String row,
            List<String> needed,
            Function<OpenStackNova, Listed<?>> call) {

        String good(int number) {
            return row.formatted(number);
        }

        Reply answer(List<String> rows) {
            return Reply.json(200, "{\"" + name + "\": [" + String.join(",", rows) + "]}");
        }
    }

    private static final String SERVER = CallsTest.server("s%1$s", "n", "c1", "");

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    OddRow.Kind.SERVER,
                    "/v2.1/servers/detail",
                    "servers",
                    SERVER,
                    List.of("id"),
                    nova -> nova.serversOn("c1")),
            new Kind(
                    OddRow.Kind.SERVER,
                    "/v2.1/servers/detail",
                    "servers",
                    SERVER,
                    List.of("id"),
                    nova -> nova.serversNamed("n")),
            new Kind(
                    OddRow.Kind.SERVER,
                    "/v2.1/servers",
                    "servers",
                    "{\"id\": \"s%1$s\", \"name\": \"n\"}",
                    List.of("id"),
                    nova -> nova.serverNames(null, 50)),
            new Kind(
                    OddRow.Kind.COMPUTE_SERVICE,
                    "/v2.1/os-services",
                    "services",
                    "{\"id\": \"x%1$s\", \"binary\": \"nova-compute\", \"host\": \"c%1$s\", \"zone\": \"z\","
                            + " \"status\": \"enabled\", \"state\": \"up\", \"forced_down\": false}",
                    List.of("host"),
                    OpenStackNova::computeServices),
            new Kind(
                    OddRow.Kind.HYPERVISOR,
                    "/v2.1/os-hypervisors/detail",
                    "hypervisors",
                    "{\"id\": \"h%1$s\", \"hypervisor_hostname\": \"c\", \"service\": {\"host\": \"c\"}, \"state\":"
                            + " \"up\", \"status\": \"enabled\"}",
                    List.of("id", "service"),
                    OpenStackNova::hypervisors),
            new Kind(
                    OddRow.Kind.MIGRATION,
                    "/v2.1/os-migrations",
                    "migrations",
                    "{\"id\": %1$s, \"uuid\": \"m%1$s\", \"instance_uuid\": \"s1\", \"status\": \"done\"}",
                    List.of("id", "instance_uuid"),
                    nova -> nova.migrations(MigrationQuery.ALL)),
            new Kind(
                    OddRow.Kind.SERVER_MIGRATION,
                    "/v2.1/servers/s1/migrations",
                    "migrations",
                    "{\"id\": %1$s, \"status\": \"running\"}",
                    List.of("id"),
                    nova -> nova.serverMigrations("s1")),
            new Kind(
                    OddRow.Kind.INSTANCE_ACTION,
                    "/v2.1/servers/s1/os-instance-actions",
                    "instanceActions",
                    "{\"action\": \"migrate\", \"request_id\": \"req-%1$s\"}",
                    List.of("action", "request_id"),
                    nova -> nova.actions("s1")),
            new Kind(
                    OddRow.Kind.PORT,
                    "/v2.1/servers/s1/os-interface",
                    "interfaceAttachments",
                    "{\"port_id\": \"p%1$s\", \"port_state\": \"ACTIVE\"}",
                    List.of("port_id"),
                    nova -> nova.ports("s1")),
            new Kind(
                    OddRow.Kind.SERVER_GROUP,
                    "/v2.1/os-server-groups",
                    "server_groups",
                    "{\"id\": \"g%1$s\", \"name\": \"n\", \"policy\": \"affinity\", \"members\": [\"s1\"]}",
                    List.of("id", "members"),
                    OpenStackNova::serverGroups),
            new Kind(
                    OddRow.Kind.AGGREGATE,
                    "/v2.1/os-aggregates",
                    "aggregates",
                    "{\"id\": %1$s, \"name\": \"n\", \"hosts\": [\"c1\"], \"metadata\": {}}",
                    List.of("id", "hosts"),
                    OpenStackNova::aggregates),
            new Kind(
                    OddRow.Kind.RESOURCE_PROVIDER,
                    "/placement/resource_providers",
                    "resource_providers",
                    "{\"uuid\": \"p%1$s\", \"name\": \"c1\", \"generation\": 1}",
                    List.of("uuid", "name"),
                    nova -> nova.resourceProviders("c1")));

    private FakeCloud cloud;
    private OpenStackNova nova;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
        nova = cloud.connect();
    }

    @After
    public void stop() {
        cloud.close();
    }

    private Listed<?> read(Kind kind, List<String> rows) {
        cloud.on("GET", kind.path(), kind.answer(rows));
        return kind.call().apply(nova);
    }

    /** A row with one field of another kind, null, or missing. */
    private static List<String> bent(String row, String field) {
        List<String> rows = new ArrayList<>();
        for (String value : List.of("null", "{}", "[]", "")) {
            ObjectNode changed = (ObjectNode) FakeCloud.json(row);
            changed.remove(field);
            if (!value.isEmpty()) {
                changed.set(field, FakeCloud.json(value));
            }
            rows.add(changed.toString());
        }
        return rows;
    }

    @Test
    public void aRowThatCannotBeReadIsSetAsideWhereverItStands() {
        for (Kind kind : KINDS) {
            List<String> odd = new ArrayList<>(List.of("{}", "null", "7", "\"text\"", "[]"));
            kind.needed()
                    .forEach(field -> bent(kind.good(9), field).stream()
                            .filter(row -> !(kind.good(9).contains("\"" + field + "\": [")
                                    && row.contains("\"" + field + "\":[]")))
                            .forEach(odd::add));
            Listed<?> whole = read(kind, List.of(kind.good(1), kind.good(2)));
            assertEquals(kind.path(), 2, whole.size());
            assertEquals(List.of(), whole.setAside());
            for (String row : odd) {
                for (int place = 0; place < 3; place++) {
                    List<String> rows = new ArrayList<>(List.of(kind.good(1), kind.good(2)));
                    rows.add(place, row);
                    Listed<?> read = read(kind, rows);
                    assertEquals(kind.path() + " with " + row, whole, read);
                    assertEquals(
                            kind.path() + " with " + row, 1, read.setAside().size());
                    assertEquals(kind.of(), read.setAside().get(0).kind());
                }
            }
        }
    }

    /** What Nova has told in every answer and the drain can do without. */
    @Test
    public void aFactThatCanBeDoneWithoutIsReadAsNotTold() {
        for (Kind kind : KINDS) {
            JsonNode good = FakeCloud.json(kind.good(1));
            good.fieldNames().forEachRemaining(field -> {
                if (kind.needed().contains(field)) {
                    return;
                }
                for (String row : bent(kind.good(1), field)) {
                    // of what the name is not, nobody can be looked for by it
                    boolean sought = kind.path().endsWith("/servers/detail");
                    Listed<?> read = read(kind, List.of(row, kind.good(2)));
                    assertTrue(kind.path() + " with " + row, read.size() == 2 || sought);
                }
            });
        }
    }

    private Server only(String row) {
        Listed<?> read = read(KINDS.get(0), List.of(row));
        assertEquals(row, 1, read.size());
        return (Server) read.get(0);
    }

    @Test
    public void aServerWithoutAName_AFlavorsNameOrSizesIsReadAllTheSame() {
        for (String field : List.of("name", "tenant_id", "user_id", "created", "OS-EXT-STS:power_state")) {
            for (String row : bent(SERVER.formatted(1), field)) {
                assertTrue(row, only(row).known());
            }
        }
        ObjectNode server = (ObjectNode) FakeCloud.json(SERVER.formatted(1));
        server.putNull("name");
        for (String field : List.of("original_name", "ephemeral", "swap", "vcpus", "ram", "disk", "extra_specs")) {
            ((ObjectNode) server.get("flavor")).putNull(field);
        }
        assertEquals("", only(server.toString()).name());
        assertEquals(Flavor.UNTOLD, only(server.toString()).flavor());
    }

    /** Whether a root disk may be given up must not follow from something that was not told. */
    @Test
    public void aServerThatDoesNotTellItsImageCountsAsOneWithALocalDisk() {
        assertTrue(only(SERVER.formatted(1)).bootsFromVolume());
        for (String row : bent(SERVER.formatted(1), "image")) {
            assertFalse(row, only(row).bootsFromVolume());
        }
    }

    @Test
    public void aServerWhoseStateTaskFlavorOrHostIsNotToldIsUnknownAndThere() {
        List<String> odd = new ArrayList<>(List.of(DOWN, "{\"id\": \"far1\", \"status\": \"UNKNOWN\"}"));
        odd.addAll(bent(SERVER.formatted(1), "OS-EXT-STS:vm_state"));
        odd.addAll(bent(SERVER.formatted(1), "flavor").stream()
                .filter(row -> !row.contains("\"flavor\":{}"))
                .toList());
        odd.addAll(bent(SERVER.formatted(1), "OS-EXT-STS:task_state").stream()
                .filter(row -> !row.contains("\"OS-EXT-STS:task_state\":null"))
                .toList());
        odd.addAll(bent(SERVER.formatted(1), "OS-EXT-SRV-ATTR:host"));
        for (String row : odd) {
            // with a good one beside it, for hosts that are told of none are hidden by a policy
            Listed<?> read = read(KINDS.get(0), List.of(SERVER.formatted(2), row));
            assertEquals(row, 2, read.size());
            Server server = (Server) read.get(1);
            assertFalse(row, server.known());
            assertEquals(Server.UNKNOWN, server.status());
            assertNull(server.host());
            assertNull(server.vmState());
            assertEquals(row, 1, read.setAside().size());
            assertEquals(server.id(), read.setAside().get(0).id());
        }
    }

    @Test
    public void aServerThatIsReadAloneIsRecognisedAsUnknown() {
        // as Nova shows one whose cell does not answer: with its flavor, and without state, task and host
        String alone = "{\"id\": \"s1\", \"status\": \"UNKNOWN\", \"tenant_id\": \"p1\", \"user_id\": \"u1\","
                + " \"created\": \"2026-01-02T03:04:05Z\", \"OS-EXT-AZ:availability_zone\": \"z\","
                + " \"OS-EXT-STS:power_state\": 0, \"image\": {\"id\": \"i1\"}, \"flavor\": {\"original_name\": \"m1\","
                + " \"vcpus\": 1, \"ram\": 64, \"disk\": 1, \"ephemeral\": 0, \"swap\": 0}}";
        for (String row : List.of(alone, DOWN, "{\"status\": \"UNKNOWN\"}", "{}")) {
            cloud.on("GET", "/v2.1/servers/s1", Reply.json(200, "{\"server\": " + row + "}"));
            Server server = nova.server("s1");
            assertFalse(row, server.known());
            assertNull(server.host());
        }
        assertNotEquals("", nova.server("s1").id());
    }

    @Test
    public void aServiceOfACellThatDoesNotAnswerIsNeitherUpNorEnabledNorKnown() {
        String far = "{\"binary\": \"nova-compute\", \"host\": \"far-cell-host9\", \"status\": \"UNKNOWN\"}";
        Kind kind = KINDS.get(3);
        Stream.concat(
                        Stream.of(far),
                        Stream.of("id", "status", "state").flatMap(field -> bent(kind.good(9), field).stream()))
                .forEach(row -> {
                    Listed<?> read = read(kind, List.of(row, kind.good(1)));
                    assertEquals(row, 2, read.size());
                    ComputeService service = (ComputeService) read.get(0);
                    assertFalse(row, service.known() || service.up() || service.enabled() || service.forcedDown());
                    assertEquals(row, service.host(), read.setAside().get(0).host());
                    assertTrue(((ComputeService) read.get(1)).known());
                });
        assertEquals(
                "a compute service of far-cell-host9: its cell does not answer (status UNKNOWN)",
                read(kind, List.of(far)).setAside().get(0).words());
    }

    @Test
    public void hostsThatAreHiddenFromTheUserAreStillAnError() {
        ObjectNode hidden = (ObjectNode) FakeCloud.json(SERVER.formatted(1));
        hidden.remove("OS-EXT-SRV-ATTR:host");
        assertThrows(NovaException.Missing.class, () -> read(KINDS.get(0), List.of(hidden.toString())));
    }

    @Test
    public void pagesGoOnFromTheLastRowThatTellsItsId() {
        String next = ", \"servers_links\": [{\"rel\": \"next\", \"href\": \"x\"}]}";
        cloud.on(
                "GET",
                "/v2.1/servers/detail",
                Reply.json(200, "{\"servers\": [" + SERVER.formatted(1) + ", {}]" + next),
                Reply.json(200, "{\"servers\": [{}, " + SERVER.formatted(2) + "]}"));
        Listed<Server> read = nova.serversOn("c1");
        assertEquals(List.of("s1", "s2"), read.stream().map(Server::id).toList());
        assertEquals(1, read.setAside().size());
        assertTrue(cloud.calls().get(1).uri().contains("marker=s1"));
    }

    @Test
    public void oneMigrationWithoutItsHostDoesNotMakeAnAdminBlind() {
        cloud.on("GET", "/v2.1/servers", Reply.json(200, "{\"servers\": []}"))
                .on("GET", "/v2.1/os-services", Reply.json(200, "{\"services\": [null]}"))
                .on(
                        "GET",
                        "/v2.1/os-migrations",
                        Reply.json(
                                200,
                                "{\"migrations\": [{\"id\": 2, \"source_compute\": null}, {\"id\": 1,"
                                        + " \"source_compute\": \"c1\"}]}"));
        assertTrue(nova.seesAllProjects());
    }

    @Test
    public void ofPlacementsAnswerOneProviderIsSetAside() {
        cloud.on(
                        "GET",
                        "/placement/",
                        Reply.json(200, "{\"versions\": [{\"id\": \"v1.0\", \"max_version\": \"1.39\"}]}"))
                .on("GET", "/placement/allocation_candidates", Reply.json(200, """
                        {"allocation_requests": [
                           null, {"allocations": 7},
                           {"allocations": {"c1": {"resources": {"VCPU": 1}}}}],
                         "provider_summaries": {
                           "c1": {"resources": {"VCPU": {"capacity": 4, "used": 1}}, "root_provider_uuid": "c1"},
                           "c2": {"resources": {"VCPU": {"capacity": null, "used": 1}}, "root_provider_uuid": "c2"},
                           "c3": null}}"""));
        AllocationCandidates found = nova.allocationCandidates(new Resources(1, 64, 1), Set.of());
        assertEquals(List.of("c1"), found.providerIds());
        assertEquals(Map.of("VCPU", 4L), found.summaries().get("c1").capacity());
        assertEquals(Set.of("c1"), found.summaries().keySet());
        assertEquals(4, found.setAside().size());
    }
}
