package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** What a drain of the simulated cloud says and does about room elsewhere. */
public class RoomDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    /** compute1 with two small servers and one of 64 GiB; compute2 and compute3 have 16 and 32 GiB. */
    private static CloudBuilder tight() {
        return SimulatedCloud.builder()
                .host("compute2", h -> h.capacity(16, 16_384 + 512, 2_000))
                .host("compute3", h -> h.capacity(16, 32_768 + 512, 2_000))
                .host("compute1")
                .server("web1")
                .server("web2")
                .server("big-db", s -> s.flavor("r1.huge"));
    }

    private DrainBench drain(Orders orders) {
        return new DrainBench(cloud).begin(orders.make());
    }

    private List<AuditEntry> calls(String regexp) {
        return cloud.audit().entries().stream()
                .filter(entry -> (entry.method() + " " + entry.path()).matches(regexp))
                .toList();
    }

    @Test
    public void itSaysWhatFitsWhereAndWhatIsShort() {
        cloud = tight().start();
        DrainBench bench = drain(Orders.empty("compute1"));
        bench.finish(LONG);
        String text = bench.text();
        assertTrue(text, text.contains("Room: 2 of 3 servers fit on "));
        assertTrue(
                text,
                text.contains("Room: no host can take 'big-db' (64 GiB memory, 16 vCPUs, 160 GiB disk): the most free"
                        + " memory is 32 GiB on compute3."));
        assertEquals(
                "it was tried all the same",
                Outcome.FAILED,
                bench.server("big-db").outcome());
        assertEquals(Outcome.MOVED, bench.server("web1").outcome());
        Object room = StepResult.ofHost(bench.last).get("room");
        assertEquals(false, ((Map<?, ?>) room).get("fits"));
    }

    @Test
    public void placementIsAskedOnceForEachDistinctRequestAndNotWhileServersMove() {
        cloud = tight().start();
        drain(Orders.empty("compute1")).finish(LONG);
        List<AuditEntry> asked = calls("GET .*/allocation_candidates");
        assertEquals("for what is free, for m1.small and for r1.huge: " + asked, 3, asked.size());
    }

    @Test
    public void requiredRoomThatIsNotThereRefusesBeforeTheCordon() {
        cloud = tight().start();
        DrainBench bench = drain(Orders.empty("compute1").room(RoomDemand.Forecast.REQUIRE));
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().startsWith("room: 'require' was asked for"));
        assertTrue(last.message(), last.message().contains("no host can take 'big-db'"));
        assertTrue(last.message(), last.message().contains("room: 'warn'"));
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of(), calls("(PUT|POST) .*/(os-services|action).*"));
    }

    /** Two drains that see the same free host before either has cordoned it. */
    private DrainBench outpaced(Orders orders) {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        DrainBench bench = drain(orders.room(RoomDemand.Forecast.REQUIRE));
        bench.until(() -> !cloud.enabled("compute1"), LONG);
        assertEquals(
                "cordoned, not yet planned", Phase.CORDON, bench.runner.state().phase());
        new DrainBench(cloud).begin(Orders.empty("compute2").make()).finish(LONG);
        assertFalse(cloud.enabled("compute2"));
        return bench;
    }

    @Test
    public void requiredRoomThatIsGoneBehindTheCordonRefusesAndTakesTheCordonBack() {
        DrainBench bench = outpaced(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.REFUSED, last.outcome());
        assertTrue(
                last.message(),
                last.message().startsWith("room: 'require' was asked for; before the cordon each server had a place"));
        assertTrue(last.message(), last.message().contains("no host can take 'web1'"));
        assertTrue(last.message(), last.message().endsWith("Nothing was moved. The cordon was taken back."));
        assertTrue(cloud.enabled("compute1"));
        assertEquals(List.of(), calls("POST .*/action"));
        assertFalse("the page shows what is short", last.room().fits());
        assertEquals(Outcome.NOT_STARTED, bench.server("web1").outcome());
    }

    @Test
    public void aCordonOfSomebodyElseStaysWhenRoomIsShortBehindIt() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.disabled("firmware, ask Kim"))
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1").room(RoomDemand.Forecast.REQUIRE));
        bench.until(() -> bench.runner.state().phase() == Phase.PLAN, LONG);
        new DrainBench(cloud).begin(Orders.empty("compute2").make()).finish(LONG);
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().endsWith("Nothing was moved."));
        assertEquals("firmware, ask Kim", cloud.disabledReason("compute1"));
    }

    @Test
    public void requiredRoomThatIsThereLetsItGoOn() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1").room(RoomDemand.Forecast.REQUIRE));
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("Room: 1 server fits on compute2 (1)."));
    }

    @Test
    public void aDryRunIsRefusedAsTheRunAndWithItsWords() {
        cloud = tight().start();
        DrainBench bench = drain(Orders.empty("compute1").dryRun().room(RoomDemand.Forecast.REQUIRE));
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("dryRun: the real run would be refused. room: 'require'"));
        assertTrue(
                bench.text(),
                bench.last.planHash() != null && !bench.last.servers().isEmpty());
        String real = drain(Orders.empty("compute1").room(RoomDemand.Forecast.REQUIRE))
                .finish(LONG)
                .message();
        assertTrue(bench.text(), bench.last.message().startsWith(real));
        assertFalse(bench.text(), bench.text().contains("is tried in its turn"));
    }

    @Test
    public void ignoredRoomIsNotAskedFor() {
        cloud = tight().start();
        DrainBench bench = drain(Orders.empty("compute1").room(RoomDemand.Forecast.IGNORE));
        assertNull(bench.finish(LONG).room());
        assertEquals(List.of(), calls("GET .*/allocation_candidates"));
        assertFalse(bench.text(), bench.text().contains("Room:"));
    }

    @Test
    public void withoutPlacementTheHypervisorsMemoryMustDo() {
        cloud = tight().withoutPlacement().start();
        DrainBench bench = drain(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        assertEquals(RoomFigures.Source.HYPERVISORS, last.room().source());
        assertTrue(
                bench.text(),
                bench.text().contains("by the hypervisors' memory alone; overcommit, CPUs and disks are not known"));
        assertTrue(bench.text(), bench.text().contains("the most free memory is 32 GiB on compute3."));
    }

    @Test
    public void theForecastSurvivesBeingSaved() {
        cloud = tight().start();
        DrainBench bench = drain(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        DrainState read = DrainCodec.read(bench.saved.get(bench.saved.size() - 1));
        assertEquals(last.room(), read.room());
        assertEquals(last.order(), read.order());
    }

    @Test
    public void dedicatedCpusAreShortWhereNoHostHasEnough() {
        cloud = SimulatedCloud.builder()
                .flavor("pinned", 8, 1_024, 1, Map.of("hw:cpu_policy", "dedicated"))
                .host("compute2", h -> h.resource("PCPU", 4))
                .host("compute1", h -> h.resource("PCPU", 8))
                .server("nfv", s -> s.flavor("pinned"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1").dryRun());
        bench.finish(LONG);
        assertTrue(
                bench.text(),
                bench.text()
                        .contains("no host can take 'nfv' (1 GiB memory, 1 GiB disk, 8 dedicated CPUs): the most free"
                                + " dedicated CPUs is 4 on compute2."));
    }

    @Test
    public void overcommittedMemoryCounts() {
        cloud = SimulatedCloud.builder()
                .host("compute2", h -> h.capacity(64, 70_000, 2_000).overcommit(16, 2))
                .host("compute1")
                .server("one", s -> s.flavor("r1.huge"))
                .server("two", s -> s.flavor("r1.huge"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        DrainState last = bench.finish(LONG);
        assertTrue(bench.text(), bench.text().contains("Room: 2 servers fit on compute2 (2)."));
        assertEquals(HostOutcome.DONE, last.outcome());
    }
}
