package io.jenkins.plugins.nova.drain.observe;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** When the host's servers are taken from the list of a look before, and when not. */
public class RecentListTest {

    private static final Orders ORDERS = Orders.empty("compute1").timeout(Duration.ofHours(2));
    private static final ServerState UNDER_WAY = moving("m", Action.LIVE, "running", NOW);
    private static final Server STAYS = Servers.named("w").make();
    private static final Server LEFT = Servers.named("e").make();

    private static RecentList listed() {
        RecentList recent = new RecentList();
        recent.keep(List.of(STAYS, LEFT), NOW);
        return recent;
    }

    private static boolean reused(DrainState state, Duration later) {
        RecentList recent = listed();
        boolean present = recent.of(state, NOW.plus(later)).isPresent();
        assertEquals(present, recent.reused());
        return present;
    }

    @Test
    public void itIsGoodForFiveSecondsWhileServersAreMoved() {
        DrainState state = drain(ORDERS, UNDER_WAY);
        assertTrue(reused(state, Duration.ZERO));
        assertTrue(reused(state, Duration.ofMillis(4_999)));
        assertFalse(reused(state, Duration.ofSeconds(5)));
        assertFalse("a clock that was set back", reused(state, Duration.ofSeconds(-1)));
    }

    @Test
    public void whatIsSaidOrDoubtedIsReadAnew() {
        Duration soon = Duration.ofSeconds(1);
        assertFalse(
                "nothing is read yet",
                new RecentList().of(drain(ORDERS, UNDER_WAY), NOW).isPresent());
        assertFalse("the last word", reused(drain(ORDERS, ended("e", Action.LIVE, Outcome.MOVED, NOW)), soon));
        assertFalse("nothing under way", reused(drain(ORDERS, waiting("w", Action.LIVE)), soon));
        DrainState.Edit aborted = drain(ORDERS, UNDER_WAY).edit();
        aborted.stop = new Stop(NOW, "somebody");
        assertFalse("an abort", reused(aborted.done(), soon));
        ServerState unclear = with(UNDER_WAY, edit -> edit.move = edit.move.unclear("no answer", NOW));
        assertFalse("a request whose answer was lost", reused(drain(ORDERS, UNDER_WAY, unclear), soon));
        assertFalse(
                "the step's time is over", listed().of(over(), NOW.plus(soon)).isPresent());
    }

    private static DrainState over() {
        return drain(Orders.empty("compute1").timeout(Duration.ofNanos(1)), UNDER_WAY);
    }

    @Test
    public void whoHasLeftSinceIsNotInItAndWhoIsNotKnownIs() {
        ServerState gone = ended("e", Action.LIVE, Outcome.MOVED, NOW);
        assertEquals(Optional.of(List.of(STAYS)), listed().of(drain(ORDERS, UNDER_WAY, gone), NOW));
        ServerState failed = ended("e", Action.LIVE, Outcome.FAILED, NOW);
        assertEquals(Optional.of(List.of(STAYS, LEFT)), listed().of(drain(ORDERS, UNDER_WAY, failed), NOW));
        assertEquals(Optional.of(List.of(STAYS, LEFT)), listed().of(drain(ORDERS, UNDER_WAY), NOW));
    }

    @Test
    public void aForgottenListIsReadAnew() {
        RecentList recent = listed();
        recent.forget();
        assertFalse(recent.of(drain(ORDERS, UNDER_WAY), NOW).isPresent());
        assertFalse(recent.reused());
    }
}
