package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerPort;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What each call sends, at which microversion, and how answers are read. */
public class CallsTest {

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
    }

    @After
    public void stop() {
        cloud.close();
    }

    /** A server with the least that Nova tells an admin; {@code more} goes first. */
    static String server(String id, String name, String host, String more) {
        return """
                {%s "id": "%s", "name": "%s", "tenant_id": "p9", "status": "ACTIVE", "OS-EXT-STS:vm_state": "active",
                 "OS-EXT-STS:task_state": null, "OS-EXT-STS:power_state": 1, "OS-EXT-SRV-ATTR:host": %s,
                 "image": "", "created": "2026-01-02T03:04:05Z",
                 "flavor": {"original_name": "m1", "vcpus": 1, "ram": 64, "disk": 1, "ephemeral": 0, "swap": 0}}""".formatted(more, id, name, host == null ? "null" : "\"" + host + "\"");
    }

    private JsonNode sent(String path, Function<OpenStackNova, Receipt> call) {
        cloud.on("POST", path, new Reply(202, Map.of("X-OpenStack-Request-Id", "req-1"), "not even JSON"));
        assertEquals(new Receipt(202, "req-1"), call.apply(cloud.connect()));
        return FakeCloud.json(last().body());
    }

    private FakeCloud.Seen last() {
        return cloud.seen.get(cloud.seen.size() - 1);
    }

    private String version() {
        return last().header("Openstack-api-version");
    }

    private static JsonNode json(String text) {
        return FakeCloud.json(text);
    }

    @Test
    public void liveMigrationNamesHostAndBlockMigrationAlways() {
        String path = "/v2.1/servers/s1/action";
        assertEquals(
                json("{\"os-migrateLive\": {\"host\": null, \"block_migration\": \"auto\"}}"),
                sent(path, nova -> nova.liveMigrate("s1", null, BlockMigration.AUTO)));
        assertEquals(
                json("{\"os-migrateLive\": {\"host\": \"c2\", \"block_migration\": true}}"),
                sent(path, nova -> nova.liveMigrate("s1", "c2", BlockMigration.TRUE)));
        assertEquals(
                json("{\"os-migrateLive\": {\"host\": \"c2\", \"block_migration\": false}}"),
                sent(path, nova -> nova.liveMigrate("s1", "c2", BlockMigration.FALSE)));
        assertEquals("compute 2.93", version());
    }

    @Test
    public void aServerOfOurOwnIsMadeMovedRebootedAndDeleted() {
        String image = "11111111-1111-4111-8111-111111111111";
        assertEquals(
                json("""
                        {"server": {"name": "canary", "imageRef": "%s", "flavorRef": "1", "networks": "none",
                         "availability_zone": "az1", "metadata": {"k": "v"}}}""".formatted(image)),
                sent(
                        "/v2.1/servers",
                        nova -> nova.createServer(new NewServer("canary", image, "1", null, "az1", Map.of("k", "v")))));
        assertEquals("compute 2.37", version());
        assertEquals(
                json("""
                        {"server": {"name": "canary", "imageRef": "%s", "flavorRef": "1", "networks": [{"uuid": "n1"}],
                         "metadata": {}}}""".formatted(image)),
                sent(
                        "/v2.1/servers",
                        nova -> nova.createServer(new NewServer("canary", image, "1", "n1", null, Map.of()))));
        String path = "/v2.1/servers/s1/action";
        assertEquals(
                json("{\"os-migrateLive\": {\"host\": \"c2\", \"block_migration\": \"auto\", \"force\": true}}"),
                sent(path, nova -> nova.liveMigrateUnscheduled("s1", "c2")));
        assertEquals("compute 2.67", version());
        assertEquals(json("{\"reboot\": {\"type\": \"HARD\"}}"), sent(path, nova -> nova.rebootHard("s1")));
        cloud.on("DELETE", "/v2.1/servers/s1", new Reply(204, Map.of("X-OpenStack-Request-Id", "req-2"), ""));
        assertEquals(new Receipt(204, "req-2"), cloud.connect().deleteServer("s1"));
    }

    @Test
    public void actionsAreSentAsNovaWantsThem() {
        String path = "/v2.1/servers/s1/action";
        assertEquals(json("{\"migrate\": null}"), sent(path, nova -> nova.migrate("s1", null)));
        assertEquals(json("{\"migrate\": {\"host\": \"c2\"}}"), sent(path, nova -> nova.migrate("s1", "c2")));
        assertEquals(json("{\"confirmResize\": null}"), sent(path, nova -> nova.confirmResize("s1")));
        assertEquals(json("{\"revertResize\": null}"), sent(path, nova -> nova.revertResize("s1")));
        assertEquals(json("{\"evacuate\": {}}"), sent(path, nova -> nova.evacuate("s1", null)));
        assertEquals(json("{\"evacuate\": {\"host\": \"c2\"}}"), sent(path, nova -> nova.evacuate("s1", "c2")));
        assertEquals(
                json("{\"force_complete\": null}"),
                sent("/v2.1/servers/s1/migrations/7/action", nova -> nova.forceComplete("s1", 7)));
    }

    @Test
    public void portsAreReadWithTheirAddresses() {
        cloud.on("GET", "/v2.1/servers/s1/os-interface", Reply.json(200, """
                {"interfaceAttachments": [
                  {"net_id": "n1", "port_id": "p1", "mac_addr": "fa:16:3e:00:00:01", "port_state": "ACTIVE", "tag": null,
                   "fixed_ips": [{"subnet_id": "u1", "ip_address": "10.0.0.5"}, {"subnet_id": "u2", "ip_address": "fd00::5"}]},
                  {"net_id": "n1", "port_id": "p2", "mac_addr": "fa:16:3e:00:00:02", "port_state": "DOWN", "fixed_ips": null}]}"""));
        assertEquals(
                List.of(
                        new ServerPort("p1", "fa:16:3e:00:00:01", "ACTIVE", List.of("10.0.0.5", "fd00::5")),
                        new ServerPort("p2", "fa:16:3e:00:00:02", "DOWN", List.of())),
                cloud.connect().ports("s1"));
    }

    @Test
    public void theConsoleIsAskedForByLines() {
        cloud.on("POST", "/v2.1/servers/s1/action", Reply.json(200, "{\"output\": \"one\\ntwo\"}"));
        assertEquals("one\ntwo", cloud.connect().console("s1", 2));
        assertEquals(json("{\"os-getConsoleOutput\": {\"length\": 2}}"), FakeCloud.json(last().body()));
    }

    @Test
    public void abortIsADelete() {
        cloud.on("DELETE", "/v2.1/servers/s1/migrations/7", new Reply(202, Map.of(), ""));
        assertEquals(new Receipt(202, null), cloud.connect().abortMigration("s1", 7));
        assertEquals("", last().body());
    }

    @Test
    public void servicesAreChangedByTheirId() {
        cloud.on("PUT", "/v2.1/os-services/u1", Reply.json(200, "{}"));
        cloud.connect().disableService("u1", "maintenance \"7\"");
        assertEquals(
                json("{\"status\": \"disabled\", \"disabled_reason\": \"maintenance \\\"7\\\"\"}"),
                json(last().body()));
        cloud.connect().enableService("u1");
        assertEquals(json("{\"status\": \"enabled\"}"), json(last().body()));
        cloud.connect().forceDown("u1", true);
        assertEquals(json("{\"forced_down\": true}"), json(last().body()));
    }

    @Test
    public void eachCallIsCappedWhereItMustBe() {
        cloud.speaks("2.110");
        sent("/v2.1/servers/s1/action", nova -> nova.evacuate("s1", null));
        assertEquals("compute 2.94", version());
        sent("/v2.1/servers/s1/action", nova -> nova.migrate("s1", null));
        assertEquals("compute 2.103", version());
        cloud.on("GET", "/v2.1/os-hypervisors/detail", Reply.json(200, "{\"hypervisors\": []}"));
        cloud.connect().hypervisors();
        assertEquals("compute 2.87", version());
    }

    @Test
    public void versionsAreAskedOnce() {
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
        OpenStackNova nova = cloud.connect();
        nova.aggregates();
        nova.aggregates();
        nova.microversions();
        assertEquals(
                1,
                cloud.seen.stream().filter(seen -> seen.uri().equals("/v2.1/")).count());
    }

    @Test
    public void aCloudThatIsTooOldIsToldSo() {
        cloud.speaks("2.42");
        NovaException.Missing e =
                assertThrows(NovaException.Missing.class, () -> cloud.connect().aggregates());
        assertEquals("this cloud's Nova speaks microversions up to 2.42; at least 2.53 is needed", e.getMessage());
        cloud.speaks("");
        assertTrue(
                assertThrows(NovaException.Missing.class, () -> cloud.connect().aggregates())
                        .getMessage()
                        .contains("without microversions"));
    }

    @Test
    public void aCloudThatHasGivenUpWhatACallNeedsIsToldSo() {
        cloud.on(
                "GET",
                "/v2.1/",
                Reply.json(
                        200, "{\"version\": {\"id\": \"v2.1\", \"version\": \"2.110\", \"min_version\": \"2.96\"}}"));
        NovaException.Missing e =
                assertThrows(NovaException.Missing.class, () -> cloud.connect().evacuate("s1", null));
        assertEquals("this cloud's Nova speaks microversions from 2.96 on; 2.94 is needed to evacuate", e.getMessage());
    }

    @Test
    public void aTargetForAColdMigrationNeeds256() {
        cloud.speaks("2.55");
        assertThrows(NovaException.Missing.class, () -> cloud.connect().migrate("s1", "c2"));
        assertEquals(List.of(), cloud.calls());
        sent("/v2.1/servers/s1/action", nova -> nova.migrate("s1", null));
    }

    @Test
    public void aServerIsReadAsNovaTellsIt() {
        cloud.on("GET", "/v2.1/servers/s1", Reply.json(200, "{\"server\": " + server("s1", "db", "c1", """
                "user_id": "u9",
                "OS-EXT-AZ:availability_zone": "", "pinned_availability_zone": "az1", "config_drive": "True",
                "os-extended-volumes:volumes_attached": [{"id": "v1"}, {"id": "v2"}], "locked": true,
                "locked_reason": "mine", "metadata": {"k": "v"}, "tags": ["t"], "server_groups": ["g1"],
                "fault": {"message": "No valid host", "code": 500}, "host_status": "UP", "progress": 42,""") + "}"));
        Server read = cloud.connect().server("s1");
        assertTrue(read.bootsFromVolume());
        assertEquals(List.of("v1", "v2"), read.volumes());
        assertNull(read.availabilityZone());
        assertEquals("az1", read.pinnedAvailabilityZone());
        assertEquals("mine", read.lockedReason());
        assertEquals("No valid host", read.fault());
        assertEquals(List.of("g1"), read.serverGroups());
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), read.created());
        assertEquals(new Flavor(null, "m1", 1, 64, 1, 0, 0, Map.of()), read.flavor());
        assertTrue(read.locked() && read.configDrive());
        assertEquals(42, read.progress());
    }

    @Test
    public void anImageIsReadWithItsProperties() {
        String withImage = server("s1", "db", "c1", "")
                .replace("\"image\": \"\"", "\"image\": {\"id\": \"i1\", \"properties\": {\"os_type\": \"linux\"}}");
        cloud.on("GET", "/v2.1/servers/s1", Reply.json(200, "{\"server\": " + withImage + "}"));
        Server read = cloud.connect().server("s1");
        assertEquals("i1", read.imageId());
        assertEquals(Map.of("os_type", "linux"), read.imageProperties());
    }

    @Test
    public void anIdIsOneSegmentOfThePath() {
        assertThrows(NovaException.Refused.class, () -> cloud.connect().server("a/b c%"));
        assertEquals("/v2.1/servers/a%2Fb%20c%25", last().uri());
        for (String odd : List.of("", " ", ".", "..")) {
            assertThrows(
                    odd, IllegalArgumentException.class, () -> cloud.connect().server(odd));
        }
    }

    @Test
    public void aServerOfAnotherHostInTheListIsAnError() {
        cloud.on(
                "GET", "/v2.1/servers/detail", Reply.json(200, "{\"servers\": [" + server("s1", "a", "c1", "") + "]}"));
        assertEquals(1, cloud.connect().serversOn("c1").size());
        assertTrue(
                last().uri(), last().uri().contains("host=c1") && last().uri().contains("all_tenants=1"));
        assertThrows(NovaException.Missing.class, () -> cloud.connect().serversOn("C1"));
    }

    @Test
    public void aNameIsQuotedForTheDatabaseAndComparedExactly() {
        cloud.on(
                "GET",
                "/v2.1/servers/detail",
                Reply.json(
                        200,
                        "{\"servers\": [" + server("s1", "web.1", "c1", "") + "," + server("s2", "web.12", "c1", "")
                                + "," + server("s3", "WEB.1", "c1", "") + "]}"));
        assertEquals(
                List.of("s1"),
                cloud.connect().serversNamed("web.1").stream().map(Server::id).toList());
        assertTrue(last().uri(), last().uri().contains("name=%5Eweb%5C.1%24"));
    }

    @Test
    public void theAdminsViewIsProvenByAsking() {
        cloud.on("GET", "/v2.1/servers", Reply.json(200, "{\"servers\": []}"))
                .on("GET", "/v2.1/os-services", Reply.json(200, "{\"services\": []}"))
                .on("GET", "/v2.1/os-migrations", Reply.json(200, "{\"migrations\": []}"));
        assertTrue(cloud.connect().seesAllProjects());
        cloud.on(
                "GET",
                "/v2.1/os-migrations",
                Reply.json(200, "{\"migrations\": [{\"id\": 1, \"source_compute\": null}]}"));
        assertFalse(cloud.connect().seesAllProjects());
        cloud.on("GET", "/v2.1/os-migrations", Reply.json(403, "{\"forbidden\": {\"message\": \"Policy\"}}"));
        assertFalse(cloud.connect().seesAllProjects());
        cloud.on("GET", "/v2.1/servers", Reply.json(200, "{\"servers\": [{\"id\": \"mine\"}]}"));
        assertFalse(cloud.connect().seesAllProjects());
        cloud.on("GET", "/v2.1/servers", Reply.json(500, "{\"computeFault\": {\"message\": \"oops\"}}"));
        assertThrows(NovaException.Refused.class, () -> cloud.connect().seesAllProjects());
    }

    /** A 403 of a proxy, or a list that is once another user's: much is refused for it, so it is asked again. */
    @Test
    public void onePartOfTheProofThatIsOnceNotSoIsAskedForAgain() {
        Reply refused = Reply.json(403, "{\"forbidden\": {\"message\": \"Policy\"}}");
        Map<String, List<Reply>> proof = Map.of(
                "/v2.1/servers",
                List.of(
                        refused,
                        Reply.json(200, "{\"servers\": [{\"id\": \"mine\"}]}"),
                        Reply.json(200, "{\"servers\": []}")),
                "/v2.1/os-services",
                List.of(refused, Reply.json(200, "{\"services\": []}")),
                "/v2.1/os-migrations",
                List.of(
                        refused,
                        Reply.json(200, "{\"migrations\": [{\"id\": 1, \"source_compute\": null}]}"),
                        Reply.json(200, "{\"migrations\": []}")));
        proof.forEach((bad, replies) -> {
            Reply good = replies.get(replies.size() - 1);
            for (Reply once : replies.subList(0, replies.size() - 1)) {
                proof.forEach((path, all) -> cloud.on("GET", path, all.get(all.size() - 1)));
                cloud.on("GET", bad, once, good);
                assertTrue(bad, cloud.connect().seesAllProjects());
            }
        });
    }

    @Test
    public void migrationsAreSortedAndFilteredHereWhereNovaDoesNot() {
        String rows = """
                {"migrations": [
                  {"id": 1, "instance_uuid": "s1", "migration_type": "migration", "status": "confirmed",
                   "source_compute": "c1", "dest_compute": "c2", "updated_at": "2026-01-01T00:00:00.000000"},
                  {"id": 2, "instance_uuid": "s1", "migration_type": "live-migration", "status": "completed",
                   "source_compute": "c1", "dest_compute": "c2", "updated_at": "2026-01-03T00:00:00.000000"},
                  {"id": 3, "instance_uuid": "s2", "migration_type": "live-migration", "status": "completed",
                   "source_compute": "c2", "dest_compute": null, "updated_at": null}]}""";
        cloud.on("GET", "/v2.1/os-migrations", Reply.json(200, rows)).speaks("2.53");
        MigrationQuery ofC1 = MigrationQuery.from("c1");
        assertEquals(List.of(2L, 1L), ids(cloud.connect().migrations(ofC1)));
        assertEquals(List.of(2L), ids(cloud.connect().migrations(ofC1.since(Instant.parse("2026-01-02T00:00:00Z")))));
        assertFalse(last().uri(), last().uri().contains("changes-since"));
        cloud.speaks("2.93");
        assertEquals(
                List.of(1L, 2L), ids(cloud.connect().migrations(ofC1.since(Instant.parse("2026-01-02T00:00:00Z")))));
        assertTrue(last().uri(), last().uri().contains("changes-since=2026-01-02T00%3A00%3A00Z"));
    }

    private static List<Long> ids(List<Migration> migrations) {
        return migrations.stream().map(Migration::id).toList();
    }

    @Test
    public void aFlavorsExtraSpecsAreInsideFrom261AndElsewhereBelow() {
        String flavor = "\"id\": \"f1\", \"name\": \"m1\", \"vcpus\": 1, \"ram\": 64, \"disk\": 1, \"swap\": \"\"";
        cloud.on(
                "GET",
                "/v2.1/flavors/f1",
                Reply.json(200, "{\"flavor\": {" + flavor + ", \"extra_specs\": {\"a\": \"b\"}}}"));
        assertEquals(Map.of("a", "b"), cloud.connect().flavor("f1").extraSpecs());
        cloud.speaks("2.60")
                .on("GET", "/v2.1/flavors/f1", Reply.json(200, "{\"flavor\": {" + flavor + "}}"))
                .on("GET", "/v2.1/flavors/f1/os-extra_specs", Reply.json(200, "{\"extra_specs\": {\"c\": \"d\"}}"));
        assertEquals(Map.of("c", "d"), cloud.connect().flavor("f1").extraSpecs());
        assertEquals(0, cloud.connect().flavor("f1").swapMiB());
    }

    @Test
    public void aServerGroupsPolicyIsReadOldAndNew() {
        cloud.on(
                "GET",
                "/v2.1/os-server-groups",
                Reply.json(
                        200,
                        "{\"server_groups\": [{\"id\": \"g1\", \"name\": \"n\", \"policy\": \"affinity\","
                                + " \"members\": [\"s1\"]}, {\"id\": \"g2\", \"name\": \"n\", \"policies\":"
                                + " [\"anti-affinity\"], \"members\": []}]}"));
        assertEquals(
                List.of("affinity", "anti-affinity"),
                cloud.connect().serverGroups().stream()
                        .map(group -> group.policy())
                        .toList());
    }

    @Test
    public void placementTellsTheRootsThatHaveRoom() {
        cloud.on(
                        "GET",
                        "/placement/",
                        Reply.json(200, "{\"versions\": [{\"id\": \"v1.0\", \"max_version\": \"1.39\"}]}"))
                .on("GET", "/placement/allocation_candidates", Reply.json(200, """
                        {"allocation_requests": [
                           {"allocations": {"numa0": {"resources": {"VCPU": 1, "MEMORY_MB": 64}},
                                            "ceph": {"resources": {"DISK_GB": 1}}}},
                           {"allocations": {"numa1": {"resources": {"VCPU": 1, "MEMORY_MB": 64}},
                                            "ceph": {"resources": {"DISK_GB": 1}}}}],
                         "provider_summaries": {
                           "c1": {"resources": {}, "traits": ["T"], "root_provider_uuid": "c1"},
                           "numa0": {"resources": {"VCPU": {"capacity": 4, "used": 1}}, "root_provider_uuid": "c1"},
                           "numa1": {"resources": {"VCPU": {"capacity": 4, "used": 0}}, "root_provider_uuid": "c1"},
                           "ceph": {"resources": {"DISK_GB": {"capacity": 9, "used": 2}},
                                    "root_provider_uuid": "ceph"}}}"""));
        AllocationCandidates found = cloud.connect().allocationCandidates(new Resources(1, 64, 1), Set.of("!B", "A"));
        assertEquals(List.of("c1"), found.providerIds());
        assertEquals(4, (long) found.summaries().get("numa0").capacity().get("VCPU"));
        assertEquals(Set.of("T"), found.summaries().get("c1").traits());
        assertEquals("placement 1.29", version());
        assertTrue(last().uri(), last().uri().contains("required=%21B%2CA"));
        assertTrue(last().uri(), last().uri().contains("resources=VCPU%3A1%2CMEMORY_MB%3A64%2CDISK_GB%3A1"));
    }

    @Test
    public void anOldPlacementIsToldSo() {
        cloud.on(
                "GET",
                "/placement/",
                Reply.json(200, "{\"versions\": [{\"id\": \"v1.0\", \"max_version\": \"1.17\"}]}"));
        NovaException.Missing e = assertThrows(
                NovaException.Missing.class,
                () -> cloud.connect()
                        .allocationCandidates(new Resources(1, 64, 0), Set.of("!COMPUTE_STATUS_DISABLED")));
        assertEquals("this cloud's Placement speaks up to 1.17; 1.22 is needed to ask who has room", e.getMessage());
    }
}
