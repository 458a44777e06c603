package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceCodec;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What stands beside Nova under fire: a maintenance of a host that Masakari watches, killed at every request, with every fault at every
 * request of it, and with others who change the value at every request. At the end it reads as before, or the host carries our reason, or
 * what is not so was told; and what somebody else has set is as he set it.
 */
final class BesideTable {

    private static final Duration BOUND = Duration.ofHours(4);
    private static final Duration REBOOT = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BY = "ops/maintenance#7";
    private static final String SERVICE = "instance-ha";

    private final List<AuditEntry> requests;

    /** What others do to the value. */
    enum Other {
        /** A person, or Masakari after a failure. */
        SETS((cloud, host) -> cloud.setOnMaintenance(host, true)),
        /** A person. */
        TAKES_BACK((cloud, host) -> cloud.setOnMaintenance(host, false)),
        /** Masakari is busy with a host of the segment for two minutes. */
        NOTIFIES((cloud, host) -> {
            cloud.notifying(host, true);
            cloud.after(Duration.ofMinutes(2), () -> cloud.notifying(host, false));
        }),
        /** It never ends. */
        NOTIFIES_FOR_EVER((cloud, host) -> cloud.notifying(host, true));

        private final BiConsumer<SimulatedCloud, String> deed;

        Other(BiConsumer<SimulatedCloud, String> deed) {
            this.deed = deed;
        }
    }

    BesideTable() {
        try (SimulatedCloud cloud = cloud()) {
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            MaintenanceState last = run.begin();
            if (!last.good() || cloud.onMaintenance(Scenario.HOST)) {
                throw new AssertionError("it goes wrong when nothing disturbs it: " + last.message());
            }
            requests = cloud.audit().entries();
        }
        long changes = requests.stream().filter(BesideTable::changes).count();
        if (changes != 2) {
            throw new AssertionError("it is set and put back, each once: " + changes);
        }
    }

    private static boolean changes(AuditEntry entry) {
        return entry.service().equals(SERVICE) && entry.method().equals("PUT");
    }

    private static SimulatedCloud cloud() {
        return Scenario.cloud()
                .host("compute2")
                .host(Scenario.HOST)
                .segment("rack1", Scenario.HOST, "compute2")
                .server("web1", s -> s.volumeBacked())
                .start();
    }

    /** A maintenance in a process that may be killed, and another that goes on from what it saved. */
    static final class Run {
        private final SimulatedCloud cloud;
        private final BooleanSupplier dead;
        private final Consumer<Duration> time;
        private final Duration patience;
        private final SilenceSettings silences;
        private String disk;

        Run(SimulatedCloud cloud, BooleanSupplier dead, Consumer<Duration> time, Duration patience) {
            this(cloud, null, dead, time, patience);
        }

        /** @param silences null for none */
        Run(
                SimulatedCloud cloud,
                SilenceSettings silences,
                BooleanSupplier dead,
                Consumer<Duration> time,
                Duration patience) {
            this.silences = silences;
            this.cloud = cloud;
            this.dead = dead;
            this.time = time;
            this.patience = patience;
        }

        private Controller controller(BooleanSupplier killed) {
            return new Controller(cloud.identityUrl(), silences, cloud.clock().instant(), time, killed, patience);
        }

        /** The last state; null when it was killed. */
        MaintenanceState begin() {
            ReturnOrder back = new ReturnOrder(
                    Scenario.HOST, Duration.ofMinutes(20), true, false, false, List.of(), false, null, BY, null);
            MaintenanceState begin = MaintenanceState.begin(
                    back,
                    Orders.empty(Scenario.HOST).concurrency(1).make(),
                    Orders.of(Route.BY_STATE).make(),
                    cloud.clock().instant());
            disk = MaintenanceCodec.write(begin);
            return go(begin, controller(dead), dead);
        }

        /** In a new process, which lives. */
        MaintenanceState resume() {
            MaintenanceState saved =
                    MaintenanceCodec.read(disk).resumed(cloud.clock().instant());
            return go(saved, controller(() -> false), () -> false);
        }

        private void save(MaintenanceState state) {
            disk = MaintenanceCodec.write(state);
        }

        private MaintenanceState go(MaintenanceState begin, Controller controller, BooleanSupplier killed) {
            MaintenanceState state = begin;
            while (state != null && !state.over()) {
                state = killed.getAsBoolean() ? null : next(state, controller);
                if (state != null && !killed.getAsBoolean()) {
                    save(state);
                }
            }
            return killed.getAsBoolean() ? null : state;
        }

        private MaintenanceState next(MaintenanceState state, Controller controller) {
            return switch (state.part()) {
                case DRAIN -> {
                    DrainState last = controller.run(
                            ports -> new DrainRunner(
                                    state.drain(),
                                    ports,
                                    claim -> Holders.Holding.UNKNOWN,
                                    controller.executor(),
                                    controller.executor().clock()),
                            now -> save(state.draining(now)),
                            (before, after) -> {},
                            BOUND);
                    yield last == null ? null : Maintenance.drained(state, last, EarlierSteps.NONE, controller.now());
                }
                case BODY -> {
                    if (cloud.running(Scenario.HOST)) {
                        cloud.kill(Scenario.HOST);
                    }
                    controller.idle(REBOOT);
                    cloud.restart(Scenario.HOST);
                    yield Maintenance.bodyEnded(state, controller.now());
                }
                case BEFORE, AFTER -> {
                    ReturnState last = controller.run(
                            ports -> new ReturnRunner(
                                    state.returning(),
                                    ports,
                                    claim -> Holders.Holding.ENDED, // the cordon of its own keeps nobody out
                                    controller.executor(),
                                    controller.executor().clock()),
                            now -> save(state.returning(now)),
                            (before, after) -> {},
                            BOUND);
                    if (last == null) {
                        yield null;
                    }
                    boolean block = state.part() == MaintenancePart.BEFORE && last.phase() == ReturnPhase.AWAY;
                    yield block
                            ? Maintenance.bodyBegan(state.returning(last))
                            : Maintenance.returned(state, last, controller.now());
                }
                case TURN, HOME, OVER -> throw new IllegalStateException(String.valueOf(state.part()));
            };
        }
    }

