package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.filter.LeaveFilter;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** Servers that go down with their host because their owners agreed, and resizes that are nobody's but their owners'. */
public class LeaveDrainTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final String TWIN = "11111111-0000-4000-8000-00000000000";

    private SimulatedCloud cloud;

    @After
    public void close() {
        cloud.close();
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host("compute3").host("compute1");
    }

    private DrainBench run(CloudBuilder builder, Orders orders) {
        cloud = builder.start();
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.finish(LONG);
        return bench;
    }

    private static CloudBuilder withErp(String status) {
        return hosts().server("web1").server("erp", server -> server.status(status));
    }

    /** Whatever state it is in: that of a server which could be moved, and those of servers which could not. */
    @Test
    public void aHostWithNothingButThemIsDoneAndSaysSo() {
        for (String status : new String[] {"ACTIVE", "SUSPENDED", "SHUTOFF", "ERROR"}) {
            DrainBench bench = run(withErp(status), Orders.empty("compute1").leaving("erp"));
            assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
            assertEquals(Outcome.SKIPPED, bench.server("erp").outcome());
            assertEquals(LeaveFilter.REASON, bench.server("erp").reason());
            assertEquals(Outcome.MOVED, bench.server("web1").outcome());
            assertEquals("compute1", cloud.server("erp").host());
            assertEquals(0, cloud.audit().actionsOf(cloud.id("erp")).size());
            assertTrue(
                    bench.last.message(),
                    bench.last
                            .message()
                            .startsWith(
                                    "Host compute1 is empty but for 1 server that may stay (leave): 1 server dealt"));
            assertTrue(bench.last.message(), bench.last.message().contains("erp (" + cloud.id("erp") + "): SKIPPED"));
            cloud.close();
        }
    }

    @Test
    public void anotherThatStaysKeepsItFromBeingDone() {
        DrainBench bench = run(
                withErp("ACTIVE").server("asleep", server -> server.status("SUSPENDED")),
                Orders.empty("compute1").leaving("erp"));
        assertEquals(bench.text(), HostOutcome.INCOMPLETE, bench.last.outcome());
        assertTrue(bench.last.message(), bench.last.message().contains("1 of 3 servers could not be moved"));
        assertFalse(bench.last.message(), bench.last.message().contains("left there as their owners want it"));
    }

    /** The plan is another one, so that what was approved without them is not carried out with them. */
    @Test
    public void itIsInThePlan() {
        DrainBench with =
                run(withErp("ACTIVE"), Orders.empty("compute1").leaving("erp").dryRun());
        assertEquals(HostOutcome.PLANNED, with.last.outcome());
        String hash = with.last.planHash();
        cloud.close();
        DrainBench without = run(withErp("ACTIVE"), Orders.empty("compute1").dryRun());
        assertFalse(hash.equals(without.last.planHash()));
    }

    @Test
    public void aNameThatFitsSeveralIsRefusedWithIdsAndProjects() {
        DrainBench bench = run(
                hosts().server("erp", server -> server.id(TWIN + "1")).server("erp", server -> server.id(TWIN + "2")),
                Orders.empty("compute1").leaving("erp"));
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        String words = bench.last.message();
        assertTrue(
                words, words.startsWith("leave: 'erp' is the name of 2 servers, and names are their owners' choice;"));
        assertTrue(words, words.contains(TWIN + "1 (project ") && words.contains(TWIN + "2 (project "));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void oneOfTwinsIsNamedByItsId() {
        DrainBench bench = run(
                hosts().server("erp", server -> server.id(TWIN + "1")).server("erp", server -> server.id(TWIN + "2")),
                Orders.empty("compute1").leaving(TWIN + "1"));
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertEquals(1, cloud.serversOn("compute1").size());
        assertEquals(TWIN + "1", cloud.serversOn("compute1").get(0).id());
    }

    @Test
    public void whatIsElsewhereNeedsNoLeave() {
        DrainBench bench = run(hosts().server("web1"), Orders.empty("compute1").leaving("nosuch"));
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertTrue(bench.last.message(), bench.last.message().startsWith("Host compute1 is empty: 1 server dealt"));
    }

    @Test
    public void aDeadHostsServerMayBeLeftToo() {
        cloud = withErp("ACTIVE").start();
        cloud.kill("compute1");
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1")
                        .fenced()
                        .allowDiskLoss("*")
                        .leaving("erp")
                        .make());
        bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertEquals("compute1", cloud.server("erp").host());
        assertEquals("compute2", cloud.server("web1").host().replace('3', '2'));
    }

    // --- a dry run and the words of the real one

    @Test
    public void aDryRunOfALiveHostThatIsSaidToBeFencedIsRefusedAsTheRunIs() {
        DrainBench real = run(hosts().server("web1"), Orders.empty("compute1").fenced());
        cloud.close();
        DrainBench dry =
                run(hosts().server("web1"), Orders.empty("compute1").fenced().dryRun());
        assertEquals(HostOutcome.REFUSED, real.last.outcome());
        assertEquals(HostOutcome.REFUSED, dry.last.outcome());
        assertTrue(dry.last.message(), dry.last.message().contains("the host is alive"));
        assertEquals(withoutTimes(real.last.message()), withoutTimes(dry.last.message()));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d{4}-\\S+Z", "T");
    }

    @Test
    public void aDryRunOfADeadHostIsItsPlan() {
        cloud = hosts().server("db1", server -> server.volumeBacked()).start();
        cloud.kill("compute1");
        DrainBench dry = new DrainBench(cloud)
                .begin(Orders.empty("compute1").fenced().dryRun().make());
        dry.finish(LONG);
        assertEquals(dry.text(), HostOutcome.PLANNED, dry.last.outcome());
        assertEquals(Outcome.PLANNED, dry.server("db1").outcome());
        assertTrue(cloud.audit().changes().isEmpty());
    }

    // --- what waits in VERIFY_RESIZE anywhere

    @Test
    public void whatWaitsForLongIsConfirmedOnAllHostsAndOwnersResizesAreNot() {
        cloud = hosts().host("compute4")
                .server("moved1", server -> server.on("compute1"))
                .server("moved2", server -> server.on("compute3"))
                .server("resized", server -> server.on("compute1"))
                .server("late", server -> server.on("compute2"))
                .start();
        DrainBench bench = new DrainBench(cloud);
        bench.nova().migrate(cloud.id("moved1"), null);
        bench.nova().migrate(cloud.id("moved2"), null);
        assertEquals(
                202,
                TestClient.as(cloud, "admin")
                        .act(cloud.id("resized"), "{'resize':{'flavorRef':'2'}}")
                        .status());
        cloud.advance(Duration.ofHours(25));
        bench.nova().migrate(cloud.id("late"), null);
        cloud.advance(Duration.ofMinutes(10));
        bench = new DrainBench(cloud)
                .begin(Orders.of(Route.CONFIRM).olderThan(Duration.ofHours(24)).make());
        bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.DONE, bench.last.outcome());
        assertEquals(2, bench.last.servers().size());
        assertEquals(Outcome.CONFIRMED, bench.server("moved1").outcome());
        assertEquals(Outcome.CONFIRMED, bench.server("moved2").outcome());
        assertEquals("VERIFY_RESIZE", cloud.server("late").status());
        assertEquals("VERIFY_RESIZE", cloud.server("resized").status());
    }

    @Test
    public void nothingThatWaitsIsNothingToDo() {
        DrainBench bench = run(hosts().server("web1"), Orders.of(Route.CONFIRM).olderThan(Duration.ofHours(24)));
        assertEquals(HostOutcome.DONE, bench.last.outcome());
        assertEquals("Nothing was to be done.", bench.last.message());
    }
}
