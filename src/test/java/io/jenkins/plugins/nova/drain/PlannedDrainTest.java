package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** What a plan finds in the cloud, and what a drain makes of it. */
public class PlannedDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static CloudBuilder at(int minor) {
        return SimulatedCloud.builder()
                .maxMicroversion(minor)
                .flavor("secure", 1, 1_024, 10, Map.of("hw:tpm_version", "2.0"))
                .host("compute2", host -> host.zone("az2"))
                .host("compute1", host -> host.zone("az1"));
    }

    private DrainBench drain(Orders orders) {
        DrainBench bench = new DrainBench(cloud).begin(orders.autoConfirm().make());
        bench.finish(LONG);
        return bench;
    }

    @Test
    public void whatNovaWouldRefuseIsNotAskedFor() {
        cloud = at(103).server("shared", s -> s.shares("manila-1"))
                .server("pinned", s -> s.pinnedTo("az1"))
                .server("secured", s -> s.flavor("secure"))
                .server("free")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.INCOMPLETE, bench.last.outcome());
        assertTrue(
                bench.server("shared").reason(), bench.server("shared").reason().contains("manila-1"));
        assertTrue(
                bench.server("pinned").reason(), bench.server("pinned").reason().contains("az1"));
        assertTrue(
                bench.server("secured").reason(),
                bench.server("secured").reason().contains("virtual TPM"));
        assertEquals(Outcome.MOVED, bench.server("free").outcome());
        for (String name : new String[] {"shared", "pinned", "secured"}) {
            assertEquals(Outcome.BLOCKED, bench.server(name).outcome());
            assertTrue(cloud.audit().actionsOf(cloud.id(name)).isEmpty());
        }
    }

    @Test
    public void anApprovedServerIsMovedColdWhereItCannotMoveLive() {
        cloud = at(93).server("secured", s -> s.flavor("secure")).start();
        DrainBench bench = drain(Orders.empty("compute1").approve("secured"));
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("secured").outcome());
        assertEquals("compute2", cloud.server("secured").host());
    }

    @Test
    public void aServerLeftByItsOwnersWordIsNamedAndItsHostIsNotEmpty() {
        cloud = at(93).server("stays", s -> s.metadata("maintenance", "skip"))
                .server("web1")
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.INCOMPLETE, bench.last.outcome());
        assertEquals(Outcome.SKIPPED, bench.server("stays").outcome());
        String message = bench.last.message();
        assertTrue(message, message.contains("1 left there") && message.contains("stays"));
        assertTrue(message, message.contains("approve"));
    }

    @Test
    public void whoIsNeverToBeStoppedIsNotMovedColdAfterATimeOut() {
        cloud = at(93).server("busy", s -> s.tags("maintenance:live").behaviour(b -> b.neverConverges()))
                .start();
        DrainBench bench = drain(Orders.empty("compute1").onTimeout(OnTimeout.COLD_MIGRATE));
        assertEquals(bench.text(), Outcome.FAILED, bench.server("busy").outcome());
        assertEquals("compute1", cloud.server("busy").host());
        assertEquals("ACTIVE", cloud.server("busy").status());
        assertTrue(cloud.audit().actions("migrate").isEmpty());
    }

    @Test
    public void thePlanIsPrintedWithItsForecast() {
        cloud = at(93).server("web1").server("held", s -> s.status("SUSPENDED")).start();
        DrainBench bench = drain(Orders.empty("compute1").dryRun());
        // 2 GiB of memory and 20 GiB of disk at 100 MiB/s, and ten seconds
        assertTrue(bench.text(), bench.text().contains("about 3 min 55 s in all"));
        assertTrue(bench.text(), bench.text().contains("~3 min 55 s"));
    }

    @Test
    public void thePlanAsksForEachServersSharesOnceAndOnlyWhereThereAreAny() {
        for (int minor : new int[] {93, 103}) {
            CloudBuilder builder = at(minor);
            for (int i = 0; i < 5; i++) {
                builder.server("web" + i);
            }
            cloud = builder.start();
            drain(Orders.empty("compute1"));
            assertEquals(
                    minor > 96 ? 5 : 0, cloud.audit().of("GET", ".*/shares").size());
            cloud.close();
        }
    }

    @Test
    public void whatAUserMayNotSeeIsLeftToNova() {
        cloud = at(93).server("web1").start();
        cloud.faults().on("GET", "/os-aggregates").always().status(403, "Policy says no.");
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertFalse(bench.text(), bench.text().contains("os-aggregates"));
    }
}
