package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.RoomDemand.Forecast;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.plan.room.HostRoom;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** Who is refused for want of room, and whose servers it is asked for. */
public class RoomCheckTest {

    private static final Budget ONE = new Budget(1, 0, null);

    private static RoomCheck check(DrainState state, Look look) {
        return new RoomCheck(state, look.make(), claim -> Holding.UNKNOWN);
    }

    /** compute2 has room for servers of a GiB each. */
    private static Look free(int servers) {
        HostRoom room =
                new HostRoom("id-compute2", "compute2", Map.of("MEMORY_MB", servers * 1024L, "VCPU", 64L), Set.of());
        return new Look()
                .services(up("compute1"), up("compute2"))
                .room(new RoomFigures(RoomFigures.Source.PLACEMENT, "", List.of(room), Map.of(), Map.of()));
    }

    private static Server server(String name) {
        return Servers.named(name).fromVolume().flavor(1024, 0, 0, 0).make();
    }

    // ---- the budget

    /** A dead host is away already. */
    @Test
    public void theBudgetIsOfHostsThatAreEmptiedAlive() {
        Look full = new Look().services(up("compute1"), closed("compute2", "broken fan"));
        DrainState host = drain(Orders.empty("compute1").within(ONE), Phase.CHECK);
        DrainState dead = with(host, edit -> edit.rebuild = true);
        DrainState chosen = drain(Orders.of(Route.LIVE, "a").within(ONE), Phase.CHECK);
        assertTrue(check(host, full).overBudget().isPresent());
        assertTrue(check(host, full).refusal(NOW).isPresent());
        assertEquals(1, check(host, full).standing().size());
        for (DrainState other : List.of(dead, chosen)) {
            assertEquals(Optional.empty(), check(other, full).overBudget());
            assertEquals(Optional.empty(), check(other, full).refusal(NOW));
            assertEquals(List.of(), check(other, full).standing());
        }
        assertEquals(Optional.empty(), check(host, free(1)).overBudget());
        assertEquals(
                List.of(),
                check(drain(Orders.empty("compute1"), Phase.CHECK), full).standing());
    }

    // ---- places

    @Test
    public void placesAreRequiredWhereThatWasAskedFor() {
        for (Forecast how : Forecast.values()) {
            for (int servers : new int[] {1, 2}) {
                Look look = free(servers).listed(server("a"), server("b"));
                DrainState state = drain(Orders.empty("compute1").room(how), Phase.CHECK);
                boolean tooLittle = how == Forecast.REQUIRE && servers == 1;
                Optional<String> why = check(state, look).refusal(NOW);
                assertEquals(how + " " + servers, tooLittle, why.isPresent());
                why.ifPresent(words -> assertTrue(
                        words,
                        words.startsWith("room: 'require' was asked for, and not each server has a place elsewhere:\n"
                                + "  1 of 2 servers fit on compute2 (1).")));
            }
        }
        DrainState chosen = drain(Orders.of(Route.LIVE, "a").room(Forecast.REQUIRE), Phase.CHECK);
        assertEquals(Optional.empty(), check(chosen, free(0).read(server("a"))).refusal(NOW));
    }

    /** What nobody tells is no place. */
    @Test
    public void roomThatIsNotKnownIsNoRoom() {
        Look unknown = new Look().services(up("compute1"), up("compute2")).listed(server("a"));
        DrainState state = drain(Orders.empty("compute1").room(Forecast.REQUIRE), Phase.CHECK);
        assertTrue(check(state, unknown).refusal(NOW).isPresent());
    }

    /** What was free before the cordon may be taken since. */
    @Test
    public void behindTheCordonPlacesAreAskedForOnceMore() {
        for (Forecast how : Forecast.values()) {
            for (int servers : new int[] {0, 1}) {
                for (boolean dry : new boolean[] {true, false}) {
                    Orders orders = Orders.empty("compute1").room(how);
                    DrainState planned = check(
                                    drain(dry ? orders.dryRun() : orders, Phase.PLAN, waiting("a", Action.LIVE)),
                                    free(servers).listed(server("a")))
                            .forecast();
                    Optional<String> why = RoomCheck.refusalBehindCordon(planned);
                    assertEquals(how == Forecast.REQUIRE && servers == 0 && !dry, why.isPresent());
                    why.ifPresent(words -> assertTrue(words, words.endsWith("\nNothing was moved.")));
                    assertEquals(how != Forecast.IGNORE, planned.room() != null);
                }
            }
        }
        DrainState chosen = drain(Orders.of(Route.LIVE, "a").room(Forecast.REQUIRE), Phase.PLAN);
        assertEquals(Optional.empty(), RoomCheck.refusalBehindCordon(chosen));
        assertNull(check(chosen, free(0)).forecast().room());
    }

    @Test
    public void roomIsAskedForWhatWillMoveAndIsThere() {
        record Row(ServerState server, boolean counts) {}
        for (Row row : List.of(
                new Row(waiting("a", Action.LIVE), true),
                new Row(waiting("a", Action.COLD), true),
                new Row(waiting("a", Action.REBUILD), true),
                new Row(waiting("a", Action.SKIP), false),
                new Row(waiting("a", Action.BLOCKED), false),
                new Row(waiting("a", Action.CONFIRM), false),
                new Row(moving("a", Action.LIVE, "running", NOW), false),
                new Row(ended("a", Action.LIVE, Outcome.GONE, NOW), false),
                new Row(waiting("b", Action.LIVE), false))) { // not on the list
            DrainState state = check(
                            drain(Orders.empty("compute1"), Phase.PLAN, row.server()), free(1).listed(server("a")))
                    .forecast();
            assertEquals(row.toString(), row.counts() ? 1 : 0, state.room().servers());
        }
    }
}
