package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.fire.RollJudge.Wrong;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A roll of eight hosts under fire. */
final class RollTable {

    /** A roll of an hour has no business to go on for longer, whatever happens once. */
    private static final Duration BOUND = Duration.ofHours(12);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<AuditEntry> requests;

    RollTable() {
        try (SimulatedCloud cloud = RollScenario.cloud()) {
            RollJudge judge = new RollJudge(cloud);
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
            RollJudge judge = new RollJudge(cloud);
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
}
