package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** Law 2: look before repeat. Nothing is asked for a second time unless it is proven that it did nothing. */
public class UnclearRequestTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant SENT = NOW.minus(Limits.NO_TRACE);
    private static final Server IDLE = Servers.named("a").make();
    private static final Server BUSY = Servers.named("a").task("migrating").make();

    private static InstanceAction action(String requestId, String name, String user) {
        return new InstanceAction(name, requestId, user, null, null, List.of());
    }

    private static final InstanceAction BASELINE = action("req-0", "create", "u-owner");

    private static Listed<InstanceAction> list(InstanceAction... newestFirst) {
        List<InstanceAction> all = new ArrayList<>(List.of(newestFirst));
        all.add(BASELINE);
        return Listed.of(all);
    }

    /** A move of which it is not known whether Nova took it, sent at a time, with the server's newest action before that. */
    private static ServerState unclear(Action action, Instant sent) {
        return with(
                taken("a", action, sent),
                edit -> edit.move =
                        Intent.record(Verb.of(action), null, "req-0", sent).unclear("no answer in time", sent));
    }

    /** The same once one look has shown nothing. */
    private static ServerState lookedFor(Action action, Instant sent) {
        return with(unclear(action, sent), edit -> edit.move = edit.move.looked());
    }

    private static ServerState follow(Verb verb, Instant sent) {
        return with(
                taken("a", Action.LIVE, sent),
                edit -> edit.follow = Intent.record(verb, null, "req-0", sent)
                        .unclear("no answer in time", sent)
                        .looked());
    }

    private static ServerState clear(ServerState server, Look look) {
        Intent intent = server.follow() == null ? server.move() : server.follow();
        return new UnclearRequest("u-ops", NOW).clear(server, intent, look.make());
    }

    // ---- its trace

    @Test
    public void itsActionOfThisUserSinceThenIsItsTrace() {
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            String name = Verb.of(action).actionName();
            for (String user : new String[] {"u-ops", null}) {
                ServerState taken =
                        clear(unclear(action, NOW), new Look().actions("a", list(action("req-9", name, user))));
                assertEquals(Intent.State.TAKEN, taken.move().state());
                assertEquals("req-9", taken.move().requestId());
            }
        }
        ServerState unknownUser = new UnclearRequest(null, NOW)
                .clear(
                        unclear(Action.LIVE, NOW),
                        unclear(Action.LIVE, NOW).move(),
                        new Look()
                                .actions("a", list(action("req-9", "live-migration", "u-any")))
                                .make());
        assertEquals(Intent.State.TAKEN, unknownUser.move().state());
    }

    /** Of somebody else, of another kind, or from before. */
    @Test
    public void anyOtherActionIsNot() {
        ServerState server = unclear(Action.LIVE, NOW);
        for (Listed<InstanceAction> actions : List.of(
                list(action("req-9", "live-migration", "u-owner")),
                list(action("req-9", "migrate", "u-ops")),
                list(),
                Listed.of(List.of(BASELINE, action("req-old", "live-migration", "u-ops"))))) {
            assertSame(server, clear(server, new Look().actions("a", actions).read(IDLE)));
        }
    }

    @Test
    public void theTraceOfWhatFollowsAMoveIsOfThat() {
        ServerState server = follow(Verb.ABORT, NOW);
        ServerState taken =
                clear(server, new Look().actions("a", list(action("req-9", "live_migration_cancel", "u-ops"))));
        assertEquals("req-9", taken.follow().requestId());
        assertSame(server.move(), taken.move());
    }

    // ---- that there is none

    /** Twice in succession, long enough after, of an idle server, in a whole list that goes back far enough. */
    @Test
    public void thatThereIsNoTraceCountsAtTheSecondLook() {
        Look look = new Look().actions("a", list()).read(IDLE);
        ServerState first = clear(unclear(Action.LIVE, SENT), look);
        assertEquals("UNDER_WAY", told(first));
        assertEquals(1, first.move().looks());
        ServerState second = clear(first, look);
        assertEquals(
                "PENDING: Nova shows no trace of the live migration asked for at " + SENT + " (no answer in time)",
                told(second));
        assertNull(second.move());
        assertEquals("waiting", second.spans().get(second.spans().size() - 1).kind());
    }

    @Test
    public void whatIsNotWholeProvesNothing() {
        OddRow odd = new OddRow(OddRow.Kind.INSTANCE_ACTION, "req-8", "", "its 'action' is not a text");
        ServerState server = lookedFor(Action.LIVE, SENT);
        for (Look look : List.of(
                new Look().read(IDLE), // the actions were not read
                new Look()
                        .actions("a", new Listed<>(List.of(BASELINE), List.of(odd)))
                        .read(IDLE),
                new Look().actions("a", list()), // the server was not read
                new Look().actions("a", list()).read(BUSY),
                // short of what was there before
                new Look().actions("a", Listed.of(List.of())).read(IDLE),
                new Look()
                        .actions("a", Listed.of(List.of(action("req-9", "lock", "u-owner"))))
                        .read(IDLE))) {
            assertSame(server, clear(server, look));
        }
        ServerState young = lookedFor(Action.LIVE, SENT.plus(SECOND));
        assertSame(young, clear(young, new Look().actions("a", list()).read(IDLE)));
    }

    /** Nova's database may have been cleaned up since. */
    @Test
    public void aListThatStaysShortIsBelievedInTheEnd() {
        Look look = new Look().actions("a", Listed.of(List.of())).read(IDLE);
        ServerState young = lookedFor(Action.LIVE, NOW.minus(Limits.BUSY).plus(SECOND));
        assertSame(young, clear(young, look));
        assertEquals(
                Stage.PENDING,
                clear(lookedFor(Action.LIVE, NOW.minus(Limits.BUSY)), look).stage());
        // of a server without actions before there is nothing to go back to
        ServerState fresh = with(lookedFor(Action.LIVE, SENT), edit -> {
            Intent old = edit.move;
            edit.move = new Intent(
                    old.verb(), null, null, old.at(), old.state(), null, old.since(), old.doubt(), old.looks());
        });
        assertEquals(Stage.PENDING, clear(fresh, look).stage());
    }

    /** What is to be aborted or forced is under way. */
    @Test
    public void aServerThatIsMovedNeedNotBeIdleForWhatFollows() {
        for (Verb verb : List.of(Verb.ABORT, Verb.FORCE_COMPLETE)) {
            for (Look look : List.of(
                    new Look().actions("a", list()),
                    new Look().actions("a", list()).read(BUSY))) {
                ServerState again = clear(follow(verb, SENT), look);
                assertEquals("UNDER_WAY", told(again));
                assertNull(again.follow());
                assertEquals(2, again.attempts());
            }
        }
        ServerState confirm = follow(Verb.CONFIRM, SENT);
        assertSame(confirm, clear(confirm, new Look().actions("a", list()).read(BUSY)));
    }

    /** A list of actions may be short; a migration is as good a trace. */
    @Test
    public void aMigrationShowsThatItWasTaken() {
        record Row(Action action, String type, String status, boolean shows) {}
        for (Row row : List.of(
                new Row(Action.LIVE, "live-migration", "queued", true),
                new Row(Action.COLD, "migration", "migrating", true),
                new Row(Action.REBUILD, "evacuation", "accepted", true),
                new Row(Action.LIVE, "migration", "migrating", false),
                new Row(Action.CONFIRM, "migration", "confirming", true),
                new Row(Action.CONFIRM, "migration", "confirmed", true),
                new Row(Action.CONFIRM, "migration", "reverted", false),
                new Row(Action.CONFIRM, "migration", "finished", false),
                new Row(Action.REVERT, "migration", "reverting", true),
                new Row(Action.REVERT, "migration", "reverted", true),
                new Row(Action.REVERT, "migration", "confirmed", false))) {
            boolean settles = row.action() == Action.CONFIRM || row.action() == Action.REVERT;
            ServerState server =
                    with(lookedFor(row.action(), SENT), edit -> edit.migration = settles ? Long.valueOf(7) : null);
            ServerState then = clear(
                    server,
                    new Look().actions("a", list()).read(IDLE).moves(migration(7, "a", row.type(), row.status())));
            assertEquals(row.toString(), row.shows() ? Stage.UNDER_WAY : Stage.PENDING, then.stage());
            if (row.shows()) {
                assertEquals(Intent.State.TAKEN, then.move().state());
            }
        }
        // the migration that is to be aborted tells nothing of the abort
        ServerState abort = clear(
                with(follow(Verb.ABORT, SENT), edit -> edit.migration = 7L),
                new Look().actions("a", list()).moves(migration(7, "a", "live-migration", "running")));
        assertNull(abort.follow());
    }

    @Test
    public void whatIsNeverFoundOutIsSaidAfterHalfAnHour() {
        ServerState young = unclear(Action.LIVE, NOW.minus(Limits.TROUBLE));
        assertSame(young, clear(young, new Look()));
        ServerState old = unclear(Action.LIVE, NOW.minus(Limits.TROUBLE).minus(SECOND));
        String words = "UNKNOWN: it could not be found out whether Nova took its live migration (no answer in time)";
        assertEquals(words, told(clear(old, new Look())));
        assertEquals(words, told(clear(old, new Look().actions("a", list()))));
        OddRow odd = new OddRow(OddRow.Kind.INSTANCE_ACTION, "req-8", "", "its 'action' is not a text");
        assertEquals(
                words + "; what was asked of it cannot be read wholly: an instance action req-8: its 'action' is not a"
                        + " text",
                told(clear(old, new Look().actions("a", new Listed<>(List.of(), List.of(odd))))));
    }

    // ---- asked for again

    @Test
    public void aMoveThatDidNothingIsAskedForAFewTimes() {
        for (int attempts = 1; attempts <= Limits.ATTEMPTS; attempts++) {
            int so = attempts;
            ServerState server = with(unclear(Action.LIVE, SENT), edit -> edit.attempts = so);
            ServerState then = new UnclearRequest("u-ops", NOW).unsent(server, server.move(), "why");
            assertEquals(
                    so < Limits.ATTEMPTS ? "PENDING: why" : "FAILED: asked for " + so + " times without effect; why",
                    told(then));
        }
    }

    /** What follows a move is asked for more often: the move goes on meanwhile. */
    @Test
    public void whatFollowsIsAskedForTwiceAsOftenAndThenTheMoveIsLeft() {
        for (int attempts = 1; attempts <= 2 * Limits.ATTEMPTS; attempts++) {
            int so = attempts;
            ServerState server = with(follow(Verb.ABORT, SENT), edit -> edit.attempts = so);
            ServerState then = new UnclearRequest("u-ops", NOW).unsent(server, server.follow(), "why");
            assertEquals(so < 2 * Limits.ATTEMPTS ? null : Outcome.LEFT, then.outcome());
            if (then.outcome() != null) {
                assertTrue(then.reason(), then.reason().startsWith("its abort could not be asked for; why"));
            } else {
                assertNull(then.follow());
                assertSame(server.move(), then.move());
            }
        }
    }

    /** Else a guest whose live migration was aborted would be tried live again. */
    @Test
    public void whyAServerIsMovedColdOutlivesARefusalOfIt() {
        ServerState server =
                with(unclear(Action.COLD, SENT), edit -> edit.reason = ReasonMarkers.MOVED_COLD + "over its time");
        ServerState then = new UnclearRequest("u-ops", NOW).unsent(server, server.move(), "why");
        assertEquals(ReasonMarkers.MOVED_COLD + "why", then.reason());
    }
}
