package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How fast a cloud moved servers, by its own records.
 *
 * <p>Live migrations by os-migrations: each from when it was made, or the one before it off the same host had ended, to its end;
 * Nova runs them one at a time off a host unless its configuration says otherwise, and then this is what one of them adds. Where
 * some had to wait for others only those count: Nova writes whole seconds, which add up where one follows the other. The record of a cold migration changes again when it is confirmed,
 * that of a rebuild when the dead host comes back: of those the newest are looked at by the events of their actions.
 */
final class MeasuredRates {
    /** A server's move that is looked at costs two requests. */
    private static final int MOST_LOOKED_AT = 10;

    private static final Set<String> COLD = Set.of("migration");
    private static final double OUTLIER = 5;
    private static final int FEW = 4;

    /** What conductor and scheduler take for a live migration that finds its source idle, by a trace of mini-nova. */
    private static final double CONDUCTED = 0.4;

    /** How much of the differences in time the differences in size must explain (the square of their correlation). */
    private static final double EXPLAINED = 0.5;

    /** A move that took so long and copied so much. */
    private record Sample(double seconds, double mib) {}

    private record Known(long memoryMiB, long diskMiB) {}

    private final Map<String, Known> servers = new HashMap<>();
    private final List<Migration> live = new ArrayList<>();
    private final List<Migration> cold = new ArrayList<>();
    private final List<Migration> rebuilt = new ArrayList<>();

    /** A server that there is. */
    void server(String id, long memoryMiB, long disksGiB) {
        servers.put(id, new Known(memoryMiB, disksGiB << 10));
    }

    /** A migration of the last weeks. */
    void migration(Migration migration) {
        boolean whole = migration.created() != null && migration.updated() != null && migration.sourceHost() != null;
        if (migration.type().equals("live-migration") && migration.status().equals("completed") && whole) {
            live.add(migration);
        } else if (COLD.contains(migration.type())
                && Set.of("confirmed", "finished").contains(migration.status())) {
            cold.add(migration);
        } else if (migration.type().equals("evacuation")
                && Set.of("done", "completed").contains(migration.status())) {
            rebuilt.add(migration);
        }
    }

    /** How many moves there are to go by. */
    String words() {
        return live.size() + " live, " + cold.size() + " cold, " + rebuilt.size() + " rebuilt";
    }

    /** The file's {@code rates}; empty where no move is known. */
    ObjectNode json(Nova nova, Duration aRequest) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "live", liveSamples());
        put(json, "cold", lookedAt(nova, cold, "migrate"));
        put(json, "rebuild", lookedAt(nova, rebuilt, "evacuate"));
        if (!json.isEmpty() && !aRequest.isZero()) {
            json.putObject("request").put("seconds", Math.round(aRequest.toNanos() / 1e6) / 1e3);
        }
        return json;
    }

    private List<Sample> liveSamples() {
        Map<String, Instant> free = new HashMap<>();
        List<Sample> queued = new ArrayList<>();
        List<Sample> alone = new ArrayList<>();
        live.sort(Comparator.comparing(Migration::updated).thenComparing(Migration::id));
        for (Migration each : live) {
            Instant begun = each.created();
            Instant before = free.getOrDefault(each.sourceHost(), Instant.MIN);
            Instant start = before.isAfter(begun) ? before : begun;
            free.put(each.sourceHost(), each.updated());
            Known server = servers.get(each.serverId());
            double mib = server == null ? -1 : server.memoryMiB();
            if (before.isAfter(begun)) {
                queued.add(new Sample(seconds(before, each.updated()), mib));
            } else {
                alone.add(new Sample(Math.max(0, seconds(start, each.updated()) - CONDUCTED), mib));
            }
        }
        List<Sample> all = new ArrayList<>(queued);
        if (queued.size() < FEW) {
            all.addAll(alone);
        }
        return all;
    }

    private List<Sample> lookedAt(Nova nova, List<Migration> moves, String action) {
        List<Sample> samples = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        moves.stream()
                .sorted(Comparator.comparingLong(Migration::id).reversed())
                .filter(move -> servers.containsKey(move.serverId()) && seen.add(move.serverId()))
                .limit(MOST_LOOKED_AT)
                .forEach(move -> took(nova, move.serverId(), action)
                        .ifPresent(seconds -> samples.add(
                                new Sample(seconds, servers.get(move.serverId()).diskMiB()))));
        return samples;
    }

    /** How long the newest of these actions took; empty where that cannot be told, such as of a server that is gone. */
    private static Optional<Double> took(Nova nova, String server, String name) {
        try {
            Optional<InstanceAction> newest = nova.actions(server).stream()
                    .filter(action -> action.action().equals(name) && action.start() != null)
                    .findFirst();
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            InstanceAction whole = nova.action(server, newest.get().requestId());
            return whole.events().stream()
                    .map(InstanceAction.Event::finish)
                    .filter(end -> end != null)
                    .max(Comparator.naturalOrder())
                    .map(end -> seconds(whole.start(), end));
        } catch (NovaException.Refused | NovaException.Unintelligible untold) {
            return Optional.empty();
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }

    /** Seconds that go with no size and, where larger servers take longer, how much is copied in one. */
    private static void put(ObjectNode json, String kind, List<Sample> all) {
        if (all.isEmpty()) {
            return;
        }
        double middle = all.stream().map(Sample::seconds).sorted().toList().get(all.size() / 2);
        List<Sample> samples = all.stream()
                .filter(sample -> sample.seconds() <= Math.max(OUTLIER * middle, OUTLIER))
                .toList();
        double mean = samples.stream().mapToDouble(Sample::seconds).average().orElse(middle);
        ObjectNode rate = json.putObject(kind);
        List<Sample> sized =
                samples.stream().filter(sample -> sample.mib() >= 0).toList();
        double meanMib = sized.stream().mapToDouble(Sample::mib).average().orElse(0);
        double meanOfSized =
                sized.stream().mapToDouble(Sample::seconds).average().orElse(0);
        double spread = sized.stream()
                .mapToDouble(sample -> Math.pow(sample.mib() - meanMib, 2))
                .sum();
        double scatter = sized.stream()
                .mapToDouble(sample -> Math.pow(sample.seconds() - meanOfSized, 2))
                .sum();
        double both = sized.stream()
                .mapToDouble(sample -> (sample.mib() - meanMib) * (sample.seconds() - meanOfSized))
                .sum();
        double slope = spread == 0 ? 0 : both / spread;
        boolean fits = sized.size() >= FEW
                && slope > 0
                && meanOfSized - slope * meanMib >= 0
                && both * both >= EXPLAINED * spread * scatter;
        rate.put("seconds", rounded(fits ? meanOfSized - slope * meanMib : mean));
        if (fits) {
            rate.put("mibPerSecond", rounded(1 / slope));
            if (kind.equals("cold")) {
                rate.put("disks", true);
            }
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
