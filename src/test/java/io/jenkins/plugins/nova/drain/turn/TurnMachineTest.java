package io.jenkins.plugins.nova.drain.turn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Test;

/** Hosts of a roll wait for their turns on the simulated cloud, and are drained. */
public class TurnMachineTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    /** Hosts of the roll with a server each, and a spare one. */
    private void hosts(String... names) {
        var builder = SimulatedCloud.builder().host("spare");
        for (String name : names) {
            builder.host(name).server("web-" + name, server -> server.volumeBacked());
        }
        cloud = builder.start();
    }

    private static TurnOrder order(String host, int maxAway, String canary, String... hosts) {
        return new TurnOrder(
                "roll-1",
                host,
                List.of(hosts),
                Map.of(),
                new RollRequest(
                        List.of(hosts),
                        null,
                        null,
                        new Budget(maxAway, 0, null),
                        canary != null,
                        BlockMigration.AUTO,
                        List.of(),
                        List.of(),
                        Duration.ofMinutes(20)),
                canary,
                Duration.ofMinutes(10),
                1,
                null,
                Duration.ofMinutes(45),
                Map.of(),
                OnDrift.FAIL);
    }

    /** Lets all go on in the order of their due times; the most of them whose hosts were away together. */
    private int together(List<HostRun> runs) {
        int most = 0;
        for (int ticks = 0; runs.stream().anyMatch(run -> !run.over()); ticks++) {
            String text = runs.stream().map(HostRun::text).collect(Collectors.joining("\n"));
            assertTrue("over in time:\n" + text, ticks < 20_000);
            HostRun next = runs.stream()
                    .filter(run -> !run.over())
                    .min((one, other) -> one.bench.executor.nextDue().compareTo(other.bench.executor.nextDue()))
                    .orElseThrow();
            Instant due = next.bench.executor.nextDue();
            Instant now = cloud.clock().instant();
            if (due.isAfter(now)) {
                cloud.advance(Duration.between(now, due));
            }
            next.step();
            most = Math.max(most, (int) runs.stream().filter(HostRun::moves).count());
        }
        return most;
    }

    private static void done(List<HostRun> runs) {
        for (HostRun run : runs) {
            assertEquals(run.text(), MaintenancePart.BEFORE, run.state.part());
        }
    }

    private void movedOnce(String... hosts) {
        for (String host : hosts) {
            String server = "web-" + host;
            assertEquals(server, List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id(server)));
        }
    }

    @Test
    public void aBuildKeepsItsOrderItsBudgetAndItsCanary() {
        String[] hosts = {"c1", "c2", "c3", "c4", "c5"};
        hosts(hosts);
        TurnBench.Board board = new TurnBench.Board();
        List<HostRun> runs = Arrays.stream(hosts)
                .map(host -> new HostRun(cloud, board, order(host, 2, "c1", hosts)))
                .toList();
        int most = together(runs);
        done(runs);
        assertEquals("as many as the budget allows", 2, most);
        movedOnce(hosts);
        Function<HostRun, Instant> began = run -> run.state.turn().ended();
        List<Instant> begins = runs.stream().map(began).toList();
        assertEquals("in their order", begins.stream().sorted().toList(), begins);
        Instant canaryDone = runs.get(0).state.drain().ended();
        assertTrue("after the canary's burn-in", !begins.get(1).isBefore(canaryDone.plus(Duration.ofMinutes(10))));
        for (HostRun run : runs) {
            assertEquals("nobody was faster", 1, run.times);
            String seat = run.state.turn().seats().get(cloud.id("web-" + run.host()));
            assertEquals(run.text(), seat, cloud.server("web-" + run.host()).host());
        }
    }

    private List<HostRun> build(int maxAway, String... hosts) {
        TurnBench.Board board = new TurnBench.Board();
        return Arrays.stream(hosts)
                .map(host -> new HostRun(cloud, board, order(host, maxAway, null, hosts)))
                .toList();
    }

    /** None has seats that last at first: each lets the others go, and when nobody goes on the first begins all the same. */
    @Test
    public void withoutASpareHostSomeMoveOnceMoreAndAllAreDone() {
        String[] hosts = {"c1", "c2", "c3"};
        var builder = SimulatedCloud.builder();
        for (String name : hosts) {
            // room for two of 2 GiB
            builder.host(
                            name,
                            host -> host.capacity(8, 5 << 10, 100)
                                    .overcommit(1, 1)
                                    .reserved(0))
                    .server("web-" + name, server -> server.volumeBacked());
        }
        cloud = builder.start();
        List<HostRun> runs = build(2, hosts);
        together(runs);
        done(runs);
        int moves = runs.stream()
                .mapToInt(run -> run.state.drain().servers().size())
                .sum();
        assertEquals("one of them moves twice", 4, moves);
        List<String> notes = runs.stream()
                .flatMap(run -> run.state.turn().notes().stream())
                .filter(note -> note.contains("will move once more"))
                .toList();
        assertEquals(notes.toString(), 1, notes.size());
        assertEquals(
                "each server is where its last seat was",
                Set.of(true),
                runs.stream()
                        .flatMap(run -> run.state.drain().servers().stream())
                        .map(server -> server.seatRefused() == null)
                        .collect(Collectors.toSet()));
    }

    /** The first in the order is blocked: the others are done meanwhile, and it is not begun only when they are. */
    @Test
    public void whatBlocksHoldsNobodyUpAndIsSaidLast() {
        cloud = SimulatedCloud.builder()
                .host("spare")
                .host("c1")
                .server("asleep", server -> server.status("SUSPENDED"))
                .host("c2")
                .server("web-c2", server -> server.volumeBacked())
                .host("c3")
                .server("web-c3", server -> server.volumeBacked())
                .start();
        List<HostRun> runs = build(1, "c1", "c2", "c3");
        together(runs);
        done(runs.subList(1, 3));
        TurnState blocked = runs.get(0).state.turn();
        assertEquals(runs.get(0).text(), TurnOutcome.NOT_BEGUN, blocked.outcome());
        assertTrue(blocked.message(), blocked.message().contains("asleep ("));
        assertTrue(
                runs.get(0).text(),
                runs.get(0).text().contains("waits for somebody to see to 1 server of it: asleep "));
        assertTrue("nothing of it was changed", cloud.enabled("c1"));
        for (HostRun run : runs.subList(1, 3)) {
            assertTrue(run.text(), blocked.ended().isAfter(run.state.turn().ended()));
        }
        movedOnce("c2", "c3");
    }

    /** The others wait for the canary, which must not wait for them. */
    @Test
    public void whatBlocksTheCanaryEndsTheRollWithTheReason() {
        cloud = SimulatedCloud.builder()
                .host("spare")
                .host("c1")
                .server("asleep", server -> server.status("SUSPENDED"))
                .host("c2")
                .server("web-c2", server -> server.volumeBacked())
                .start();
        TurnBench.Board board = new TurnBench.Board();
        List<HostRun> runs = Stream.of("c1", "c2")
                .map(host -> new HostRun(cloud, board, order(host, 1, "c1", "c1", "c2")))
                .toList();
        together(runs);
        for (HostRun run : runs) {
            assertEquals(run.text(), TurnOutcome.NOT_BEGUN, run.state.turn().outcome());
        }
        assertTrue(runs.get(0).state.message(), runs.get(0).state.message().contains("asleep ("));
        assertTrue(runs.get(1).state.message(), runs.get(1).state.message().contains("the canary c1 was not begun"));
    }

    /** Two controllers know nothing of each other: the cloud alone keeps the budget. */
    @Test
    public void ofTwoControllersForOnePlaceOneWaitsWhateverTheOrderOfTheirTicks() {
        int steppedBack = 0;
        for (int order = 0; order < 16; order++) {
            hosts("c1", "c2");
            List<HostRun> runs = Stream.of("c1", "c2")
                    .map(host -> new HostRun(cloud, new TurnBench.Board(), order(host, 1, null, "c1", "c2")))
                    .toList();
            runs.forEach(HostRun::step);
            cloud.advance(TurnTick.SOON);
            for (int turn = 0; turn < 4; turn++) {
                HostRun next = runs.get(order >> turn & 1);
                if (!next.over()) {
                    next.step();
                }
            }
            together(runs);
            done(runs);
            movedOnce("c1", "c2");
            assertTrue("never both: " + runs.get(0).text() + runs.get(1).text(), apart(runs));
            steppedBack += runs.stream().mapToInt(run -> run.times - 1).sum();
            for (HostRun run : runs) {
                assertTrue(run.text(), run.times <= 3);
                if (run.times > 1) {
                    assertTrue(run.text(), run.text().contains("Host " + run.host() + " waits for the budget"));
                }
            }
            cloud.close();
        }
        assertTrue("some have stepped back behind their cordon", steppedBack > 0);
    }

    /** Whether no move of one fell into the time of the other's. */
    private static boolean apart(List<HostRun> runs) {
        Instant[] from = new Instant[2];
        Instant[] to = new Instant[2];
        for (int i = 0; i < 2; i++) {
            from[i] = runs.get(i).state.drain().servers().get(0).started();
            to[i] = runs.get(i).state.drain().ended();
        }
        return to[0].isBefore(from[1]) || to[1].isBefore(from[0]);
    }

    // ---- one that waits

    private TurnBench waiting(TurnBench.Board board) {
        return new TurnBench(cloud, board)
                .begin(TurnState.begin(
                        order("c1", 1, null, "c1", "c2"), cloud.clock().instant()));
    }

    private void disable(String host) {
        TurnBench operator = new TurnBench(cloud, new TurnBench.Board());
        operator.nova().computeServices().stream()
                .filter(service -> service.host().equals(host))
                .forEach(service -> operator.nova().disableService(service.id(), "memory errors"));
    }

    private void until(TurnBench bench, String line) {
        bench.until(() -> bench.text().contains(line), LONG);
    }

    @Test
    public void itSaysWhatItWaitsForOnceAndGoesOnWhenThatIsOver() {
        hosts("c1", "c2");
        disable("c2");
        TurnBench bench = waiting(new TurnBench.Board());
        Instant later = cloud.clock().instant().plus(Duration.ofHours(3));
        bench.until(() -> bench.executor.clock().instant().isAfter(later), LONG);
        cloud.enable("c2");
        assertEquals(TurnOutcome.BEGINS, bench.finish(LONG).outcome());
        assertEquals(
                List.of(
                        "Host c1 waits for its turn.",
                        "Host c1 waits for the budget: 1 (c2) of the 3 hosts of the availability zone nova is away, and 1"
                                + " may be.",
                        "The turn of host c1 has come: 1 server, with seats on spare (1)."),
                bench.console.stream().filter(line -> !line.startsWith("Note")).toList());
        assertTrue("nothing was changed", cloud.enabled("c1"));
    }

    @Test
    public void aCloudThatCannotBeReadIsTriedForLongAndThenTheHostIsNotBegun() {
        hosts("c1", "c2");
        for (boolean back : new boolean[] {true, false}) {
            TurnBench bench = waiting(new TurnBench.Board());
            cloud.faults().on("GET", ".*/os-services.*").always().status(503, "no server is available");
            until(bench, "The cloud could not be read, trying again: ");
            assertNull(bench.text(), bench.last);
            Instant before = cloud.clock().instant();
            if (back) {
                cloud.advance(Limits.TROUBLE.minusMinutes(1));
                cloud.faults().clear();
                assertEquals(
                        bench.text(), TurnOutcome.BEGINS, bench.finish(LONG).outcome());
                assertTrue(bench.text(), bench.text().contains("The cloud answers again.") || bench.last.over());
            } else {
                TurnState last = bench.finish(LONG);
                assertEquals(TurnOutcome.REFUSED, last.outcome());
                assertTrue(last.message(), last.message().startsWith("the cloud could not be read for 30 min: "));
                assertTrue(last.message(), last.message().endsWith(" Host c1 was not begun."));
                assertTrue(!cloud.clock().instant().isBefore(before.plus(Limits.TROUBLE.minusMinutes(1))));
            }
        }
    }

    @Test
    public void anAbortIsAnsweredAtOnceAlsoWhileTheCloudIsSilent() {
        hosts("c1", "c2");
        disable("c2");
        for (boolean silent : new boolean[] {false, true}) {
            TurnBench bench = waiting(new TurnBench.Board());
            until(bench, "waits for the budget");
            if (silent) {
                cloud.disconnect();
            }
            Instant before = bench.executor.clock().instant();
            bench.runner.stop("Aborted by jane");
            TurnState last = bench.finish(LONG);
            assertEquals(TurnOutcome.ABORTED, last.outcome());
            assertEquals(TurnTick.aborted(last), last.message());
            assertTrue(Duration.between(before, last.ended()).compareTo(Duration.ofSeconds(5)) < 0);
            if (silent) {
                cloud.reconnect();
            }
        }
    }

    @Test
    public void aControllerThatWasKilledGoesOnToWait() {
        hosts("c1", "c2");
        disable("c2");
        TurnBench.Board board = new TurnBench.Board();
        TurnBench bench = waiting(board);
        until(bench, "waits for the budget");
        bench.runner.suspend();
        TurnBench after = new TurnBench(cloud, board).resume(bench.saved.get(bench.saved.size() - 1));
        until(after, "waits for the budget");
        cloud.enable("c2");
        assertEquals(TurnOutcome.BEGINS, after.finish(LONG).outcome());
    }

    @Test
    public void aControllerThatPreparesForShutdownBeginsNothing() {
        hosts("c1");
        TurnBench bench = waiting(new TurnBench.Board());
        bench.quiet = true;
        Instant later = cloud.clock().instant().plus(Duration.ofHours(1));
        bench.until(() -> bench.executor.clock().instant().isAfter(later), LONG);
        assertNull(bench.last);
        assertEquals(
                bench.text(),
                1,
                bench.console.stream()
                        .filter(
                                line -> line.equals(
                                        "Host c1 waits for the controller, which prepares for shutdown and begins nothing new."))
                        .count());
        bench.quiet = false;
        assertEquals(TurnOutcome.BEGINS, bench.finish(LONG).outcome());
    }

    /** The order of one of these for a host that may have been done, under a budget. */
    private static TurnOrder order(String host, Map<String, String> done, Budget budget) {
        TurnOrder whole = order(host, 1, null, "c1", "c2");
        RollRequest asked = whole.request();
        return new TurnOrder(
                whole.roll(),
                host,
                whole.hosts(),
                done,
                new RollRequest(
                        asked.hosts(),
                        null,
                        null,
                        budget,
                        false,
                        asked.blockMigration(),
                        List.of(),
                        List.of(),
                        asked.block()),
                null,
                null,
                1,
                null,
                whole.takes(),
                Map.of(),
                OnDrift.FAIL);
    }

    private TurnBench begin(TurnOrder order, TurnBench.Board board) {
        return new TurnBench(cloud, board)
                .begin(TurnState.begin(order, cloud.clock().instant()));
    }

    /** The credential is gone, the identity service is down: who is done, or not next, needs neither. */
    @Test
    public void whoNeedsNothingOfTheCloudDoesNotWaitForIt() {
        hosts("c1", "c2");
        cloud.disconnect();
        TurnBench.Board board = new TurnBench.Board();
        TurnState passed = begin(order("c1", Map.of("c1", "ops/roll#7 brought it back"), Budget.NONE), board)
                .finish(Duration.ofSeconds(1));
        assertEquals(TurnOutcome.DONE_BEFORE, passed.outcome());
        board.put("c1", RollBoard.State.WAITING, Map.of(), cloud.clock().instant(), null);
        TurnBench second = begin(order("c2", Map.of(), Budget.NONE), board);
        Instant later = cloud.clock().instant().plus(Duration.ofHours(2));
        second.until(() -> second.executor.clock().instant().isAfter(later), LONG);
        assertEquals(List.of("Host c2 waits for its turn."), second.console);
        cloud.reconnect();
    }

    @Test
    public void ofTheCloudNoMoreIsReadThanTheBudgetNeeds() {
        hosts("c1", "c2");
        disable("c2");
        record Row(Budget budget, Set<String> reads) {}
        for (Row row : List.of(
                new Row(new Budget(1, 0, null), Set.of("os-services")),
                new Row(new Budget(1, 0, "rack7"), Set.of("os-services", "os-aggregates")),
                new Row(new Budget(0, 3, null), Set.of("os-services", "os-hypervisors")))) {
            int before = cloud.audit().entries().size();
            TurnBench bench = begin(order("c1", Map.of(), row.budget()), new TurnBench.Board());
            bench.until(() -> bench.text().contains("the budget") || bench.last != null, LONG);
            Set<String> read = cloud.audit().since(before).stream()
                    .map(AuditEntry::path)
                    .filter(path -> path.matches(".*/(os-|servers).*"))
                    .map(path -> path.replaceFirst(".*/(os-[a-z]+|servers).*", "$1"))
                    .collect(Collectors.toSet());
            assertEquals(row.budget().toString(), row.reads(), read);
        }
    }
}
