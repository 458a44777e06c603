package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.fire.Drill;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * What the cloud is asked at each tick of a drain of many servers while some of them move: counted in the cloud's own log,
 * in driven time. Ticks that ask for moves are left out: each move costs three looks at its server and its request. The compute
 * services, which are read each 30 s, are counted apart.
 */
final class TickBenchmark implements Benchmark {

    private static final String HOST = "compute1";

    /** Of CPUs, MiB and GiB: ample for any number of m1.small. */
    private static final int ROOM = 64 * 1_024 * 1_024;

    private static final Duration WATCHED = Duration.ofMinutes(3);

    private final int servers;
    private final int moves;
    private final LongSummaryStatistics requests = new LongSummaryStatistics();
    private final LongSummaryStatistics pauses = new LongSummaryStatistics();
    private int serviceReads;
    private int heard;
    private Instant last;

    /**
     * @param servers on the host
     * @param moves under way at a time
     */
    TickBenchmark(int servers, int moves) {
        this.servers = servers;
        this.moves = moves;
    }

    @Override
    public List<Figure> run() {
        try (SimulatedCloud cloud = cloud()) {
            new Drill(
                            cloud.identityUrl(),
                            cloud.clock().instant(),
                            cloud::advance,
                            text -> {},
                            () -> false,
                            Duration.ofSeconds(30))
                    .watched((before, after) -> ticked(cloud, before, after))
                    .begin(order(), WATCHED.multipliedBy(2));
            int atTheEnd = cloud.audit().entries().size();
            cloud.advance(Duration.ofHours(1));
            return List.of(Figure.of("tick")
                    .with("servers", servers)
                    .with("inFlight", moves)
                    .with("requests", requests.getMax())
                    .with("serviceReads", serviceReads)
                    .with("ticks", requests.getCount())
                    .with("ticksAMinute", 60_000.0 / pauses.getAverage())
                    .with("shortestPauseMillis", pauses.getMin())
                    .with("requestsOnceOver", cloud.audit().entries().size() - atTheEnd));
        }
    }

    private SimulatedCloud cloud() {
        CloudBuilder builder = SimulatedCloud.builder()
                .host("compute2", h -> h.capacity(ROOM, ROOM, ROOM))
                .host(HOST, h -> h.capacity(ROOM, ROOM, ROOM));
        for (int i = 1; i <= servers; i++) {
            builder.server("s" + i, s -> s.volumeBacked().behaviour(b -> b.liveSeconds(WATCHED.toSeconds())));
        }
        return builder.start();
    }

    private DrainOrder order() {
        return Orders.empty(HOST).concurrency(moves).timeout(WATCHED).make();
    }

    private void ticked(SimulatedCloud cloud, DrainState before, DrainState after) {
        List<AuditEntry> asked = cloud.audit().since(heard);
        heard += asked.size();
        Instant now = cloud.clock().instant();
        boolean quiet = before.phase() == Phase.MOVE
                && after.phase() == Phase.MOVE
                && before.in(Stage.UNDER_WAY).size() == moves
                && asked.stream().allMatch(entry -> entry.method().equals("GET"));
        if (quiet) {
            int services = (int) asked.stream()
                    .filter(entry -> entry.path().endsWith("/os-services"))
                    .count();
            serviceReads += services;
            requests.accept(asked.size() - services);
            if (last != null) {
                pauses.accept(Duration.between(last, now).toMillis());
            }
        }
        last = quiet ? now : null;
    }
}
