package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceMatcher;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Lies;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The silence of a host under fire: a maintenance killed at every request, with every fault at every request to the Alertmanager and every
 * lie at each of its lists, and with others who end ours, make theirs of it, or have one of their own, before every request. At the end none of ours is active, or that was
 * told, and theirs are as they were.
 */
final class SilenceTable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SERVICE = "alertmanager";
    private static final String OURS = "nova-maintenance: ";
    private static final String THEIRS = "mine";
    private static final Duration LONG = Duration.ofHours(20);

    private static final String ELSEWHERE = "elsewhere";
    private static final String NEIGHBOUR = "compute2";

    private final List<AuditEntry> requests;

    /** The Alertmanager's lists where this host and another are silenced by others, too. */
    private final List<Lies.Said> lists;

    /** What is untrue of one list. */
    enum Lie {
        EMPTY((rows, neighbour) -> rows.removeAll()),
        /** That of others. */
        FIRST_MISSING((rows, neighbour) -> rows.remove(0)),
        /** Ours, where there is one. */
        LAST_MISSING((rows, neighbour) -> rows.remove(rows.size() - 1)),
        DUPLICATE((rows, neighbour) -> rows.addAll(rows.deepCopy())),
        /** Another host's, with the comment of the last one: the filter was not applied. */
        FOREIGN((rows, neighbour) -> {
            ObjectNode foreign = rows.get(rows.size() - 1).deepCopy();
            ((ObjectNode) foreign.path("matchers").get(0)).put("value", NEIGHBOUR + "(:.*)?");
            rows.insert(0, foreign.put("id", neighbour));
        }),
        /** A minute old. */
        STALE((rows, neighbour) -> {
            throw new IllegalStateException("it is no change of an answer");
        });

        private final BiConsumer<ArrayNode, String> told;

        Lie(BiConsumer<ArrayNode, String> told) {
            this.told = told;
        }
    }

    /** What others do. */
    enum Other {
        /** They want to hear of the host. */
        EXPIRE((cloud, host) -> cloud.expireSilences(OURS)),
        /** They let it last, in their own name. */
        EDIT((cloud, host) -> cloud.editSilences(OURS, THEIRS, LONG)),
        /** They have one of the same matchers. */
        MAKE((cloud, host) -> cloud.addSilence(THEIRS, host, LONG));

        private final BiConsumer<SimulatedCloud, String> deed;

        Other(BiConsumer<SimulatedCloud, String> deed) {
            this.deed = deed;
        }
    }

    SilenceTable() {
        try (SimulatedCloud cloud = cloud()) {
            MaintenanceState last =
                    run(cloud, () -> false, cloud::advance, PATIENCE).begin();
            if (!last.good() || !cloud.silences().isEmpty()) {
                throw new AssertionError("it goes wrong when nothing disturbs it: " + last.message());
            }
            requests = cloud.audit().entries();
        }
        try (SimulatedCloud cloud = withOthers()) {
            cloud.lies().keepAnswers();
            run(cloud, () -> false, cloud::advance, PATIENCE).begin();
            lists = cloud.lies().answers().stream()
                    .filter(said -> said.service().equals(SERVICE))
                    .toList();
        }
        long changes = requests.stream().filter(SilenceTable::changes).count();
        if (changes != 2) {
            throw new AssertionError("it is made and ended, each once: " + changes);
        }
    }

    private static boolean changes(AuditEntry entry) {
        return entry.service().equals(SERVICE) && !entry.method().equals("GET");
    }

    private static SimulatedCloud cloud() {
        return Scenario.cloud()
                .host(NEIGHBOUR)
                .host(Scenario.HOST)
                .alertmanager()
                .server("web1", s -> s.volumeBacked())
                .start();
    }

    /** Others have silenced this host and its neighbour. */
    private static SimulatedCloud withOthers() {
        SimulatedCloud cloud = cloud();
        cloud.addSilence(THEIRS, Scenario.HOST, LONG);
        cloud.addSilence(ELSEWHERE, NEIGHBOUR, LONG);
        return cloud;
    }

    private static BesideTable.Run run(
            SimulatedCloud cloud, BooleanSupplier dead, Consumer<Duration> time, Duration patience) {
        SilenceSettings settings = new SilenceSettings(
                cloud.alertmanagerUrl(), null, null, SilenceMatcher.parse("instance=~\"${host}(:.*)?\""), null);
        return new BesideTable.Run(cloud, settings, dead, time, patience);
    }

    /** Every {@code step}-th point of all. */
    BesideTable.Found fill(int step) {
        List<Supplier<BesideTable.Found>> all = new ArrayList<>();
        KillPoint.upTo(requests.size(), 1).forEach(point -> all.add(() -> killed(point)));
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
        for (Lies.Said said : lists) {
            for (Lie lie : Lie.values()) {
                all.add(() -> lied(lie, said.number()));
            }
        }
        List<Supplier<BesideTable.Found>> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        BesideTable.Found sum = new BesideTable.Found();
        Lanes.each(some, Supplier::get).forEach(sum::add);
        return sum;
    }

    private BesideTable.Found killed(KillPoint point) {
        String name = "silence killed " + point.moment() + " #" + point.request();
        try (SimulatedCloud cloud = cloud()) {
            point.arm(cloud);
            BesideTable.Run run =
                    run(cloud, () -> cloud.audit().entries().size() >= point.request(), cloud::advance, PATIENCE);
            return judged(name, cloud, () -> {
                MaintenanceState last = run.begin();
                if (last != null) {
                    return last;
                }
                cloud.faults().clear();
                return run.resume();
            });
        }
    }

    private BesideTable.Found faulted(FaultKind fault, int number) {
        try (SimulatedCloud cloud = cloud()) {
            fault.set(cloud, cloud.faults().on(null, "").nth(number));
            BesideTable.Run run = run(cloud, () -> false, span -> FaultTable.pass(cloud, span), fault.patience());
            return judged("silence " + fault.words() + " at #" + number, cloud, run::begin);
        }
    }

    private BesideTable.Found disturbed(Other other, int number) {
        try (SimulatedCloud cloud = cloud()) {
            boolean[] theirs = new boolean[1];
            cloud.lies().beforeEach(request -> {
                if (request == number) {
                    other.deed.accept(cloud, Scenario.HOST);
                    theirs[0] = has(cloud, THEIRS);
                }
            });
            BesideTable.Run run = run(cloud, () -> false, cloud::advance, PATIENCE);
            BesideTable.Found found = judged("silence " + other + " at #" + number, cloud, run::begin);
            return theirs[0] && !has(cloud, THEIRS)
                    ? found.wrong(BesideTable.Wrong.OVERWRITTEN, "silence " + other + " at #" + number)
                    : found;
        }
    }

    private BesideTable.Found lied(Lie lie, long number) {
        try (SimulatedCloud cloud = withOthers()) {
            String neighbour = cloud.silences().stream()
                    .filter(one -> one.comment().equals(ELSEWHERE))
                    .findFirst()
                    .orElseThrow()
                    .id();
            if (lie == Lie.STALE) {
                cloud.lies().outdate(number);
            } else {
                cloud.lies().tell(number, body -> {
                    lie.told.accept((ArrayNode) body, neighbour);
                    return body;
                });
            }
            BesideTable.Run run = run(cloud, () -> false, cloud::advance, PATIENCE);
            String name = "silence " + lie + " at #" + number;
            BesideTable.Found found = judged(name, cloud, run::begin);
            return has(cloud, THEIRS) && has(cloud, ELSEWHERE)
                    ? found
                    : found.wrong(BesideTable.Wrong.OVERWRITTEN, name + ": " + cloud.silences());
        }
    }

    private static boolean has(SimulatedCloud cloud, String comment) {
        return cloud.silences().stream().anyMatch(one -> one.comment().startsWith(comment));
    }

    private static BesideTable.Found judged(String name, SimulatedCloud cloud, Supplier<MaintenanceState> whole) {
        BesideTable.Found found = new BesideTable.Found();
        MaintenanceState last;
        try {
            last = whole.get();
        } catch (Drill.Endless e) {
            return found.tried(false).wrong(BesideTable.Wrong.ENDLESS, name + ": " + e.getMessage());
        } catch (AssertionError | IllegalStateException broken) {
            return found.tried(false)
                    .wrong(BesideTable.Wrong.ENDLESS, name + ": it broke: " + broken + " " + broken.getCause());
        }
        found.tried(last.good());
        String said = last.message()
                + (last.returning() == null ? "" : last.returning().notes())
                + last.drain().notes()
                + Maintenance.result(last).get("beside");
        return has(cloud, OURS) && !said.contains("is still set")
                ? found.wrong(BesideTable.Wrong.LEFT, name + ": " + said)
                : found;
    }
}
