package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** What a new process makes of a state that is old by then. */
public class RestartTest {

    private static final Duration LONG = Duration.ofHours(8);

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    /** The controller was away for longer than a cordon may take to show; nobody looked in that time. */
    @Test
    public void aCordonThatWasNeverSentIsSentAfterALongAbsence() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        DrainBench first = goesAwayIn(Orders.empty("compute1"), Phase.CORDON);
        DrainBench second = new DrainBench(cloud).resume(first.saved.get(first.saved.size() - 1));
        assertEquals(second.text(), HostOutcome.DONE, second.finish(LONG).outcome());
        assertEquals(List.of(), cloud.serversOn("compute1"));
    }

    @Test
    public void forcingDownToo() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", h -> h.down())
                .server("web1", s -> s.volumeBacked())
                .start();
        DrainBench first = goesAwayIn(Orders.empty("compute1").fenced(), Phase.FORCE_DOWN);
        DrainBench second = new DrainBench(cloud).resume(first.saved.get(first.saved.size() - 1));
        assertEquals(second.text(), HostOutcome.DONE, second.finish(LONG).outcome());
    }

    /** Dies once it has saved that it is about to change the service, before it does. */
    private DrainBench goesAwayIn(Orders orders, Phase phase) {
        cloud.faults().on("PUT", "/os-services/").drop();
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.until(() -> !bench.saved.isEmpty() && saved(bench).phase() == phase, LONG);
        bench.executor.shutdown();
        cloud.faults().clear();
        cloud.advance(Limits.SERVICE_CHANGE.multipliedBy(10));
        return bench;
    }

    private static DrainState saved(DrainBench bench) {
        return DrainCodec.read(bench.saved.get(bench.saved.size() - 1));
    }
}
