package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.util.List;
import org.junit.Test;

/** Law 12 at the gate: what others settled before the step began. */
public class SettledBeforeTest {

    private static final Server THERE = Servers.named("a").make();
    private static final Server ELSEWHERE = Servers.named("a").on("compute2").make();
    private static final String HOW = " by its owner or by Nova before the step began (migration 7)";

    private static ServerState before(Route route) {
        return with(waiting("a", route == Route.REVERT ? Action.REVERT : Action.CONFIRM), edit -> {
            edit.source = "compute8";
            edit.to = "compute9";
        });
    }

    private static ServerState already(Route route, Server server, Migration... moves) {
        return SettledBefore.already(before(route), server, route, List.of(moves), NOW);
    }

    private static void unchanged(Route route, Server server, Migration... moves) {
        assertEquals(before(route), already(route, server, moves));
    }

    @Test
    public void whatWasToBeDoneIsDoneAndTheOppositeIsSaid() {
        for (String type : List.of("migration", "resize")) {
            Migration confirmed = migration(7, "a", type, "confirmed");
            Migration reverted = migration(7, "a", type, "reverted");
            ServerState done = already(Route.CONFIRM, ELSEWHERE, confirmed);
            assertEquals("CONFIRMED: was confirmed" + HOW, told(done));
            assertEquals(Action.SKIP, done.action());
            assertEquals("compute1", done.source());
            assertEquals("compute2", done.to());
            ServerState back = already(Route.REVERT, THERE, reverted);
            assertEquals("REVERTED: was reverted" + HOW, told(back));
            assertEquals(Action.SKIP, back.action());
            assertEquals("compute9", back.to());
            ServerState otherwise = already(Route.CONFIRM, THERE, reverted);
            assertEquals("BLOCKED: was reverted" + HOW + " and is on compute1 again", told(otherwise));
            assertEquals(Action.CONFIRM, otherwise.action());
            ServerState too = already(Route.REVERT, ELSEWHERE, confirmed);
            assertEquals("BLOCKED: was confirmed" + HOW + " and is on compute2", told(too));
            assertEquals(Action.REVERT, too.action());
        }
    }

    /** It waits still, or nobody can tell, or what it shows is of something else. */
    @Test
    public void whatIsNotSettledByItsLastColdMoveStaysAsItIs() {
        Migration confirmed = migration(7, "a", "migration", "confirmed");
        Migration reverted = migration(7, "a", "migration", "reverted");
        for (Route route : List.of(Route.CONFIRM, Route.REVERT)) {
            unchanged(route, ELSEWHERE);
            unchanged(route, ELSEWHERE.unknown(), confirmed);
            unchanged(
                    route,
                    Servers.named("a")
                            .on("compute2")
                            .is("VERIFY_RESIZE", "resized")
                            .make(),
                    confirmed);
            unchanged(
                    route,
                    Servers.named("a").on("compute2").task("resize_confirming").make(),
                    confirmed);
            unchanged(route, THERE, confirmed);
            unchanged(route, ELSEWHERE, reverted);
            unchanged(route, ELSEWHERE, migration(7, "a", "migration", "finished"));
            unchanged(route, ELSEWHERE, migration(7, "a", "live-migration", "confirmed"));
            unchanged(route, ELSEWHERE, migration(7, "b", "migration", "confirmed"));
            unchanged(route, ELSEWHERE, confirmed.from(null));
            // its last one counts
            unchanged(
                    route,
                    ELSEWHERE,
                    migration(6, "a", "migration", "confirmed"),
                    migration(8, "a", "resize", "finished"));
        }
        for (Route route : List.of(Route.BY_STATE, Route.LIVE, Route.COLD, Route.REBUILD)) {
            unchanged(route, ELSEWHERE, confirmed);
            unchanged(route, THERE, reverted);
        }
    }
}
