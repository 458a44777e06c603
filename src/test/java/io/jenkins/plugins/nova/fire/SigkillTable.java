package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plugin's steps in processes that are really SIGKILLed, at a request or at a save; the next process reads the step's
 * execution that the dead one had serialised last, and goes on with {@code onResume}. Each process first goes on with what its
 * predecessor left, which must end well, and then begins the next run, in which it is killed: one JVM a point.
 */
final class SigkillTable {

    private static final Duration AWAY = Duration.ofSeconds(20);

    private final Path folder;
    private final ChildJvm jvm;

    /** @param folder where the processes keep what they save */
    SigkillTable(Path folder) throws IOException {
        this.folder = folder;
        jvm = new ChildJvm(folder);
    }

    /** A cloud whose controller was killed, to be gone on with. */
    private record Left(String name, SimulatedCloud cloud, Path disk, KillPoint point, Set<String> ids, int heard) {}

    /** Every {@code step}-th request of the scenario. */
    Tally scenario(Scenario scenario, int step) {
        Path disk = folder.resolve(scenario.name() + "-undisturbed");
        int requests;
        try (SimulatedCloud cloud = scenario.cloud(none -> {});
                ChildProcess child = jvm.start()) {
            if (!child.run("begin", scenario, cloud, disk, () -> false)) {
                throw new IllegalStateException("the undisturbed run of " + scenario.name() + " died");
            }
            requests = cloud.audit().entries().size();
        }
        Map<String, Object> undisturbed = returned(disk);
        return Tally.row(
                String.format("%-18s requests=%-4d", scenario.name(), requests),
                Lanes.each(
                        Lanes.deal(KillPoint.upTo(requests, step)),
                        points -> new Chain(scenario, undisturbed).killedAt(points)));
    }

    private static Map<String, Object> returned(Path disk) {
        try {
            return Evidence.but(new ObjectMapper().readValue(Child.result(disk).toFile(), Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes, one after the other. */
    private final class Chain {

        private final Scenario scenario;
        private final Map<String, Object> undisturbed;
        private final Tally tally = new Tally();

        Chain(Scenario scenario, Map<String, Object> undisturbed) {
            this.scenario = scenario;
            this.undisturbed = undisturbed;
        }

        Tally killedAt(List<KillPoint> points) {
            Left left = null;
            for (KillPoint point : points) {
                try (ChildProcess child = jvm.start()) {
                    if (left != null) {
                        resume(left, child);
                    }
                    left = killed(point, child);
                }
            }
            try (ChildProcess child = jvm.start()) {
                resume(left, child);
            }
            return tally;
        }

        private Left killed(KillPoint point, ChildProcess child) {
            // a request that is refused is not acted on: there the process dies once it has the refusal
            boolean before = point.moment() == KillPoint.Moment.BEFORE;
            boolean acted = point.moment() == KillPoint.Moment.ACTED;
            SimulatedCloud cloud = acted
                    ? scenario.cloud(fresh -> point.arm(fresh, child::kill))
                    : scenario.cloudUnder(fresh -> point.arm(fresh, child::kill));
            Set<String> ids = KillTable.ids(cloud);
            Path disk = folder.resolve(scenario.name() + "-" + point.moment() + "-" + point.request());
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
            return new Left(
                    name, cloud, disk, point, ids, cloud.audit().entries().size());
        }

        private void resume(Left left, ChildProcess child) {
            try (SimulatedCloud cloud = left.cloud()) {
                cloud.faults().clear();
                scenario.conditions().accept(cloud);
                cloud.advance(AWAY);
                if (!child.run("resume", scenario, cloud, left.disk(), () -> false)) {
                    tally.lost(left.name() + ": the process that went on died");
                    return;
                }
                Evidence evidence = new Evidence(cloud, DrainCodec.read(Files.readString(Child.state(left.disk()))));
                tally.count(
                        left.name(),
                        evidence.duplicates(
                                left.point()::acted, entry -> left.point().unheard(entry, left.heard())),
                        evidence.lost(left.ids()),
                        evidence.falsehoods(),
                        Evidence.differences(undisturbed, returned(left.disk())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
