package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
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
}