    /** What may be wrong. */
    enum Wrong {
        LEFT,
        OVERWRITTEN,
        ENDLESS
    }

    /** Counts, and what was wrong in words. */
    static final class Found {
        private int points;
        private final Map<Wrong, Integer> counts = new LinkedHashMap<>();
        private final List<String> words = new ArrayList<>();
        private int good;

        Found wrong(Wrong what, String how) {
            counts.merge(what, 1, Integer::sum);
            words.add(what + " " + how);
            return this;
        }

        /** One point was tried. */
        Found tried(boolean done) {
            points++;
            good += done ? 1 : 0;
            return this;
        }

        Found add(Found other) {
            points += other.points;
            good += other.good;
            other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
            words.addAll(other.words);
            return this;
        }

        int points() {
            return points;
        }

        List<String> words() {
            return words;
        }

        String line() {
            return "beside points=" + points + " done=" + good + " left=" + counts.getOrDefault(Wrong.LEFT, 0)
                    + " overwritten=" + counts.getOrDefault(Wrong.OVERWRITTEN, 0) + " endless="
                    + counts.getOrDefault(Wrong.ENDLESS, 0);
        }
    }

    /** Every {@code step}-th point of all. */
    Found fill(int step) {
        List<Supplier<Found>> all = new ArrayList<>();
        for (Duration away : List.of(Duration.ZERO, Duration.ofHours(1))) {
            KillPoint.upTo(requests.size(), 1).forEach(point -> all.add(() -> killed(point, away)));
        }
        int n = 0;
        for (AuditEntry request : requests) {
            n++;
            int number = n;
            if (request.service().equals(SERVICE)) {
                for (FaultKind fault : FaultKind.values()) {
                    all.add(() -> faulted(fault, number));
                }
            }
            for (Other other : Other.values()) {
                // of a change at the very moment of ours nobody can know: there is no compare-and-set
                if (!changes(request)) {
                    all.add(() -> disturbed(other, number));
                }
            }
        }
        List<Supplier<Found>> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        Found sum = new Found();
        Lanes.each(some, Supplier::get).forEach(sum::add);
        return sum;
    }

    private Found killed(KillPoint point, Duration away) {
        String name = "killed " + point.moment() + " #" + point.request() + " away " + away;
        try (SimulatedCloud cloud = cloud()) {
            point.arm(cloud);
            Run run = new Run(cloud, () -> cloud.audit().entries().size() >= point.request(), cloud::advance, PATIENCE);
            return judged(name, cloud, run, null, () -> {
                MaintenanceState last = run.begin();
                if (last != null) {
                    return last;
                }
                cloud.faults().clear();
                cloud.advance(away);
                return run.resume();
            });
        }
    }

    private Found faulted(FaultKind fault, int number) {
        try (SimulatedCloud cloud = cloud()) {
            fault.set(cloud, cloud.faults().on(null, "").nth(number));
            Run run = new Run(cloud, () -> false, span -> FaultTable.pass(cloud, span), fault.patience());
            return judged(fault.words() + " at #" + number, cloud, run, null, run::begin);
        }
    }

    private Found disturbed(Other other, int number) {
        try (SimulatedCloud cloud = cloud()) {
            cloud.lies().beforeEach(request -> {
                if (request == number) {
                    other.deed.accept(cloud, Scenario.HOST);
                }
            });
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            return judged(other + " at #" + number, cloud, run, other, run::begin);
        }
    }

    private static Found judged(
            String name, SimulatedCloud cloud, Run run, Other other, Supplier<MaintenanceState> whole) {
        Found found = new Found();
        found.points = 1;
        MaintenanceState last;
        try {
            last = whole.get();
        } catch (Drill.Endless e) {
            return found.wrong(Wrong.ENDLESS, name + ": " + e.getMessage());
        } catch (AssertionError | IllegalStateException broken) {
            return found.wrong(Wrong.ENDLESS, name + ": it broke: " + broken + " " + broken.getCause());
        }
        boolean on = cloud.onMaintenance(Scenario.HOST);
        found.good = last.good() ? 1 : 0;
        String said = last.message()
                + (last.returning() == null ? "" : last.returning().notes())
                + last.drain().notes()
                + Maintenance.result(last).get("beside");
        boolean ours = Claim.parse(cloud.disabledReason(Scenario.HOST)).isPresent();
        if (other == Other.SETS && !on) {
            found.wrong(Wrong.OVERWRITTEN, name + ": " + said);
        }
        boolean told = said.contains("still on maintenance") || said.contains("found");
        if (on && other != Other.SETS && !ours && !told) {
            found.wrong(Wrong.LEFT, name + ": " + said);
        }
        return found;
    }
}
