package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.server.GuestGate;
import io.jenkins.plugins.nova.drain.server.MigrationOutcome;
import io.jenkins.plugins.nova.drain.server.StartSelection;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.step.controller.GuestLooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Live migrations whose guests are looked at, played in driven time through what looks and what decides, without a cloud: each is copied
 * for four minutes, one connection in a hundred is lost, and at some second the guest answers nobody for five seconds, as if it were
 * switched over while Nova still calls it running. None of them is to be aborted.
 */
final class WatchBenchmark implements Benchmark {

    private static final String ADDRESS = "tcp://10.0.0.5:5432";
    /** What is wanted to abort nothing. */
    static final double NOISE = 0.01;

    private static final int COPIED = 240;
    private static final Duration BLACKOUT = Duration.ofSeconds(5);
    private static final int LONGEST_PAUSE = 10;

    private static final Observation RUNNING = new Look()
            .moves(Look.migration(7, "a", "live-migration", "running"))
            .counters(
                    "a",
                    new ServerMigration(
                            7,
                            "running",
                            "compute1",
                            "compute2",
                            1L << 30,
                            1L << 28,
                            1L << 29,
                            null,
                            null,
                            null,
                            null,
                            null))
            .make();

    private final int moves;
    private final double noise;

    /**
     * @param moves how many are played
     * @param noise how many of all connections are lost, 0 to 1
     */
    WatchBenchmark(int moves, double noise) {
        this.moves = moves;
        this.noise = noise;
    }

    @Override
    public List<Figure> run() {
        long asked = 0;
        long judged = 0;
        long aborts = 0;
        for (int seed = 0; seed < moves; seed++) {
            ServerState server = moved(new Random(seed));
            asked += server.guest().asked();
            judged += server.guest().judged() ? 1 : 0;
            aborts += server.follow() != null ? 1 : 0;
        }
        return List.of(Figure.of("watch")
                .with("moves", moves)
                .with("noise", String.format(Locale.ROOT, "%.2f", noise))
                .with("judged", judged)
                .with("asked", asked)
                .with("aborts", aborts));
    }

    /** The server at the end of its copying, or when its abort is asked for. */
    private ServerState moved(Random random) {
        ManualExecutor executor = new ManualExecutor(Drained.NOW);
        Instant dark = Drained.NOW.plusSeconds(random.nextInt(COPIED));
        GuestLooks looks = new GuestLooks(
                (server, address) -> {
                    Instant now = executor.clock().instant();
                    boolean switched = !now.isBefore(dark) && now.isBefore(dark.plus(BLACKOUT));
                    return CompletableFuture.completedFuture(!switched && random.nextDouble() >= noise);
                },
                executor,
                executor.clock(),
                line -> {});
        ServerState waiting = Drained.with(
                Drained.waiting("a", Action.LIVE), edit -> edit.guest = GuestWatch.at(GuestAddress.parse(ADDRESS)));
        DrainState state = Drained.drain(Orders.empty("compute1").watching("a", ADDRESS), waiting);
        Instant end = Drained.NOW.plusSeconds(COPIED);
        while (executor.clock().instant().isBefore(end)
                && state.servers().get(0).follow() == null) {
            Instant now = executor.clock().instant();
            DrainState heard = GuestGate.heard(state, looks.answers());
            DrainState next = Drained.with(heard, edit -> edit.servers = decided(heard, now));
            looks.watch(GuestGate.wanted(next));
            executor.advance(Duration.ofSeconds(1 + random.nextInt(LONGEST_PAUSE)));
            state = next;
        }
        return state.servers().get(0);
    }

    private static List<ServerState> decided(DrainState state, Instant now) {
        ServerState server = state.servers().get(0);
        if (server.underWay()) {
            return List.of(new MigrationOutcome(state, now).judge(server, RUNNING));
        }
        ServerState started = StartSelection.start(state.servers(), state, now).get(0);
        return List.of(
                started.underWay()
                        ? Drained.with(
                                started, edit -> edit.move = started.move().taken("req-1", now))
                        : started);
    }
}
