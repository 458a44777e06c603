package io.jenkins.plugins.nova.drain.run;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import org.junit.Test;

/** How long a drain waits until it looks again. */
public class TickIntervalTest {

    private static final ServerState UNDER_WAY = moving("m", Action.LIVE, "running", NOW);

    private static final ServerState COLD = moving("c", Action.COLD, "migrating", NOW);
    private static final ServerState WAITING = waiting("w", Action.LIVE);

    private static ServerState moved(long seconds) {
        return with(moving("e", Action.LIVE, "completed", NOW.minusSeconds(seconds)), edit -> {
                    edit.started = NOW.minusSeconds(seconds);
                    edit.running = NOW.minusSeconds(seconds);
                })
                .end(Outcome.MOVED, "", "", NOW);
    }

    private static DrainState of(ServerState... servers) {
        return drain(Orders.empty("compute1"), servers);
    }

    private static long afterNews(DrainState state) {
        return new TickInterval().next(state, state, true).toMillis();
    }

    /** Seconds until the pause is the longest one, with nothing happening, and how many looks that takes. */
    private static int looks(DrainState state) {
        TickInterval pace = new TickInterval();
        int looks = 1;
        for (Duration pause = pace.next(state, state, true);
                pause.toMillis() < 10_000;
                pause = pace.next(state, state, false)) {
            looks++;
        }
        return looks;
    }

    @Test
    public void afterSomethingHasHappenedItLooksSoonAgainWhereMovesAreShort() {
        record Row(DrainState state, long millis) {}
        for (Row row : new Row[] {
            new Row(of(UNDER_WAY), 500), // the first may be short
            new Row(of(UNDER_WAY, moved(2)), 500),
            new Row(of(UNDER_WAY, moved(24)), 1_000),
            new Row(of(UNDER_WAY, moved(36)), 1_500),
            new Row(of(UNDER_WAY, moved(48)), 2_000),
            new Row(of(UNDER_WAY, moved(900)), 2_000),
            // of several the middle one counts
            new Row(of(UNDER_WAY, moved(2), moved(24), moved(900)), 1_000),
            // nothing is under way
            new Row(of(waiting("w", Action.LIVE), moved(2)), 2_000),
            new Row(of(moved(2)), 2_000),
            // what is moved without a copy to be measured, with others that wait for its place, and with none
            new Row(of(COLD, WAITING), 500),
            new Row(of(COLD, WAITING, moved(24)), 1_000),
            new Row(of(COLD), 2_000),
            new Row(of(COLD, moved(2)), 2_000),
            new Row(of(COLD, moved(24)), 2_000),
            new Row(of(COLD, UNDER_WAY), 500),
        }) {
            assertEquals(row.toString(), row.millis(), afterNews(row.state()));
        }
    }

    @Test
    public void whereNothingHappensItLooksSeldom() {
        assertTrue("a long move after short ones", looks(of(UNDER_WAY, moved(2))) < 85);
        assertTrue("long moves", looks(of(UNDER_WAY, moved(900))) < 45);
        assertTrue("nothing under way", looks(of(waiting("w", Action.LIVE), moved(2))) < 12);
    }

    /** However short moves are: what is missed is a small part of the time since something happened last. */
    @Test
    public void theEndOfAMoveIsMissedByASmallPartOfItsTime() {
        DrainState state = of(UNDER_WAY);
        TickInterval pace = new TickInterval();
        long passed = 0;
        for (Duration pause = pace.next(state, state, true); passed < 120_000; pause = pace.next(state, state, false)) {
            assertTrue(passed + ": " + pause, pause.toMillis() <= 500 + passed / 20);
            passed += pause.toMillis();
        }
    }
}
