package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Fewer of the same on the simulated cloud, by a whole drain: one connection in a hundred is lost, and each guest answers nobody for five
 * seconds once it is on the other host. All of them are to be moved.
 */
final class WatchCloudBenchmark implements Benchmark {

    private static final double NOISE = 0.01;
    private static final Duration BLACKOUT = Duration.ofSeconds(5);
    private static final double COPIED = 60;

    private final int moves;

    /** @param moves all of one host */
    WatchCloudBenchmark(int moves) {
        this.moves = moves;
    }

    @Override
    public List<Figure> run() {
        Random random = new Random(0);
        try (WatchedHost host = new WatchedHost(moves, COPIED, cloud -> noisy(cloud, random))) {
            DrainBench bench = host.drained();
            List<ServerState> servers = bench.last.servers();
            return List.of(Figure.of("watchCloud")
                    .with("moves", servers.size())
                    .with("noise", String.format(Locale.ROOT, "%.2f", NOISE))
                    .with(
                            "judged",
                            servers.stream()
                                    .filter(server -> server.guest().judged())
                                    .count())
                    .with(
                            "asked",
                            servers.stream()
                                    .mapToLong(server -> server.guest().asked())
                                    .sum())
                    .with(
                            "moved",
                            servers.stream()
                                    .filter(server -> server.outcome() == Outcome.MOVED)
                                    .count())
                    .with(
                            "aborts",
                            host.cloud().audit().of("DELETE", "/migrations/").size()));
        }
    }

    private static GuestConnects noisy(SimulatedCloud cloud, Random random) {
        Map<String, Instant> arrived = new HashMap<>();
        return (server, address) -> {
            Instant now = cloud.clock().instant();
            if (!cloud.server(server).host().equals(WatchedHost.NAME)) {
                arrived.putIfAbsent(server, now);
            }
            boolean dark = arrived.containsKey(server)
                    && now.isBefore(arrived.get(server).plus(BLACKOUT));
            return CompletableFuture.completedFuture(!dark && random.nextDouble() >= NOISE);
        };
    }
}
