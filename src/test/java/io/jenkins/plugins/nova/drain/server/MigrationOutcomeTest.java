package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Test;

/** What became of a move, by all that Nova may show of it. */
public class MigrationOutcomeTest {

    private static final Instant JUST = NOW.minusSeconds(1);
    private static final Instant LONG_AGO = NOW.minus(Limits.CONTRADICTION);
    private static final Instant NOT_SO_LONG = LONG_AGO.plusSeconds(1);

    private static final Server GOOD = Servers.named("a").on("compute2").make();

    /** A move's action, the status of its migration that says it ended well, and what that then is. */
    private record End(Action action, boolean confirms, String status, String outcome) {

        ServerState server(Instant since) {
            ServerState server = moving("a", action, status, since);
            return confirms ? follows(server, Verb.CONFIRM, JUST) : server;
        }

        Migration migration() {
            return typed(action, status);
        }
    }

    private static final List<End> ENDS = List.of(
            new End(Action.LIVE, false, "completed", "MOVED"),
            new End(Action.REBUILD, false, "done", "REBUILT"),
            new End(Action.REBUILD, false, "completed", "REBUILT"),
            new End(Action.COLD, false, "confirmed", "MOVED"),
            new End(Action.COLD, true, "confirmed", "CONFIRMED"));

    private static Migration typed(Action action, String status) {
        String type = switch (action) {
            case LIVE -> "live-migration";
            case REBUILD -> "evacuation";
            default -> "migration";
        };
        return migration(7, "a", type, status);
    }

    private static ServerState follows(ServerState server, Verb verb, Instant at) {
        return with(
                server,
                edit -> edit.follow = Intent.record(verb, null, null, at).taken("req-2", at));
    }

    private static Orders orders() {
        return Orders.empty("compute1");
    }

    private static ServerState judged(ServerState server, Look look) {
        return judged(orders(), server, look);
    }

    private static ServerState judged(Orders orders, ServerState server, Look look) {
        return new MigrationOutcome(drain(orders, server), NOW).judge(server, look.make());
    }

    /** Law 1. */
    @Test
    public void aMoveHasEndedWellWhenItsServerIsElsewhereAndIdle() {
        for (End end : ENDS) {
            ServerState judged = judged(
                    end.server(LONG_AGO), new Look().moves(end.migration()).read(GOOD));
            assertEquals(end.outcome(), told(judged));
            assertEquals("compute2", judged.to());
            assertEquals(NOW, judged.ended());
        }
    }

    /** Law 1: the migration's status proves nothing. */
    @Test
    public void anEndedMigrationWhoseServerWasNotReadProvesNothing() {
        for (End end : ENDS) {
            ServerState judged = judged(
                    end.server(LONG_AGO),
                    new Look().moves(end.migration()).listed(GOOD)); // the list may be older than the migration
            assertEquals("UNDER_WAY", told(judged));
        }
    }

    @Test
    public void recordsThatContradictEachOtherAreWaitedForAndThenSaid() {
        record Row(Server seen, String words) {}
        List<Row> rows = List.of(
                new Row(Servers.named("a").make(), "ACTIVE on compute1"),
                new Row(Servers.named("a").on(null).make(), "ACTIVE on no host"),
                new Row(
                        Servers.named("a").on("compute2").task("migrating").make(),
                        "ACTIVE on compute2 with task migrating"));
        for (End end : ENDS) {
            for (Row row : rows) {
                Look look = new Look().moves(end.migration()).read(row.seen());
                assertEquals("UNDER_WAY", told(judged(end.server(NOT_SO_LONG), look)));
                assertEquals(
                        "UNKNOWN: its migration 7 reads " + end.status() + ", but it is " + row.words(),
                        told(judged(end.server(LONG_AGO), look)));
            }
        }
    }

    @Test
    public void aServerInErrorHasNotMovedWell() {
        Server broken = Servers.named("a")
                .on("compute2")
                .is("ERROR", "error")
                .fault("no such image ")
                .make();
        for (End end : ENDS) {
            assertEquals(
                    "FAILED: its migration ended, but it is ERROR on compute2: no such image",
                    told(judged(
                            end.server(JUST), new Look().moves(end.migration()).read(broken))));
        }
    }

