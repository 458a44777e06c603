package io.jenkins.plugins.nova.rehearsal.twin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.openstack4j.CloudReader;
import io.jenkins.plugins.nova.cloud.ClientCloud;
import io.jenkins.plugins.nova.cloud.FirstLogin;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudFile;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/** A cloud that is read becomes a file, a file becomes a cloud, and that one read again the same file. */
public class SnapshotTest {

    private static final Instant TAKEN = Instant.parse("2026-01-31T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One of each that a file can tell. */
    private static final String ALL = """
            {
            "format": 1, "nova": "2.98", "taken": "2026-01-31T00:00:00Z", "project": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "traits": ["COMPUTE_NODE", "HW_CPU_X86_AVX"],
            "flavors": {
              "big": {"vcpus": 8, "ram": 32768, "disk": 40, "ephemeral": 10, "swap": 512, "specs": {"hw:cpu_policy": "dedicated"}},
              "fpga": {"vcpus": 1, "ram": 1024, "disk": 1, "specs": {"resources:CUSTOM_FPGA": "1", "trait:CUSTOM_FAST": "required"}},
              "small": {"vcpus": 1, "ram": 1024, "disk": 1, "specs": {"aggregate_instance_extra_specs:ssd": "true"}}
            },
            "aggregates": {
              "rack1": {"zone": "az1", "hosts": ["c1", "c2"], "metadata": {"ssd": "true"}},
              "odd": {"hosts": []}
            },
            "hosts": {
              "c1": {"hostname": "c1.example.org", "vcpus": {"total": 32, "ratio": 4.0, "reserved": 2}, "ram": 131072, "disk": 500,
                     "resources": {"CUSTOM_FPGA": 2, "PCPU": {"total": 16, "reserved": 1}}, "traits": ["CUSTOM_FAST"],
                     "held": {"MEMORY_MB": 4096}},
              "c2": {"status": "disabled", "reason": "fan, INC-1", "cpu": "EPYC", "disk": null,
                     "hypervisor": {"type": "QEMU", "version": 6000000}},
              "c3": {"forcedDown": true, "zone": "az3"},
              "c4": {"state": "down", "status": "disabled", "ram": {"total": 262144, "ratio": 1.5}}
            },
            "groups": {
              "db": {"policy": "anti-affinity", "perHost": 2, "members": ["db1", "db2"]},
              "web": {"policy": "soft-affinity", "project": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                      "id": "99999999-9999-4999-8999-999999999999", "members": []}
            },
            "servers": {
              "db1": {"host": "c1", "flavor": "big", "bootsFrom": "volume", "volumes": 3, "created": "2026-01-01T00:00:00Z"},
              "db2": {"host": "c2", "flavor": "small", "configDrive": true, "zone": "az1", "created": "2026-01-01T00:01:00Z",
                      "locked": "ask the owner", "metadata": {"maintenance": "ask", "recovery_priority": "3"},
                      "tags": ["maintenance:ask"], "image": {"hw_cpu_policy": "shared", "trait:HW_CPU_X86_AVX": "required"}},
              "paused": {"host": "c1", "flavor": "small", "status": "PAUSED", "locked": true, "created": "2026-01-02T00:00:00Z",
                         "id": "11111111-2222-4333-8444-555555555555", "project": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"},
              "broken": {"host": "c3", "flavor": "small", "status": "ERROR", "fault": "No valid host", "power": 4,
                         "created": "2026-01-02T00:01:00Z"},
              "fast": {"host": "c1", "flavor": "fpga", "created": "2026-01-02T00:02:00Z", "status": "SHUTOFF"},
              "waits": {"host": "c2", "flavor": "small", "resizedFrom": "c1", "created": "2026-01-02T00:03:00Z"},
              "bigger": {"host": "c1", "flavor": "small", "resizedFrom": "c2", "resizedBy": "owner",
                         "created": "2026-01-02T00:04:00Z"},
              "shelf": {"flavor": "small", "status": "SHELVED_OFFLOADED", "created": "2026-01-02T00:05:00Z"},
              "gone": {"host": "c1", "flavor": "small", "status": "SOFT_DELETED", "created": "2026-01-02T00:06:00Z"},
              "amphora1": {"host": "c1", "flavor": "small", "created": "2026-01-02T00:07:00Z"},
              "amphora2": {"host": "c2", "flavor": "small", "created": "2026-01-02T00:08:00Z"},
              "amphora3": {"host": "c1", "flavor": "small", "created": "2026-01-02T00:09:00Z"}
            },
            "segments": {
              "rack1": {"hosts": ["c1", "c2"], "onMaintenance": ["c2"]},
              "rack2": {"hosts": ["c3"]}
            },
            "volumeServices": {
              "c1@lvm": {}, "c2": {"disabled": true}, "c2@ceph": {"disabled": "INC-7, no disks"}
            },
            "agents": {
              "c1": {"DHCP agent": {}, "L3 agent": {"up": false, "description": "see INC-8"}, "Open vSwitch agent": {"alive": false}},
              "c2": {"DHCP agent": {}, "L3 agent": {}},
              "gw1": {"OVN Controller Gateway agent": {}}, "gw2": {"OVN Controller Gateway agent": {"alive": false}},
              "net1": {"L3 agent": {"mode": "dvr_snat"}}
            },
            "routers": {
              "legacy1": {"hosts": ["c1"]}, "ha1": {"hosts": ["c1", "c2"], "ha": true},
              "ovn1": {"gateways": {"gw1": 7, "gw2": 1}}, "ovn2": {"gateways": {"gw2": 1}}
            },
            "networks": {
              "blue": {"hosts": ["c1", "c2"]}
            },
            "loadBalancers": {
              "77777777-7777-4777-8777-777777777777": {"MASTER": "amphora1", "BACKUP": "amphora2"},
              "88888888-8888-4888-8888-888888888888": {"STANDALONE": "amphora3"}
            }
            }
            """;

    private static ObjectNode read(SimulatedCloud cloud, Names names) {
        Map<String, String> env = cloud.environment("admin");
        FirstLogin login = FirstLogin.at(ClientCloud.ofEnvironment(env::get, Path.of("")));
        try (CloudReader reader = login.reader()) {
            return new Snapshot(reader, names, cloud.clock().instant(), Duration.ofDays(28)).read();
        }
    }

    private static String text(ObjectNode file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Layout.write(file, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static SimulatedCloud start(String text) {
        return CloudFile.parse("cloud.json", text).describe(TAKEN).start();
    }

    /** Without what only moves would show. */
    private static ObjectNode withoutSpeed(JsonNode file) {
        ObjectNode slow = file.deepCopy();
        slow.remove("rates");
        slow.path("servers").forEach(server -> ((ObjectNode) server).remove("seconds"));
        return slow;
    }

    @Test
    public void theFileOfTheExamplesIsWhatASnapshotOfItsCloudWrites() throws Exception {
        String shipped;
        try (InputStream in = CloudFile.class.getResourceAsStream("rehearsal.json")) {
            shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals("sorted, a line each", shipped, text((ObjectNode) JSON.readTree(shipped)));
        try (SimulatedCloud cloud = start(shipped)) {
            assertEquals(
                    text(withoutProjects(withoutSpeed(JSON.readTree(shipped)))),
                    text(withoutProjects(read(cloud, Names.plain()))));
        }
    }

    /** A snapshot has their ids where the file of the examples has names, and no owners. */
    private static ObjectNode withoutProjects(JsonNode file) {
        ObjectNode without = file.deepCopy();
        without.remove("project");
        for (String of : List.of("servers", "groups")) {
            without.path(of).forEach(each -> ((ObjectNode) each).remove(List.of("owner", "project")));
        }
        return without;
    }

    @Test
    public void allThatAFileCanTellIsReadAgain() throws Exception {
        try (SimulatedCloud cloud = start(ALL)) {
            String first = text(read(cloud, Names.plain()));
            assertEquals(text((ObjectNode) JSON.readTree(ALL)), first);
            try (SimulatedCloud again = start(first)) {
                assertEquals(first, text(read(again, Names.plain())));
            }
        }
    }

    @Test
    public void itOnlyReadsPageByPage() throws Exception {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < 45; i++) {
            servers.append(i == 0 ? "" : ",")
                    .append("\"s")
                    .append(i)
                    .append("\": {\"host\": \"c")
                    .append(i % 3)
                    .append("\"}");
        }
        String beside = ALL.substring(ALL.indexOf("\"segments\""), ALL.lastIndexOf('}'))
                .replace("\"c3\"", "\"c0\"")
                .replace("amphora", "s");
        String text = "{\"hosts\": [\"c0\", \"c1\", \"c2\"], \"servers\": {" + servers + "}, " + beside + "}";
        try (SimulatedCloud cloud =
                CloudFile.parse("x", text).describe(TAKEN).maxLimit(10).start()) {
            assertEquals(45, read(cloud, Names.plain()).path("servers").size());
            Set<String> writes = new TreeSet<>();
            Set<String> rules = new TreeSet<>();
            for (JsonNode rule : JSON.readTree(
                    Path.of("docs/examples/access-rules-snapshot.json").toFile())) {
                rules.add(rule.path("service").asText() + " "
                        + rule.path("method").asText() + " "
                        + rule.path("path")
                                .asText()
                                .replaceFirst("^/v[0-9.]+", "")
                                .replace("*", "[^/]+"));
            }
            for (AuditEntry entry : cloud.audit().entries()) {
                String asked = entry.service().replace("-versions", "") + " " + entry.method() + " " + entry.path();
                if (!entry.method().equals("GET")) {
                    writes.add(entry.method() + " " + entry.service() + " " + entry.path());
                } else {
                    assertTrue(asked, rules.stream().anyMatch(asked::matches));
                }
            }
            writes.remove("DELETE identity /auth/tokens");
            assertEquals(Set.of("POST identity /auth/tokens"), writes);
            assertTrue(cloud.audit().entries().stream()
                    .noneMatch(entry -> entry.path().matches("/servers/[0-9a-f-]{36}.*")));
            assertEquals(
                    5,
                    cloud.audit().entries().stream()
                            .filter(entry -> entry.path().equals("/servers/detail"))
                            .count());
        }
    }

    @Test
    public void whatStandsBesideNovaAndMayNotBeReadIsLeftOutAndNamed() {
        Object[][] rows = {
            {"^/segments$", 403, "segments", "what Masakari has: it answered 403"},
            {"^/segments/.*/hosts$", 500, "segments", "what Masakari has: it answered 500"},
            {"^/[^/]+/os-services$", 403, "volumeServices", "what Cinder has: it answered 403"},
            {"^/agents$", 401, "agents", "what Neutron has: it answered 401, so an access rule may be missing"},
            {"^/agents/.*/dhcp-networks$", 403, "networks", "what Neutron has: it answered 403"},
            {"^/octavia/amphorae$", 404, "loadBalancers", "what Octavia has: it answered 404"},
        };
        for (Object[] row : rows) {
            for (Names names : List.of(Names.plain(), Names.hashed(new byte[] {1}))) {
                try (SimulatedCloud cloud = start(ALL)) {
                    cloud.faults().on("GET", (String) row[0]).always().status((int) row[1], "no");

                    ObjectNode file = read(cloud, names);

                    assertTrue(row[3] + "\n" + file.path("leftOut"), words(file).contains(row[3]));
                    assertFalse(text(file), file.has((String) row[2]));
                    assertTrue("the rest is there", file.has("servers"));
                }
            }
        }
    }

    private static List<String> words(JsonNode file) {
        List<String> words = new ArrayList<>();
        file.path("leftOut").forEach(each -> words.add(each.asText()));
        return words;
    }

    @Test
    public void whatPeopleKeepInMetadataTagsAndTheRestStaysOut() {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .startingAt(TAKEN)
                .host("c1")
                .server(
                        "s1",
                        s -> s.metadata("root_password", "hunter2")
                                .metadata("maintenance", "cold")
                                .imageProperty("os_admin_key", "hunter2")
                                .tags("hunter2")
                                .console("hunter2"))
                .start()) {
            String text = text(read(cloud, Names.plain()));
            assertFalse(text, text.contains("hunter2"));
            assertFalse(text, text.contains("\"secret\""));
            assertFalse(text, text.contains("gAAAA"));
            assertTrue(text, text.contains("\"metadata\": {\"maintenance\": \"cold\"}"));
        }
    }

    @Test
    public void hashedNamesAreTheSameEverywhereAndTellNothing() throws Exception {
        List<String> plain = new ArrayList<>();
        JsonNode all = JSON.readTree(ALL);
        for (String part : List.of(
                "aggregates",
                "hosts",
                "groups",
                "servers",
                "flavors",
                "segments",
                "routers",
                "networks",
                "loadBalancers")) {
            all.path(part).fieldNames().forEachRemaining(plain::add);
        }
        plain.addAll(List.of(
                "az1",
                "az3",
                "example",
                "INC-",
                "@lvm",
                "@ceph",
                "ask the owner",
                "No valid host",
                "aaaaaaaa",
                "bbbbbbbb",
                "99999999",
                "11111111-2222"));
        plain.removeAll(List.of("big", "web", "odd", "fast", "small", "gone", "db")); // words that may stand elsewhere
        byte[] key = "a key".getBytes(StandardCharsets.UTF_8);
        try (SimulatedCloud cloud = start(ALL)) {
            String text = text(read(cloud, Names.hashed(key)));
            plain.forEach(name -> assertFalse(
                    name + " in " + text, text.contains("\"" + name) || name.length() > 4 && text.contains(name)));
            assertEquals("the same key, the same words", text, text(read(cloud, Names.hashed(key))));
            assertNotEquals(text, text(read(cloud, Names.hashed("another".getBytes(StandardCharsets.UTF_8)))));
            try (SimulatedCloud hashed = start(text)) {
                assertEquals(cloud.servers().size(), hashed.servers().size());
                assertEquals(
                        cloud.serversOn("c1").size(),
                        hashed.serversOn(Names.hashed(key).of("host", "c1")).size());
                assertEquals(text, text(read(hashed, Names.plain())).replaceAll("\"id\": \"[^\"]*\", ", ""));
            }
        }
    }

    @Test
    public void theRatesAreThoseThatWereSeen() throws Exception {
        Map<String, Integer> sizes = Map.of("one", 2, "two", 4, "three", 8, "four", 16, "five", 32);
        StringBuilder servers = new StringBuilder("\"other\": {\"host\": \"c2\", \"flavor\": \"f2\"}");
        StringBuilder flavors = new StringBuilder();
        sizes.forEach((name, gib) -> {
            flavors.append(flavors.length() == 0 ? "" : ", ")
                    .append("\"f" + gib + "\": {\"ram\": " + gib * 1024 + ", \"disk\": 1}");
            servers.append(", \"" + name + "\": {\"host\": \"c1\", \"flavor\": \"f" + gib + "\"}");
            servers.append(", \"cold-" + name + "\": {\"host\": \"c1\", \"status\": \"SHUTOFF\", \"flavor\": \"f" + gib
                    + "\"}");
        });
        String text = "{\"hosts\": [\"c1\", \"c2\"], \"rates\": {\"live\": {\"seconds\": 8, \"mibPerSecond\": 500},"
                + " \"cold\": {\"seconds\": 20}, \"rebuild\": {\"seconds\": 30}}, \"flavors\": {" + flavors
                + "}, \"servers\": {" + servers
                + "}}";
        try (SimulatedCloud cloud = start(text)) {
            for (String server : sizes.keySet()) {
                assertEquals(
                        202, cloud.act("admin", server, "{'os-migrateLive':{'host':null,'block_migration':'auto'}}"));
                assertEquals(202, cloud.act("admin", "cold-" + server, "{'migrate':null}"));
            }
            cloud.settle(Duration.ofHours(1));
            JsonNode rates = read(cloud, Names.plain()).path("rates");
            assertEquals(8, rates.path("live").path("seconds").asDouble(), 1);
            assertEquals(500, rates.path("live").path("mibPerSecond").asDouble(), 50);
            assertEquals(20, rates.path("cold").path("seconds").asDouble(), 1);
            assertTrue(rates.toString(), rates.path("rebuild").isMissingNode());
        }
    }

    @Test
    public void whoDoesNotSeeAllProjectsIsToldSo() {
        try (SimulatedCloud cloud =
                SimulatedCloud.builder().host("c1").server("s1").start()) {
            Map<String, String> env = cloud.environment("watcher");
            FirstLogin login = FirstLogin.at(ClientCloud.ofEnvironment(env::get, Path.of("")));
            String message = assertThrows(IllegalArgumentException.class, () -> {
                        try (CloudReader reader = login.reader()) {
                            new Snapshot(reader, Names.plain(), Instant.now(), Duration.ZERO).read();
                        }
                    })
                    .getMessage();
            assertTrue(
                    message,
                    message.startsWith("this login does not see the servers, services and migrations of all projects"));
        }
    }

    @Test
    public void withoutPlacementAndOnOlderNovasTheRestIsTold() throws Exception {
        for (int minor : new int[] {53, 60, 79, 93, 103}) {
            try (SimulatedCloud cloud = SimulatedCloud.builder()
                    .startingAt(TAKEN)
                    .maxMicroversion(minor)
                    .withoutPlacement()
                    .host("c1", h -> h.capacity(8, 16_384, 100))
                    .server("s1")
                    .start()) {
                ObjectNode file = read(cloud, Names.plain());
                assertEquals("2." + minor, file.path("nova").asText());
                assertFalse(file.path("placement").asBoolean(true));
                assertEquals(16_384, file.path("hosts").path("c1").path("ram").asInt());
                assertEquals(8, file.path("hosts").path("c1").path("vcpus").asInt());
                start(text(file)).close();
            }
        }
    }

    @Test
    public void whatNoFileCanHaveIsLeftOutAndSaid() throws Exception {
        try (SimulatedCloud cloud = SimulatedCloud.builder()
                .startingAt(TAKEN)
                .group("odd", "spread-out", "demo")
                .host("c1")
                .server("s1", s -> s.group("odd"))
                .host("c2")
                .server("s1")
                .server("s2")
                .start()) {
            ObjectNode file = read(cloud, Names.plain());
            assertTrue(file.path("groups").isMissingNode());
            assertEquals(
                    "a server group whose policy no file can have: 'spread-out'",
                    file.path("leftOut").path(0).asText());
            assertEquals(
                    "two of a name go by their ids", 3, file.path("servers").size());
            assertEquals(
                    "s1",
                    file.path("servers")
                            .path(cloud.serversOn("c1").get(0).id())
                            .path("name")
                            .asText());
            try (SimulatedCloud again = start(text(file))) {
                assertEquals(2, again.serversOn("c2").size());
            }
        }
    }

    @Test
    public void theCommandSaysWhatItCannotTake() {
        Map<List<String>, String> rows = new HashMap<>();
        rows.put(
                List.of("--cluod", "x"),
                "snapshot: there is no option '--cluod'; there are --cloud NAME, --hash-names");
        rows.put(List.of("lab"), "snapshot: there is no option 'lab'");
        rows.put(List.of("--cloud"), "snapshot: --cloud needs a value");
        rows.put(List.of("--cloud", "--hash-names"), "snapshot: --cloud needs a value");
        rows.put(List.of("--weeks=99"), "snapshot: --weeks must be a number from 0 to 52, not '99'");
        rows.put(List.of(), "OS_AUTH_URL is not set, nor is OS_CLOUD");
        rows.forEach((arguments, words) -> {
            PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> new SnapshotCommand(name -> null, nowhere, nowhere).run(arguments, Path.of("")))
                    .getMessage();
            assertTrue(message, message.startsWith(words));
        });
    }

    @Test
    public void theCommandWritesTheFileAndNothingElseToItsOutput() throws Exception {
        try (SimulatedCloud cloud = SimulatedCloud.rehearsal(TAKEN)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream notes = new ByteArrayOutputStream();
            Map<String, String> env = new HashMap<>(cloud.environment("admin"));
            env.put(SnapshotCommand.KEY, "k");
            new SnapshotCommand(env::get, new PrintStream(out), new PrintStream(notes))
                    .run(List.of("--hash-names"), Path.of(""));
            assertEquals(3, JSON.readTree(out.toByteArray()).path("hosts").size());
            String said = notes.toString(StandardCharsets.UTF_8);
            assertTrue(said, said.contains("as admin of project admin; nothing is changed there."));
            assertTrue(
                    said,
                    said.contains("3 hosts, 14 servers, 4 flavors, 1 groups; migrations of 28 days: 0 live, 0 cold"));
        }
    }
}
