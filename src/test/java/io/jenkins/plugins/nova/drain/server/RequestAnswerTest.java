package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What becomes of a server by what Nova answers to a request about it. */
public class RequestAnswerTest {

    private static final List<Action> MOVES =
            List.of(Action.LIVE, Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT);
    private static final List<Verb> FOLLOWS = List.of(Verb.CONFIRM, Verb.ABORT, Verb.FORCE_COMPLETE);

    /** Its request was written down just now, and sent. */
    private static ServerState sent(Action action) {
        return with(waiting("a", action), edit -> {
            edit.stage = Stage.UNDER_WAY;
            edit.move = Intent.record(Verb.of(action), null, null, NOW);
            edit.attempts = 1;
            edit.started = NOW;
        });
    }

    /** What follows its move was. */
    private static ServerState follows(Verb verb) {
        return with(moving("a", verb == Verb.CONFIRM ? Action.COLD : Action.LIVE, "running", NOW), edit -> {
            edit.follow = Intent.record(verb, null, null, NOW);
            edit.to = "compute2";
        });
    }

    private static ServerState given(ServerState server, RequestResult answer) {
        return given(Orders.empty("compute1"), server, answer);
    }

    private static ServerState given(Orders orders, ServerState server, RequestResult answer) {
        Intent intent = server.follow() == null ? server.move() : server.follow();
        return RequestAnswer.given(server, intent, answer, drain(orders, server), NOW);
    }

    private static RequestResult refused(int status, String words) {
        return refused(status, words, null);
    }

    private static RequestResult refused(int status, String words, Duration retryAfter) {
        return new RequestResult.Refused(new NovaException.Refused("ask", status, words, null, retryAfter));
    }

    @Test
    public void whatNovaTookIsTakenAndWhatIsNotKnownIsUnclear() {
        for (Action action : MOVES) {
            assertEquals(
                    sent(action).move().taken("req-5", NOW),
                    given(sent(action), new RequestResult.Taken("req-5")).move());
            assertEquals(
                    sent(action).move().unclear("no answer", NOW),
                    given(sent(action), new RequestResult.Unknown("no answer")).move());
        }
        for (Verb verb : FOLLOWS) {
            ServerState server = follows(verb);
            ServerState taken = given(server, new RequestResult.Taken("req-5"));
            assertEquals(server.follow().taken("req-5", NOW), taken.follow());
            assertSame(server.move(), taken.move());
            assertEquals(
                    server.follow().unclear("no answer", NOW),
                    given(server, new RequestResult.Unknown("no answer")).follow());
        }
    }

    /** It did nothing: it may be asked for again, after a pause. */
    @Test
    public void whatWasNotSentIsSentAgainSoon() {
        for (Action action : MOVES) {
            ServerState again = given(sent(action), new RequestResult.NotSent("no route"));
            assertEquals("PENDING: no route", told(again));
            assertEquals(NOW.plusSeconds(10), again.notBefore());
        }
        for (Verb verb : FOLLOWS) {
            ServerState again = given(follows(verb), new RequestResult.NotSent("no route"));
            assertEquals("UNDER_WAY", told(again));
            assertNull(again.follow());
            assertNull("its move is not waiting for anything", again.notBefore());
        }
    }

    // ---- a seat