    @Test
    public void whatNovaIsStillAtGoesOn() {
        for (Action action : List.of(Action.LIVE, Action.REBUILD, Action.COLD)) {
            for (String status : List.of("accepted", "queued", "preparing", "pre-migrating", "running", "migrating")) {
                assertEquals(
                        "UNDER_WAY",
                        told(judged(
                                moving("a", action, status, JUST),
                                new Look().moves(typed(action, status)).read(GOOD))));
            }
        }
    }

    /** Time in a queue or in preparation is not time in which anything is moved. */
    @Test
    public void aMoveRunsFromWhenNovaIsAtIt() {
        record Row(String status, boolean runs, String span) {}
        for (Row row : List.of(
                new Row("queued", false, "queued"),
                new Row("accepted", false, "queued"),
                new Row("preparing", false, "live"),
                new Row("running", true, "live"))) {
            ServerState judged =
                    judged(taken("a", Action.LIVE, JUST), new Look().moves(typed(Action.LIVE, row.status())));
            assertEquals(row.status(), row.runs() ? NOW : null, judged.running());
            assertEquals(
                    row.span(), judged.spans().get(judged.spans().size() - 1).kind());
            assertEquals(row.status(), row.runs(), judged.progress() != null);
            assertEquals(Long.valueOf(7), judged.migration());
        }
        ServerState running = moving("a", Action.LIVE, "running", JUST);
        assertEquals(
                JUST,
                judged(running, new Look().moves(typed(Action.LIVE, "running"))).running());
    }

    @Test
    public void theSpanOfAConfirmIsNotThatOfItsMove() {
        ServerState confirming = follows(moving("a", Action.COLD, "finished", JUST), Verb.CONFIRM, JUST);
        assertEquals("confirm", span(confirming));
        ServerState aborting = follows(moving("a", Action.LIVE, "running", JUST), Verb.ABORT, JUST);
        assertEquals("live", span(aborting));
    }

    private static String span(ServerState server) {
        ServerState judged = judged(server, new Look().moves(typed(server.action(), server.migrationStatus())));
        return judged.spans().get(judged.spans().size() - 1).kind();
    }

    /** By since it is told how long a status has lasted. */
    @Test
    public void aStatusIsCountedFromItsFirstLook() {
        ServerState server = moving("a", Action.LIVE, "running", JUST);
        Look same = new Look().moves(typed(Action.LIVE, "running"));
        assertEquals(JUST, judged(server, same).since());
        ServerState other = judged(server, new Look().moves(typed(Action.LIVE, "post-copy running")));
        assertEquals(NOW, other.since());
        assertEquals("post-copy running", other.migrationStatus());
    }

