package io.jenkins.plugins.nova.plan.order;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Expected;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Test;

/** In which order servers go, and how long that is likely to take. */
public class ForecastTest {

    /** A GiB takes ten seconds. */
    private static final Rates RATE = new Rates((1L << 30) / 10);

    private static Servers live(String name, int gibibytes) {
        return Servers.named(name).fromVolume().flavor(1024L * gibibytes, 0, 0, 0);
    }

    private static Servers cold(String name, int gibibytes) {
        return Servers.named(name).is("SHUTOFF", "stopped").flavor(64, gibibytes, 0, 0);
    }

    private static Plan plan(Estate estate, int concurrency, Server... servers) {
        return Filters.planner()
                .plan(
                        "compute1",
                        List.of(servers),
                        new PlanContext(Wish.of(Route.BY_STATE), estate),
                        concurrency,
                        RATE);
    }

    private static List<String> names(Plan plan) {
        return plan.servers().stream().map(planned -> planned.server().name()).toList();
    }

    private static Expected of(Plan plan, String name) {
        return plan.servers().stream()
                .filter(planned -> planned.server().name().equals(name))
                .findFirst()
                .orElseThrow()
                .expected();
    }

    @Test
    public void theQuickestOfEachKindProvesTheWayThenTheLongestGoFirst() {
        Plan plan = plan(
                Estate.UNKNOWN,
                2,
                live("l2", 2).make(),
                cold("c9", 9).make(),
                live("l1", 1).make(),
                cold("c1", 1).make(),
                Servers.named("a-held").is("SUSPENDED", "suspended").make(),
                live("l8", 8).make());
        assertEquals(List.of("l1", "c1", "c9", "l8", "l2", "a-held"), names(plan));
    }

