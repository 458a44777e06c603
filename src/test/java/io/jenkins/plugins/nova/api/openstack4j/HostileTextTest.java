package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Foreign text is harmless behind this package, whichever field of whichever answer it stands in. */
public class HostileTextTest {

    /** Each kind of what cannot be shown, and a line that pretends to be the build's. */
    private static final String HOSTILE = "a\u0000\u0007\u001b[2K\u007f\u0085\u009b\u2028\u2029\u061c\u200e\u200f\u202a"
            + "\u202e\u2066\u2069\ud800z\udc00\uffff\ufffe\r\nFinished: SUCCESS\t";

    private static final Pattern HARMFUL = Pattern.compile(
            "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\x{61C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFE}\\x{FFFF}]");

    /** Lone surrogates can only be written as escapes. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** An answer with all the fields that are read, and the call that reads it. */
    private record Read(String path, String answer, Function<OpenStackNova, ?> call) {}

    private static final String SERVER = """
            {"id": "s1", "name": "n", "tenant_id": "p", "user_id": "u", "status": "ACTIVE",
             "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:task_state": "migrating", "OS-EXT-STS:power_state": 1,
             "OS-EXT-SRV-ATTR:host": "c1", "OS-EXT-SRV-ATTR:hypervisor_hostname": "c1.example",
             "OS-EXT-AZ:availability_zone": "z", "pinned_availability_zone": "z",
             "flavor": {"original_name": "m1", "vcpus": 1, "ram": 64, "disk": 1, "ephemeral": 0, "swap": 0,
               "extra_specs": {"hw:mem_page_size": "large"}},
             "image": {"id": "i", "properties": {"os_type": "linux"}},
             "os-extended-volumes:volumes_attached": [{"id": "v"}], "config_drive": "True", "locked": true,
             "locked_reason": "why", "metadata": {"maintenance": "skip"}, "tags": ["maintenance:skip"],
             "server_groups": ["g"], "fault": {"message": "No valid host", "details": "d"}, "host_status": "UP",
             "created": "2026-01-02T03:04:05Z", "updated": "2026-01-02T03:04:05Z", "progress": 0}""";

