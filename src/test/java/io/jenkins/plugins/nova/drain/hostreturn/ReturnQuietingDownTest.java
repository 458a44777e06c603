package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** While the controller prepares for shutdown a host that is fit is opened, and no server is booted on it. */
public class ReturnQuietingDownTest {

    private static final Duration LONG = Duration.ofHours(3);
    private static final CanaryOrder SMALL = new CanaryOrder("11111111-1111-4111-8111-111111111111", "1", null);

    private SimulatedCloud cloud;
    private ReturnBench bench;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .start();
        bench = new ReturnBench(cloud);
        bench.quiet = true;
    }

    @After
    public void close() {
        cloud.close();
    }

    private int said(String line) {
        return (int) bench.console.stream().filter(one -> one.startsWith(line)).count();
    }

    @Test
    public void aHostThatIsFitIsOpened() {
        assertEquals(ReturnOutcome.READY, bench.begin(null).finish(LONG).outcome());
        assertTrue(cloud.enabled("compute1"));
        assertEquals(bench.text(), 1, said("The controller prepares for shutdown: nothing new is begun."));
    }

    @Test
    public void aCanaryWaitsUntilItIsCancelledHoweverLongThatTakes() {
        bench.begin(SMALL);
        Instant later = bench.executor.clock().instant().plus(Duration.ofHours(2));
        bench.until(() -> bench.executor.clock().instant().isAfter(later), LONG);
        assertNull(bench.text(), bench.runner.state().canary());
        assertFalse(cloud.enabled("compute1"));
        bench.quiet = false;
        assertEquals(bench.text(), ReturnOutcome.READY, bench.finish(LONG).outcome());
        assertEquals(bench.text(), 1, said("The controller prepares for shutdown no more: going on."));
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void aCanaryThatIsAtWorkIsSeenToItsEnd() {
        bench.quiet = false;
        bench.begin(SMALL).until(() -> bench.runner.state().canary() != null, LONG);
        bench.quiet = true;
        assertEquals(bench.text(), ReturnOutcome.READY, bench.finish(LONG).outcome());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void itGoesOnAfterTheRestart() {
        bench.begin(SMALL);
        bench.until(() -> !bench.saved.isEmpty(), LONG);
        bench.executor.shutdown();
        ReturnBench after = new ReturnBench(cloud).resume(bench.saved.get(bench.saved.size() - 1));
        assertEquals(after.text(), ReturnOutcome.READY, after.finish(LONG).outcome());
        assertTrue(after.text(), after.text().contains("prepares for shutdown no more"));
    }
}
