package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Moving, confirming and reverting chosen servers of the simulated cloud, in driven time. */
public class ServersDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @Before
    public void start() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("off1", s -> s.status("SHUTOFF"))
                .server("twin", s -> s.id("11111111-0000-4000-8000-000000000001"))
                .server("twin", s -> s.id("11111111-0000-4000-8000-000000000002"))
                .server("bad", s -> s.behaviour(b -> b.fails(Operation.COLD)))
                .server("waits", s -> s.on("compute2").status("VERIFY_RESIZE").resizedFrom("compute1"))
                .start();
    }

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench run(Orders orders) {
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.finish(LONG);
        return bench;
    }

    @Test
    public void aServerMovesLiveByNameOrIdToANamedHost() {
        DrainBench bench = run(Orders.of(Route.LIVE, "web1").to("compute3"));
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertEquals("compute3", cloud.server("web1").host());
        DrainBench back = run(Orders.of(Route.LIVE, cloud.id("web1")).to("compute1"));
        assertEquals(Outcome.MOVED, back.server("web1").outcome());
        assertEquals("compute1", cloud.server("web1").host());
    }

    @Test
    public void unknownAndAmbiguousNamesAreRefusedTogetherBeforeAnythingMoves() {
        DrainBench bench = run(Orders.of(Route.LIVE, "web1", "nosuch", "twin"));
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("'nosuch'"));
        cloud.servers().stream()
                .filter(server -> server.name().equals("twin"))
                .forEach(server -> assertTrue(bench.last.message().contains(server.id())));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aServerThatIsShutOffDoesNotMoveLive() {
        DrainBench bench = run(Orders.of(Route.LIVE, "off1", "web1"));
        assertEquals(HostOutcome.INCOMPLETE, bench.last.outcome());
        assertEquals(Outcome.BLOCKED, bench.server("off1").outcome());
        assertTrue(bench.server("off1").hint(), bench.server("off1").hint().contains("coldMigrate"));
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
    }

    @Test
    public void coldThenConfirm() {
        DrainBench moved = run(Orders.of(Route.COLD, "off1", "web1"));
        assertEquals(HostOutcome.AWAITING_CONFIRM, moved.last.outcome());
        assertEquals("VERIFY_RESIZE", cloud.server("web1").status());
        DrainBench confirmed = run(Orders.of(Route.CONFIRM, "off1", "web1"));
        assertEquals(HostOutcome.DONE, confirmed.last.outcome());
        assertEquals(Outcome.CONFIRMED, confirmed.server("web1").outcome());
        assertEquals("compute1", confirmed.server("web1").source());
        assertEquals("ACTIVE", cloud.server("web1").status());
        assertEquals("SHUTOFF", cloud.server("off1").status());
        assertEquals(
                1,
                cloud.audit().actionsOf(cloud.id("web1")).stream()
                        .filter("confirmResize"::equals)
                        .count());
    }

    @Test
    public void coldThenRevert() {
        run(Orders.of(Route.COLD, "web1"));
        DrainBench reverted = run(Orders.of(Route.REVERT, "web1"));
        assertEquals(reverted.text(), Outcome.REVERTED, reverted.server("web1").outcome());
        assertEquals("compute1", cloud.server("web1").host());
        assertEquals("ACTIVE", cloud.server("web1").status());
    }

    @Test
    public void theResidueOfAHostIsConfirmedByTheHostsName() {
        DrainBench bench = run(Orders.residue(Route.CONFIRM, "compute1"));
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("waits").outcome());
        assertEquals("ACTIVE", cloud.server("waits").status());
    }

    @Test
    public void theResidueOfAHostThatHasNoneIsDoneAtOnce() {
        DrainBench bench = run(Orders.residue(Route.CONFIRM, "compute3"));
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void confirmingWhatDoesNotWaitIsRefusedServerByServer() {
        DrainBench bench = run(Orders.of(Route.CONFIRM, "web1", "waits"));
        assertEquals(HostOutcome.INCOMPLETE, bench.last.outcome());
        assertEquals(Outcome.BLOCKED, bench.server("web1").outcome());
        assertTrue(bench.server("web1").reason(), bench.server("web1").reason().contains("not VERIFY_RESIZE"));
        assertEquals(Outcome.CONFIRMED, bench.server("waits").outcome());
    }

    @Test
    public void aHypervisorThatFailsIsReportedWithWhereTheServerIs() {
        DrainBench bench = run(Orders.of(Route.COLD, "bad"));
        assertEquals(Outcome.FAILED, bench.server("bad").outcome());
        assertTrue(bench.server("bad").reason(), bench.server("bad").reason().contains("compute1"));
    }

    @Test
    public void anOwnerWhoRevertsFirstIsAnOutcome() {
        cloud.faults().on("POST", "/action$").action("confirmResize").drop();
        DrainBench bench =
                new DrainBench(cloud).begin(Orders.of(Route.CONFIRM, "waits").make());
        bench.untilServer("waits", server -> server.underWay() && server.move().is(Intent.State.UNCLEAR));
        bench.nova().revertResize(cloud.id("waits"));
        bench.finish(LONG);
        assertEquals(bench.text(), Outcome.BLOCKED, bench.server("waits").outcome());
        assertEquals("compute1", cloud.server("waits").host());
        assertEquals(
                "never asked again", 1, cloud.audit().actions("confirmResize").size());
    }

    @Test
    public void aLostConfirmIsLookedUpNotRepeated() {
        cloud.faults().on("POST", "/action$").action("confirmResize").dropAfterActing();
        DrainBench bench = run(Orders.of(Route.CONFIRM, "waits"));
        assertEquals(bench.text(), Outcome.CONFIRMED, bench.server("waits").outcome());
        assertEquals(1, cloud.audit().actions("confirmResize").size());
    }

    @Test
    public void theSourceBeingDownStopsTheConfirmWithTheReason() {
        cloud.kill("compute1");
        cloud.advance(Duration.ofMinutes(2));
        DrainBench bench = run(Orders.of(Route.CONFIRM, "waits"));
        assertEquals(Outcome.BLOCKED, bench.server("waits").outcome());
        assertTrue(
                bench.server("waits").reason(), bench.server("waits").reason().contains("compute1 is down"));
        assertTrue(cloud.audit().actions("confirmResize").isEmpty());
    }

    @Test
    public void aServerAlreadyAtItsTargetIsSkipped() {
        DrainBench bench = run(Orders.of(Route.LIVE, "web1").to("compute1"));
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertEquals(Outcome.SKIPPED, bench.server("web1").outcome());
        assertTrue(cloud.audit().changes().isEmpty());
    }
}
