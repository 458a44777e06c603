package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** A budget of hosts in maintenance, held against the simulated cloud before the cordon and behind it. */
public class BudgetDrainTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final Budget ONE = new Budget(1, 0, null);

    private SimulatedCloud cloud = SimulatedCloud.builder()
            .host("compute1")
            .server("web1")
            .host("compute2")
            .host("compute3")
            .start();

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench drain(Orders orders) {
        return new DrainBench(cloud).begin(orders.make());
    }

    @Test
    public void aSecondHostIsRefusedBeforeItsCordon() {
        assertEquals(
                HostOutcome.DONE,
                drain(Orders.empty("compute1").within(ONE)).finish(LONG).outcome());
        DrainState last = drain(Orders.empty("compute2").within(ONE)).finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().startsWith("budget.maxAway: with 'compute2' 2 of the 3 hosts"));
        assertTrue(last.message(), last.message().contains("compute1 (disabled: nova-maintenance: ops/maintenance#7)"));
        assertTrue(cloud.enabled("compute2"));
    }

    @Test
    public void theSameHostMayBeDrainedAgain() {
        drain(Orders.empty("compute1").within(ONE)).finish(LONG);
        assertEquals(
                HostOutcome.DONE,
                drain(Orders.empty("compute1").within(ONE)).finish(LONG).outcome());
    }

    /** Somebody cordons another host between the check and the own cordon. */
    private DrainBench overtaken() {
        DrainBench bench = drain(Orders.empty("compute1").within(ONE));
        bench.until(() -> bench.runner.state().phase() == Phase.CORDON, LONG);
        disable("compute3", "another build");
        return bench;
    }

    private void disable(String host, String reason) {
        DrainBench operator = new DrainBench(cloud);
        operator.nova().computeServices().stream()
                .filter(service -> service.host().equals(host))
                .forEach(service -> operator.nova().disableService(service.id(), reason));
    }

    @Test
    public void oneTooManyBehindTheCordonTakesItBack() {
        DrainBench bench = overtaken();
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().contains("compute3 (disabled: another build)"));
        assertTrue(last.message(), last.message().endsWith("The cordon was taken back."));
        assertTrue(cloud.enabled("compute1"));
        assertFalse("what others have cordoned stays", cloud.enabled("compute3"));
        assertNull(last.cordon());
        assertEquals("nothing was moved", 1, cloud.serversOn("compute1").size());
    }

    /** As it is saved before the cordon is taken back. */
    private static String backingOut(DrainBench bench) {
        bench.until(
                () -> bench.saved.stream()
                        .anyMatch(text -> DrainCodec.read(text).phase() == Phase.BACK_OUT),
                LONG);
        return bench.saved.stream()
                .filter(text -> DrainCodec.read(text).phase() == Phase.BACK_OUT)
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void aCordonThatSomebodyElseHasWrittenOverStays() {
        DrainBench bench = overtaken();
        String text = backingOut(bench);
        bench.runner.suspend();
        disable("compute1", "disk is dying");
        DrainState last = new DrainBench(cloud).resume(text).finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(
                last.message(),
                last.message().contains("somebody else has disabled the host meanwhile (disk is dying)"));
        assertEquals(ServiceChange.State.FOUND, last.cordon().state());
        assertFalse(cloud.enabled("compute1"));
    }

    @Test
    public void aControllerThatStopsWhileBackingOutGoesOnBackingOut() {
        DrainBench bench = overtaken();
        String text = backingOut(bench);
        bench.runner.suspend();
        DrainState last = new DrainBench(cloud).resume(text).finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(last.message(), last.message().endsWith("The cordon was taken back."));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void anAbortedBuildStillTakesItsCordonBack() {
        DrainBench bench = overtaken();
        bench.until(() -> bench.runner.state().phase() == Phase.BACK_OUT || bench.last != null, LONG);
        bench.runner.stop("aborted by the test");
        DrainState last = bench.finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aSpareIsAskedFor() {
        DrainState last =
                drain(Orders.empty("compute1").within(new Budget(0, 3, null))).finish(LONG);
        assertEquals(HostOutcome.REFUSED, last.outcome());
        assertTrue(
                last.message(),
                last.message()
                        .contains("2 (compute2, compute3) besides 'compute1' is enabled, up and without a server"));
        assertEquals(
                HostOutcome.DONE,
                drain(Orders.empty("compute1").within(new Budget(0, 2, null)))
                        .finish(LONG)
                        .outcome());
    }

    @Test
    public void aDeadHostIsRescuedWhateverTheBudget() {
        disable("compute3", "another build");
        cloud.kill("compute1");
        DrainBench bench =
                drain(Orders.empty("compute1").fenced().allowDiskLoss("*").within(ONE));
        assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
    }
}
