package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** Emptying a host of the simulated cloud, in driven time. */
public class HostDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private DrainBench drain(Orders orders) {
        return new DrainBench(cloud).begin(orders.make());
    }

    private void mixed() {
        cloud = DrainBench.mixedCloud();
    }

    @Test
    public void aHostIsEmptiedAndStaysCordoned() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm());
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.DONE, last.outcome());
        assertTrue(cloud.serversOn("compute1").isEmpty());
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
        assertEquals(Outcome.MOVED, bench.server("paused1").outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("off1").outcome());
        assertEquals("SHUTOFF", cloud.server("off1").status());
        assertEquals("PAUSED", cloud.server("paused1").status());
        assertFalse(cloud.enabled("compute1"));
        assertEquals("nova-maintenance: ops/maintenance#7", cloud.disabledReason("compute1"));
        assertEquals(cloud.server("web1").host(), bench.server("web1").to());
        for (ServerState server : last.servers()) {
            assertEquals(
                    server.name() + " was asked to move once",
                    1,
                    cloud.audit().actionsOf(server.id()).stream()
                            .filter(action -> action.equals("os-migrateLive") || action.equals("migrate"))
                            .count());
        }
    }

    @Test
    public void aLiveMigrationIsDrawnAsQueuedUntilNovaHasBegunIt() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm());
        bench.finish(LONG);
        for (String name : List.of("web1", "web2", "paused1")) {
            List<String> kinds =
                    bench.server(name).spans().stream().map(Span::kind).toList();
            assertEquals(name + ": " + kinds, List.of("waiting", "queued", "live"), kinds);
        }
    }

    @Test
    public void theCordonComesBeforeTheLook() {
        mixed();
        drain(Orders.empty("compute1").autoConfirm()).finish(LONG);
        List<String> calls = cloud.audit().entries().stream()
                .map(entry -> entry.method() + " " + entry.path() + "?" + entry.query())
                .toList();
        int cordon = first(calls, "PUT .*/os-services/.*");
        int observed = first(calls, "GET /servers/detail.*host=.compute1.*");
        assertTrue(calls.toString(), cordon >= 0 && cordon < observed);
    }

    private static int first(List<String> calls, String regexp) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).matches(regexp)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    public void coldMovesWaitForAConfirmUnlessToldOtherwise() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.AWAITING_CONFIRM, last.outcome());
        assertEquals(Outcome.AWAITING_CONFIRM, bench.server("off1").outcome());
        assertEquals(List.of(cloud.id("off1")), StepResult.ofHost(last).get("awaitingConfirm"));
        assertEquals("VERIFY_RESIZE", cloud.server("off1").status());
    }

    @Test
    public void oneThatCannotMoveBlocksNobodyElseAndFailsTheWhole() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("erp", s -> s.status("SUSPENDED"))
                .server("bad", s -> s.behaviour(b -> b.fails(Operation.LIVE)))
                .server("web2")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.INCOMPLETE, last.outcome());
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
        assertEquals(Outcome.MOVED, bench.server("web2").outcome());
        assertEquals(Outcome.BLOCKED, bench.server("erp").outcome());
        assertEquals(Outcome.FAILED, bench.server("bad").outcome());
        assertTrue(
                last.message(), last.message().contains("erp") && last.message().contains("SUSPENDED"));
        assertTrue(
                last.message(), last.message().contains("bad") && last.message().contains("compute1"));
        assertTrue(last.message(), last.message().contains("stays cordoned"));
    }

    @Test
    public void serversOfOneNameAreToldApart() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("twin", s -> s.id("11111111-0000-4000-8000-000000000001"))
                .server("twin", s -> s.id("22222222-0000-4000-8000-000000000002"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("twin (11111111): MOVED"));
        assertTrue(bench.text(), bench.text().contains("twin (22222222): MOVED"));
    }

    @Test
    public void failFastStartsNothingWhenThePlanAlreadyFails() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("erp", s -> s.status("SUSPENDED"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1").failFast());
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
        assertEquals(Outcome.NOT_STARTED, bench.server("web1").outcome());
        assertTrue(cloud.audit().actions("os-migrateLive").isEmpty());
    }

    @Test
    public void dryRunChangesNothing() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1").dryRun());
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.PLANNED, last.outcome());
        assertEquals(4, last.ended(Outcome.PLANNED).size());
        assertTrue(cloud.audit().changes().toString(), cloud.audit().changes().isEmpty());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aPlanThatHasDriftedIsRefusedAndTheApprovedOneIsNot() {
        mixed();
        String hash = drain(Orders.empty("compute1").autoConfirm().dryRun())
                .finish(LONG)
                .planHash();
        cloud.delete("web2");
        DrainBench drifted = drain(Orders.empty("compute1").plan(hash).autoConfirm());
        assertEquals(HostOutcome.REFUSED, drifted.finish(LONG).outcome());
        assertTrue(drifted.last.message(), drifted.last.message().contains(hash));
        assertTrue(cloud.audit().actions("os-migrateLive").isEmpty());
        DrainBench approved =
                drain(Orders.empty("compute1").plan(drifted.last.planHash()).autoConfirm());
        assertEquals(HostOutcome.DONE, approved.finish(LONG).outcome());
    }

    @Test
    public void anUnknownHostIsRefusedWithTheOnesThereAre() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute"));
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("exactly 'compute'"));
        assertTrue(bench.last.message(), bench.last.message().contains("compute1"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aTokenThatDoesNotSeeAllProjectsIsRefused() {
        mixed();
        DrainBench bench =
                new DrainBench(cloud, "demo").begin(Orders.empty("compute1").make());
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("all projects"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void targetsThatWillNotDoAreRefused() {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("off", h -> h.disabled("broken fan"))
                .host("dead", h -> h.down())
                .server("web1", s -> s.on("compute1"))
                .start();
        for (String[] bad : new String[][] {
            {"nosuch", "no compute service"}, {"compute1", "to be emptied"}, {"off", "broken fan"}, {"dead", "is down"}
        }) {
            DrainBench bench = drain(Orders.empty("compute1").to(bad[0]));
            assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
            assertTrue(bench.last.message(), bench.last.message().contains("targetHost: '" + bad[0] + "'"));
            assertTrue(bench.last.message(), bench.last.message().contains(bad[1]));
        }
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void noValidHostIsSaidInNovasWords() {
        cloud = SimulatedCloud.builder().host("compute1").server("web1").start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
        assertEquals(Outcome.FAILED, bench.server("web1").outcome());
        assertTrue(bench.server("web1").reason(), bench.server("web1").reason().contains("No valid host was found"));
    }

    @Test
    public void aCordonOfSomebodyElseStaysAsItIs() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.disabled("memory errors, ticket 4711"))
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals("memory errors, ticket 4711", cloud.disabledReason("compute1"));
        assertTrue(bench.text(), bench.text().contains("not by us"));
    }

    @Test
    public void aServerDeletedByItsOwnerIsAnOutcome() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1").concurrency(1).autoConfirm());
        bench.untilServer("web2", ServerState::underWay);
        cloud.delete("web1");
        cloud.delete("web2");
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(Outcome.GONE, bench.server("web1").outcome());
        assertEquals(Outcome.GONE, bench.server("web2").outcome());
    }

    @Test
    public void aMoveThatNeverEndsIsAbortedAndSaysSo() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("busy", s -> s.behaviour(b -> b.neverConverges()))
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
        assertEquals(bench.text(), Outcome.FAILED, bench.server("busy").outcome());
        assertTrue(bench.server("busy").reason(), bench.server("busy").reason().contains("over its time"));
        assertEquals("compute1", cloud.server("busy").host());
        assertEquals("ACTIVE", cloud.server("busy").status());
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
    }

    @Test
    public void aMoveThatNeverEndsCanGoColdOrBeForced() {
        for (OnTimeout policy : List.of(OnTimeout.COLD_MIGRATE, OnTimeout.FORCE_COMPLETE)) {
            cloud = SimulatedCloud.builder()
                    .host("compute2")
                    .host("compute1")
                    .server("busy", s -> s.behaviour(b -> b.neverConverges()))
                    .start();
            DrainBench bench = drain(Orders.empty("compute1").onTimeout(policy).autoConfirm());
            assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
            assertEquals("compute2", cloud.server("busy").host());
            assertEquals(
                    policy == OnTimeout.COLD_MIGRATE ? Outcome.CONFIRMED : Outcome.MOVED,
                    bench.server("busy").outcome());
            cloud.close();
        }
    }

    @Test
    public void theStepsOwnTimeoutStartsNothingMore() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("slow", s -> s.behaviour(b -> b.liveSeconds(500)))
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1")
                .concurrency(1)
                .timeout(Duration.ofMinutes(2))
                .onTimeout(OnTimeout.LEAVE));
        assertEquals(HostOutcome.INCOMPLETE, bench.finish(LONG).outcome());
        assertEquals(Outcome.LEFT, bench.server("slow").outcome());
        assertEquals(Outcome.NOT_STARTED, bench.server("web1").outcome());
    }

    @Test
    public void anAbortedBuildSaysWhereEveryServerIs() {
        mixed();
        DrainBench bench = drain(Orders.empty("compute1").concurrency(1));
        bench.untilServer("paused1", ServerState::underWay);
        bench.runner.stop("aborted by an operator");
        DrainState last = bench.finish(Duration.ofMinutes(5));
        assertEquals(HostOutcome.ABORTED, last.outcome());
        assertEquals(Outcome.LEFT, bench.server("paused1").outcome());
        assertEquals(Outcome.NOT_STARTED, bench.server("web1").outcome());
        assertTrue(last.message(), last.message().contains("aborted by an operator"));
    }

    @Test
    public void anAbortedBuildMayAbortWhatIsUnderWay() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("slow", s -> s.behaviour(b -> b.liveSeconds(500)))
                .start();
        DrainBench bench = drain(Orders.empty("compute1").abortingOnAbort());
        bench.untilServer("slow", server -> "running".equals(server.migrationStatus()));
        bench.runner.stop("aborted");
        assertEquals(HostOutcome.ABORTED, bench.finish(Duration.ofMinutes(5)).outcome());
        assertEquals("compute1", cloud.server("slow").host());
        assertEquals("cancelled", cloud.migrations().get(0).status());
        assertEquals(Outcome.FAILED, bench.server("slow").outcome());
    }

    @Test
    public void leftoversInVerifyResizeAreShown() {
        cloud = SimulatedCloud.builder()
                .host("compute1")
                .host("compute2")
                .server("old", s -> s.on("compute2").status("VERIFY_RESIZE").resizedFrom("compute1"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.AWAITING_CONFIRM, bench.finish(LONG).outcome());
        assertEquals(List.of(cloud.id("old")), StepResult.ofHost(bench.last).get("awaitingConfirm"));
    }

    @Test
    public void aTickCostsTwoRequestsAndOneForEachMoveUnderWay() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("slow", s -> s.behaviour(b -> b.liveSeconds(200)))
                .server("slower", s -> s.behaviour(b -> b.liveSeconds(200)))
                .server("waiting")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        bench.untilServer("slow", server -> "running".equals(server.migrationStatus()));
        int before = cloud.audit().entries().size();
        int saves = bench.saved.size();
        cloud.advance(Duration.ofSeconds(10));
        bench.executor.advance(Duration.ofSeconds(10));
        int ticks = 0;
        for (var entry : cloud.audit().since(before)) {
            assertEquals("GET", entry.method());
            ticks += entry.path().endsWith("/os-migrations") ? 1 : 0;
        }
        int requests = cloud.audit().entries().size() - before;
        assertTrue("ticked", ticks > 0);
        assertTrue(requests + " requests in " + ticks + " ticks", requests <= ticks * (2 + 2));
        assertEquals("nothing changed, nothing saved", saves, bench.saved.size());
    }
}