    /** The host is one that the roll has chosen: the scheduler's choice is asked for, and no try is lost. */
    @Test
    public void whatIsNotTakenToItsSeatIsAskedForOnceMoreWithoutIt() {
        record Row(int status, String words, boolean again) {}
        for (Row row : List.of(
                new Row(400, "No valid host was found. There are not enough hosts available.", true),
                new Row(400, "Compute host compute5 could not be found.", true),
                new Row(404, "Compute host compute5 could not be found.", true),
                new Row(409, "Compute service of compute5 is unavailable at this time.", true),
                new Row(403, "Policy doesn't allow os_compute_api:servers:migrations:force", false),
                new Row(404, "Instance id-a could not be found.", false),
                new Row(429, "slow down", false))) {
            for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD)) {
                for (int attempts = 1; attempts <= Limits.ATTEMPTS; attempts++) {
                    int tries = attempts;
                    ServerState server = with(sent(action), edit -> {
                        edit.move = Intent.record(Verb.of(action), "compute5", null, NOW);
                        edit.attempts = tries;
                    });
                    Orders orders = Orders.empty("compute1").seated(Map.of("id-a", "compute5"));
                    ServerState seated = given(orders, server, refused(row.status(), row.words()));
                    assertEquals(row.words(), row.again(), seated.seatRefused() != null);
                    if (row.again()) {
                        assertEquals(Stage.PENDING, seated.stage());
                        assertEquals(tries - 1, seated.attempts());
                        assertNull(seated.move());
                        assertNull(seated.notBefore());
                        assertTrue(
                                seated.reason(),
                                seated.reason()
                                        .startsWith(
                                                "it is not taken to its seat compute5, so the scheduler chooses: "));
                        assertFalse(seated.triedAgain());
                    }
                    ServerState named = given(orders.to("compute5"), server, refused(row.status(), row.words()));
                    assertNull("a target host of the pipeline's is no seat", named.seatRefused());
                }
            }
        }
    }

    /** It is moved cold whatever becomes of its seat. */
    @Test
    public void whatIsMovedColdAfterATimeOutStaysSo() {
        ServerState server = with(sent(Action.COLD), edit -> {
            edit.move = Intent.record(Verb.COLD, "compute5", null, NOW);
            edit.reason = ReasonMarkers.MOVED_COLD + "over its time";
        });
        Orders orders = Orders.empty("compute1").seated(Map.of("id-a", "compute5"));
        assertTrue(given(orders, server, refused(400, "full")).reason().startsWith(ReasonMarkers.MOVED_COLD));
    }

    /** A state that is not the server's own time to move is no word on the host. */
    @Test
    public void whatIsBusyKeepsItsSeat() {
        ServerState server =
                with(sent(Action.LIVE), edit -> edit.move = Intent.record(Verb.LIVE, "compute5", null, NOW));
        Orders orders = Orders.empty("compute1").seated(Map.of("id-a", "compute5"));
        assertNull(given(orders, server, refused(409, "Cannot 'os-migrateLive' instance while it is in task_state x"))
                .seatRefused());
    }

    // ---- too many requests

    /** A limit of the cloud's is nobody's fault: it costs no attempt. */
    @Test
    public void whatIsThrottledWaitsAsLongAsTheCloudSays() {
        for (int status : new int[] {429, 413}) {
            for (int attempts = 1; attempts <= Limits.ATTEMPTS; attempts++) {
                int so = attempts;
                ServerState server = with(sent(Action.LIVE), edit -> edit.attempts = so);
                ServerState again = given(server, refused(status, "slow down", Duration.ofSeconds(7)));
                assertEquals("PENDING: ask: HTTP " + status + ": slow down", told(again));
                assertEquals(NOW.plusSeconds(7), again.notBefore());
                assertEquals(so - 1, again.attempts());
                assertEquals(
                        NOW.plusSeconds(30),
                        given(server, refused(status, "slow down")).notBefore());
            }
        }
        ServerState none = with(sent(Action.LIVE), edit -> edit.attempts = 0);
        assertEquals(0, given(none, refused(429, "")).attempts());
    }

    @Test
    public void whatIsThrottledForHalfAnHourHasFailed() {
        ServerState young = with(
                sent(Action.LIVE),
                edit -> edit.started = NOW.minus(Limits.TROUBLE).plusSeconds(1));
        assertEquals(Stage.PENDING, given(young, refused(429, "slow down")).stage());
        ServerState old = with(sent(Action.LIVE), edit -> edit.started = NOW.minus(Limits.TROUBLE));
        assertEquals("FAILED: ask: HTTP 429: slow down", told(given(old, refused(429, "slow down"))));
    }

    @Test
    public void whatFollowsIsAskedForAgainWhereItIsThrottled() {
        for (Verb verb : FOLLOWS) {
            ServerState again = given(follows(verb), refused(429, "slow down"));
            assertEquals("UNDER_WAY", told(again));
            assertNull(again.follow());
        }
    }

    // ---- refused

    /** Law 5: with Nova's words and what they mean. */
    @Test
    public void aRefusedMoveHasFailedInNovasWords() {
        String words = "No valid host was found. There are not enough hosts available.";
        for (Action action : MOVES) {
            ServerState failed = given(sent(action), refused(403, words));
            assertEquals("FAILED: ask: HTTP 403: " + words, told(failed));
            assertEquals(FailureReason.hint(words), failed.hint());
            assertTrue(failed.hint(), failed.hint().length() > 10);
        }
    }

    /** Nova names the server that it does not find; any other 404 is a proxy's. */
    @Test
    public void onlyA404ThatNamesTheServerSaysThatItIsDeleted() {
        record Row(int status, String words, boolean gone) {}
        for (Row row : List.of(
                new Row(404, "Instance id-a could not be found.", true),
                new Row(404, "Not here", false),
                new Row(409, "Instance id-a is locked", false))) {
            for (Action action : MOVES) {
                assertEquals(
                        row.gone() ? Outcome.GONE : Outcome.FAILED,
                        given(sent(action), refused(row.status(), row.words())).outcome());
            }
            assertEquals(
                    row.gone() ? Outcome.GONE : Outcome.FAILED,
                    given(follows(Verb.CONFIRM), refused(row.status(), row.words()))
                            .outcome());
        }
    }

    /** Its state has changed since it was looked at: it is looked at again, a few times. */
    @Test
    public void aServerThatWasNotAsItWasReadIsTriedAgain() {
        String words = "Cannot 'migrate' instance id-a while it is in task_state image_snapshot";
        for (Action action : MOVES) {
            for (int attempts = 1; attempts <= Limits.ATTEMPTS; attempts++) {
                int so = attempts;
                boolean again = so < Limits.ATTEMPTS;
                ServerState server = with(sent(action), edit -> edit.attempts = so);
                ServerState then = given(server, refused(409, words));
                assertEquals((again ? "PENDING" : "FAILED") + ": ask: HTTP 409: " + words, told(then));
                assertEquals(again ? NOW.plusSeconds(10) : null, then.notBefore());
                boolean settles = action == Action.CONFIRM || action == Action.REVERT;
                assertEquals(
                        settles && again ? Stage.PENDING : Stage.ENDED,
                        given(server, refused(400, "Instance has not been resized."))
                                .stage());
            }
        }
        assertEquals(
                Stage.ENDED,
                given(sent(Action.CONFIRM), refused(403, "not yours")).stage());
    }

    @Test
    public void aConfirmThatIsRefusedLeavesAServerThatWasMoved() {
        ServerState failed = given(follows(Verb.CONFIRM), refused(409, "odd words"));
        assertEquals("FAILED: was moved to compute2, but not confirmed: ask: HTTP 409: odd words", told(failed));
        assertEquals("It waits in VERIFY_RESIZE; confirmResize or revertResize it.", failed.hint());
        String known = "No valid host was found.";
        assertEquals(
                FailureReason.hint(known),
                given(follows(Verb.CONFIRM), refused(409, known)).hint());
    }

    /** Mostly it came too late: the migration's own end is what counts. */
    @Test
    public void anAbortThatIsRefusedEndsNothing() {
        for (Verb verb : List.of(Verb.ABORT, Verb.FORCE_COMPLETE)) {
            for (int status : new int[] {400, 404, 409}) {
                ServerState server = follows(verb);
                ServerState then = given(server, refused(status, "Migration 7 for id-a not found"));
                assertEquals("UNDER_WAY", told(then));
                assertEquals(Intent.State.REFUSED, then.follow().state());
                assertEquals(Instant.from(NOW), then.follow().since());
            }
        }
    }
}
