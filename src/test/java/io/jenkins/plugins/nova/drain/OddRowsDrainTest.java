package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.observe.OddRowNotes;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.After;
import org.junit.Test;

/** Odd rows of lists, and servers and services of cells that do not answer, in driven time: nothing is believed of them. */
public class OddRowsDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud = DrainBench.mixedCloud();

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench drain(Orders orders, BentNova bent) {
        DrainBench bench = new DrainBench(cloud);
        bench.nova = bent.of(bench.nova);
        return bench.begin(orders.make());
    }

    @SuppressWarnings("unchecked")
    private static Listed<Server> servers(Object answer) {
        return (Listed<Server>) answer;
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }

    @SuppressWarnings("unchecked")
    private static Object withFarService(Object answer) {
        List<ComputeService> services = new ArrayList<>((Listed<ComputeService>) answer);
        services.add(0, ComputeService.unknown("far-cell-host9"));
        return new Listed<>(
                services,
                List.of(new OddRow(
                        OddRow.Kind.COMPUTE_SERVICE,
                        "",
                        "far-cell-host9",
                        "its cell does not answer (status UNKNOWN)")));
    }

    @Test
    public void aServiceOfAnotherCellStopsNobodyAndIsNamedOnce() {
        BentNova bent = new BentNova("computeServices", (call, answer) -> withFarService(answer));
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm(), bent);
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue("it is asked more than once", bent.calls() > 2);
        assertEquals(bench.text(), 1, count(bench.text(), "far-cell-host9"));
        assertTrue(bench.text(), bench.text().contains("It counts as down."));
    }

    @Test
    public void aServiceOfAnotherCellCountsInTheBudget() {
        BentNova bent = new BentNova("computeServices", (call, answer) -> withFarService(answer));
        DrainState last = drain(Orders.empty("compute1").within(new Budget(1, 0, null)), bent)
                .finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().contains("far-cell-host9 (UNKNOWN: its cell does not answer)"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<Integer, Object, Object> unknownService(String host, int from, int to) {
        return (call, answer) -> {
            Listed<ComputeService> services = (Listed<ComputeService>) answer;
            return call < from || call > to
                    ? services
                    : Listed.of(services.stream()
                            .map(one -> one.host().equals(host) ? ComputeService.unknown(host) : one)
                            .toList());
        };
    }

    @Test
    public void anUnknownHostOrTargetIsRefusedInTheRightWords() {
        int ever = Integer.MAX_VALUE;
        Map<Orders, String> orders = Map.of(
                Orders.empty("compute1"),
                "host: Nova cannot tell anything about the compute service of 'compute1': its cell does not answer",
                Orders.empty("compute1").fenced(),
                "host: Nova cannot tell anything about the compute service of 'compute1': its cell does not answer",
                Orders.empty("compute2").to("compute1"),
                "targetHost: 'compute1' is UNKNOWN to Nova, for its cell does not answer: it counts as down");
        orders.forEach((order, words) -> {
            DrainState last = drain(order, new BentNova("computeServices", unknownService("compute1", 1, ever)))
                    .finish(LONG);
            assertEquals(HostOutcome.REFUSED, last.outcome());
            assertTrue(last.message(), last.message().startsWith(words));
        });
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aHostThatBecomesUnknownBehindTheCheckIsWaitedFor() {
        for (int from = 2; from < 5; from++) {
            BentNova bent = new BentNova("computeServices", unknownService("compute1", from, from + 3));
            DrainBench bench = drain(Orders.empty("compute1").autoConfirm(), bent);
            assertEquals(
                    "from " + from + "\n" + bench.text(),
                    HostOutcome.DONE,
                    bench.finish(LONG).outcome());
            cloud.close();
            cloud = DrainBench.mixedCloud();
        }
    }

    /** Law 9: that a cell does not answer proves no host dead. */
    @Test
    public void anUnknownServiceIsNotDown() {
        BentNova bent = new BentNova("computeServices", unknownService("compute1", 2, Integer.MAX_VALUE));
        DrainBench bench = drain(Orders.empty("compute1").fenced().allowDiskLoss("web1"), bent);
        assertEquals(bench.text(), HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("cell of 'compute1' does not answer"));
        assertTrue("not forced down", cloud.audit().changes().isEmpty());
    }

    @Test
    public void aServerOfWhichNothingIsToldIsThereAndBlocksNobodyElse() {
        String id = cloud.id("web1");
        BentNova bent = new BentNova("serversOn", (call, answer) -> {
            List<String> ids = servers(answer).stream().map(Server::id).toList();
            return ids.contains(id) ? BentNova.unknown(servers(answer), ids.indexOf(id)) : answer;
        });
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm(), bent);
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, last.outcome());
        ServerState web1 = last.server(id).orElseThrow();
        assertEquals(Outcome.BLOCKED, web1.outcome());
        assertTrue(web1.reason(), web1.reason().startsWith("Nova cannot tell anything about it: its cell does not"));
        assertEquals("compute1", web1.source());
        assertEquals(
                3, last.servers().stream().filter(one -> one.outcome().good()).count());
        assertTrue(cloud.audit().actionsOf(id).isEmpty());
        assertEquals(bench.text(), 1, count(bench.text(), "Set aside: a server " + id));
    }

    /** Whatever is bent at whatever moment, once: the drain looks again and comes to the same end. */
    @Test
    public void oneOddAnswerAtAnyMomentChangesNothing() {
        Map<String, Function<Object, Object>> bends = Map.of(
                "serversOn",
                answer -> servers(answer).isEmpty()
                        ? BentNova.andOdd(servers(answer), OddRow.Kind.SERVER)
                        : BentNova.unknown(servers(answer), servers(answer).size() - 1),
                "server",
                answer -> ((Server) answer).unknown(),
                "migrations",
                answer -> BentNova.andOdd((Listed<?>) answer, OddRow.Kind.MIGRATION));
        bends.forEach((method, bend) -> {
            int calls = 1;
            for (int k = 1; k <= calls; k++) {
                int when = k;
                BentNova bent = new BentNova(method, (call, answer) -> call == when ? bend.apply(answer) : answer);
                DrainBench bench = drain(Orders.empty("compute1").autoConfirm().concurrency(4), bent);
                DrainState last = bench.finish(LONG);
                String which = method + " " + k + "\n" + bench.text();
                assertEquals(which, HostOutcome.DONE, last.outcome());
                assertEquals(which, 4, last.servers().size());
                assertTrue(which, cloud.serversOn("compute1").isEmpty());
                assertEquals(which, 3, cloud.audit().actions("os-migrateLive").size());
                assertEquals(which, 1, cloud.audit().actions("migrate").size());
                assertEquals(which, 1, cloud.audit().actions("confirmResize").size());
                calls = bent.calls();
                cloud.close();
                cloud = DrainBench.mixedCloud();
            }
            assertTrue(method + " is read more than once", calls > 1);
        });
    }

    @Test
    public void aRowThatCannotBeReadIsNamedOnceAndTheWitnessSaysWhetherTheHostIsEmpty() {
        for (Map.Entry<String, OddRow.Kind> list : Map.of(
                        "serversOn", OddRow.Kind.SERVER, "migrations", OddRow.Kind.MIGRATION)
                .entrySet()) {
            BentNova bent =
                    new BentNova(list.getKey(), (call, answer) -> BentNova.andOdd((Listed<?>) answer, list.getValue()));
            DrainBench bench = drain(Orders.empty("compute1").autoConfirm(), bent);
            DrainState last = bench.finish(LONG);
            assertEquals(bench.text(), HostOutcome.DONE, last.outcome());
            assertTrue("what could be moved was", cloud.serversOn("compute1").isEmpty());
            assertEquals(bench.text(), 1, count(bench.text(), "Note: Set aside: "));
            cloud.close();
            cloud = DrainBench.mixedCloud();
        }
    }

    /** Law 2: the trace of a lost answer may be in the row that could not be read. */
    @Test
    public void nothingIsSentAgainWhileARowOfTheServersActionsCannotBeRead() {
        cloud.faults()
                .on("POST", ".*/servers/.*/action")
                .action("os-migrateLive")
                .nth(1)
                .drop();
        BentNova bent = new BentNova(
                "actions",
                (call, answer) -> BentNova.andOdd(Listed.of(List.<InstanceAction>of()), OddRow.Kind.INSTANCE_ACTION));
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm(), bent);
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, last.outcome());
        ServerState lost = last.ended(Outcome.UNKNOWN).get(0);
        assertEquals(1, last.ended(Outcome.UNKNOWN).size());
        assertTrue(
                lost.reason(),
                lost.reason().startsWith("it could not be found out whether Nova took its live migration"));
        assertEquals(1, lost.attempts());
    }

    @Test
    public void aConfirmOfWhichTheServerIsUnknownIsNotBelieved() {
        drain(Orders.empty("compute1"), new BentNova("none", (call, answer) -> answer))
                .finish(LONG);
        String id = cloud.id("off1");
        BentNova bent = new BentNova(
                "server",
                (call, answer) ->
                        cloud.server("off1").status().equals("VERIFY_RESIZE") ? answer : ((Server) answer).unknown());
        DrainBench bench = drain(Orders.of(Route.CONFIRM, id), bent);
        DrainState last = bench.finish(LONG);
        assertEquals("SHUTOFF", cloud.server("off1").status());
        assertEquals(
                bench.text(), Outcome.UNKNOWN, last.server(id).orElseThrow().outcome());
    }

    @Test
    public void whatLeftBeforeAndIsUnknownMayHaveItsDisksHere() {
        drain(Orders.empty("compute1"), new BentNova("none", (call, answer) -> answer))
                .finish(LONG);
        BentNova bent = new BentNova("server", (call, answer) -> ((Server) answer).unknown());
        DrainBench bench = drain(Orders.empty("compute1"), bent);
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.AWAITING_CONFIRM, last.outcome());
        assertEquals(
                cloud.id("off1"), last.ended(Outcome.AWAITING_CONFIRM).get(0).id());
    }

    @Test
    public void aServerThatIsChosenAndUnknownIsLeftAloneAndTold() {
        for (Route route : List.of(Route.LIVE, Route.COLD, Route.CONFIRM, Route.REVERT)) {
            BentNova bent = new BentNova("server", (call, answer) -> ((Server) answer).unknown());
            DrainBench bench = drain(Orders.of(route, cloud.id("web1")), bent);
            DrainState last = bench.finish(LONG);
            assertEquals(bench.text(), 1, last.servers().size());
            ServerState web1 = last.servers().get(0);
            assertEquals(route + "\n" + bench.text(), Outcome.UNKNOWN, web1.outcome());
            assertTrue(web1.reason(), web1.reason().startsWith("Nova could tell nothing of it since"));
        }
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void manyOddRowsAreNamedUpToAPoint() {
        List<OddRow> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(new OddRow(OddRow.Kind.COMPUTE_SERVICE, "", "far" + i, "its cell does not answer"));
        }
        BentNova bent = new BentNova("computeServices", (call, answer) -> new Listed<>((Listed<?>) answer, rows));
        DrainState last = drain(Orders.empty("compute1").autoConfirm(), bent).finish(LONG);
        assertEquals(HostOutcome.DONE, last.outcome());
        assertEquals(OddRowNotes.MOST_NAMED + 1, last.notes().size());
    }

    @Test
    public void ofMigrationsWithoutTheirSourceNothingBreaks() {
        BentNova bent = new BentNova("migrations", (call, answer) -> {
            @SuppressWarnings("unchecked")
            Listed<Migration> migrations = (Listed<Migration>) answer;
            return Listed.of(migrations.stream().map(one -> one.from(null)).toList());
        });
        DrainState last = drain(Orders.empty("compute1").autoConfirm(), bent).finish(LONG);
        assertFalse("nothing is believed of what is not told", last.outcome() == HostOutcome.DONE);
        assertEquals(3, cloud.audit().actions("os-migrateLive").size());
    }
}
