package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The process of a drain ends at every request of its run, and another goes on from what was saved. In this process and in
 * driven time: what the ended one would have done later is dropped. {@link SigkillTable} kills real processes.
 */
final class KillTable {

    static final Duration BOUND = Duration.ofHours(8);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Duration> downtimes;

    /** @param downtimes how long the controller is away, each tried */
    KillTable(Duration... downtimes) {
        this.downtimes = List.of(downtimes);
    }

    /** An end of a process, and for how long there is none. */
    private record End(KillPoint point, Duration away) {}

    /**
     * Ends at each moment of every request of the scenario, with each downtime: every {@code step}-th of these. One that has no
     * divisor in common with the number of moments and of downtimes meets all of them.
     */
    Tally scenario(Scenario scenario, int step) {
        Map<String, Object> undisturbed;
        int requests;
        try (SimulatedCloud cloud = scenario.cloud(none -> {})) {
            DrainState last = drill(cloud, new String[1], () -> false).begin(scenario.order(), BOUND);
            undisturbed = Evidence.but(last);
            requests = cloud.audit().entries().size();
        }
        List<End> ends = new ArrayList<>();
        for (KillPoint point : KillPoint.upTo(requests, 1)) {
            downtimes.forEach(away -> ends.add(new End(point, away)));
        }
        List<End> some = new ArrayList<>();
        for (int i = 0; i < ends.size(); i += step) {
            some.add(ends.get(i));
        }
        return Tally.row(
                String.format("%-18s requests=%-4d", scenario.name(), requests),
                Lanes.each(some, end -> ended(scenario, end, undisturbed)));
    }

    private static Tally ended(Scenario scenario, End end, Map<String, Object> undisturbed) {
        KillPoint point = end.point();
        String name = scenario.name() + " " + point.moment() + " #" + point.request() + " away " + end.away();
        try (SimulatedCloud cloud = scenario.cloud(point::arm)) {
            Set<String> all = ids(cloud);
            String[] disk = new String[1];
            DrainState last = drill(cloud, disk, () -> over(cloud, point)).begin(scenario.order(), BOUND);
            int heard = cloud.audit().entries().size();
            if (last == null) {
                cloud.faults().clear();
                scenario.conditions().accept(cloud);
                cloud.advance(end.away());
                last = drill(cloud, disk, () -> false).resume(disk[0], BOUND);
            }
            Evidence evidence = new Evidence(cloud, last);
            List<String> twice = evidence.duplicates(point::acted, entry -> point.unheard(entry, heard));
            return new Tally()
                    .count(
                            name,
                            twice,
                            evidence.lost(all),
                            evidence.falsehoods(),
                            Evidence.differences(undisturbed, Evidence.but(last)));
        } catch (Drill.Endless e) {
            return new Tally().lost(name + ": " + e.getMessage());
        }
    }

    private static boolean over(SimulatedCloud cloud, KillPoint point) {
        return cloud.audit().entries().size() >= point.request();
    }

    static Set<String> ids(SimulatedCloud cloud) {
        return cloud.servers().stream().map(ServerState::id).collect(Collectors.toSet());
    }

    static Drill drill(SimulatedCloud cloud, String[] disk, BooleanSupplier dead) {
        return new Drill(
                cloud.identityUrl(), cloud.clock().instant(), cloud::advance, text -> disk[0] = text, dead, PATIENCE);
    }
}
