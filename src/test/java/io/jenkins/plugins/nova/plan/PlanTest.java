package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.filter.Filters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** What a plan tells of itself. */
public class PlanTest {

    private static Plan plan(Wish wish, Estate estate, Server... servers) {
        return Filters.planner().plan("compute1", List.of(servers), new PlanContext(wish, estate), 2, Rates.ASSUMED);
    }

    @Test
    public void theCountsOfAllActionsAreTheServers() {
        Plan plan = plan(
                Wish.of(Route.BY_STATE),
                Estates.up("compute1"),
                Servers.named("a").make(),
                Servers.named("b").make(),
                Servers.named("c").is("SHUTOFF", "stopped").make(),
                Servers.named("d").is("SUSPENDED", "suspended").make());
        assertEquals(2, plan.count(Action.LIVE));
        assertEquals(1, plan.count(Action.COLD));
        assertEquals(1, plan.count(Action.BLOCKED));
        long all = 0;
        for (Action action : Action.values()) {
            all += plan.count(action);
        }
        assertEquals(plan.servers().size(), all);
    }

    /** Approved for one target and one state of the host, it is not approved for another. */
    @Test
    public void whereToAndHowTheHostIsAreTerms() {
        Server server = Servers.named("a").make();
        Wish wish = Wish.of(Route.BY_STATE);
        Estate up = Estates.up("compute1");
        Plan anywhere = plan(wish, up, server);
        assertEquals(
                List.of("~ targetHost: none -> compute2"),
                plan(wish.to("compute2"), up, server).essence().since(anywhere.essence()));
        Set<String> hashes = new HashSet<>();
        for (Estate estate : List.of(
                up,
                Estates.down("compute1"),
                Estate.UNKNOWN.services(List.of(ComputeService.unknown("compute1"))),
                Estate.UNKNOWN)) {
            hashes.add(plan(wish, estate).hash());
        }
        assertEquals("up, down, not told and not there", 4, hashes.size());
        assertEquals(
                List.of("~ state of the host: up -> down"),
                plan(wish, Estates.down("compute1"))
                        .essence()
                        .since(plan(wish, up).essence()));
        assertEquals(
                List.of("~ state of the host: up -> unknown"),
                plan(wish, Estate.UNKNOWN.services(List.of(ComputeService.unknown("compute1"))))
                        .essence()
                        .since(plan(wish, up).essence()));
    }

    /** A plan approved by an older build may have a server twice: it counts once. */
    @Test
    public void aServerThatIsListedTwiceIsNotGoneAndNotNew() {
        PlanEssence one = plan(
                        Wish.of(Route.BY_STATE),
                        Estates.up("compute1"),
                        Servers.named("a").make())
                .essence();
        PlanEssence twice = plan(
                        Wish.of(Route.BY_STATE),
                        Estates.up("compute1"),
                        Servers.named("a").make(),
                        Servers.named("a").make())
                .essence();
        assertEquals(List.of(), one.since(twice));
    }

    @Test
    public void whoStaysIsNotMoved() {
        Plan plan = plan(
                Wish.of(Route.BY_STATE).leaving(Set.of("id-a")),
                Estates.up("compute1"),
                Servers.named("a").make(),
                Servers.named("b").make());
        assertEquals(1, plan.count(Action.SKIP));
        assertEquals(1, plan.count(Action.LIVE));
    }
}