    private static final List<Read> READS = List.of(
            new Read("/v2.1/servers/detail", "{\"servers\": [" + SERVER + "]}", nova -> nova.serversOn("c1")),
            new Read("/v2.1/servers/detail", "{\"servers\": [" + SERVER + "]}", nova -> nova.serversNamed("n")),
            new Read("/v2.1/servers/s1", "{\"server\": " + SERVER + "}", nova -> nova.server("s1")),
            new Read(
                    "/v2.1/servers",
                    "{\"servers\": [{\"id\": \"s1\", \"name\": \"n\"}]}",
                    nova -> nova.serverNames(null, 9)),
            new Read("/v2.1/os-services", """
                    {"services": [{"id": "x", "binary": "nova-compute", "host": "c1", "zone": "z", "status": "disabled",
                      "state": "up", "disabled_reason": "why", "updated_at": "2026-01-02T03:04:05.000000"}]}""", OpenStackNova::computeServices),
            new Read("/v2.1/os-hypervisors/detail", """
                    {"hypervisors": [{"id": "h", "hypervisor_hostname": "c", "service": {"host": "c1"}, "state": "up",
                      "status": "enabled", "hypervisor_type": "QEMU", "host_ip": "10.0.0.1",
                      "cpu_info": {"model": "Nehalem"}}]}""", OpenStackNova::hypervisors),
            new Read("/v2.1/os-migrations", """
                    {"migrations": [{"id": 1, "uuid": "m", "instance_uuid": "s1", "migration_type": "migration",
                      "status": "done", "source_compute": "c1", "dest_compute": "c2", "user_id": "u",
                      "created_at": "2026-01-02T03:04:05.000000"}]}""", nova -> nova.migrations(MigrationQuery.ALL)),
            new Read("/v2.1/servers/s1/migrations", """
                    {"migrations": [{"id": 1, "status": "running", "source_compute": "c1", "dest_compute": "c2"}]}""", nova -> nova.serverMigrations("s1")),
            new Read("/v2.1/servers/s1/os-instance-actions", """
                    {"instanceActions": [{"action": "migrate", "request_id": "req-1", "user_id": "u", "message": "m"}]}""", nova -> nova.actions("s1")),
            new Read("/v2.1/servers/s1/os-instance-actions/req-1", """
                    {"instanceAction": {"action": "migrate", "request_id": "req-1", "user_id": "u", "message": "m",
                      "events": [{"event": "e", "result": "Error", "host": "c1", "details": "d", "traceback": "t"}]}}""", nova -> nova.action("s1", "req-1")),
            new Read("/v2.1/servers/s1/os-interface", """
                    {"interfaceAttachments": [{"port_id": "p", "port_state": "ACTIVE", "mac_addr": "m",
                      "fixed_ips": [{"ip_address": "10.0.0.1"}]}]}""", nova -> nova.ports("s1")),
            new Read(
                    "/v2.1/servers/s1/shares",
                    "{\"shares\": [{\"share_id\": \"s\", \"status\": \"active\"}]}",
                    nova -> nova.shares("s1")),
            new Read("/v2.1/os-server-groups", """
                    {"server_groups": [{"id": "g", "name": "n", "policy": "affinity", "policies": ["affinity"],
                      "members": ["s1"], "project_id": "p"}]}""", OpenStackNova::serverGroups),
            new Read("/v2.1/os-aggregates", """
                    {"aggregates": [{"id": 1, "name": "n", "availability_zone": "z", "hosts": ["c1"],
                      "metadata": {"k": "v"}}]}""", OpenStackNova::aggregates),
            new Read("/v2.1/flavors/f1", """
                    {"flavor": {"id": "f1", "name": "m1", "vcpus": 1, "ram": 64, "disk": 1, "swap": 0,
                      "extra_specs": {"k": "v"}}}""", nova -> nova.flavor("f1")),
            new Read(
                    "/v3/projects/p9",
                    "{\"project\": {\"id\": \"p9\", \"name\": \"n\"}}",
                    nova -> nova.projectName("p9")),
            new Read("/v3/users/u9", "{\"user\": {\"id\": \"u9\", \"name\": \"n\"}}", nova -> nova.userName("u9")),
            new Read(
                    "/placement/allocation_candidates",
                    """
                    {"allocation_requests": [{"allocations": {"c1": {"resources": {"VCPU": 1}}}}],
                     "provider_summaries": {"c1": {"resources": {"VCPU": {"capacity": 4, "used": 1}}, "traits": ["T"],
                       "root_provider_uuid": "c1"}}}""",
                    nova -> nova.allocationCandidates(new Resources(1, 64, 1), Set.of())));

