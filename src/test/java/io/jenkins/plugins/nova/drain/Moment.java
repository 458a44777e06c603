package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A moment of a drain at which a controller may die: the cloud, the order, and what the state that was saved last reads.
 * The same cloud has the same ids each time, so a state saved at a moment by an earlier version of the plugin fits the
 * cloud that a run of today has led to that moment; {@link SaveSamples} writes such states.
 */
enum Moment {
    CORDON_RECORDED(mixed(), Orders.empty("compute1").autoConfirm(), at(Phase.CORDON)),
    CORDON_SENT(mixed(), Orders.empty("compute1").autoConfirm(), state -> cordon(state, ServiceChange.State.SENT)),
    PLANNED(mixed(), Orders.empty("compute1").autoConfirm(), at(Phase.PLAN)),
    MOVES_RECORDED(
            mixed(),
            Orders.empty("compute1").autoConfirm(),
            state -> move(state, Intent.State.RECORDED) && state.in(Stage.ENDED).isEmpty()),
    MOVES_TAKEN(mixed(), Orders.empty("compute1").autoConfirm(), state -> move(state, Intent.State.TAKEN)),
    MOVE_UNCLEAR(
            mixed(),
            Orders.empty("compute1").autoConfirm(),
            state -> move(state, Intent.State.UNCLEAR),
            cloud -> cloud.faults().on("POST", "/action$").dropAfterActing()),
    LIVE_RUNNING(
            mixed(),
            Orders.empty("compute1").autoConfirm(),
            state -> state.servers().stream().anyMatch(server -> "running".equals(server.migrationStatus()))),
    HALF_DONE(
            mixed(),
            Orders.empty("compute1").autoConfirm().concurrency(1),
            state -> state.in(Stage.ENDED).size() == 2),
    CONFIRMING(mixed(), Orders.empty("compute1").autoConfirm().concurrency(1), state -> follow(state, Verb.CONFIRM)),
    AWAITING(
            mixed(),
            Orders.empty("compute1").concurrency(1),
            state -> !state.ended(Outcome.AWAITING_CONFIRM).isEmpty()),
    ABORTING_A_SLOW_GUEST(slow(), Orders.empty("compute1"), state -> follow(state, Verb.ABORT)),
    WAITING_DOWN(dead(), Orders.empty("compute1").fenced(), at(Phase.WAIT_DOWN), cloud -> cloud.kill("compute1")),
    FORCING_DOWN(dead(), Orders.empty("compute1").fenced(), at(Phase.FORCE_DOWN), cloud -> cloud.kill("compute1")),
    REBUILDING(
            dead(),
            Orders.empty("compute1").fenced(),
            state -> move(state, Intent.State.TAKEN),
            cloud -> cloud.kill("compute1")),
    CHOSEN_SERVERS_MOVING(
            mixed(), Orders.of(Route.LIVE, "web1", "web2").concurrency(1), state -> move(state, Intent.State.TAKEN));

    private static final Duration LONG = Duration.ofHours(8);

    private final CloudBuilder cloud;
    private final Orders orders;
    private final Predicate<DrainState> saved;
    private final Consumer<SimulatedCloud> before;

    Moment(CloudBuilder cloud, Orders orders, Predicate<DrainState> saved) {
        this(cloud, orders, saved, started -> {});
    }

    Moment(CloudBuilder cloud, Orders orders, Predicate<DrainState> saved, Consumer<SimulatedCloud> before) {
        this.cloud = cloud;
        this.orders = orders;
        this.saved = saved;
        this.before = before;
    }

    /** The cloud before the drain begins. */
    SimulatedCloud cloud() {
        SimulatedCloud started = cloud.start();
        before.accept(started);
        return started;
    }

    DrainOrder order() {
        return orders.make();
    }

    /** Whether this is the moment. */
    boolean is(DrainState state) {
        return saved.test(state);
    }

    /** Runs a drain up to this moment, and no further. */
    DrainBench reach(SimulatedCloud started) {
        DrainBench bench = run(started);
        bench.executor.shutdown();
        return bench;
    }

    /** The same, and it may go on. */
    DrainBench run(SimulatedCloud started) {
        DrainBench bench = new DrainBench(started).begin(order());
        bench.until(() -> !bench.saved.isEmpty() && is(DrainCodec.read(lastSaved(bench))), LONG);
        return bench;
    }

    static String lastSaved(DrainBench bench) {
        return bench.saved.get(bench.saved.size() - 1);
    }

    /** The name of its sample. */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    }

    private static CloudBuilder mixed() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("web2", s -> s.volumeBacked())
                .server("paused1", s -> s.status("PAUSED"))
                .server("off1", s -> s.status("SHUTOFF"));
    }

    private static CloudBuilder slow() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("busy1", s -> s.behaviour(b -> b.neverConverges()));
    }

    private static CloudBuilder dead() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("vol1", s -> s.volumeBacked())
                .server("vol2", s -> s.volumeBacked());
    }

    private static Predicate<DrainState> at(Phase phase) {
        return state -> state.phase() == phase;
    }

    private static boolean cordon(DrainState state, ServiceChange.State wanted) {
        return state.cordon() != null && state.cordon().state() == wanted;
    }

    private static boolean move(DrainState state, Intent.State wanted) {
        return state.servers().stream()
                .anyMatch(server -> server.move() != null && server.move().is(wanted));
    }

    private static boolean follow(DrainState state, Verb verb) {
        return state.servers().stream()
                .anyMatch(server -> server.follow() != null && server.follow().verb() == verb);
    }
}
