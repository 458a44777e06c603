package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A closed host is opened, or not, by what is known of the one in whose name it is closed. */
public class ReturnHolderTest {

    private static final Duration LONG = Duration.ofHours(2);
    private static final String STRANGER = "of which this controller knows nothing";

    private SimulatedCloud cloud;
    private ReturnBench bench;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder().host("compute2").host("compute1").start();
        bench = new ReturnBench(cloud);
    }

    @After
    public void close() {
        cloud.close();
    }

    private ReturnState returned(Holding holding) {
        bench.holders = claim -> holding;
        return bench.begin(null).finish(LONG);
    }

    @Test
    public void oneThatIsAtWorkKeepsIt() {
        ReturnState last = returned(Holding.RUNNING);
        assertEquals(bench.text(), ReturnOutcome.NOT_READY, last.outcome());
        assertTrue(last.failure(), last.failure().startsWith("it is held by " + ReturnBench.BY));
        assertFalse(cloud.enabled("compute1"));
        assertEquals("its reason is left alone", Claim.PREFIX + ReturnBench.BY, cloud.disabledReason("compute1"));
    }

    @Test
    public void oneThatHasEndedDoesNot() {
        assertEquals(ReturnOutcome.READY, returned(Holding.ENDED).outcome());
        assertTrue(cloud.enabled("compute1"));
        assertFalse(bench.text(), bench.text().contains(STRANGER));
    }

    /** Its build may be deleted long since, or another controller's. */
    @Test
    public void oneOfWhomNothingIsKnownIsTold() {
        assertEquals(ReturnOutcome.READY, returned(Holding.UNKNOWN).outcome());
        assertTrue(cloud.enabled("compute1"));
        String told = "Note: compute1 was cordoned by " + ReturnBench.BY + ", " + STRANGER;
        assertEquals(bench.text(), 2, bench.text().split(told, -1).length);
    }
}
