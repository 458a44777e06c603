package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Law 8: what is under way when all is to stop is left where it is or aborted, and that is said. */
public class LeftUnderWayTest {

    private static final Instant JUST = NOW.minusSeconds(1);
    private static final String ABORTED = "LEFT: under way when the build was aborted";
    private static final String OVER = "LEFT: under way when the step's timeout was over";
    private static final String OF_7 = "; left to Nova (migration 7, running)";

    private static final List<OnTimeout> ABORTING = List.of(OnTimeout.ABORT, OnTimeout.COLD_MIGRATE);

    private static DrainState stopped(Orders orders, Instant at) {
        return with(drain(orders), edit -> edit.stop = new Stop(at, "aborted by x"));
    }

    /** Whose timeout, counted from the hour ago that it began, was over at this time. */
    private static DrainState over(OnTimeout how, Instant at) {
        return drain(Orders.empty("compute1").onTimeout(how).timeout(Duration.between(NOW.minusSeconds(3600), at)));
    }

    private static ServerState of(ServerState server, DrainState state) {
        return LeftUnderWay.of(server, state, NOW);
    }

    private static ServerState running() {
        return moving("a", Action.LIVE, "running", JUST);
    }

    private static void asserting(boolean abort, String left, ServerState then) {
        if (abort) {
            assertEquals("UNDER_WAY: " + left.substring("LEFT: ".length()), told(then));
            assertEquals(Intent.record(Verb.ABORT, null, null, NOW), then.follow());
        } else {
            assertEquals(left + OF_7, told(then));
        }
    }

    @Test
    public void aLiveMigrationIsAbortedWhereThatWasAskedForAndLeftOtherwise() {
        for (OnTimeout how : OnTimeout.values()) {
            Orders orders = Orders.empty("compute1").onTimeout(how);
            // an abort of the build is not a time-out: onTimeout has no word in it, nor onAbort in the other
            asserting(false, ABORTED, of(running(), stopped(orders, JUST)));
            asserting(true, ABORTED, of(running(), stopped(orders.abortingOnAbort(), JUST)));
            asserting(ABORTING.contains(how), OVER, of(running(), over(how, JUST)));
        }
    }

    @Test
    public void nothingElseCanBeAborted() {
        DrainState stopped = stopped(Orders.empty("compute1").abortingOnAbort(), JUST);
        Map<Action, String> what = Map.of(
                Action.COLD, "a cold migration",
                Action.REBUILD, "an evacuation",
                Action.CONFIRM, "a confirm",
                Action.REVERT, "a revert");
        what.forEach((action, words) -> assertEquals(
                ABORTED + "; " + words + " cannot be aborted" + OF_7,
                told(of(moving("a", action, "running", JUST), stopped))));
    }

    /** An abort would lose the guest, whose memory is in two places. */
    @Test
    public void aGuestInPostCopyIsNeverAborted() {
        for (DrainState state :
                List.of(stopped(Orders.empty("compute1").abortingOnAbort(), JUST), over(OnTimeout.ABORT, JUST))) {
            String words = told(of(moving("a", Action.LIVE, "post-copy running", JUST), state));
            assertTrue(words, words.contains(", and in post-copy, where an abort would lose the guest; left to Nova"));
        }
    }

    /** And then left. */
    @Test
    public void anAbortIsWaitedForTwoMinutesAfterTheStop() {
        Instant justInTime = NOW.minus(Limits.STOPPING);
        Instant late = justInTime.minusSeconds(1);
        ServerState aborting = with(running(), edit -> {
            edit.follow = Intent.record(Verb.ABORT, null, null, JUST).taken("req-2", JUST);
            edit.reason = "why";
        });
        Orders orders = Orders.empty("compute1").abortingOnAbort();
        assertSame(aborting, of(aborting, stopped(orders, justInTime)));
        assertEquals(ABORTED + OF_7, told(of(aborting, stopped(orders, late))));
        assertSame(aborting, of(aborting, over(OnTimeout.ABORT, justInTime)));
        assertEquals(OVER + OF_7, told(of(aborting, over(OnTimeout.ABORT, late))));
        // what was asked for otherwise is no abort
        ServerState forcing = with(
                running(),
                edit -> edit.follow =
                        Intent.record(Verb.FORCE_COMPLETE, null, null, JUST).taken(null, JUST));
        assertEquals(Verb.ABORT, of(forcing, stopped(orders, JUST)).follow().verb());
    }

    @Test
    public void whatNovaHasNoRecordOfYetIsWaitedFor() {
        DrainState stopped = stopped(Orders.empty("compute1").abortingOnAbort(), JUST);
        ServerState unseen = taken("a", Action.LIVE, JUST);
        assertSame(unseen, of(unseen, stopped));
        ServerState untold = with(running(), edit -> edit.migrationStatus = null);
        assertSame(untold, of(untold, stopped));
    }

    /** It has arrived; its confirm was decided in this very tick. */
    @Test
    public void aConfirmThatWasNotSentYetIsNotSentAnyMore() {
        ServerState server = with(moving("a", Action.COLD, "finished", JUST), edit -> {
            edit.follow = Intent.record(Verb.CONFIRM, null, null, NOW);
            edit.to = "compute2";
        });
        String words =
                "AWAITING_CONFIRM: is on compute2 in VERIFY_RESIZE and was not confirmed, for %s; its old disks are"
                        + " still on compute1";
        ServerState stopped = of(server, stopped(Orders.empty("compute1"), JUST));
        assertEquals(String.format(words, "the build was aborted"), told(stopped));
        assertEquals("verify", stopped.spans().get(stopped.spans().size() - 1).kind());
        assertEquals(
                String.format(words, "the step's timeout was over"), told(of(server, over(OnTimeout.ABORT, JUST))));
        ServerState sent = with(server, edit -> edit.follow = edit.follow.taken("req-2", JUST));
        assertEquals(
                ABORTED + "; a confirm cannot be aborted; left to Nova (migration 7, finished)",
                told(of(sent, stopped(Orders.empty("compute1"), JUST))));
    }

    /** Law 2. */
    @Test
    public void ofARequestThatIsUnclearItIsSaidThatItIs() {
        ServerState server =
                with(taken("a", Action.COLD, JUST), edit -> edit.move = edit.move.unclear("no answer in time", JUST));
        assertEquals(
                "UNKNOWN: under way when the build was aborted; its cold migration was sent, and it is not known whether"
                        + " Nova took it (no answer in time)",
                told(of(server, stopped(Orders.empty("compute1"), JUST))));
    }
}
