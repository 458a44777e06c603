package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every fault at every kind of request: a cell is a drain with one fault at the n-th request of a kind. */
final class FaultTable {

    /** A drain of seconds has no business to go on for longer, whatever happens once. */
    private static final Duration BOUND = Duration.ofHours(2);

    private final Scenario scenario;

    FaultTable(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Fills the table.
     *
     * @param kinds faults to try
     * @param reads how many requests of each reading kind to try, from the first; of those that change all are tried
     */
    Tally fill(List<FaultKind> kinds, int reads) {
        Map<String, Object> undisturbed;
        Map<RequestKind, Integer> requests;
        try (SimulatedCloud cloud = scenario.cloud(none -> {})) {
            undisturbed = Evidence.but(
                    KillTable.drill(cloud, new String[1], () -> false).begin(scenario.order(), BOUND));
            requests = RequestKind.of(cloud.audit().entries());
        }
        List<Cell> cells = new ArrayList<>();
        requests.forEach((kind, count) -> {
            int tries = kind.changes() ? count : Math.min(count, reads);
            for (int n = 1; n <= tries; n++) {
                cells.add(new Cell(kind, n));
            }
        });
        // request by request, not fault by fault: those that wait for a late answer wait beside others that work
        List<Tally> tried = Lanes.each(
                cells.stream()
                        .flatMap(cell -> kinds.stream().map(fault -> new Try(fault, cell)))
                        .toList(),
                one -> tried(one.fault(), one.cell().kind(), one.cell().n(), undisturbed));
        Tally all = new Tally();
        for (int fault = 0; fault < kinds.size(); fault++) {
            List<Tally> row = new ArrayList<>();
            for (int i = fault; i < tried.size(); i += kinds.size()) {
                row.add(tried.get(i));
            }
            all.add(Tally.row(String.format("%-36s", kinds.get(fault).words()), row));
        }
        return all;
    }

    /** The n-th request of a kind. */
    private record Cell(RequestKind kind, int n) {}

    private record Try(FaultKind fault, Cell cell) {}

    private Tally tried(FaultKind fault, RequestKind kind, int n, Map<String, Object> undisturbed) {
        String name = scenario.name() + " " + fault.words() + " at " + kind + " #" + n;
        try (SimulatedCloud cloud = scenario.cloud(fresh -> fault.set(fresh, kind.nth(fresh, n)))) {
            Set<String> ids = KillTable.ids(cloud);
            String[] disk = new String[1];
            Drill drill = new Drill(
                    cloud.identityUrl(),
                    cloud.clock().instant(),
                    time -> pass(cloud, time),
                    text -> disk[0] = text,
                    () -> false,
                    fault.patience());
            DrainState last = drill.begin(scenario.order(), BOUND);
            Evidence evidence = new Evidence(cloud, last);
            boolean planned = !last.servers().isEmpty();
            return new Tally()
                    .judge(
                            name,
                            evidence.duplicates(entry -> acted(entry, fault), entry -> false),
                            planned ? evidence.lost(ids) : evidence.untouched(),
                            evidence.falsehoods(),
                            !Evidence.differences(undisturbed, Evidence.but(last))
                                    .isEmpty());
        } catch (Drill.Endless e) {
            return new Tally().endless(name + ": " + e.getMessage());
        }
    }

    static boolean acted(AuditEntry entry, FaultKind fault) {
        return entry.fault() == null
                ? entry.status() >= 200 && entry.status() < 300
                : fault.acts() && entry.status() != 403;
    }

    /** Time passes; a cloud that refuses connections listens again {@link FaultKind#OUTAGE} after it began to. */
    static void pass(SimulatedCloud cloud, Duration time) {
        Instant began = cloud.audit().where(entry -> "Interrupt".equals(entry.fault())).stream()
                .map(AuditEntry::at)
                .findFirst()
                .orElse(null);
        cloud.advance(time);
        boolean over = began != null
                && Duration.between(began, cloud.clock().instant()).compareTo(FaultKind.OUTAGE) >= 0;
        if (over && cloud.disconnected()) {
            cloud.reconnect();
        }
    }
}
