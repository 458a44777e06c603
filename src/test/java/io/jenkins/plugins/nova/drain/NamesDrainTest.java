package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

/** A tenant's choice of a name gives nobody a permission, and takes none away from the server that was meant. */
public class NamesDrainTest {

    private static final Duration LONG = Duration.ofHours(4);
    private static final String OURS = "aaaaaaaa-0000-4000-8000-00000000000a";
    private static final String THEIRS = "bbbbbbbb-0000-4000-8000-00000000000b";
    private static final String DELETED = "dddddddd-0000-4000-8000-00000000000d";

    private SimulatedCloud cloud;

    @After
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder()
                .user("mallory", "secret", "evil", "member")
                .host("compute2")
                .host("compute1");
    }

    private DrainBench drain(Orders orders) {
        DrainBench bench = new DrainBench(cloud).begin(orders.make());
        bench.finish(LONG);
        return bench;
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text + "\nlacks " + part, text.contains(part));
        }
    }

    private ServerState with(DrainBench bench, String id) {
        return bench.last.server(id).orElseThrow(() -> new AssertionError(bench.text()));
    }

    @Test
    public void aNameOfTwoServersIsRefusedBeforeAnythingIsChanged() {
        Map<String, Orders> parameters = Map.of(
                "allowDiskLoss",
                Orders.empty("compute1").fenced().allowDiskLoss("scratch"),
                "approve",
                Orders.empty("compute1").approve("scratch"));
        parameters.forEach((parameter, orders) -> {
            cloud = hosts().server("scratch", s -> s.id(OURS))
                    .server("scratch", s -> s.id(THEIRS).owner("mallory"))
                    .start();
            if (parameter.equals("allowDiskLoss")) {
                cloud.kill("compute1");
            }
            DrainBench bench = drain(orders);
            assertEquals(bench.text(), HostOutcome.REFUSED, bench.last.outcome());
            has(bench.last.message(), parameter + ": 'scratch'", OURS + " (project ", THEIRS + " (project ");
            assertTrue("nothing was changed", cloud.audit().changes().isEmpty());
            cloud.close();
        });
    }

    @Test
    public void ofTwoServersOfANameTheOneWhoseIdIsGivenIsRebuilt() {
        cloud = hosts().server("scratch", s -> s.id(OURS))
                .server("scratch", s -> s.id(THEIRS).owner("mallory"))
                .start();
        cloud.kill("compute1");
        DrainBench bench = drain(Orders.empty("compute1").fenced().allowDiskLoss(OURS));
        assertEquals(bench.text(), Outcome.REBUILT, with(bench, OURS).outcome());
        assertEquals(Outcome.BLOCKED, with(bench, THEIRS).outcome());
        assertEquals(1, cloud.audit().actions("evacuate").size());
    }

    @Test
    public void theConsoleSaysWhichServerANameMeant() {
        cloud = hosts().server("scratch", s -> s.id(OURS).metadata("maintenance", "ask"))
                .start();
        DrainBench bench = drain(Orders.empty("compute1").approve("scratch", "typo"));
        assertEquals(bench.text(), Outcome.MOVED, with(bench, OURS).outcome());
        has(bench.text(), "approve: 'scratch' is server " + OURS + " (project ", "no server of this plan is 'typo'");
    }

    /** The permission was for the server that was there at the plan, whoever calls his so later. */
    @Test
    public void aServerThatComesLaterAndHasTheNameIsNotPermitted() {
        cloud = hosts().server("slow", s -> s.behaviour(b -> b.liveSeconds(300)))
                .server("asks", s -> s.id(OURS).metadata("maintenance", "ask"))
                .server(
                        "asks",
                        s -> s.id(THEIRS).owner("mallory").on("compute2").metadata("maintenance", "ask"))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).approve("asks").make());
        bench.until(() -> bench.runner.state().phase() == Phase.MOVE, LONG);
        bench.nova().liveMigrateUnscheduled(THEIRS, "compute1");
        bench.finish(LONG);
        assertEquals(bench.text(), Outcome.MOVED, with(bench, OURS).outcome());
        assertEquals(bench.text(), Outcome.BLOCKED, with(bench, THEIRS).outcome());
        assertEquals("approve", with(bench, THEIRS).override());
    }

    @Test
    public void aPermissionByIdHoldsForAServerThatComesLater() {
        cloud = hosts().server("slow", s -> s.behaviour(b -> b.liveSeconds(300)))
                .server("asks", s -> s.id(OURS).on("compute2").metadata("maintenance", "ask"))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).approve(OURS).make());
        bench.until(() -> bench.runner.state().phase() == Phase.MOVE, LONG);
        bench.nova().liveMigrateUnscheduled(OURS, "compute1");
        bench.finish(LONG);
        assertEquals(bench.text(), Outcome.MOVED, with(bench, OURS).outcome());
    }

    /** The process may die between plan and move: what a name stood for is not asked for anew. */
    @Test
    public void aRestartDoesNotWidenAPermission() {
        cloud = hosts().server("slow", s -> s.behaviour(b -> b.liveSeconds(300)))
                .server("asks", s -> s.id(OURS).metadata("maintenance", "ask"))
                .server(
                        "asks",
                        s -> s.id(THEIRS).owner("mallory").on("compute2").metadata("maintenance", "ask"))
                .start();
        DrainBench first = new DrainBench(cloud)
                .begin(Orders.empty("compute1").concurrency(1).approve("asks").make());
        first.until(() -> first.runner.state().phase() == Phase.MOVE, LONG);
        first.executor.shutdown();
        first.nova().liveMigrateUnscheduled(THEIRS, "compute1");
        cloud.advance(Duration.ofMinutes(2));
        DrainBench second = new DrainBench(cloud).resume(first.saved.get(first.saved.size() - 1));
        second.finish(LONG);
        assertEquals(second.text(), Outcome.MOVED, with(second, OURS).outcome());
        assertEquals(second.text(), Outcome.BLOCKED, with(second, THEIRS).outcome());
    }

    /** The second of the name comes between the look before the cordon and the plan behind it. */
    @Test
    public void aNameThatBecomesTwoBeforeThePlanIsRefusedAndTheCordonTakenBack() {
        cloud = hosts().server("asks", s -> s.id(OURS).metadata("maintenance", "ask"))
                .server("asks", s -> s.id(THEIRS).owner("mallory").on("compute2"))
                .start();
        DrainBench bench = new DrainBench(cloud)
                .begin(Orders.empty("compute1").approve("asks").make());
        bench.until(() -> bench.runner.state().phase() == Phase.CORDON, LONG);
        bench.nova().liveMigrateUnscheduled(THEIRS, "compute1");
        cloud.advance(Duration.ofMinutes(2));
        bench.finish(LONG);
        assertEquals(bench.text(), HostOutcome.REFUSED, bench.last.outcome());
        has(bench.last.message(), "approve: 'asks' is the name of 2 servers", THEIRS, "The cordon was taken back.");
        assertEquals(
                "only the tenant's own move",
                1,
                cloud.audit().actions("os-migrateLive").size());
        assertTrue(cloud.enabled("compute1"));
    }

    @Test
    public void chosenServersOfOneNameAreNoMoreToldApartByIt() {
        cloud = hosts().server("asks", s -> s.id(OURS).metadata("maintenance", "ask"))
                .server("asks", s -> s.id(THEIRS).owner("mallory").metadata("maintenance", "ask"))
                .start();
        DrainBench bench = drain(Orders.of(Route.LIVE, OURS, THEIRS).approve("asks"));
        assertEquals(bench.text(), HostOutcome.REFUSED, bench.last.outcome());
        has(bench.last.message(), "approve: 'asks' is the name of 2 servers");
        bench = drain(Orders.of(Route.LIVE, OURS, THEIRS).approve(OURS));
        assertEquals(Outcome.MOVED, with(bench, OURS).outcome());
        assertEquals(Outcome.BLOCKED, with(bench, THEIRS).outcome());
    }

    @Test
    public void theIdOfADeletedServerIsNotTakenForAnothersName() {
        cloud = hosts().server(DELETED, s -> s.id(THEIRS).owner("mallory")).start();
        for (Route route : List.of(Route.LIVE, Route.COLD, Route.CONFIRM, Route.REVERT)) {
            DrainBench bench = drain(Orders.of(route, DELETED));
            assertEquals(bench.text(), HostOutcome.REFUSED, bench.last.outcome());
            has(bench.last.message(), "there is no server with the id or exact name '" + DELETED + "'");
        }
        DrainBench host = drain(Orders.empty("compute1").approve(DELETED));
        assertEquals(HostOutcome.DONE, host.last.outcome());
        has(host.text(), "approve: no server of this plan is '" + DELETED + "'");
        assertEquals(1, cloud.audit().actions("os-migrateLive").size());
    }

    /** The server is there at the first build and deleted at the second; another has taken its id for a name. */
    @Test
    public void aServerThatIsDeletedIsGoneWhateverOthersCallTheirs() {
        cloud = hosts().server("web1", s -> s.id(OURS)).start();
        DrainBench bench = new DrainBench(cloud);
        bench.nova().deleteServer(OURS);
        cloud.advance(Duration.ofMinutes(1));
        bench.nova()
                .createServer(new NewServer(OURS, "11111111-1111-4111-8111-111111111111", "1", null, null, Map.of()));
        cloud.advance(Duration.ofMinutes(1));
        bench.begin(Orders.of(Route.LIVE, OURS).make()).finish(LONG);
        assertEquals(bench.text(), Outcome.GONE, with(bench, OURS).outcome());
        assertFalse(
                bench.text(),
                cloud.audit().changes().stream().anyMatch(change -> "os-migrateLive".equals(change.action())));
    }

    @Test
    public void aServerNamedTwiceIsToldWithItsProjects() {
        cloud = hosts().server("web1", s -> s.id(OURS))
                .server("web1", s -> s.id(THEIRS).owner("mallory"))
                .start();
        DrainBench bench = drain(Orders.of(Route.LIVE, "web1"));
        assertEquals(HostOutcome.REFUSED, bench.last.outcome());
        has(bench.last.message(), OURS, THEIRS, "project " + with(cloud, bench, THEIRS));
    }

    private static String with(SimulatedCloud cloud, DrainBench bench, String id) {
        return bench.nova().server(id).projectId();
    }
}
