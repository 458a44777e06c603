package io.jenkins.plugins.nova.telemetry;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import hudson.ExtensionList;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.metrics.api.MetricProvider;
import org.junit.Test;

/** The metrics as the metrics plugin has them: registered once, then read. */
public class DrainMetricsTest {

    private static final Origin HERE = new Origin("lab", "nodeEvacuate", "job", 1);
    private static final Instant AT = Instant.parse("2026-11-27T12:00:00Z");

    private final DrainMetrics metrics = new DrainMetrics();
    private final MetricRegistry registry = new MetricRegistry();

    private static String word(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static EndedServer server(Verb verb, Outcome outcome, Instant started) {
        return new EndedServer(HERE, "id", verb, "compute1", "compute2", outcome, started, AT);
    }

    private long count(String name) {
        return registry.counter("nova-maintenance." + name).getCount();
    }

    @Test
    public void everyOutcomeHasItsMetricsFromTheStart() {
        registry.registerAll(metrics.getMetricSet());
        Set<String> expected = new TreeSet<>(Set.of("nova-maintenance.hosts.closed"));
        Stream.of(HostOutcome.values())
                .filter(outcome -> outcome != HostOutcome.PLANNED)
                .forEach(outcome -> expected.add("nova-maintenance.hosts." + word(outcome)));
        Stream.of(Outcome.values())
                .filter(outcome -> outcome != Outcome.PLANNED)
                .forEach(outcome -> {
                    expected.add("nova-maintenance.servers." + word(outcome));
                    expected.add("nova-maintenance.moves." + word(outcome));
                });
        assertEquals(expected, new TreeSet<>(registry.getNames()));
    }

    @Test
    public void eachHostIsCountedByItsOutcome() {
        registry.registerAll(metrics.getMetricSet());
        metrics.hostClosed(new ClosedHost(HERE, "compute1", AT));
        for (HostOutcome outcome : HostOutcome.values()) {
            if (outcome != HostOutcome.PLANNED) {
                metrics.hostEnded(new EndedHost(HERE, "compute1", outcome, AT, AT));
                assertEquals(1, count("hosts." + word(outcome)));
            }
        }
        assertEquals(1, count("hosts.closed"));
    }

    @Test
    public void eachServerIsCountedByItsOutcomeAndAMoveIsTimed() {
        registry.registerAll(metrics.getMetricSet());
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.PLANNED) {
                metrics.serverEnded(server(Verb.COLD, outcome, AT.minusSeconds(90)));
                metrics.serverEnded(server(Verb.CONFIRM, outcome, AT.minusSeconds(5)));
                metrics.serverEnded(server(null, outcome, null));
                assertEquals(3, count("servers." + word(outcome)));
                Timer timer = registry.timer("nova-maintenance.moves." + word(outcome));
                assertEquals("a confirm is no move, and nothing is none", 1, timer.getCount());
                assertEquals(TimeUnit.SECONDS.toNanos(90), timer.getSnapshot().getMax());
            }
        }
    }

    /** The plugin looks for providers, the drains for listeners: one object is both, whatever is asked first. */
    @Test
    public void jenkinsHasOneOfThem() {
        MetricProvider provider = ExtensionList.lookup(MetricProvider.class).stream()
                .filter(DrainMetrics.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertSame(
                provider,
                ExtensionList.lookup(DrainListener.class).stream()
                        .filter(DrainMetrics.class::isInstance)
                        .findFirst()
                        .orElseThrow());
        assertEquals(
                provider.getMetricSet().getMetrics(), provider.getMetricSet().getMetrics());
    }

    /** docs/metrics.md writes each group of names once, with the outcomes that it is of. */
    @Test
    public void thePageNamesEachOutcome() throws Exception {
        String page = Files.readString(Path.of("docs/metrics.md"));
        for (String group : new String[] {"hosts.closed", "hosts.OUTCOME", "servers.OUTCOME", "moves.OUTCOME"}) {
            assertTrue(group, page.contains("`nova-maintenance." + group + "`"));
        }
        Stream.concat(Arrays.stream(HostOutcome.values()), Arrays.stream(Outcome.values()))
                .map(DrainMetricsTest::word)
                .filter(word -> !word.equals("planned"))
                .forEach(word -> assertTrue(word, page.contains("`" + word + "`")));
        Set<String> attributes = Pattern.compile("setAttribute\\(\"([^\"]+)\"")
                .matcher(Files.readString(Path.of("src/main/java/io/jenkins/plugins/nova/telemetry/ServerSpans.java")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(attributes.toString(), attributes.size() > 5);
        attributes.forEach(name -> assertTrue(name, page.contains("`" + name + "`")));
    }
}
