package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Names of projects and users: what is asked, what counts as a name, and what nothing else suffers from. */
public class KeystoneNamesTest {

    private static final String ID = "5f0c3e6b9a1d4c7e8f2a3b4c5d6e7f80";
    private static final String OTHER = "0e1d2c3b4a5968778695a4b3c2d1e0f9";

    /** The two kinds, which differ in nothing but their words. */
    private static final Map<String, BiFunction<OpenStackNova, String, String>> KINDS =
            Map.of("project", OpenStackNova::projectName, "user", OpenStackNova::userName);

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
    }

    @After
    public void stop() {
        cloud.close();
    }

    private static Reply named(String kind, String id, String name) {
        return Reply.json(200, "{\"" + kind + "\": {\"id\": \"" + id + "\", \"name\": " + name + ", \"links\": {}}}");
    }

    private static String path(String kind, String id) {
        return "/v3/" + kind + "s/" + id;
    }

    private List<String> asked(String kind) {
        return cloud.calls().stream()
                .map(FakeCloud.Seen::uri)
                .filter(uri -> uri.contains("/" + kind + "s/"))
                .toList();
    }

    @Test
    public void itIsAskedOfKeystoneOnceBySession() {
        KINDS.forEach((kind, call) -> {
            cloud.on("GET", path(kind, ID), named(kind, ID, "\"caf\\u00e9 R&D\""));
            OpenStackNova nova = cloud.connect();
            assertEquals("café R&D", call.apply(nova, ID));
            assertEquals("café R&D", call.apply(nova, ID));
            assertEquals(List.of(path(kind, ID)), asked(kind));
        });
        assertTrue(cloud.calls().stream()
                .allMatch(call -> call.header("X-Auth-Token").startsWith("gAAAAAB-token-of-a-")));
    }

    /** Refusals and lies, and what the first word of the exception's class is. */
    private static Map<Reply, Class<? extends NovaException>> answersWithoutAName(String kind) {
        Map<Reply, Class<? extends NovaException>> all = new LinkedHashMap<>();
        for (int status : List.of(400, 401, 403, 404, 429, 500, 502, 503, 504)) {
            all.put(
                    Reply.json(status, "{\"error\": {\"code\": " + status + ", \"message\": \"no\"}}"),
                    NovaException.Refused.class);
        }
        all.put(Reply.json(503, "{}").with("Retry-After", "600"), NovaException.Refused.class);
        for (Reply lie : List.of(
                named(kind, OTHER, "\"payments\""),
                named(kind, ID.toUpperCase(java.util.Locale.ROOT), "\"payments\""),
                named(kind, ID, "7"),
                named(kind, ID, "true"),
                named(kind, ID, "null"),
                named(kind, ID, "[\"payments\"]"),
                named(kind, ID, "{\"payments\": 1}"),
                named(kind, ID, "\"\""),
                named(kind, ID, "\"  \""),
                named(kind, ID, "\"" + "x".repeat(300) + "\""),
                named(kind, ID, "\"pay\\nFinished: SUCCESS\""),
                named(kind, ID, "\"pay\\u001b[2Kments\""),
                named(kind, ID, "\"pay\\u202ements\""),
                named(kind, ID, "\"pay\\ud800ments\""),
                named(kind, ID, "\"<script>alert(1)</script>\""),
                named(kind, ID, "\"a > b\""),
                named(kind, ID, "\"" + OTHER + "\""),
                named(kind, ID, "\"" + OTHER + OTHER + "\""),
                Reply.json(200, "{\"" + kind + "\": {\"id\": \"" + ID + "\"}}"),
                Reply.json(200, "{\"" + kind + "\": {\"name\": \"payments\"}}"),
                Reply.json(200, "{\"" + kind + "\": [{\"id\": \"" + ID + "\", \"name\": \"payments\"}]}"),
                Reply.json(200, "{\"" + kind + "s\": [{\"id\": \"" + ID + "\", \"name\": \"payments\"}]}"),
                Reply.json(200, "[]"),
                Reply.json(200, "{\"" + kind + "\": {\"id\": \"" + ID + "\", \"na"),
                new Reply(200, Map.of("Content-Type", "text/html"), "<html><body>log in</body></html>"),
                new Reply(200, Map.of(), ""),
                new Reply(204, Map.of(), ""),
                new Reply(302, Map.of("Location", "http://127.0.0.1:1/elsewhere"), ""))) {
            all.put(lie, NovaException.Unintelligible.class);
        }
        return all;
    }

    @Test
    public void whatIsNoNameIsToldAsOneFailureOfThisCallAlone() {
        KINDS.forEach((kind, call) -> answersWithoutAName(kind).forEach((reply, how) -> {
            OpenStackNova nova = cloud.connect();
            nova.identity();
            int logins = cloud.logins.get();
            cloud.on("GET", path(kind, ID), reply);
            cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
            NovaException e = assertThrows(reply.toString(), NovaException.class, () -> call.apply(nova, ID));
            assertEquals(reply.toString(), how, e.getClass());
            assertTrue(e.getMessage(), e.getMessage().startsWith("read the name of " + kind + " " + ID + ": "));
            assertFalse(
                    e.getMessage(),
                    e.getMessage().contains("<script>") || e.getMessage().contains("\u001b"));
            assertEquals("nothing else suffers from it", List.of(), nova.aggregates());
            assertEquals("a 401 may be an access rule's: " + reply, logins, cloud.logins.get());
        }));
    }

    /** Names are asked for no more, and a new login is not held back. */
    @Test
    public void aRetryAfterOfNamesIsKeptToByNamesAlone() {
        OpenStackNova nova = cloud.connect();
        cloud.on("GET", path("project", ID), Reply.json(503, "{}").with("Retry-After", "600"));
        assertThrows(NovaException.Refused.class, () -> nova.projectName(ID));
        NovaException.Refused peace = assertThrows(NovaException.Refused.class, () -> nova.userName(OTHER));
        assertTrue(peace.getMessage(), peace.getMessage().contains("not sent"));
        assertEquals(List.of(), asked("user"));
        cloud.accepted = cloud.token(2);
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
        assertEquals("logged in anew", List.of(), nova.aggregates());
    }

    @Test
    public void onlyWhatKeystoneCanHaveMadeGoesIntoAPath() {
        OpenStackNova nova = cloud.connect();
        for (String id :
                List.of("", ".", "..", "../auth/tokens", "a/b", "a?b", "a b", "a#b", "%2e", "é", "x".repeat(65))) {
            KINDS.forEach(
                    (kind, call) -> assertThrows(id, NovaException.Unintelligible.class, () -> call.apply(nova, id)));
        }
        assertEquals(List.of(), cloud.calls());
    }

    /** Law 10: a user whose name is a secret is not shown by what Keystone calls it either. */
    @Test
    public void aSecretNameStaysOne() {
        Login secret = new Login.Password("admin-r00t", "Default", FakeCloud.PASSWORD, "ops", "Default", true);
        OpenStackNova nova = cloud.connect(new Connections(), secret);
        cloud.on("GET", path("user", "u1"), named("user", "u1", "\"admin-r00t\""));
        cloud.on("GET", path("project", ID), named("project", ID, "\"home of admin-r00t\""));
        assertEquals(Login.HIDDEN, nova.userName("u1"));
        assertEquals(List.of(), asked("user"));
        assertEquals("home of ****", nova.projectName(ID));
    }
}
