package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Guests that are looked at while their servers are moved live, and each of which answers nobody any more from some second of its
 * copying on. Their moves are to be aborted; how soon that is asked for.
 */
final class WatchLossBenchmark implements Benchmark {

    private static final double COPIED = 600;
    private static final int LATEST = 300;

    private final int moves;

    /** @param moves all of one host */
    WatchLossBenchmark(int moves) {
        this.moves = moves;
    }

    @Override
    public List<Figure> run() {
        Map<String, Instant> silent = new HashMap<>();
        try (WatchedHost host = new WatchedHost(moves, COPIED, cloud -> dying(cloud, silent))) {
            DrainBench bench = host.drained();
            LongSummaryStatistics seconds = new LongSummaryStatistics();
            for (AuditEntry abort : host.cloud().audit().of("DELETE", "/migrations/")) {
                for (ServerState server : bench.last.servers()) {
                    if (abort.path().contains(server.id())) {
                        seconds.accept(Duration.between(silent.get(server.id()), abort.at())
                                .toSeconds());
                    }
                }
            }
            return List.of(Figure.of("watchLoss")
                    .with("moves", moves)
                    .with("aborts", seconds.getCount())
                    .with(
                            "stayed",
                            bench.last.servers().stream()
                                    .filter(server -> server.outcome() == Outcome.FAILED
                                            && host.cloud()
                                                    .server(server.id())
                                                    .host()
                                                    .equals(WatchedHost.NAME))
                                    .count())
                    .with("secondsAtLeast", seconds.getMin())
                    .with("secondsAtMost", seconds.getMax()));
        }
    }

    private static boolean copies(SimulatedCloud cloud, String server) {
        return cloud.migrations().stream()
                .anyMatch(
                        move -> move.serverId().equals(server) && move.status().equals("running"));
    }

    private static GuestConnects dying(SimulatedCloud cloud, Map<String, Instant> silent) {
        Random random = new Random(0);
        Map<String, Instant> dies = new HashMap<>();
        return (server, address) -> {
            Instant now = cloud.clock().instant();
            if (!dies.containsKey(server) && copies(cloud, server)) {
                dies.put(server, now.plusSeconds(random.nextInt(LATEST)));
            }
            boolean dead = dies.containsKey(server) && !now.isBefore(dies.get(server));
            if (dead) {
                silent.putIfAbsent(server, now);
            }
            return CompletableFuture.completedFuture(!dead);
        };
    }
}
