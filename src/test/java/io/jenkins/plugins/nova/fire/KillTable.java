package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The process of a drain ends at every request of its run, and another goes on from what was saved. In this process and in
 * driven time: what the ended one would have done later is dropped. {@link SigkillTable} kills real processes.
 */
final class KillTable {

    static final Duration BOUND = Duration.ofHours(8);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tally tally = new Tally();
    private final List<Duration> downtimes;

    /** @param downtimes how long the controller is away, each tried */
    KillTable(Duration... downtimes) {
        this.downtimes = List.of(downtimes);
    }

    Tally tally() {
        return tally;
    }

    /** Every request of the scenario, every {@code step}-th of them. */
    void scenario(Scenario scenario, int step) {
        Map<String, Object> undisturbed;
        int requests;
        try (SimulatedCloud cloud = scenario.cloud(none -> {})) {
            DrainState last = drill(cloud, new String[1], () -> false).begin(scenario.order(), BOUND);
            undisturbed = Evidence.but(last);
            requests = cloud.audit().entries().size();
        }
        Tally before = tally.copy();
        for (KillPoint.Moment moment : KillPoint.Moment.values()) {
            for (int k = 1; k <= requests; k += step) {
                for (Duration downtime : downtimes) {
                    point(scenario, new KillPoint(k, moment), downtime, undisturbed);
                }
            }
        }
        tally.row(String.format("%-18s requests=%-4d", scenario.name(), requests), before);
    }

    private void point(Scenario scenario, KillPoint point, Duration downtime, Map<String, Object> undisturbed) {
        String name = scenario.name() + " " + point.moment() + " #" + point.request() + " away " + downtime;
        try (SimulatedCloud cloud = scenario.cloud(point::arm)) {
            Set<String> all = ids(cloud);
            String[] disk = new String[1];
            DrainState last = drill(cloud, disk, () -> over(cloud, point)).begin(scenario.order(), BOUND);
            int heard = cloud.audit().entries().size();
            if (last == null) {
                cloud.faults().clear();
                scenario.conditions().accept(cloud);
                cloud.advance(downtime);
                last = drill(cloud, disk, () -> false).resume(disk[0], BOUND);
            }
            judge(name, cloud, last, point, heard, all, undisturbed);
        } catch (Drill.Endless e) {
            tally.lost(name + ": " + e.getMessage());
        }
    }

    private void judge(
            String name,
            SimulatedCloud cloud,
            DrainState last,
            KillPoint point,
            int heard,
            Set<String> all,
            Map<String, Object> undisturbed) {
        Evidence evidence = new Evidence(cloud, last);
        List<String> twice = evidence.duplicates(point::acted, entry -> point.unheard(entry, heard));
        tally.count(name, twice, evidence.lost(all), evidence.falsehoods(), differences(undisturbed, last));
    }

    static List<String> differences(Map<String, Object> undisturbed, DrainState last) {
        Map<String, Object> now = Evidence.but(last);
        List<String> different = new ArrayList<>();
        undisturbed.forEach((key, value) -> {
            if (!value.equals(now.get(key))) {
                different.add(key + " is " + now.get(key) + " instead of " + value);
            }
        });
        return different;
    }

    private static boolean over(SimulatedCloud cloud, KillPoint point) {
        return cloud.audit().entries().size() >= point.request();
    }

    static Set<String> ids(SimulatedCloud cloud) {
        return cloud.servers().stream().map(ServerState::id).collect(Collectors.toSet());
    }

    static Drill drill(SimulatedCloud cloud, String[] disk, java.util.function.BooleanSupplier dead) {
        return new Drill(
                cloud.identityUrl(), cloud.clock().instant(), cloud::advance, text -> disk[0] = text, dead, PATIENCE);
    }
}
