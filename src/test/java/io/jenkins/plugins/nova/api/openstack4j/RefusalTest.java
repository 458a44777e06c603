package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What a service says when it does not do as asked, and what is made of it. */
public class RefusalTest {

    private static final String PATH = "/v2.1/servers/s1";

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
    }

    @After
    public void stop() {
        cloud.close();
    }

    private NovaException.Refused refused(Reply reply) {
        cloud.on("GET", PATH, reply);
        return assertThrows(
                reply.body(), NovaException.Refused.class, () -> cloud.connect().server("s1"));
    }

    private NovaException.Unintelligible unintelligible(Reply reply) {
        cloud.on("GET", PATH, reply);
        return assertThrows(
                reply.body(),
                NovaException.Unintelligible.class,
                () -> cloud.connect().server("s1"));
    }

    @Test
    public void everyServicesWordsAreFound() {
        for (String body : List.of(
                "{\"badRequest\": {\"code\": 400, \"message\": \"why\"}}",
                "{\"conflictingRequest\": {\"code\": 409, \"message\": \" why\\n\"}}",
                "{\"computeFault\": {\"code\": 500, \"message\": \"why\"}}",
                "{\"error\": {\"code\": 401, \"message\": \"why\", \"title\": \"Unauthorized\"}}",
                "{\"errors\": [{\"status\": 400, \"title\": \"Bad Request\", \"detail\": \"why\"}]}",
                "{\"message\": \"why\"}")) {
            assertEquals(body, "why", refused(Reply.json(409, body)).novaMessage());
        }
        assertEquals(
                "why",
                refused(new Reply(400, Map.of("Content-Type", "text/plain"), "why"))
                        .novaMessage());
        assertEquals(
                "The resource could not be found.",
                refused(Reply.json(
                                404,
                                "{\"itemNotFound\": {\"message\": \"The resource could not be"
                                        + " found.<br /><br />\\n\\n\\n\"}}"))
                        .novaMessage());
    }

    @Test
    public void aRefusalWithoutWordsHasNone() {
        for (Reply reply : List.of(
                new Reply(502, Map.of("Content-Type", "text/html"), "<html><h1>Bad Gateway</h1></html>"),
                Reply.json(500, "{\"computeFault\": {\"mess"),
                Reply.json(500, ""),
                Reply.json(500, "[]"),
                Reply.json(500, "{\"errors\": []}"))) {
            assertEquals(reply.body(), "", refused(reply).novaMessage());
        }
    }

    @Test
    public void callStatusWordsAndRequestIdMakeTheMessage() {
        NovaException.Refused e = refused(Reply.json(409, "{\"conflictingRequest\": {\"message\": \"is locked\"}}")
                .with("X-OpenStack-Request-Id", "req-5"));
        assertEquals("read server s1: HTTP 409: is locked (req-5)", e.getMessage());
        assertEquals("req-5", e.requestId());
        assertFalse(e.outcomeUnknown());
        assertTrue(refused(Reply.json(504, "")).outcomeUnknown());
        assertEquals(
                "req-6",
                refused(Reply.json(409, "").with("X-Compute-Request-Id", "req-6"))
                        .requestId());
    }

    @Test
    public void retryAfterIsReadInBothForms() {
        assertEquals(
                Duration.ofSeconds(17),
                refused(Reply.json(429, "").with("Retry-After", "17")).retryAfter());
        assertNull(refused(Reply.json(503, "")).retryAfter());
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        assertEquals(Duration.ofSeconds(55), RefusalReader.retryAfter("Fri, 02 Jan 2026 03:05:00 GMT", clock));
        assertEquals(Duration.ZERO, RefusalReader.retryAfter("Fri, 02 Jan 2026 03:00:00 GMT", clock));
        assertNull(RefusalReader.retryAfter("soon", clock));
        assertNull(RefusalReader.retryAfter("99999999999999999999", clock));
    }

    @Test
    public void anAnswerThatIsNotWhatWasAskedForIsUnintelligible() {
        for (Reply reply : List.of(
                new Reply(200, Map.of("Content-Type", "text/html"), "<html>captive portal</html>"),
                Reply.json(200, "{\"server\": {\"id\": \"s1\", \"na"),
                Reply.json(200, ""),
                Reply.json(200, "null"),
                Reply.json(200, "[]"),
                Reply.json(200, "{}"),
                Reply.json(200, "{\"server\": []}"),
                new Reply(301, Map.of("Location", "https://elsewhere.invalid/"), ""),
                new Reply(307, Map.of("Location", "/v2.1/servers/s2"), ""))) {
            NovaException.Unintelligible e = unintelligible(reply);
            assertTrue(e.getMessage(), e.getMessage().contains("server"));
        }
        assertEquals(
                List.of(),
                cloud.calls().stream().filter(call -> !call.uri().equals(PATH)).toList());
    }

    @Test
    public void aMissingOrOddFieldIsNamed() {
        cloud.on("GET", "/v2.1/flavors/f1", Reply.json(200, "{\"flavor\": {\"id\": [], \"name\": \"m1\"}}"));
        assertEquals(
                "read flavor f1: the answer's 'id' is not a text",
                assertThrows(
                                NovaException.Unintelligible.class,
                                () -> cloud.connect().flavor("f1"))
                        .getMessage());
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": 7}"));
        assertEquals(
                "list the aggregates: the answer's 'aggregates' is not a list",
                assertThrows(
                                NovaException.Unintelligible.class,
                                () -> cloud.connect().aggregates())
                        .getMessage());
    }

    @Test
    public void aLongTextIsCut() {
        String message = refused(Reply.json(400, "{\"badRequest\": {\"message\": \"" + "x".repeat(9000) + "\"}}"))
                .novaMessage();
        assertEquals(2001, message.length());
    }
}
