package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.fire.Drill;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.OrderOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the product takes to empty a host with the order that {@code nodeEvacuate host: '…'} makes when nothing else is said; and
 * what that costs. All in the cloud's time: requests take none.
 */
final class DrainRun {

    private static final Duration BOUND = Duration.ofHours(24);

    private final Map<Instant, Long> saved = new TreeMap<>();
    private final List<AuditEntry> asked;
    private final Moved moved;
    private final Duration total;
    private int saves;
    private int lines;

    /**
     * Empties the host in a cloud of its own.
     *
     * @throws IllegalStateException when a server of the host has not arrived at the end
     */
    DrainRun(FullHost host) {
        try (SimulatedCloud cloud = host.cloud();
                SavedBytes disk = new SavedBytes()) {
            Instant begun = cloud.clock().instant();
            Narrator narrator = new Narrator();
            DrainState last = new Drill(
                            cloud.identityUrl(),
                            begun,
                            cloud::advance,
                            text -> saved(cloud.clock().instant(), disk.written(text)),
                            () -> false,
                            Duration.ofMinutes(2))
                    .watched((before, after) ->
                            lines += narrator.lines(before, after, cloud.clock().instant())
                                    .size())
                    .begin(OrderOf.evacuation(FullHost.NAME, host.dead()), BOUND);
            total = Duration.between(begun, cloud.clock().instant());
            asked = cloud.audit().entries();
            if (!Moved.all(host, cloud)) {
                throw new IllegalStateException(last.outcome() + ": " + last.message());
            }
            moved = Moved.of(host, cloud);
        }
    }

    private void saved(Instant at, long bytes) {
        saves++;
        saved.merge(at, bytes, Long::sum);
    }

    Moved moved() {
        return moved;
    }

    /** From the step's beginning to its end. */
    Duration total() {
        return total;
    }

    /** In all. */
    long requests() {
        return asked.size();
    }

    /** The most in one tick from the second one on that asks for a move. Ticks take no time here: each has an instant of its own. */
    long requestsATick() {
        return ticks().stream().mapToLong(List::size).max().orElse(0);
    }

    /** The most in one of those ticks that ask for no change. */
    long requestsALook() {
        return ticks().stream()
                .filter(tick -> tick.stream().allMatch(entry -> entry.method().equals("GET")))
                .mapToLong(List::size)
                .max()
                .orElse(0);
    }

    /** From the second one that asks for a move to the last one: what comes before is the plan, and behind it the proofs. */
    private List<List<AuditEntry>> ticks() {
        Map<Instant, List<AuditEntry>> ticks =
                asked.stream().collect(Collectors.groupingBy(AuditEntry::at, TreeMap::new, Collectors.toList()));
        List<Instant> moving = ticks.keySet().stream()
                .filter(at -> ticks.get(at).stream().anyMatch(Moved::asks))
                .toList();
        return ticks.entrySet().stream()
                .filter(tick ->
                        tick.getKey().isAfter(moving.get(0)) && !tick.getKey().isAfter(moving.get(moving.size() - 1)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Bytes of state in all. */
    long savedBytes() {
        return saved.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The most bytes of state in one tick. */
    long savedBytesATick() {
        return most(saved);
    }

    /** How often a state was saved. */
    int saves() {
        return saves;
    }

    /** What the console was told. */
    int lines() {
        return lines;
    }

    private static long most(Map<Instant, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
