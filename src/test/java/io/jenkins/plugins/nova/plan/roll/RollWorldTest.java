package io.jenkins.plugins.nova.plan.roll;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanEssence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The judge of the rolls finds what is wrong with a plan: each of these is. */
public class RollWorldTest {

    private final RollClouds clouds = new RollClouds()
            .host("c1", "az1", 64, 32)
            .host("c2", "az1", 64, 32)
            .host("c3", "az1", 64, 32)
            .host("d1", "az2", 64, 32)
            .server("a", "c1", 40)
            .server("b", "c2", 40)
            .server(Servers.named("pinned").on("c3").pinnedTo("az1").make())
            .server("member", "c3", 1)
            .server("other", "d1", 1)
            .group("g", "anti-affinity", 1, "member", "other");

    private static RollTurn turn(String host, List<String> after, RollMove... moves) {
        RollTurn.Times times = new RollTurn.Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));
        return new RollTurn(
                host, RollTurn.State.CLEAR, "", after, times.ends().minus(times.begins()), times, List.of(moves));
    }

    private RollMove move(String name, String to) {
        return clouds.servers().stream()
                .filter(server -> server.name().equals(name))
                .map(server -> new RollMove(server, Action.LIVE, server.host(), to, 1, ""))
                .findFirst()
                .orElseThrow();
    }

    private String violations(int maxAway, RollTurn... turns) {
        RollWorld world = new RollWorld(clouds, 1);
        Roll roll = new Roll(List.of(turns), List.of(), List.of(), 0, 0, new PlanEssence(Map.of(), List.of()));
        RollOrder order = RollClouds.order(
                maxAway, 0, false, List.of(turns).stream().map(RollTurn::host).toList());
        world.replay(order, roll, RollWorld.Scheduler.SPREAD, 0, rest -> null);
        return String.join("\n", world.violations());
    }

    @Test
    public void aGoodPlanHasNone() {
        assertEquals(
                "", violations(1, turn("c1", List.of(), move("a", "d1")), turn("c2", List.of("c1"), move("b", "c1"))));
    }

    @Test
    public void roomZoneGroupAwayAndEmptyAreSeen() {
        assertTrue(violations(1, turn("c1", List.of(), move("a", "c2"))).startsWith("room: id-a"));
        assertTrue(violations(1, turn("c3", List.of(), move("pinned", "d1"), move("member", "c1")))
                .startsWith("zone: id-pinned"));
        assertTrue(violations(1, turn("c3", List.of(), move("pinned", "c1"), move("member", "d1")))
                .startsWith("group: id-member"));
        assertTrue(violations(1, turn("c1", List.of())).startsWith("c1 is not empty"));
        assertTrue(violations(1, turn("c1", List.of(), move("a", "c1"))).startsWith("state: id-a"));
    }

    @Test
    public void aBudgetThatIsTooSmallBringsItToAHalt() {
        clouds.state("c2", false, true);
        assertTrue(violations(1, turn("c1", List.of(), move("a", "d1"))).contains("budget.maxAway"));
    }
}
