package io.jenkins.plugins.nova.telemetry;

import static org.junit.Assert.assertEquals;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Verb;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit4.OpenTelemetryRule;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The spans as an exporter gets them. */
public class ServerSpansTest {

    private static final Origin HERE = new Origin("lab", "nodeEvacuate", "ops/drain", 7);
    private static final Instant AT = Instant.parse("2026-11-27T12:00:00Z");

    @Rule
    public final OpenTelemetryRule opentelemetry = OpenTelemetryRule.create();

    private ServerSpans spans;

    @Before
    public void begin() {
        spans = ExtensionList.lookup(DrainListener.class).stream()
                .filter(ServerSpans.class::isInstance)
                .map(ServerSpans.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static EndedServer server(Verb verb, String target, Outcome outcome, Instant started) {
        return new EndedServer(HERE, "1f6d", verb, "compute1", target, outcome, started, AT);
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> found = new TreeMap<>();
        span.getAttributes().forEach((AttributeKey<?> key, Object value) -> found.put(key.getKey(), value));
        return found;
    }

    @Test
    public void aMoveIsASpanOfTheTimeItTook() {
        spans.serverEnded(server(Verb.LIVE, "compute2", Outcome.MOVED, AT.minusSeconds(90)));

        SpanData span = opentelemetry.getSpans().get(0);
        assertEquals("nova live-migration", span.getName());
        assertEquals(ServerSpans.SCOPE, span.getInstrumentationScopeInfo().getName());
        assertEquals(TimeUnit.SECONDS.toNanos(AT.getEpochSecond() - 90), span.getStartEpochNanos());
        assertEquals(TimeUnit.SECONDS.toNanos(AT.getEpochSecond()), span.getEndEpochNanos());
        assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
        assertEquals("0000000000000000", span.getParentSpanId());
        assertEquals(
                new TreeMap<>(Map.of(
                        "nova.cloud", "lab",
                        "nova.server.id", "1f6d",
                        "nova.action", "live-migration",
                        "nova.host.source", "compute1",
                        "nova.host.target", "compute2",
                        "nova.outcome", "MOVED",
                        "ci.pipeline.id", "ops/drain",
                        "ci.pipeline.run.number", 7L,
                        "jenkins.pipeline.step.name", "nodeEvacuate")),
                attributes(span));
    }

    /** Each row: an outcome, and whether its span is an error. */
    @Test
    public void whatDidNotGoWellIsAnError() {
        Map<Outcome, StatusCode> expected = new HashMap<>();
        Map<Outcome, StatusCode> seen = new HashMap<>();
        for (Outcome outcome : Outcome.values()) {
            expected.put(outcome, outcome.good() ? StatusCode.UNSET : StatusCode.ERROR);
            spans.serverEnded(server(Verb.COLD, null, outcome, AT.minusSeconds(1)));
        }
        for (SpanData span : opentelemetry.getSpans()) {
            Map<String, Object> attributes = attributes(span);
            Outcome outcome = Outcome.valueOf((String) attributes.get("nova.outcome"));
            seen.put(outcome, span.getStatus().getStatusCode());
            assertEquals(outcome.good() ? null : outcome.name(), attributes.get("error.type"));
            assertEquals("no words of Nova's", "", span.getStatus().getDescription());
        }
        assertEquals(expected, seen);
    }

    @Test
    public void aServerOfWhichNothingWasAskedHasNoSpan() {
        spans.serverEnded(server(null, null, Outcome.BLOCKED, null));
        assertEquals(List.of(), opentelemetry.getSpans());
    }

    /** What was not kept, for it was to be asked for again. */
    @Test
    public void aMoveOfAnUnknownKindHasASpanToo() {
        spans.serverEnded(server(null, null, Outcome.BLOCKED, AT.minusSeconds(1)));
        assertEquals("nova move", opentelemetry.getSpans().get(0).getName());
    }

    /** The plugin sets it when Jenkins is up, perhaps after the first drain has gone on; before that spans go nowhere. */
    @Test
    public void whoExportsIsAskedForEachSpan() {
        GlobalOpenTelemetry.resetForTest();
        spans.serverEnded(server(Verb.LIVE, null, Outcome.MOVED, AT.minusSeconds(1)));
        assertEquals(List.of(), opentelemetry.getSpans());
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(opentelemetry.getOpenTelemetry());
        spans.serverEnded(server(Verb.LIVE, null, Outcome.MOVED, AT.minusSeconds(1)));
        assertEquals(1, opentelemetry.getSpans().size());
    }
}
