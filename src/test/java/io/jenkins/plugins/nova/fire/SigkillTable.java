package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    SigkillTable(Path folder, ChildJvm jvm) {
        this.folder = folder;
        this.jvm = jvm;
    }

    /** A cloud whose controller was killed, to be gone on with. */
    private record Left(String name, SimulatedCloud cloud, Path disk, KillPoint point, Set<String> ids, int heard) {}

    /** Every {@code step}-th request of the scenario, with each moment. */
    Tally scenario(Scenario scenario, int step) {
        try (ChildProcess first = jvm.start()) {
            int requests = undisturbed(scenario, first);
            Map<String, Object> undisturbed = returned(disk(scenario));
            return Tally.row(
                    String.format("%-18s requests=%-4d", scenario.name(), requests),
                    Lanes.each(
                            Lanes.deal(KillPoint.upTo(requests, step)),
                            points -> new Chain(scenario, undisturbed).killedAt(points, jvm.start())));
        }
    }

    /** One request for each moment, as far from each other as from the run's begin and end: one process after the other. */
    Tally sample(Scenario scenario) {
        try (ChildProcess first = jvm.start()) {
            int requests = undisturbed(scenario, first);
            List<KillPoint> points = new ArrayList<>();
            for (KillPoint.Moment moment : KillPoint.Moment.values()) {
                int part = moment.ordinal() + 1;
                points.add(new KillPoint(part * requests / (KillPoint.Moment.values().length + 1), moment));
            }
            return new Chain(scenario, returned(disk(scenario))).killedAt(points, first);
        }
    }

    private Path disk(Scenario scenario) {
        return folder.resolve(scenario.name() + "-undisturbed");
    }

    /** How many requests a run has that nobody disturbs. */
    private int undisturbed(Scenario scenario, ChildProcess child) {
        try (SimulatedCloud cloud = scenario.cloud(none -> {})) {
            if (!child.run("begin", scenario, cloud, disk(scenario), () -> false)) {
                throw new IllegalStateException("the undisturbed run of " + scenario.name() + " died");
            }
            return cloud.audit().entries().size();
        }
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

        /** @param first the process that is killed first */
        Tally killedAt(List<KillPoint> points, ChildProcess first) {
            Left left;
            try (first) {
                left = killed(points.get(0), first);
            }
            for (KillPoint point : points.subList(1, points.size())) {
                try (ChildProcess child = jvm.start()) {
                    resume(left, child);
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
