package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** A plan is on the console before the first of its servers is touched, whatever becomes of the controller then. */
public class PlanToldFirstTest {

    private static final Duration LONG = Duration.ofHours(8);

    private static final List<Orders> ORDERS = List.of(
            Orders.empty("compute1"),
            Orders.empty("compute1").autoConfirm().concurrency(1),
            Orders.of(Route.LIVE, "web1", "web2"),
            Orders.of(Route.COLD, "off1"));

    private static List<String> plans(DrainBench bench) {
        return bench.console.stream().filter(line -> line.startsWith("Plan ")).toList();
    }

    private static List<String> rows(DrainBench bench) {
        return bench.console.stream()
                .filter(line ->
                        line.startsWith("  LIVE ") || line.startsWith("  COLD ") || line.startsWith("  REBUILD "))
                .toList();
    }

    private static boolean begins(DrainState saved) {
        return saved.servers().stream().anyMatch(server -> server.toSend() != null);
    }

    private static List<AuditEntry> actions(SimulatedCloud cloud) {
        return cloud.audit().changes().stream()
                .filter(entry -> entry.path().endsWith("/action"))
                .toList();
    }

    /** Up to when it was saved what is asked for first, and nothing of it was asked for. */
    private static DrainBench aboutToSend(SimulatedCloud cloud, Orders orders) {
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.until(() -> !bench.saved.isEmpty() && begins(DrainCodec.read(Moment.lastSaved(bench))), LONG);
        assertEquals(List.of(), actions(cloud));
        return bench;
    }

    @Test
    public void theTableStandsThereWhenTheControllerIsKilledBeforeTheFirstMove() {
        for (Orders orders : ORDERS) {
            try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
                DrainBench bench = aboutToSend(cloud, orders);
                assertEquals(bench.text(), 1, plans(bench).size());
                int servers = bench.runner.state().servers().isEmpty()
                        ? DrainCodec.read(Moment.lastSaved(bench)).servers().size()
                        : bench.runner.state().servers().size();
                assertEquals(bench.text(), servers, rows(bench).size());
                assertFalse("nothing is said to be sent", bench.text().contains("is asked for"));
                bench.executor.shutdown();
                DrainBench after = new DrainBench(cloud).resume(Moment.lastSaved(bench));
                after.finish(LONG);
                assertEquals("once is enough\n" + after.text(), List.of(), plans(after));
            }
        }
    }

    @Test
    public void itIsToldOnceAndTheMovesAfterIt() {
        for (Orders orders : ORDERS) {
            try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
                DrainBench bench = aboutToSend(cloud, orders);
                List<String> before = new ArrayList<>(bench.console);
                bench.finish(LONG);
                assertEquals(bench.text(), 1, plans(bench).size());
                assertEquals(before, bench.console.subList(0, before.size()));
                assertTrue(
                        bench.text(),
                        bench.console.stream().skip(before.size()).anyMatch(line -> line.contains(" taken by Nova (")));
            }
        }
    }

    /** What could not be saved is planned again, and the same plan need not be read twice. */
    @Test
    public void aFullDiskDoesNotRepeatIt() {
        try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
            DrainBench bench = new DrainBench(cloud).begin(ORDERS.get(2).make());
            bench.savesFail = true;
            bench.until(() -> plans(bench).size() == 1, LONG);
            for (int i = 0; i < 20; i++) {
                bench.executor.step();
            }
            assertEquals(bench.text(), 1, plans(bench).size());
            assertEquals(List.of(), actions(cloud));
            bench.savesFail = false;
            assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
            assertEquals(bench.text(), 1, plans(bench).size());
        }
    }

    /** Also the plan that is not followed: the cordon is taken back only once it has been told. */
    @Test
    public void aPlanThatIsRefusedIsToldBeforeTheCordonIsTakenBack() {
        try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
            DrainBench bench = new DrainBench(cloud)
                    .begin(Orders.empty("compute1").plan("0123456789ab").make());
            bench.until(
                    () -> !bench.saved.isEmpty()
                            && DrainCodec.read(Moment.lastSaved(bench)).backOut() != null,
                    LONG);
            assertFalse(cloud.enabled("compute1"));
            assertEquals(bench.text(), 1, plans(bench).size());
            bench.finish(LONG);
            assertEquals(bench.text(), 1, plans(bench).size());
            assertTrue(cloud.enabled("compute1"));
        }
    }
}
