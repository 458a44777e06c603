package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** A drain comes to its end though nothing can be learned of a server, or done for it, any more. */
public class UnreachableServerTest {

    private static final Instant LONG = NOW.minus(Limits.SOURCE_DOWN);
    private static final Instant LONGER = NOW.minus(Limits.SOURCE_DOWN_BEGUN);

    private static ServerState given(ServerState server, Instant silent, Instant down, Look look) {
        DrainState state = with(drain(Orders.empty("compute1"), server), edit -> {
            edit.watch = edit.watch.silent(silent);
            if (down != null) {
                edit.watch = edit.watch.seen(NOW, Map.of("compute1", down));
            }
        });
        return UnreachableServer.given(server, state, look.make(), NOW);
    }

    private static ServerState down(ServerState server, Instant since) {
        return given(server, null, since, new Look());
    }

    // ---- nothing can be learned

    @Test
    public void whatNovaCannotTellOfForHalfAnHourIsUnknown() {
        Instant halfAnHour = NOW.minus(Limits.TROUBLE);
        Look unread = new Look().unread("a", "its cell does not answer");
        for (ServerState server : List.of(
                waiting("a", Action.LIVE), taken("a", Action.LIVE, LONG), moving("a", Action.LIVE, "running", LONG))) {
            assertSame(server, given(server, halfAnHour, null, unread));
            Instant before = halfAnHour.minusSeconds(1);
            assertEquals(
                    "UNKNOWN: Nova could tell nothing of it since " + before + " (its cell does not answer)",
                    told(given(server, before, null, unread)));
            // of others it could not
            assertSame(server, given(server, before, null, new Look()));
            assertSame(server, given(server, null, null, unread));
        }
        ServerState over = ended("a", Action.LIVE, Outcome.MOVED, LONG);
        assertSame(over, given(over, halfAnHour.minusSeconds(1), null, unread));
    }

    // ---- nothing can be done

    private static String why(Instant since) {
        return "nova-compute on its host compute1 is down since " + since;
    }

    @Test
    public void whatWaitsForADeadComputeServiceEndsAfterThreeMinutes() {
        for (Action action : List.of(Action.LIVE, Action.COLD)) {
            ServerState server = waiting("a", action);
            assertSame(server, down(server, null));
            assertSame(server, down(server, LONG.plusSeconds(1)));
            assertEquals("NOT_STARTED: " + why(LONG) + ", so that nothing could be begun", told(down(server, LONG)));
        }
        // an evacuation needs it down, and a confirm was judged by its own filter
        for (Action action : List.of(Action.REBUILD, Action.CONFIRM, Action.REVERT, Action.BLOCKED)) {
            ServerState server = waiting("a", action);
            assertSame(server, down(server, LONGER));
        }
    }

    @Test
    public void whatWasAskedForAndHasNotBegunEndsAsSoon() {
        ServerState unseen = taken("a", Action.LIVE, LONG);
        assertEquals(
                "LEFT: was asked to move and has not begun (Nova shows no migration of it); " + why(LONG),
                told(down(unseen, LONG)));
        ServerState queued = with(moving("a", Action.LIVE, "queued", LONG), edit -> edit.running = null);
        assertEquals(
                "LEFT: was asked to move and has not begun (migration 7, queued); " + why(LONG),
                told(down(queued, LONG)));
        assertSame(queued, down(queued, LONG.plusSeconds(1)));
        ServerState untold = with(moving("a", Action.LIVE, "running", LONG), edit -> edit.migrationStatus = null);
        assertEquals(Outcome.LEFT, down(untold, LONG).outcome());
    }

    /** A guest may be copied on while nova-compute is away. */
    @Test
    public void whatHasBegunIsWaitedForForTenMinutes() {
        ServerState server = moving("a", Action.LIVE, "running", LONGER);
        assertSame(server, down(server, LONGER.plusSeconds(1)));
        assertEquals(
                "LEFT: has begun to move, and nobody can tell how far it is (migration 7, running); " + why(LONGER),
                told(down(server, LONGER)));
    }

    /** Law 2; and an outcome stays. */
    @Test
    public void whatIsUnclearIsClearedFirst() {
        ServerState unclear =
                with(taken("a", Action.LIVE, LONG), edit -> edit.move = edit.move.unclear("no answer", LONG));
        assertSame(unclear, down(unclear, LONGER));
        ServerState over = ended("a", Action.LIVE, Outcome.FAILED, LONG);
        assertSame(over, down(over, LONGER));
    }
}
