package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.LoggedText;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What is sent and what is made of odd answers; and that the login is in nothing that is shown. */
public class AlertmanagerTest {

    private static final String PASSWORD = "s3cr3t-Alerts";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("alerts:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final String PATH = "/am/api/v2/silences";

    @Rule
    public final LoggedText logged = new LoggedText();

    private FakeCloud server;

    @Before
    public void start() throws Exception {
        server = new FakeCloud("am");
    }

    @After
    public void stop() {
        server.close();
        clean(String.join("", logged.lines()));
    }

    private SilenceSettings settings(String problem) {
        return new SilenceSettings(
                URI.create(server.url() + "/am"),
                "alerts",
                PASSWORD,
                SilenceMatcher.parse("instance=~\"${host}(:.*)?\""),
                problem);
    }

    private Alertmanager client() {
        return new Alertmanager(new Wire(FakeCloud.quick()), settings(null));
    }

    private static void clean(String text) {
        assertFalse(text, text.contains(PASSWORD) || text.contains(BASIC));
    }

    private static NovaException clean(NovaException thrown) {
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all, true));
        clean(all.toString());
        return thrown;
    }

    @Test
    public void whatIsSentIsWhatTheApiTakes() {
        server.on("POST", PATH, Reply.json(200, "{\"silenceID\": \"one\"}"));
        assertEquals("one", client().make("c.1", "why", Instant.parse("2026-01-01T00:00:00Z")));
        FakeCloud.Seen seen = server.seen.get(0);
        assertEquals("Basic " + BASIC, seen.header("Authorization"));
        assertEquals(FakeCloud.json("""
                        {"matchers": [{"name": "instance", "value": "c\\\\.1(:.*)?", "isRegex": true, "isEqual": true}],
                         "startsAt": "1970-01-01T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z",
                         "createdBy": "Nova Maintenance", "comment": "why"}"""), FakeCloud.json(seen.body()));
    }

    @Test
    public void aTokenIsSentAsBearerAndHidden() {
        Alertmanager client = new Alertmanager(
                new Wire(FakeCloud.quick()),
                new SilenceSettings(
                        URI.create(server.url() + "/am"),
                        null,
                        PASSWORD,
                        SilenceMatcher.parse("instance=\"${host}\""),
                        null));
        server.on("POST", PATH, Reply.json(200, "{\"silenceID\": \"one\"}"));
        assertEquals("one", client.make("c1", "why", Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals("Bearer " + PASSWORD, server.seen.get(0).header("Authorization"));
        server.on("GET", PATH, Reply.json(403, "\"no such token: " + PASSWORD + "\""));
        NovaException.Refused e = assertThrows(NovaException.Refused.class, () -> client.of("c1"));
        assertEquals("list the silences of c1: HTTP 403: no such token: ****", clean(e).getMessage());
    }

    @Test
    public void anAnswerThatTellsNoIdWasTakenAllTheSame() {
        for (String answer : List.of("", "{}", "[1]", "{\"silenceID\": 7}")) {
            server.on("POST", PATH, Reply.json(200, answer));
            String id = client().make("c1", "why", Instant.now());
            assertTrue(answer, id == null || id.equals("7"));
        }
    }

    @Test
    public void aListIsReadWhollyOrNotAtAll() {
        String good = "{\"id\": \"a\", \"status\": {\"state\": \"active\"}, \"comment\": \"x\","
                + " \"startsAt\": \"2026-01-01T00:00:00.1Z\", \"endsAt\": \"2026-01-01T01:00:00Z\"}";
        server.on("GET", PATH, Reply.json(200, "[" + good + "," + good.replace("active", "expired") + "]"));
        assertEquals(1, client().of("c1").size());
        for (String answer : List.of(
                "",
                "{}",
                "[1]",
                "[{\"id\": \"a\"}]",
                "[" + good + "," + good.replace("endsAt", "x") + "]",
                "[" + good.replace("\"a\"", "\"\\u0007\"") + "]",
                "[" + good)) {
            server.on("GET", PATH, Reply.json(200, answer));
            clean(assertThrows(answer, NovaException.Unintelligible.class, () -> client().of("c1")));
        }
    }

    @Test
    public void aRefusalIsToldInItsWordsWithoutTheLogin() {
        Map.of(
                        Reply.json(400, "\"bad matcher " + PASSWORD + "\""),
                        "list the silences of c1: HTTP 400: bad matcher ****",
                        Reply.json(422, "{\"code\": 602, \"message\": \"comment in body is required\"}"),
                        "list the silences of c1: HTTP 422: comment in body is required",
                        new Reply(401, Map.of("Content-Type", "text/plain"), "no " + BASIC),
                        "list the silences of c1: HTTP 401: no ****",
                        Reply.json(503, "<html>"),
                        "list the silences of c1: HTTP 503")
                .forEach((reply, words) -> {
                    server.on("GET", PATH, reply);
                    NovaException.Refused e = assertThrows(words, NovaException.Refused.class, () -> client().of("c1"));
                    assertEquals(words, clean(e).getMessage());
                });
        server.on("GET", PATH, new Reply(302, Map.of("Location", "http://x.invalid/"), ""));
        assertTrue(clean(assertThrows(NovaException.Unintelligible.class, () -> client().of("c1")))
                .getMessage()
                .contains("correct alertmanagerUrl"));
    }

    @Test
    public void withoutAUsableCredentialNothingIsSent() {
        Alertmanager client = new Alertmanager(new Wire(FakeCloud.quick()), settings("alertmanagerCredentialsId: no"));
        assertEquals(
                "alertmanagerCredentialsId: no",
                assertThrows(NovaException.NotAuthenticated.class, () -> client.of("c1"))
                        .getMessage());
        assertEquals(0, server.seen.size());
        clean(settings(null).toString());
    }
}
