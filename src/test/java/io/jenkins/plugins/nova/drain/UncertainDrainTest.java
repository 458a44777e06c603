package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** What a drain does when answers, requests, the saved state or the whole cloud are lost (laws 2 and 4), in driven time. */
public class UncertainDrainTest {

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
    public void anAnswerThatIsLostIsLookedUpAndNothingIsSentTwice() {
        cloud = DrainBench.mixedCloud();
        cloud.faults()
                .on("POST", ".*/servers/.*/action")
                .action("os-migrateLive")
                .nth(1)
                .dropAfterActing();
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertEquals(3, cloud.audit().actions("os-migrateLive").size());
        assertTrue(bench.text(), bench.text().contains("looking for its trace"));
    }

    @Test
    public void aRequestThatIsLostIsSentAgainOnceItIsProvenToHaveDoneNothing() {
        cloud = DrainBench.mixedCloud();
        cloud.faults()
                .on("POST", ".*/servers/.*/action")
                .action("os-migrateLive")
                .nth(1)
                .drop();
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm());
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        ServerState again = bench.last.servers().stream()
                .filter(server -> server.attempts() == 2)
                .findFirst()
                .orElseThrow();
        assertTrue(
                again.toString(),
                Duration.between(again.started(), again.ended()).compareTo(Limits.NO_TRACE) > 0);
    }

    @Test
    public void aRestartAtEverySavedStateEndsTheSameAndSendsNothingTwice() {
        cloud = DrainBench.mixedCloud();
        DrainBench whole = drain(Orders.empty("compute1").autoConfirm());
        whole.finish(LONG);
        int saves = whole.saved.size();
        cloud.close();
        for (int k = 1; k < saves; k++) {
            cloud = DrainBench.mixedCloud();
            int stopAt = k;
            DrainBench first = drain(Orders.empty("compute1").autoConfirm());
            first.until(() -> first.saved.size() >= stopAt, LONG);
            first.executor.shutdown();
            DrainBench second = new DrainBench(cloud);
            second.resume(first.saved.get(stopAt - 1));
            DrainState last = second.finish(LONG);
            assertEquals("restart at save " + k + "\n" + second.text(), HostOutcome.DONE, last.outcome());
            assertEquals(4, last.servers().size());
            assertEquals(3, cloud.audit().actions("os-migrateLive").size());
            assertEquals(1, cloud.audit().actions("migrate").size());
            assertEquals(
                    "restart at save " + k + "\n" + second.text(),
                    1,
                    cloud.audit().actions("confirmResize").size());
            cloud.close();
        }
    }

    @Test
    public void nothingIsSentWhenTheStateCannotBeSaved() {
        cloud = DrainBench.mixedCloud();
        DrainBench bench = new DrainBench(cloud);
        bench.savesFail = true;
        bench.begin(Orders.empty("compute1").make());
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().contains("disk full"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aCloudThatGoesAwayIsWaitedForAndThenReported() {
        cloud = DrainBench.mixedCloud();
        DrainBench bench = drain(Orders.empty("compute1").concurrency(1));
        bench.untilServer("paused1", ServerState::underWay);
        cloud.disconnect();
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.INCOMPLETE, last.outcome());
        assertEquals(Outcome.UNKNOWN, bench.server("paused1").outcome());
        assertEquals(Outcome.NOT_STARTED, bench.server("web1").outcome());
    }

    @Test
    public void aShortOutageIsRiddenOut() {
        cloud = DrainBench.mixedCloud();
        DrainBench bench = drain(Orders.empty("compute1").autoConfirm());
        bench.untilServer("paused1", ServerState::underWay);
        cloud.disconnect();
        bench.until(() -> bench.runner.state().trouble() != null, LONG);
        cloud.reconnect();
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
        assertTrue(bench.text(), bench.text().contains("answers again"));
    }
}
