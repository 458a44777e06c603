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
     * A part of the table: the first request of each kind, each with so many faults. The kinds of these go round, so that all come
     * about when there are that many cells.
     */
    Tally sample(int faultsEach) {
        FaultKind[] kinds = FaultKind.values();
        List<Try> tries = new ArrayList<>();
        Undisturbed run = undisturbed();
        run.requests().keySet().forEach(request -> {
            for (int i = 0; i < faultsEach; i++) {
                tries.add(new Try(kinds[tries.size() % kinds.length], new Cell(request, 1)));
            }
        });
        return rows(List.of(kinds), tries, run);
    }

    /**
     * Fills the table.
     *
     * @param kinds faults to try
     * @param reads how many requests of each reading kind to try, from the first; of those that change all are tried
     */
    Tally fill(List<FaultKind> kinds, int reads) {
        Undisturbed run = undisturbed();
        List<Cell> cells = new ArrayList<>();
        run.requests().forEach((kind, count) -> {
            int tries = kind.changes() ? count : Math.min(count, reads);
            for (int n = 1; n <= tries; n++) {
                cells.add(new Cell(kind, n));
            }
        });
        // request by request, not fault by fault: those that wait for a late answer wait beside others that work
        List<Try> tries = cells.stream()
                .flatMap(cell -> kinds.stream().map(fault -> new Try(fault, cell)))
                .toList();
        return rows(kinds, tries, run);
    }

    /** A row for each kind of fault. */
    private Tally rows(List<FaultKind> kinds, List<Try> tries, Undisturbed run) {
        List<Tally> tried = Lanes.each(
                tries, one -> tried(one.fault(), one.cell().kind(), one.cell().n(), run.result()));
        Tally all = new Tally();
        for (FaultKind kind : kinds) {
            List<Tally> row = new ArrayList<>();
            for (int i = 0; i < tries.size(); i++) {
                if (tries.get(i).fault() == kind) {
                    row.add(tried.get(i));
                }
            }
            all.add(Tally.row(String.format("%-36s", kind.words()), row));
        }
        return all;
    }

    /** What comes of it when nothing goes wrong, and what is asked for it. */
    private record Undisturbed(Map<String, Object> result, Map<RequestKind, Integer> requests) {}

    private Undisturbed undisturbed() {
        try (SimulatedCloud cloud = scenario.cloud(none -> {})) {
            DrainState last = KillTable.drill(cloud, new String[1], () -> false).begin(scenario.order(), BOUND);
            return new Undisturbed(
                    Evidence.but(last), RequestKind.of(cloud.audit().entries()));
        }
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