    private FakeCloud cloud;
    private OpenStackNova nova;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a").speaks("2.103");
        cloud.on(
                "GET",
                "/placement/",
                Reply.json(200, "{\"versions\": [{\"id\": \"v1.0\", \"max_version\": \"1.39\"}]}"));
        nova = cloud.connect();
    }

    @After
    public void stop() {
        cloud.close();
    }

    private static String ascii(JsonNode json) {
        try {
            return ASCII.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void harmless(String which, Object told) {
        String text = String.valueOf(told)
                + (told instanceof Listed<?> list
                        ? list.setAside().stream().map(OddRow::words).toList()
                        : "");
        assertFalse(which + " lets through: " + text, HARMFUL.matcher(text).find());
        assertTrue(which + " is without a bound", text.length() < 20_000);
    }

    /** The places of all texts and names of fields in an answer, as something that makes one of them hostile. */
    private static List<Consumer<JsonNode>> places(JsonNode tree, Function<JsonNode, JsonNode> at, String with) {
        List<Consumer<JsonNode>> places = new ArrayList<>();
        JsonNode here = at.apply(tree);
        if (here instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                if (object.get(name).isTextual()) {
                    places.add(root -> ((ObjectNode) at.apply(root))
                            .put(name, object.get(name).asText() + with));
                }
                if (object.get(name).isTextual() || object.get(name).isObject()) {
                    places.add(root -> ((ObjectNode) at.apply(root)).set(name + with, object.get(name)));
                }
                places.addAll(places(tree, root -> at.apply(root).get(name), with));
            });
        } else if (here instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int item = i;
                if (array.get(i).isTextual()) {
                    places.add(root -> ((ArrayNode) at.apply(root))
                            .set(item, new TextNode(array.get(item).asText() + with)));
                }
                places.addAll(places(tree, root -> at.apply(root).get(item), with));
            }
        }
        return places;
    }

    @Test
    public void noFieldOfAnyAnswerLetsItThrough() {
        for (Read read : READS) {
            for (String with : List.of(HOSTILE, "x".repeat(300_000))) {
                JsonNode answer = FakeCloud.json(read.answer());
                List<Consumer<JsonNode>> places = places(answer, root -> root, with);
                assertTrue(read.path(), places.size() > 1);
                for (Consumer<JsonNode> place : places) {
                    JsonNode changed = answer.deepCopy();
                    place.accept(changed);
                    String sent = ascii(changed);
                    cloud.on("GET", read.path(), Reply.json(200, sent));
                    String which = read.path() + " with " + sent.substring(0, Math.min(900, sent.length()));
                    try {
                        harmless(which, read.call().apply(nova));
                    } catch (NovaException e) {
                        harmless(which, e.getMessage());
                    }
                }
            }
        }
    }

    private Server only(Consumer<ObjectNode> change) {
        ObjectNode server = (ObjectNode) FakeCloud.json(SERVER);
        change.accept(server);
        cloud.on("GET", "/v2.1/servers/detail", Reply.json(200, "{\"servers\": [" + ascii(server) + "]}"));
        return nova.serversOn("c1").get(0);
    }

    @Test
    public void wordsStayReadableAndNamesThatWereChangedAreTold() {
        assertEquals(
                "two lines, one tab",
                only(server -> server.put("locked_reason", "two\nlines,\tone\u2028tab"))
                        .lockedReason());
        Server bent = only(server -> server.put("name", "web\u202e1"));
        assertEquals("web\ufffd1", bent.name());
        assertTrue(ForeignText.altered(bent.name()) && bent.known());
        String emoji = "caf\u00e9 \u0645\u0631\u062d\u0628\u0627 \ud83d\ude80";
        assertEquals(emoji, only(server -> server.put("name", emoji)).name());
        String most = "n".repeat(253) + "\ud83d\ude80";
        assertEquals(most, only(server -> server.put("name", most)).name());
        String longer = only(server -> server.put("name", "n".repeat(253) + "\ud83d\ude80x"))
                .name();
        assertTrue(longer, longer.length() <= 255 && ForeignText.altered(longer));
    }

    /** Two names that look alike once they are cleaned must not stand for one another. */
    @Test
    public void aNameThatWasChangedNamesNobody() {
        ObjectNode server = (ObjectNode) FakeCloud.json(SERVER);
        server.put("name", "web\u202e1");
        cloud.on("GET", "/v2.1/servers/detail", Reply.json(200, "{\"servers\": [" + ascii(server) + "]}"));
        assertEquals(List.of(), nova.serversNamed("web\ufffd1"));
        assertEquals(List.of(), nova.serversNamed("web1"));
        assertEquals(List.of(), nova.serversNamed("web\u202e1"));
    }

    /** What is sent back must be what came: it is not read at all where it cannot be shown. */
    @Test
    public void anIdentifierIsNeverChanged() {
        for (String field : List.of("id", "host")) {
            ObjectNode service = (ObjectNode)
                    FakeCloud.json("{\"id\": \"x\", \"host\": \"c1\", \"status\": \"enabled\", \"state\": \"up\"}");
            service.put(field, "x\u202e");
            cloud.on("GET", "/v2.1/os-services", Reply.json(200, "{\"services\": [" + ascii(service) + "]}"));
            assertTrue(nova.computeServices().stream().noneMatch(one -> one.known()));
            assertEquals(1, nova.computeServices().setAside().size());
        }
        assertFalse(
                only(server -> server.put("OS-EXT-SRV-ATTR:host", "c1\u202e")).known());
        assertNull(
                only(server -> server.put("OS-EXT-SRV-ATTR:host", "c1\u202e")).host());
    }

    @Test
    public void theWordsOfRefusalsAreHarmless() {
        JsonNode words = new TextNode(HOSTILE);
        for (Reply reply : List.of(
                Reply.json(409, "{\"conflictingRequest\": {\"message\": " + ascii(words) + "}}"),
                Reply.json(409, "{\"errors\": [{\"detail\": " + ascii(words) + "}]}"),
                Reply.json(500, "{\"message\": " + ascii(words) + "}"),
                Reply.json(401, "{\"error\": {\"message\": " + ascii(words) + "}}"),
                new Reply(500, Map.of("Content-Type", "text/plain"), HOSTILE),
                Reply.json(409, "{}").with("X-OpenStack-Request-Id", "req-\u0085\u009b[2K"),
                new Reply(200, Map.of("Content-Type", "text/\u009b[2K"), "no JSON"))) {
            cloud.on("GET", "/v2.1/os-aggregates", reply);
            NovaException e = assertThrows(NovaException.class, () -> nova.aggregates());
            harmless(reply.toString(), e.getMessage());
            if (e instanceof NovaException.Refused refused) {
                harmless(reply.toString(), refused.novaMessage());
                harmless(reply.toString(), refused.requestId());
            }
        }
        cloud.on(
                "POST",
                "/v2.1/servers/s1/action",
                new Reply(202, Map.of("X-OpenStack-Request-Id", "req-\u0085\u009b[2K"), ""));
        assertEquals(new Receipt(202, null), nova.confirmResize("s1"));
    }

    @Test
    public void theNamesOfKeystoneAreHarmless() {
        ObjectNode token = (ObjectNode) FakeCloud.json("""
                {"token": {"methods": ["password"], "expires_at": "2099-01-01T00:00:00.000000Z",
                  "issued_at": "2026-01-01T00:00:00.000000Z",
                  "user": {"id": "u1", "domain": {"id": "default", "name": "Default"}},
                  "project": {"id": "p1", "domain": {"id": "default", "name": "Default"}},
                  "roles": [{"id": "r1"}], "catalog": %s}}""".formatted(cloud.catalogue.formatted(cloud.url())));
        ObjectNode inside = (ObjectNode) token.get("token");
        ((ObjectNode) inside.get("user")).put("name", HOSTILE);
        ((ObjectNode) inside.get("project")).put("name", HOSTILE);
        ((ObjectNode) inside.get("roles").get(0)).put("name", HOSTILE);
        cloud.loginReply = Reply.json(201, ascii(token)).with("X-Subject-Token", "t");
        Identity who = cloud.connect().identity();
        harmless("login", who);
        assertTrue(
                who.toString(),
                who.userName().startsWith("a") && who.projectName().startsWith("a"));
        cloud.loginReply = Reply.json(401, "{\"error\": {\"message\": " + ascii(new TextNode(HOSTILE)) + "}}");
        harmless(
                "refused login",
                assertThrows(
                                NovaException.NotAuthenticated.class,
                                () -> cloud.connect().identity())
                        .getMessage());
    }

    @Test
    public void theConsoleOfAGuestKeepsItsLinesAndNothingElse() {
        ObjectNode output = (ObjectNode) FakeCloud.json("{}");
        output.put("output", "[\u001b[0;32m  OK  \u001b[0m] Started\r\n\tlogin:\u202e " + HOSTILE);
        cloud.on("POST", "/v2.1/servers/s1/action", Reply.json(200, ascii(output)));
        String console = nova.console("s1", 50);
        assertTrue(console, console.startsWith("[  OK  ] Started\n\tlogin:\ufffd "));
        for (String line : console.split("\n")) {
            harmless("console", line.replace('\t', ' '));
        }
        output.put("output", "x".repeat(1 << 20));
        cloud.on("POST", "/v2.1/servers/s1/action", Reply.json(200, ascii(output)));
        assertEquals(1 << 16, nova.console("s1", 50).length());
    }
}