    @Test
    public void theOrderDependsOnNothingButTheServers() {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            servers.add((i % 3 == 0 ? cold("s" + i, i % 4) : live("s" + i, i % 5 + 1)).make());
        }
        List<String> order = names(plan(Estate.UNKNOWN, 3, servers.toArray(Server[]::new)));
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(servers, new Random(seed));
            assertEquals(order, names(plan(Estate.UNKNOWN, 3, servers.toArray(Server[]::new))));
        }
    }

    @Test
    public void membersOfAnAntiAffinityGroupAreKeptApart() {
        Estate group = Estates.group(Estate.UNKNOWN, "anti-affinity", 1, Map.of("m1", "compute1", "m2", "compute1"));
        Plan plan = plan(
                group,
                2,
                live("a", 1).make(),
                live("m1", 8).make(),
                live("m2", 8).make(),
                live("b", 2).make());
        assertEquals(List.of("a", "m1", "b", "m2"), names(plan));
    }

    @Test
    public void aMemberWaitsForTheOneBeforeIt() {
        Estate group = Estates.group(Estate.UNKNOWN, "anti-affinity", 1, Map.of("m1", "compute1", "m2", "compute1"));
        Plan plan = plan(group, 2, live("m1", 1).make(), live("m2", 1).make());
        assertEquals(of(plan, "m1").end(), of(plan, "m2").start());
    }

    @Test
    public void oneAtATimeTakesTheSumOfAll() {
        Plan plan = plan(Estate.UNKNOWN, 1, live("a", 1).make(), live("b", 3).make());
        assertEquals(Duration.ofSeconds(20), of(plan, "a").takes());
        assertEquals(Duration.ofSeconds(20), of(plan, "b").start());
        assertEquals(Duration.ofSeconds(60), plan.expected());
    }

    @Test
    public void twoAtATimeShareTheLinkAndHideWhatIsRoundACopy() {
        Plan plan = plan(Estate.UNKNOWN, 2, live("a", 1).make(), live("b", 3).make());
        assertEquals(Duration.ZERO, of(plan, "b").start());
        assertEquals("10 s and 30 s of copies, and what follows the last", Duration.ofSeconds(50), plan.expected());
    }

    @Test
    public void aFasterLinkEndsSoonerAndTheHashDoesNotMind() {
        Server server = live("a", 16).make();
        PlanContext context = new PlanContext(Wish.of(Route.BY_STATE), Estate.UNKNOWN);
        Plan slow = Filters.planner().plan("compute1", List.of(server), context, 2, RATE);
        Plan fast = Filters.planner().plan("compute1", List.of(server), context, 2, new Rates(10L << 30));
        assertTrue(fast.expected().compareTo(slow.expected()) < 0);
        assertEquals(slow.hash(), fast.hash());
    }

    @Test
    public void localDisksAreCopiedUnlessTheyAreShared() {
        Server server = cold("c", 6).make();
        Plan copied = plan(Estate.UNKNOWN, 2, server);
        assertEquals(Duration.ofSeconds(70), copied.expected());
        Plan shared = Filters.planner()
                .plan(
                        "compute1",
                        List.of(server),
                        new PlanContext(Wish.of(Route.BY_STATE).onSharedStorage(), Estate.UNKNOWN),
                        2,
                        RATE);
        assertEquals(Duration.ofSeconds(10), shared.expected());
    }

    @Test
    public void whatIsNotMovedTakesNoTime() {
        Plan plan = plan(
                Estate.UNKNOWN,
                2,
                Servers.named("held").is("SUSPENDED", "suspended").make());
        assertNull(of(plan, "held"));
        assertEquals(Duration.ZERO, plan.expected());
    }

    /** A copy takes as long as its bytes at the rate: memory of a live move, disks where they are copied. */
    @Test
    public void whatIsCopiedDependsOnTheWayAndTheStorage() {
        Server running = Servers.named("a")
                .flavor(new Flavor(null, "f", 1, 2048, 4, 0, 0, Map.of()))
                .make();
        Wish wish = Wish.of(Route.LIVE);
        Wish noBlock = wish.blockMigration(BlockMigration.FALSE);
        record Row(Wish wish, Action action, int seconds) {}
        for (Row row : List.of(
                new Row(wish, Action.LIVE, 10 + 20 + 40),
                new Row(noBlock, Action.LIVE, 10 + 20),
                new Row(wish.onSharedStorage(), Action.LIVE, 10 + 20),
                new Row(wish, Action.COLD, 10 + 20 + 40),
                new Row(noBlock, Action.COLD, 10 + 20 + 40),
                new Row(wish.onSharedStorage(), Action.COLD, 10 + 20),
                new Row(wish, Action.REBUILD, 40),
                new Row(wish, Action.CONFIRM, 10),
                new Row(wish, Action.REVERT, 10),
                new Row(wish, Action.SKIP, 0),
                new Row(wish, Action.BLOCKED, 0))) {
            Forecast forecast = new Forecast(new PlanContext(row.wish(), Estate.UNKNOWN), 1, RATE);
            assertEquals(row.toString(), Duration.ofSeconds(row.seconds()), forecast.alone(running, row.action()));
        }
    }

    /** At most so many at a time, each server once, nothing before the last member of its group ended. */
    @Test
    public void placesAndGroupsAreKeptWhateverTheSizes() {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            int concurrency = 1 + random.nextInt(4);
            Map<String, String> members = Map.of("s1", "compute1", "s3", "compute1", "s5", "compute1");
            Estate estate = Estates.group(Estates.up("compute1"), "anti-affinity", 1, members);
            List<Server> servers = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                Servers server = Servers.named("s" + number).flavor(512L * (1 + random.nextInt(9)), 1, 0, 0);
                servers.add((random.nextBoolean() ? server : server.is("SHUTOFF", "stopped")).make());
            }
            PlanContext context = new PlanContext(Wish.of(Route.BY_STATE), estate);
            Plan plan = Filters.planner().plan("compute1", servers, context, concurrency, Rates.ASSUMED);
            assertEquals(8, plan.servers().size());
            for (PlannedServer one : plan.servers()) {
                long together = plan.servers().stream()
                        .filter(other -> covers(other.expected(), one.expected().start()))
                        .count();
                assertTrue("round " + round + ": " + together, together <= concurrency);
                long ofTheGroup = plan.servers().stream()
                        .filter(other -> members.containsKey(other.server().name()))
                        .filter(other -> covers(other.expected(), one.expected().start()))
                        .count();
                assertTrue("round " + round + ": " + ofTheGroup, ofTheGroup <= 1);
            }
        }
    }

    private static boolean covers(Expected time, Duration moment) {
        return time.start().compareTo(moment) <= 0 && time.end().compareTo(moment) > 0;
    }

    /** Among equals the name decides, and among namesakes the id: the order depends on nothing but the servers. */
    @Test
    public void equalsGoByNameAndNamesakesById() {
        List<String> ids = List.of("3", "1", "2");
        List<Server> servers = new ArrayList<>();
        for (String id : ids) {
            servers.add(called(id, "same"));
        }
        servers.add(called("0", "zoe"));
        servers.add(called("9", "amy"));
        Plan plan = plan(Estate.UNKNOWN, 1, servers.toArray(Server[]::new));
        assertEquals(
                List.of("9", "1", "2", "3", "0"),
                plan.servers().stream().map(one -> one.server().id()).toList());
    }

    private static Server called(String id, String name) {
        Server like = live(name, 1).make();
        return new Server(
                id,
                name,
                like.projectId(),
                like.userId(),
                like.status(),
                like.vmState(),
                like.taskState(),
                like.powerState(),
                like.host(),
                like.hypervisorHostname(),
                like.availabilityZone(),
                like.pinnedAvailabilityZone(),
                like.flavor(),
                like.imageId(),
                like.volumes(),
                like.configDrive(),
                like.locked(),
                like.lockedReason(),
                like.metadata(),
                like.tags(),
                like.serverGroups(),
                like.fault(),
                like.hostStatus(),
                like.created(),
                like.updated(),
                like.progress(),
                like.imageProperties());
    }

    /** As far apart as moves may be under way together, and no further: beyond that the longest goes first. */
    @Test
    public void membersAreAsFarApartAsThereArePlaces() {
        Estate group = Estates.group(Estate.UNKNOWN, "anti-affinity", 1, Map.of("m1", "compute1", "m2", "compute1"));
        Server[] servers = {
            live("q", 1).make(),
            live("m1", 9).make(),
            live("m2", 8).make(),
            live("x", 7).make(),
            live("y", 6).make(),
            live("z", 5).make()
        };
        assertEquals(List.of("q", "m1", "m2", "x", "y", "z"), names(plan(group, 1, servers)));
        assertEquals(List.of("q", "m1", "x", "m2", "y", "z"), names(plan(group, 2, servers)));
        assertEquals(List.of("q", "m1", "x", "y", "m2", "z"), names(plan(group, 3, servers)));
        assertEquals(List.of("q", "m1", "x", "y", "z", "m2"), names(plan(group, 4, servers)));
        assertEquals(
                "where nobody else is left they follow each other",
                List.of("q", "m1", "x", "y", "z", "m2"),
                names(plan(group, 9, servers)));
    }

    // ---- what it takes longest for

    private static String limit(int concurrency, Route route, Server... servers) {
        Estate estate = Estate.UNKNOWN.resizeSources(Map.of("id-v", "compute1"));
        return Filters.planner()
                .plan(
                        "compute1",
                        List.of(servers),
                        new PlanContext(Wish.of(route).onSharedStorage(), estate),
                        concurrency,
                        RATE)
                .limitedBy();
    }

    private static Server[] several(int count, String name) {
        Server[] servers = new Server[count];
        for (int i = 0; i < count; i++) {
            servers[i] = Servers.named(name + i)
                    .is("SHUTOFF", "stopped")
                    .fromVolume()
                    .flavor(64, 0, 0, 0)
                    .make();
        }
        return servers;
    }

    private static Server[] and(Server[] some, Server... more) {
        List<Server> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(Server[]::new);
    }

    @Test
    public void whatIsNotMovedIsHeldBackByNothing() {
        assertNull(plan(Estate.UNKNOWN, 0).limitedBy());
        Server suspended = Servers.named("s").is("SUSPENDED", "suspended").make();
        assertNull(plan(Estate.UNKNOWN, 0, suspended).limitedBy());
        assertNull(plan(Estate.UNKNOWN, 2, suspended).limitedBy());
        assertEquals(
                plan(Estate.UNKNOWN, 0, several(1, "c")).limitedBy(),
                plan(Estate.UNKNOWN, 0, and(several(1, "c"), suspended)).limitedBy());
    }

    @Test
    public void aGivenNumberHoldsBackWhateverIsMoved() {
        String words = "concurrency: 2 at a time, of all kinds together";
        assertEquals(words, plan(Estate.UNKNOWN, 2, live("l", 1).make()).limitedBy());
        assertEquals(
                words,
                plan(Estate.UNKNOWN, 2, live("l", 1).make(), cold("c", 9).make())
                        .limitedBy());
    }

    @Test
    public void otherwiseTheKindThatTakesLongestIsHeldBackByItsOwnLimit() {
        Server verify =
                Servers.named("v").on("compute2").is("VERIFY_RESIZE", "resized").make();
        String nova = "Nova's limit of live migrations a host";
        record Row(String words, Route route, Server[] servers) {}
        for (Row row : List.of(
                new Row(nova, Route.LIVE, and(several(0, "c"), live("l", 1).make())),
                new Row("the number of cold migrations", Route.COLD, several(3, "c")),
                new Row("the number of rebuilds", Route.REBUILD, several(3, "c")),
                new Row("the number of confirms", Route.CONFIRM, and(several(0, "c"), verify)),
                // one live migration runs at a time, eight cold ones: 40 s beside 30 s
                new Row(
                        nova,
                        Route.BY_STATE,
                        and(several(24, "c"), live("l", 1).make(), live("k", 1).make())),
                new Row(
                        "the number of cold migrations",
                        Route.BY_STATE,
                        and(several(24, "c"), live("l", 1).make())))) {
            String words = limit(0, row.route(), row.servers());
            assertTrue(words, words.startsWith(row.words()));
        }
        for (int gibibytes = 1; gibibytes <= 3; gibibytes++) {
            String words = plan(Estate.UNKNOWN, 0, cold("c", gibibytes).make()).limitedBy();
            assertEquals(gibibytes + ": " + words, gibibytes > 2, words.contains("disks to copy go one at a time"));
        }
        String copied = plan(Estate.UNKNOWN, 0, cold("c", 9).make()).limitedBy();
        assertTrue(copied, copied.startsWith("the link between the hosts: cold migrations with disks to copy"));
    }

    /** What is copied live and cold goes over the same link. */
    @Test
    public void twoKindsThatCopyMayBeHeldBackByTheLinkTheyShare() {
        // 100 s each over the link, and less than that beside it
        assertEquals(
                "the link between the hosts, taken to carry 102 MiB/s",
                plan(Estate.UNKNOWN, 0, live("l", 10).make(), cold("c", 10).make())
                        .limitedBy());
        String unequal = plan(
                        Estate.UNKNOWN, 0, live("l", 50).make(), cold("c", 2).make())
                .limitedBy();
        assertTrue(unequal, unequal.startsWith("the link between the hosts, taken to carry"));
        // 100 s and 10 s of copies are no more than the 110 s that the live migration takes
        String small = plan(
                        Estate.UNKNOWN, 0, live("l", 10).make(), cold("c", 1).make())
                .limitedBy();
        assertTrue(small, small.startsWith("Nova's limit"));
    }

    // ---- who of a dead host is first

    private static List<String> rescued(Server... servers) {
        return Filters.planner()
                .plan(
                        "compute1",
                        List.of(servers),
                        new PlanContext(Wish.of(Route.REBUILD).onSharedStorage(), Estate.UNKNOWN),
                        0,
                        RATE)
                .servers()
                .stream()
                .map(planned -> planned.server().name())
                .toList();
    }

    /** A whole number from 1 on, 1 for first. */
    @Test
    public void ownersSayWhichOfADeadHostsServersAreFirst() {
        String other = "sw:wrs:recovery_priority";
        assertEquals(
                List.of("third", "fourth", "tenth", "a-none", "b-zero", "c-word", "d-minus", "e-huge"),
                rescued(
                        Servers.named("e-huge")
                                .metadata("recovery_priority", "1000000")
                                .make(),
                        Servers.named("d-minus")
                                .metadata("recovery_priority", "-1")
                                .make(),
                        Servers.named("c-word")
                                .metadata("recovery_priority", "high")
                                .make(),
                        Servers.named("b-zero")
                                .metadata("recovery_priority", "0")
                                .make(),
                        Servers.named("a-none").make(),
                        Servers.named("tenth").metadata(other, "10").make(),
                        Servers.named("fourth").metadata(other, " 4 ").make(),
                        Servers.named("third")
                                .metadata("recovery_priority", "3")
                                .metadata(other, "99")
                                .make()));
    }

    /** Of which most are up again soonest. */
    @Test
    public void thenTheSmallOnesAreFirst() {
        assertEquals(
                List.of("first", "c-small", "b-disk", "a-large"),
                rescued(
                        Servers.named("a-large").flavor(4096, 1, 0, 0).make(),
                        Servers.named("b-disk").flavor(1024, 90, 0, 0).make(),
                        Servers.named("c-small").flavor(1024, 10, 0, 0).make(),
                        Servers.named("first")
                                .flavor(9999, 99, 0, 0)
                                .metadata("recovery_priority", "1")
                                .make()));
    }
}
