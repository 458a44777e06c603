package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As {@link KillTable}, with processes that are really SIGKILLed. Each child first resumes what its predecessor left, which
 * must end well, and then begins the next run, in which it is killed: one JVM a point.
 */
final class SigkillTable {

    private static final Duration AWAY = Duration.ofSeconds(20);

    private final Tally tally = new Tally();

    /** A cloud whose drain was killed: to be resumed. */
    private record Left(String name, SimulatedCloud cloud, Path disk, KillPoint point, Set<String> ids, int heard) {}

    Tally tally() {
        return tally;
    }

    /** Every {@code step}-th request of the scenario. */
    void scenario(Scenario scenario, int step) throws IOException {
        Path directory = Files.createTempDirectory("fire");
        Path disk = directory.resolve("undisturbed");
        Map<String, Object> undisturbed;
        int requests;
        try (SimulatedCloud cloud = scenario.cloud(none -> {});
                ChildProcess child = new ChildProcess()) {
            if (!child.run("begin", scenario, cloud, disk, () -> false)) {
                throw new IllegalStateException("the undisturbed run of " + scenario.name() + " died");
            }
            undisturbed = Evidence.but(DrainCodec.read(Files.readString(disk)));
            requests = cloud.audit().entries().size();
        }
        List<KillPoint> points = new ArrayList<>();
        for (int k = 1; k <= requests; k += step) {
            for (KillPoint.Moment moment : KillPoint.Moment.values()) {
                points.add(new KillPoint(k, moment));
            }
        }
        Tally before = tally.copy();
        Left left = null;
        for (KillPoint point : points) {
            try (ChildProcess child = new ChildProcess()) {
                if (left != null) {
                    resume(scenario, left, child, undisturbed);
                }
                left = killed(scenario, point, child, directory);
            }
        }
        if (left != null) {
            try (ChildProcess child = new ChildProcess()) {
                resume(scenario, left, child, undisturbed);
            }
        }
        tally.row(String.format("%-18s requests=%-4d", scenario.name(), requests), before);
    }

    private static Left killed(Scenario scenario, KillPoint point, ChildProcess child, Path directory) {
        // a request that is refused is not acted on: there the process dies once it has the refusal
        boolean before = point.moment() == KillPoint.Moment.BEFORE;
        boolean acted = point.moment() == KillPoint.Moment.ACTED;
        SimulatedCloud cloud = acted
                ? scenario.cloud(fresh -> point.arm(fresh, child::kill))
                : scenario.cloudUnder(fresh -> point.arm(fresh, child::kill));
        Set<String> ids = KillTable.ids(cloud);
        Path disk = directory.resolve(point.moment() + "-" + point.request());
        boolean over = child.run(
                "begin",
                scenario,
                cloud,
                disk,
                () -> !before && cloud.audit().entries().size() >= point.request());
        if (over || !child.killed()) {
            throw new IllegalStateException(scenario.name() + " " + point + " was not killed");
        }
        String name = scenario.name() + " SIGKILL " + point.moment() + " #" + point.request();
        return new Left(name, cloud, disk, point, ids, cloud.audit().entries().size());
    }

    private void resume(Scenario scenario, Left left, ChildProcess child, Map<String, Object> undisturbed)
            throws IOException {
        try (SimulatedCloud cloud = left.cloud()) {
            cloud.faults().clear();
            scenario.conditions().accept(cloud);
            cloud.advance(AWAY);
            if (!child.run("resume", scenario, cloud, left.disk(), () -> false)) {
                tally.lost(left.name() + ": the process that went on died");
                return;
            }
            DrainState last = DrainCodec.read(Files.readString(left.disk()));
            Evidence evidence = new Evidence(cloud, last);
            tally.count(
                    left.name(),
                    evidence.duplicates(
                            left.point()::acted, entry -> left.point().unheard(entry, left.heard())),
                    evidence.lost(left.ids()),
                    evidence.falsehoods(),
                    KillTable.differences(undisturbed, last));
        }
    }
}
