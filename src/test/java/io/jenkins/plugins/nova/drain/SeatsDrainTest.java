package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** Servers go to their seats on the simulated cloud, and where the scheduler chooses when a seat is not to be had. */
public class SeatsDrainTest {

    private static final Duration LONG = Duration.ofHours(8);

    private final SimulatedCloud cloud = DrainBench.mixedCloud();

    @After
    public void close() {
        cloud.close();
    }

    private DrainBench drain(Map<String, String> seats) {
        return new DrainBench(cloud)
                .begin(Orders.empty("compute1").autoConfirm().seated(seats).make());
    }

    private Map<String, String> seats(String host) {
        return Map.of(
                cloud.id("web1"), host,
                cloud.id("web2"), host,
                cloud.id("paused1"), host,
                cloud.id("off1"), host);
    }

    @Test
    public void eachServerGoesToItsSeat() {
        for (String host : List.of("compute2", "compute3")) {
            try (SimulatedCloud other = DrainBench.mixedCloud()) {
                Map<String, String> seats = Map.of(other.id("web1"), host, other.id("off1"), host);
                DrainBench bench = new DrainBench(other)
                        .begin(Orders.empty("compute1")
                                .autoConfirm()
                                .seated(seats)
                                .make());
                assertEquals(bench.text(), HostOutcome.DONE, bench.finish(LONG).outcome());
                assertEquals(host, other.server("web1").host());
                assertEquals("cold too", host, other.server("off1").host());
                assertTrue(bench.text(), bench.text().contains("web1: live migration to " + host + " taken by Nova"));
            }
        }
    }

    /** A host that is disabled is left out by the scheduler, as is one that is full; of one that is down Nova says so at once. */
    @Test
    public void aSeatOnAHostThatIsNotToBeHadIsTheSchedulersChoice() {
        new DrainBench(cloud)
                .nova().computeServices().stream()
                        .filter(service -> service.host().equals("compute3"))
                        .forEach(service -> new DrainBench(cloud).nova().disableService(service.id(), "memory errors"));
        refused("compute3", "compute2");
    }

    @Test
    public void aSeatOnAHostThatHasDiedIsTheSchedulersChoice() {
        cloud.kill("compute3");
        cloud.advance(Duration.ofMinutes(3));
        refused("compute3", "compute2");
    }

    @Test
    public void aSeatOnAHostThatIsNotThereIsTheSchedulersChoice() {
        refused("compute9", "compute2", "compute3");
    }

    private void refused(String host, String... fits) {
        List<String> fit = List.of(fits);
        DrainBench bench = drain(seats(host));
        DrainState last = bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.DONE, last.outcome());
        for (String name : List.of("web1", "web2", "paused1", "off1")) {
            assertTrue(name, fit.contains(cloud.server(name).host()));
            ServerState server = bench.server(name);
            assertNotNull(bench.text(), server.seatRefused());
            assertEquals("the try with its seat does not count", 1, server.attempts());
            assertEquals(
                    bench.text(),
                    1,
                    bench.console.stream()
                            .filter(line -> line.startsWith(
                                    name + ": it is not taken to its seat " + host + ", so the scheduler chooses: "))
                            .count());
        }
        assertFalse(
                "it says nothing of load: " + bench.text(), bench.text().contains("could not be moved beside others"));
    }

    @Test
    public void whatCameLaterHasNoSeat() {
        DrainBench bench = drain(Map.of(cloud.id("web1"), "compute3"));
        bench.finish(LONG);
        assertEquals("compute3", cloud.server("web1").host());
        assertNull(bench.server("web2").seatRefused());
    }

    /** The seats are in the saved state, and a controller that dies goes on with them. */
    @Test
    public void seatsOutliveTheController() {
        DrainBench bench = drain(seats("compute3"));
        bench.until(() -> !bench.saved.isEmpty(), LONG);
        bench.runner.suspend();
        DrainBench other = new DrainBench(cloud).resume(bench.saved.get(0));
        assertEquals(HostOutcome.DONE, other.finish(LONG).outcome());
        assertEquals(4, cloud.serversOn("compute3").size());
    }
}
