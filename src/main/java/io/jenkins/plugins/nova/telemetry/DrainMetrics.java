package io.jenkins.plugins.nova.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import com.codahale.metrics.Timer;
import hudson.Extension;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jenkins.metrics.api.MetricProvider;

/**
 * Counts hosts and servers for the metrics plugin (docs/metrics.md). That registers what it is given once, so each outcome has its
 * metric from the start. Where the plugin is not installed this class does not load, and Jenkins leaves it out without a word.
 */
@Extension(optional = true)
public final class DrainMetrics extends MetricProvider implements DrainListener {

    private static final String PREFIX = "nova-maintenance.";

    private final Map<String, Metric> all = new TreeMap<>();
    private final Counter closed = added("hosts.closed", new Counter());
    private final Map<HostOutcome, Counter> hosts = new EnumMap<>(HostOutcome.class);
    private final Map<Outcome, Counter> servers = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Timer> moves = new EnumMap<>(Outcome.class);

    /** For Jenkins. */
    public DrainMetrics() {
        for (HostOutcome outcome : HostOutcome.values()) {
            if (outcome != HostOutcome.PLANNED) {
                hosts.put(outcome, added("hosts." + word(outcome), new Counter()));
            }
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.PLANNED) {
                servers.put(outcome, added("servers." + word(outcome), new Counter()));
                moves.put(outcome, added("moves." + word(outcome), new Timer()));
            }
        }
    }

    private <M extends Metric> M added(String name, M metric) {
        all.put(PREFIX + name, metric);
        return metric;
    }

    private static String word(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public MetricSet getMetricSet() {
        return () -> Map.copyOf(all);
    }

    @Override
    public void hostClosed(ClosedHost event) {
        closed.inc();
    }

    @Override
    public void hostEnded(EndedHost event) {
        hosts.get(event.outcome()).inc();
    }

    @Override
    public void serverEnded(EndedServer event) {
        servers.get(event.outcome()).inc();
        if (event.moves()) {
            Duration took = Duration.between(event.started(), event.ended());
            moves.get(event.outcome()).update(took.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