    /** The target of a migration that is reverted is the host that its server leaves. */
    @Test
    public void theTargetIsWhereAServerGoesUnlessItIsReverted() {
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD)) {
            assertEquals(
                    "compute2",
                    judged(moving("a", action, "running", JUST), new Look().moves(typed(action, "running")))
                            .to());
        }
        ServerState reverting = with(moving("a", Action.REVERT, "finished", JUST), edit -> edit.to = "compute9");
        assertEquals(
                "compute9",
                judged(reverting, new Look().moves(typed(Action.REVERT, "finished")))
                        .to());
        Migration untold =
                new Migration(7, "m", "id-a", "live-migration", "running", "compute1", null, null, null, null);
        ServerState known = with(moving("a", Action.LIVE, "running", JUST), edit -> edit.to = "compute3");
        assertEquals("compute3", judged(known, new Look().moves(untold)).to());
    }

    @Test
    public void whatALiveMigrationHasCopiedIsKeptAccountOf() {
        ServerMigration counted = new ServerMigration(
                7, "running", "compute1", "compute2", 512L << 20, 0L, 256L << 20, 0L, 0L, 0L, null, null);
        Look look = new Look().moves(typed(Action.LIVE, "running")).counters("a", counted);
        assertEquals(
                256L << 20,
                judged(moving("a", Action.LIVE, "running", JUST), look)
                        .progress()
                        .remaining());
        Look cold = new Look().moves(typed(Action.COLD, "migrating")).counters("a", counted);
        assertNull(judged(moving("a", Action.COLD, "migrating", JUST), cold).progress());
    }

    /** Nova lists none in post-copy among those in progress, and refuses to abort it. */
    @Test
    public void whatIsOverItsTimeIsAbortedWhereNovaListsItAsInProgress() {
        ServerState server = moving("a", Action.LIVE, "running", NOW.minus(Duration.ofMinutes(7)));
        ServerMigration untold = new ServerMigration(
                7, "running", "compute1", "compute2", null, null, null, null, null, null, null, null);
        Look look = new Look().moves(typed(Action.LIVE, "running"));
        assertNull(judged(server, look).follow());
        assertEquals(
                Intent.record(Verb.ABORT, null, null, NOW),
                judged(server, look.counters("a", untold)).follow());
    }

    /** Law 12. */
    @Test
    public void aDeletedServerIsGoneWhateverItsMigrationReads() {
        for (End end : ENDS) {
            assertEquals(
                    "GONE: was deleted meanwhile",
                    told(judged(
                            end.server(JUST),
                            new Look().moves(end.migration()).read(GOOD).gone("a"))));
        }
    }

    /** Law 2: a migration that is there while the answer was lost may be somebody else's. */
    @Test
    public void anUnclearRequestIsLookedForBeforeItsMigrationIsBelieved() {
        ServerState unclear = with(
                moving("a", Action.LIVE, "completed", JUST), edit -> edit.move = edit.move.unclear("no answer", JUST));
        Look look = new Look().moves(typed(Action.LIVE, "completed")).read(GOOD);
        assertSame(unclear, judged(unclear, look));
        ServerState follow = with(
                follows(moving("a", Action.LIVE, "completed", JUST), Verb.ABORT, JUST),
                edit -> edit.follow = edit.follow.unclear("no answer", JUST));
        assertSame(follow, judged(follow, look));
    }

    // ---- taken, and no migration of it is shown

    @Test
    public void aMigrationThatWasShownOnceIsNotGivenUpWhereALookDoesNotShowIt() {
        ServerState shown = moving("a", Action.LIVE, "running", NOW.minus(Duration.ofDays(1)));
        assertSame(shown, judged(shown, new Look().read(Servers.named("a").make())));
    }

    /** Nova is at it still, or nobody can tell: nothing is said before the time that the move may take is over. */
    @Test
    public void aRequestThatWasTakenIsWaitedForAsLongAsAMoveMayTake() {
        Duration limit = Limits.of(Drained.waiting("a", Action.LIVE));
        for (Look look : List.of(
                new Look(),
                new Look().read(Servers.named("a").make().unknown()),
                new Look().read(Servers.named("a").task("migrating").make()))) {
            assertEquals(
                    "UNDER_WAY",
                    told(judged(taken("a", Action.LIVE, NOW.minus(limit).plusSeconds(1)), look)));
            String words = told(judged(taken("a", Action.LIVE, NOW.minus(limit)), look));
            assertTrue(
                    words,
                    words.startsWith("UNKNOWN: Nova took the live migration (req-1) and shows no migration of it"));
        }
    }

    @Test
    public void whyNovaMadeNoMigrationIsSaidOnceNovaHadTimeToTell() {
        InstanceAction failed = new InstanceAction(
                "live-migration",
                "req-1",
                null,
                null,
                null,
                List.of(new InstanceAction.Event(
                        "conductor_live_migrate_instance",
                        "Error",
                        null,
                        null,
                        null,
                        "No valid host was found",
                        null)));
        Look look = new Look().read(Servers.named("a").make()).events("a", failed);
        assertEquals(
                "UNDER_WAY",
                told(judged(taken("a", Action.LIVE, NOW.minus(Limits.SETTLE).plusSeconds(1)), look)));
        ServerState judged = judged(taken("a", Action.LIVE, NOW.minus(Limits.SETTLE)), look);
        assertEquals("FAILED: No valid host was found; it is ACTIVE on compute1", told(judged));
        assertEquals(FailureReason.hint("No valid host was found"), judged.hint());
    }

    @Test
    public void aRequestOfWhichNothingCameIsNotKnownToHaveFailed() {
        Look look = new Look().read(Servers.named("a").make());
        assertEquals("UNDER_WAY", told(judged(taken("a", Action.LIVE, NOT_SO_LONG), look)));
        assertEquals(
                "UNKNOWN: Nova took the live migration (req-1) and nothing came of it; it is ACTIVE on compute1",
                told(judged(taken("a", Action.LIVE, LONG_AGO), look)));
    }

    // ---- ended badly

    @Test
    public void aMigrationThatEndedBadlyHasFailedInNovasWordsOrByItsStatus() {
        for (Action action : List.of(Action.LIVE, Action.REBUILD, Action.COLD)) {
            for (String status : List.of("error", "failed", "cancelled")) {
                Look look = new Look()
                        .moves(typed(action, status))
                        .read(Servers.named("a").make());
                ServerState judged = judged(moving("a", action, status, JUST), look);
                assertEquals(
                        "FAILED: its " + Verb.of(action).words() + " ended as " + status + "; it is ACTIVE on compute1",
                        told(judged));
                assertEquals(FailureReason.hint(typed(action, status).type() + " " + status), judged.hint());
                Server broken =
                        Servers.named("a").is("ERROR", "error").fault("no room").make();
                assertEquals(
                        "FAILED: no room; it is ERROR on compute1",
                        told(judged(
                                moving("a", action, status, JUST),
                                new Look().moves(typed(action, status)).read(broken))));
            }
        }
    }

    /** What it is left as is not known before its task has ended; an evacuation's task may never. */
    @Test
    public void aFailureIsSaidOfAServerThatHasSettled() {
        Server busy = Servers.named("a").task("migrating").make();
        for (Action action : List.of(Action.LIVE, Action.COLD, Action.REBUILD)) {
            Look look = new Look().moves(typed(action, "error")).read(busy);
            assertEquals(
                    action == Action.REBUILD ? Stage.ENDED : Stage.UNDER_WAY,
                    judged(moving("a", action, "error", NOT_SO_LONG), look).stage());
            assertEquals(
                    Stage.ENDED,
                    judged(moving("a", action, "error", LONG_AGO), look).stage());
            Look unknown = new Look().moves(typed(action, "error")).read(busy.unknown());
            assertEquals(
                    Stage.UNDER_WAY,
                    judged(moving("a", action, "error", NOT_SO_LONG), unknown).stage());
            assertEquals(
                    "UNDER_WAY",
                    told(judged(moving("a", action, "error", LONG_AGO), new Look().moves(typed(action, "error")))));
        }
    }

    private static InstanceAction said(String words) {
        return new InstanceAction(
                "migrate",
                "req-1",
                null,
                null,
                null,
                List.of(new InstanceAction.Event("conductor_migrate_server", "Error", null, null, null, words, null)));
    }

    /** Nova takes a second evacuation beside the first, bug 1978983: only one that was never begun is asked for again. */
    @Test
    public void aRebuildThatTimedOutIsNotAskedForAgain() {
        ServerState server = with(moving("a", Action.REBUILD, "error", LONG_AGO), edit -> edit.attempts = 1);
        DrainState state = drain(orders(), server, moving("b", Action.REBUILD, "pre-migrating", JUST));
        for (boolean noHost : new boolean[] {true, false}) {
            String words = noHost ? "No valid host was found. " : "Timed out waiting for a reply to message ID 1";
            Look look = new Look().read(Servers.named("a").make()).events("a", said(words));
            ServerState then = new MigrationOutcome(state, NOW)
                    .judge(server, look.moves(typed(Action.REBUILD, "error")).make());
            assertEquals(words, noHost ? Stage.PENDING : Stage.ENDED, then.stage());
        }
    }

    /** The seat was not to be had; the scheduler may know another host. It costs no try and tells nothing of load. */
    @Test
    public void whatDoesNotComeToItsSeatIsAskedForOnceMoreWithoutIt() {
        String full = "No valid host was found. ";
        String unfit = "Migration pre-check error: Unacceptable CPU info: CPU doesn't have compatibility.";
        Server there = Servers.named("a").make();
        Orders seated = orders().seated(Map.of("id-a", "compute5"));
        record Row(
                Orders orders, Action action, String was, Server seen, boolean follows, String words, boolean again) {}
        for (Row row : List.of(
                new Row(seated, Action.LIVE, "queued", there, false, full, true),
                new Row(seated, Action.LIVE, "preparing", there, false, unfit, true),
                new Row(seated, Action.LIVE, null, there, false, unfit, true),
                new Row(seated, Action.COLD, "accepted", there, false, full, true),
                new Row(seated, Action.REBUILD, "accepted", there, false, full, true),
                new Row(orders().to("compute5"), Action.LIVE, "queued", there, false, full, false),
                // it was begun there
                new Row(seated, Action.LIVE, "running", there, false, unfit, false),
                // Nova might do both
                new Row(seated, Action.REBUILD, "accepted", there, false, unfit, false),
                // somebody wants it to end
                new Row(seated, Action.LIVE, "queued", there, true, full, false),
                // it is not as it was before
                new Row(seated, Action.LIVE, "queued", GOOD, false, full, false),
                new Row(
                        seated,
                        Action.COLD,
                        "queued",
                        Servers.named("a").is("ERROR", "error").make(),
                        false,
                        full,
                        false))) {
            ServerState server = with(moving("a", row.action(), row.was(), JUST), edit -> {
                edit.move = Intent.record(Verb.of(row.action()), "compute5", null, JUST)
                        .taken("req-1", JUST);
                edit.running = "running".equals(row.was()) ? JUST : null;
                edit.attempts = 2;
                edit.migration = row.was() == null ? null : 7L;
                if (row.follows()) {
                    edit.follow = Intent.record(Verb.ABORT, null, null, JUST).taken("req-2", JUST);
                }
            });
            Look look = new Look()
                    .moves(typed(row.action(), "error"))
                    .read(row.seen())
                    .events("a", said(row.words()));
            ServerState then = judged(row.orders(), server, look);
            assertEquals(row.toString(), row.again(), then.seatRefused() != null);
            if (row.again()) {
                assertEquals(row.toString(), Stage.PENDING, then.stage());
                assertEquals(1, then.attempts());
                assertFalse(then.triedAgain());
                assertNull(then.to());
                assertTrue(then.reason(), then.reason().contains("its seat compute5"));
            }
        }
    }

    /** For some moves Nova shows no migration when no host will do (2.84: the event alone tells). */
    @Test
    public void aSeatThatIsRefusedWithoutAMigrationIsSeenToo() {
        Orders seated = orders().seated(Map.of("id-a", "compute5"));
        ServerState server = with(
                taken("a", Action.LIVE, NOW.minus(Limits.SETTLE)),
                edit -> edit.move = Intent.record(Verb.LIVE, "compute5", null, NOW.minus(Limits.SETTLE))
                        .taken("req-1", NOW.minus(Limits.SETTLE)));
        Look nothing = new Look().read(Servers.named("a").make());
        assertEquals("UNDER_WAY", told(judged(seated, server, nothing)));
        ServerState then = judged(seated, server, nothing.events("a", said("No valid host was found. ")));
        assertEquals(Stage.PENDING, then.stage());
        assertEquals("No valid host was found.", then.seatRefused());
    }

    /** Where many move at a time a host that was free is taken, and a service has too much to do to answer. */
    @Test
    public void whatFailedBesideOthersIsTriedOnceMoreByItself() {
        String full = "No valid host was found. There are not enough hosts available.";
        Server there = Servers.named("a").make();
        record Row(
                Orders orders,
                boolean others,
                int attempts,
                Server seen,
                boolean follows,
                String words,
                boolean again) {}
        for (Row row : List.of(
                new Row(orders(), true, 1, there, false, full, true),
                new Row(orders(), true, 1, there, false, "Timed out waiting for a reply to message ID 1", true),
                new Row(orders(), true, 1, there, false, "oslo_messaging.exceptions.MessagingTimeout", true),
                // a number of the pipeline's is the pipeline's
                new Row(orders().concurrency(4), true, 1, there, false, full, false),
                new Row(orders(), false, 1, there, false, full, false),
                new Row(orders(), true, 2, there, false, full, false),
                new Row(orders(), true, 1, there, true, full, false),
                new Row(orders(), true, 1, there, false, "its disk is corrupt", false),
                // it is not as it was before
                new Row(orders(), true, 1, GOOD, false, full, false),
                new Row(orders(), true, 1, Servers.named("a").on(null).make(), false, full, false),
                new Row(
                        orders(),
                        true,
                        1,
                        Servers.named("a").is("ERROR", "error").make(),
                        false,
                        full,
                        false))) {
            for (boolean shown : new boolean[] {true, false}) {
                ServerState server = with(
                        shown ? moving("a", Action.COLD, "error", LONG_AGO) : taken("a", Action.COLD, LONG_AGO),
                        edit -> {
                            edit.attempts = row.attempts();
                            edit.baseline = 5;
                            edit.follow = row.follows()
                                    ? Intent.record(Verb.CONFIRM, null, null, JUST)
                                            .taken("req-2", JUST)
                                    : null;
                        });
                DrainState state = row.others()
                        ? drain(row.orders(), server, moving("b", Action.COLD, "migrating", JUST))
                        : drain(row.orders(), server, Drained.waiting("b", Action.COLD));
                Look look = new Look().read(row.seen()).events("a", said(row.words()));
                ServerState then = new MigrationOutcome(state, NOW)
                        .judge(server, (shown ? look.moves(typed(Action.COLD, "error")) : look).make());
                // what timed out, and shows no migration that has ended, may be at work
                boolean again = row.again() && (shown || row.words().equals(full));
                assertEquals(row.toString(), again ? Stage.PENDING : Stage.ENDED, then.stage());
                assertEquals(again, then.triedAgain());
                if (again) {
                    assertEquals("its own migration is not the next one's", shown ? 7 : 5, then.baseline());
                    assertNull(then.move());
                    assertEquals(Action.COLD, then.action());
                }
            }
        }
        // nor while Nova is at it still, or cannot tell
        for (Server seen : List.of(Servers.named("a").task("migrating").make(), there.unknown())) {
            ServerState server = moving("a", Action.COLD, "error", LONG_AGO);
            DrainState state = drain(orders(), server, moving("b", Action.COLD, "migrating", JUST));
            Look look = new Look().read(seen).events("a", said(full)).moves(typed(Action.COLD, "error"));
            assertEquals(
                    Stage.ENDED,
                    new MigrationOutcome(state, NOW).judge(server, look.make()).stage());
        }
    }

    // ---- aborted by us

    private static ServerState aborted(ServerState server) {
        return with(follows(server, Verb.ABORT, JUST), edit -> {
            edit.reason = ReasonMarkers.OVER_TIME + " of 6 min";
            edit.planned = PlannedAs.of(GOOD, Verdict.move(Action.LIVE));
        });
    }

    private static Look cancelled(Server seen) {
        return new Look().moves(typed(Action.LIVE, "cancelled")).read(seen);
    }

    /** What helps against a time-out is no advice where somebody stopped it all. */
    @Test
    public void theAdviceIsOfWhatItWasAbortedFor() {
        Map<String, String> advice = Map.of(
                ReasonMarkers.OVER_TIME + " of 6 min",
                "Move it at a quieter time, with onTimeout: 'forceComplete', or cold.",
                "under way when the build was aborted",
                "Run the step again.",
                "under way when the step's timeout was over",
                "Run the step again.");
        advice.forEach((reason, hint) -> {
            ServerState server =
                    with(aborted(moving("a", Action.LIVE, "cancelled", JUST)), edit -> edit.reason = reason);
            ServerState then =
                    judged(orders(), server, cancelled(Servers.named("a").make()));
            assertEquals(
                    "FAILED: its live migration was aborted: " + reason + "; it is ACTIVE on compute1", told(then));
            assertEquals(hint, then.hint());
        });
    }

    @Test
    public void whatThisDrainAbortedIsSaidWithItsReason() {
        ServerState server = aborted(moving("a", Action.LIVE, "cancelled", JUST));
        Server there = Servers.named("a").make();
        for (Orders orders : List.of(orders(), orders().onTimeout(OnTimeout.LEAVE))) {
            assertEquals(
                    "FAILED: its live migration was aborted: over its time of 6 min; it is ACTIVE on compute1",
                    told(judged(orders, server, cancelled(there))));
        }
        // a force complete, or an abort that ended otherwise, was not ours
        for (Verb verb : List.of(Verb.FORCE_COMPLETE, Verb.CONFIRM)) {
            ServerState other = follows(moving("a", Action.LIVE, "cancelled", JUST), verb, JUST);
            assertEquals(
                    "FAILED: its live migration ended as cancelled; it is ACTIVE on compute1",
                    told(judged(other, cancelled(there))));
        }
        ServerState failed = aborted(moving("a", Action.LIVE, "failed", JUST));
        assertEquals(
                "FAILED: its live migration ended as failed; it is ACTIVE on compute1",
                told(judged(
                        failed, new Look().moves(typed(Action.LIVE, "failed")).read(there))));
    }

    @Test
    public void aGuestThatIsTooBusyIsMovedColdWhereThatWasAskedFor() {
        Orders orders = orders().onTimeout(OnTimeout.COLD_MIGRATE);
        ServerState server = aborted(moving("a", Action.LIVE, "cancelled", JUST));
        ServerState judged = judged(orders, server, cancelled(Servers.named("a").make()));
        assertEquals(
                "PENDING: it is moved cold, for its live migration was aborted: over its time of 6 min", told(judged));
        assertEquals(Action.COLD, judged.action());
        assertEquals("its own migration is not the next one's", 7, judged.baseline());
        assertNull(judged.migration());
        assertNull(judged.follow());
        assertEquals("waiting", judged.spans().get(judged.spans().size() - 1).kind());
    }

    /** Its guest would be stopped: not for an abort of another reason, not paused, not against its owner's word. */
    @Test
    public void aGuestIsNotStoppedForLess() {
        Orders cold = orders().onTimeout(OnTimeout.COLD_MIGRATE);
        ServerState server = aborted(moving("a", Action.LIVE, "cancelled", JUST));
        ServerState otherwise = with(server, edit -> edit.reason = "under way when the build was aborted");
        Server there = Servers.named("a").make();
        Server owners = Servers.named("a").metadata("maintenance", "live").make();
        assertEquals(Stage.ENDED, judged(cold, otherwise, cancelled(there)).stage());
        assertEquals(
                Stage.ENDED,
                judged(
                                cold,
                                server,
                                cancelled(Servers.named("a")
                                        .is("PAUSED", "paused")
                                        .make()))
                        .stage());
        assertEquals(Stage.ENDED, judged(cold, server, cancelled(owners)).stage());
        assertEquals(
                Stage.PENDING,
                judged(cold.approve("a"), server, cancelled(owners)).stage());
        ServerState old = with(server, edit -> edit.since = LONG_AGO);
        assertEquals(
                Stage.ENDED,
                judged(orders().onTimeout(OnTimeout.COLD_MIGRATE), old, cancelled(there.unknown()))
                        .stage());
    }

    // ---- cold

    private static Server verify(String host) {
        return Servers.named("a").on(host).is("VERIFY_RESIZE", "resized").make();
    }

    @Test
    public void aColdMoveThatIsFinishedWaitsForItsConfirm() {
        Look look = new Look().moves(typed(Action.COLD, "finished")).read(verify("compute2"));
        ServerState judged = judged(moving("a", Action.COLD, "finished", JUST), look);
        assertEquals(
                "AWAITING_CONFIRM: is on compute2 in VERIFY_RESIZE; its old disks are still on compute1", told(judged));
        assertEquals("compute2", judged.to());
        assertEquals("verify", judged.spans().get(judged.spans().size() - 1).kind());
        ServerState confirmed = judged(orders().autoConfirm(), moving("a", Action.COLD, "finished", JUST), look);
        assertEquals("UNDER_WAY", told(confirmed));
        assertEquals(Intent.record(Verb.CONFIRM, null, null, NOW), confirmed.follow());
    }

    /** A confirm is asked for once, and waited for. */
    @Test
    public void aConfirmThatWasAskedForIsWaitedForAndThenLeft() {
        Orders orders = orders().autoConfirm();
        Look look = new Look().moves(typed(Action.COLD, "finished")).read(verify("compute2"));
        Duration limit = Limits.of(Drained.waiting("a", Action.COLD));
        ServerState young = follows(moving("a", Action.COLD, "finished", JUST), Verb.CONFIRM, NOW.minus(limit));
        ServerState judged = judged(orders, young, look);
        assertEquals("UNDER_WAY", told(judged));
        assertEquals(young.follow(), judged.follow());
        ServerState old = follows(
                moving("a", Action.COLD, "finished", JUST),
                Verb.CONFIRM,
                NOW.minus(limit).minusSeconds(1));
        assertEquals(Stage.ENDED, judged(orders, old, look).stage());
    }

    @Test
    public void aFinishedColdMoveIsNotConfirmedBeforeItsServerIsInVerifyResizeElsewhere() {
        Orders orders = orders().autoConfirm();
        List<Server> others = List.of(
                verify("compute1"),
                verify(null),
                Servers.named("a").on("compute2").make(),
                Servers.named("a")
                        .on("compute2")
                        .is("VERIFY_RESIZE", "resized")
                        .task("resize_finish")
                        .make());
        for (Server seen : others) {
            Look look = new Look().moves(typed(Action.COLD, "finished")).read(seen);
            ServerState judged = judged(orders, moving("a", Action.COLD, "finished", NOT_SO_LONG), look);
            assertEquals("UNDER_WAY", told(judged));
            assertNull(judged.follow());
            String late = told(judged(orders, moving("a", Action.COLD, "finished", LONG_AGO), look));
            assertTrue(late, late.startsWith("UNKNOWN: its migration 7 reads finished, but it is"));
            ServerState asked = follows(moving("a", Action.COLD, "finished", LONG_AGO), Verb.CONFIRM, JUST);
            assertEquals("UNDER_WAY", told(judged(orders, asked, look)));
        }
        Look unread = new Look().moves(typed(Action.COLD, "finished")).listed(verify("compute2"));
        assertEquals("UNDER_WAY", told(judged(orders, moving("a", Action.COLD, "finished", LONG_AGO), unread)));
    }

    /** Law 14. */
    @Test
    public void aMoveThatSomebodyRevertedHasFailed() {
        Look look = new Look().moves(typed(Action.COLD, "reverted"));
        ServerState server = moving("a", Action.COLD, "reverted", JUST);
        assertEquals("FAILED: was moved and then reverted by somebody else", told(judged(server, look)));
        assertEquals(
                "FAILED: was moved and then reverted by somebody else; it is ACTIVE on compute1",
                told(judged(server, look.read(Servers.named("a").make()))));
    }

    // ---- confirm and revert

    /** A confirm or a revert, with where its server is once it is done and where it is not. */
    private record Settle(Action action, String status, String done, String undone, String other) {}

    private static final List<Settle> SETTLES = List.of(
            new Settle(Action.CONFIRM, "confirmed", "compute2", "compute1", "reverted"),
            new Settle(Action.REVERT, "reverted", "compute1", "compute2", "confirmed"));

    @Test
    public void aMoveIsSettledOnceItsServerIsWhereItShallBeAndIdle() {
        for (Settle row : SETTLES) {
            Look look = new Look().moves(typed(row.action(), row.status()));
            ServerState server = moving("a", row.action(), row.status(), LONG_AGO);
            assertEquals("UNDER_WAY", told(judged(server, look)));
            ServerState judged =
                    judged(server, look.read(Servers.named("a").on(row.done()).make()));
            assertEquals(row.status().toUpperCase(Locale.ROOT), told(judged));
            assertEquals(row.done(), judged.to());
        }
    }

    @Test
    public void aSettledMoveWhoseServerIsNotSoIsAContradiction() {
        for (Settle row : SETTLES) {
            for (Server seen : List.of(
                    Servers.named("a").on(row.undone()).make(),
                    Servers.named("a").on(null).make(),
                    Servers.named("a").on(row.done()).task("resize_confirming").make(),
                    Servers.named("a")
                            .on(row.done())
                            .is("VERIFY_RESIZE", "resized")
                            .make())) {
                Look look = new Look().moves(typed(row.action(), row.status())).read(seen);
                assertEquals("UNDER_WAY", told(judged(moving("a", row.action(), row.status(), NOT_SO_LONG), look)));
                String late = told(judged(moving("a", row.action(), row.status(), LONG_AGO), look));
                assertTrue(late, late.startsWith("UNKNOWN: its migration 7 reads " + row.status()));
            }
        }
    }

    /** Law 14. */
    @Test
    public void whatSomebodySettledTheOtherWayHasFailed() {
        for (Settle row : SETTLES) {
            Look look = new Look().moves(typed(row.action(), row.other()));
            ServerState server = moving("a", row.action(), row.other(), JUST);
            assertEquals("FAILED: was " + row.other() + " by somebody else meanwhile", told(judged(server, look)));
            assertEquals(
                    "FAILED: was " + row.other() + " by somebody else meanwhile; it is ACTIVE on compute2",
                    told(judged(server, look.read(GOOD))));
            String going = row.action() == Action.CONFIRM ? "confirming" : "reverting";
            assertEquals(
                    "UNDER_WAY",
                    told(judged(
                            moving("a", row.action(), going, JUST),
                            new Look().moves(typed(row.action(), going)).read(GOOD))));
        }
    }
}
