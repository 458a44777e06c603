package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** Rebuilding the servers of a dead host (law 9), in driven time. */
public class DeadHostDrainTest {

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

    @Test
    public void aDeadHostNeedsFencingToBeSaid() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.down())
                .server("db1", s -> s.volumeBacked())
                .start();
        DrainBench bench = drain(Orders.empty("compute1"));
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("fenced: true"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aDeadAndFencedHostIsForcedDownCordonedAndRebuilt() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("db1", s -> s.volumeBacked())
                .server("web1")
                .server("web2")
                .start();
        cloud.kill("compute1");
        DrainBench bench = drain(Orders.empty("compute1").fenced().allowDiskLoss("web2"));
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, last.outcome());
        assertEquals(Outcome.REBUILT, bench.server("db1").outcome());
        assertEquals(Outcome.REBUILT, bench.server("web2").outcome());
        assertEquals(Outcome.BLOCKED, bench.server("web1").outcome());
        assertTrue(bench.server("web1").hint(), bench.server("web1").hint().contains("allowDiskLoss"));
        assertEquals("compute2", cloud.server("db1").host());
        assertFalse(cloud.enabled("compute1"));
        assertTrue(last.message(), last.message().contains("start nova-compute there once"));
        assertNull(bench.bug);
    }

    @Test
    public void aHostThatStillReportsIsNotFencedWhateverIsSaid() {
        cloud = DrainBench.mixedCloud();
        DrainBench bench = drain(Orders.empty("compute1").fenced());
        assertEquals(HostOutcome.REFUSED, bench.finish(LONG).outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("the host is alive"));
        assertTrue(cloud.audit().changes().isEmpty());
    }
}
