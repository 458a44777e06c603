package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.fire.RollJudge.Wrong;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** A roll of eight hosts under fire. */
final class RollTable {

    /** A roll of an hour has no business to go on for longer, whatever happens once. */
    private static final Duration BOUND = Duration.ofHours(12);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<AuditEntry> requests;

    RollTable() {
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            RollJudge judge = RollJudge.watching(cloud);
            process(cloud, new LinkedHashMap<>(), judge, () -> false).begin(RollScenario.begin(cloud), BOUND);
            judge.end(RollTable::accepted, entry -> false);
            judge.undisturbed();
            if (!judge.found().isEmpty()) {
                throw new AssertionError("the roll goes wrong when nothing disturbs it: " + judge.found());
            }
            requests = cloud.audit().entries();
        }
    }

    private static RollProcess process(
            SimulatedCloud cloud, Map<String, String> disk, RollJudge judge, BooleanSupplier dead) {
        return new RollProcess(cloud, disk, judge, cloud::advance, dead, PATIENCE, line -> {});
    }

    private static boolean accepted(AuditEntry entry) {
        return entry.status() >= 200 && entry.status() < 300;
    }

    /** Every {@code step}-th of these. */
    private static <T> List<T> some(List<T> all, int step) {
        List<T> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    /** The process ends at every {@code step}-th moment of the requests, and another goes on from what was saved. */
    RollTally kills(int step, Duration away) {
        List<KillPoint> points = some(KillPoint.upTo(requests.size(), 1), step);
        return RollTally.row(
                "killed, away for " + away.toMinutes() + " min", Lanes.each(points, point -> killed(point, away)));
    }

    private static RollTally killed(KillPoint point, Duration away) {
        String name = "roll " + point.moment() + " #" + point.request() + " away " + away;
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            point.arm(cloud);
            RollJudge judge = RollJudge.watching(cloud);
            Map<String, String> disk = new LinkedHashMap<>();
            BooleanSupplier dead = () -> cloud.audit().entries().size() >= point.request();
            int heard = 0;
            try {
                boolean lived = process(cloud, disk, judge, dead).begin(RollScenario.begin(cloud), BOUND);
                heard = cloud.audit().entries().size();
                if (!lived) {
                    cloud.faults().clear();
                    judge.look();
                    cloud.advance(away);
                    process(cloud, disk, judge, () -> false).resume(BOUND);
                }
            } catch (Drill.Endless e) {
                return new RollTally().count(name, Map.of(Wrong.LOST, List.of(e.getMessage())), false);
            }
            int before = heard;
            judge.end(point::acted, entry -> point.unheard(entry, before));
            judge.undisturbed();
            return new RollTally().count(name, judge.found(), judge.allDone());
        }
    }

    /** Each fault at each request, every {@code step}-th of these. */
    RollTally faults(int step) {
        List<Try> tries = new ArrayList<>();
        RequestKind.of(requests).forEach((kind, count) -> {
            for (int n = 1; n <= count; n++) {
                for (FaultKind fault : FaultKind.values()) {
                    tries.add(new Try(fault, kind, n));
                }
            }
        });
        return rows(some(tries, step), one -> one.fault().words(), RollTable::faulted);
    }

    /** A fault at the n-th request of a kind. */
    private record Try(FaultKind fault, RequestKind kind, int n) {}

    private static RollTally faulted(Try one) {
        FaultKind fault = one.fault();
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            fault.set(cloud, one.kind().nth(cloud, one.n()));
            RollJudge judge = RollJudge.watching(cloud);
            Consumer<Duration> time = span -> FaultTable.pass(cloud, span);
            return judged(
                    "roll " + fault.words() + " at " + one.kind() + " #" + one.n(),
                    cloud,
                    judge,
                    time,
                    fault.patience(),
                    entry -> FaultTable.acted(entry, fault),
                    line -> {});
        }
    }

    private static RollTally judged(
            String name,
            SimulatedCloud cloud,
            RollJudge judge,
            Consumer<Duration> time,
            Duration patience,
            Predicate<AuditEntry> acted,
            Consumer<String> story) {
        RollProcess process = new RollProcess(cloud, new LinkedHashMap<>(), judge, time, () -> false, patience, story);
        try {
            process.begin(RollScenario.begin(cloud), BOUND);
            judge.end(acted, entry -> false);
            return new RollTally().count(name, judge.found(), judge.allDone());
        } catch (Drill.Endless e) {
            String words = e.getMessage() + ": " + process.statuses();
            return new RollTally().count(name, Map.of(Wrong.LOST, List.of(words)), false);
        } catch (AssertionError | IllegalStateException broken) {
            String words = "it broke: " + broken + " " + broken.getCause();
            return new RollTally().count(name, Map.of(Wrong.FALSE, List.of(words)), false);
        }
    }

    /** Does some rolls, and gives a row for each kind of them. */
    private static <T> RollTally rows(List<T> items, Function<T, String> kind, Function<T, RollTally> roll) {
        List<RollTally> done = Lanes.each(items, roll);
        Map<String, List<RollTally>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            kinds.computeIfAbsent(kind.apply(items.get(i)), none -> new ArrayList<>())
                    .add(done.get(i));
        }
        RollTally all = new RollTally();
        kinds.forEach((title, some) -> all.add(RollTally.row(title, some)));
        return all;
    }

    /** Each lie at each answer, and others' deeds at each request, every {@code step}-th of these. */
    RollTally lies(int step) {
        LieTable lies = new LieTable(new Stage("roll", RollScenario::cloud, RollTable::undisturbed));
        List<LieTable.Cell> cells = new ArrayList<>();
        lies.cells().values().forEach(cells::addAll);
        return rows(
                some(cells, step),
                cell -> cell.what() instanceof LieKind lie ? lie.words() : ((Deed) cell.what()).words(),
                cell -> lied(lies, cell));
    }

    private static Ended undisturbed(Stage.Scene scene) {
        SimulatedCloud cloud = scene.cloud();
        // the judge would take the place of who looks for what is possible at each request
        Map<String, String> disk = new LinkedHashMap<>();
        new RollProcess(cloud, disk, new RollJudge(cloud), cloud::advance, () -> false, PATIENCE, line -> {})
                .begin(RollScenario.begin(cloud), BOUND);
        return new Ended(Map.of(), "", null, List.of(), List.of(), cloud.clock().instant());
    }

    private static RollTally lied(LieTable lies, LieTable.Cell cell) {
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            RollJudge judge = RollJudge.watching(cloud);
            lies.arm(cell, cloud, () -> {
                Deed deed = (Deed) cell.what();
                if (deed.eachServer()) {
                    judge.touched(Set.of(lies.server(cell)));
                    deed.done(cloud, lies.server(cell));
                } else {
                    judge.others(() -> deed.done(cloud, null));
                }
            });
            return judged(lies.words(cell), cloud, judge, cloud::advance, PATIENCE, RollTable::accepted, line -> {});
        }
    }

    /** Owners and other tools act in the middle of so many rolls. */
    RollTally owners(int runs) {
        List<Long> seeds = LongStream.rangeClosed(1, runs).boxed().toList();
        return RollTally.row("owners at random", Lanes.each(seeds, seed -> owned(seed, line -> {})));
    }

    /**
     * One of these.
     *
     * @param story gets what happens
     */
    static RollTally owned(long seed, Consumer<String> story) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            List<String> told = new ArrayList<>();
            Neighbours neighbours = new Neighbours(cloud, RollScenario.HOSTS, random, 1 + random.nextInt(10), told);
            RollJudge judge = RollJudge.watching(cloud);
            judge.touched(neighbours.touched());
            Consumer<Duration> time = span -> {
                judge.others(() -> neighbours.pass(span), neighbours::hostsDied);
                told.forEach(story);
                told.clear();
            };
            RollTally tally =
                    judged("roll owners' seed " + seed, cloud, judge, time, PATIENCE, RollTable::accepted, story);
            judge.ended()
                    .values()
                    .forEach(state ->
                            story.accept(state.order().host() + " " + state.outcome() + ": " + state.message()));
            return tally;
        }
    }
}
