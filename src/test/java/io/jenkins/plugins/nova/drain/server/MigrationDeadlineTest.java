package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestAnswers;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.Test;

/** What is done about a move that takes too long, and when: at its limit not yet, a second later. */
public class MigrationDeadlineTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final List<String> UNTOUCHABLE =
            List.of("pre-migrating", "post-copy running", "post-migrating", "preparing");

    private static final EnumSet<OnTimeout> ABORTING = EnumSet.of(OnTimeout.ABORT, OnTimeout.COLD_MIGRATE);

    private static Migration live(String status) {
        return migration(7, "a", "live-migration", status);
    }

    private static MigrationDeadline deadline(OnTimeout how) {
        return new MigrationDeadline(Orders.empty("compute1").onTimeout(how).make(), NOW);
    }

    /** Copied for so long, with a deadline after {@link #LIMIT}. */
    private static ServerState copied(Duration time, String status) {
        Instant running = NOW.minus(time);
        return with(
                moving("a", Action.LIVE, status, running), edit -> edit.progress = Progress.begun(running.plus(LIMIT)));
    }

    private static ServerState asked(ServerState server, Verb verb, Instant at) {
        return with(server, edit -> {
            edit.follow = Intent.record(verb, null, null, at).taken("req-2", at);
            edit.reason = "over its time";
        });
    }

    private static ServerState refused(ServerState server, Verb verb, Instant at) {
        return with(
                server,
                edit -> edit.follow = Intent.record(verb, null, null, at).refused("no such migration", at));
    }

    // ---- before Nova is at it

    @Test
    public void aQueueIsWaitedInForHoursByEveryKindOfMove() {
        Migration queued = live("queued");
        for (OnTimeout how : OnTimeout.values()) {
            ServerState young = taken("a", Action.LIVE, NOW.minus(Limits.QUEUED));
            ServerState old = taken("a", Action.LIVE, NOW.minus(Limits.QUEUED).minus(SECOND));
            assertSame(young, deadline(how).live(young, queued, false));
            assertSame(young, deadline(how).other(young, queued));
            for (ServerState left : List.of(
                    deadline(how).live(old, queued, false), deadline(how).other(old, queued))) {
                assertEquals(
                        "LEFT: is queued in Nova since 6 h; left to Nova (it shows no migration of it yet)",
                        told(left));
            }
        }
    }

    /** Nothing is copied yet, so that an abort loses nothing; but what is to be left is left, and what to be forced cannot be. */
    @Test
    public void aPreparationThatDoesNotEndIsAbortedOrLeft() {
        Migration preparing = live("preparing");
        for (OnTimeout how : OnTimeout.values()) {
            ServerState young = taken("a", Action.LIVE, NOW.minus(Limits.PREPARING));
            assertSame(young, deadline(how).live(young, preparing, true));
            ServerState old =
                    taken("a", Action.LIVE, NOW.minus(Limits.PREPARING).minus(SECOND));
            ServerState then = deadline(how).live(old, preparing, true);
            assertTrue(then.reason(), then.reason().startsWith("over its time of 35 min for the preparation"));
            if (ABORTING.contains(how)) {
                assertEquals(Intent.record(Verb.ABORT, null, null, NOW), then.follow());
            } else {
                assertEquals(Outcome.LEFT, then.outcome());
            }
            ServerState aborting = asked(old, Verb.ABORT, NOW.minus(Limits.ABORTING));
            assertSame(aborting, deadline(how).live(aborting, preparing, true));
            ServerState aborted =
                    asked(old, Verb.ABORT, NOW.minus(Limits.ABORTING).minus(SECOND));
            assertEquals(
                    Outcome.LEFT, deadline(how).live(aborted, preparing, true).outcome());
        }
    }

    // ---- while it copies

    /** However bad it looks: a guest may quieten down. */
    @Test
    public void aCopyIsLeftAloneUntilItsDeadline() {
        for (OnTimeout how : OnTimeout.values()) {
            ServerState server = copied(LIMIT, "running");
            assertSame(server, deadline(how).live(server, live("running"), true));
        }
    }

    @Test
    public void atItsDeadlineACopyIsAbortedForcedOrLeft() {
        for (OnTimeout how : OnTimeout.values()) {
            ServerState then = deadline(how).live(copied(LIMIT.plus(SECOND), "running"), live("running"), true);
            assertTrue(then.reason(), then.reason().startsWith("over its time of 8 min for its size"));
            switch (how) {
                case ABORT, COLD_MIGRATE -> assertEquals(Intent.record(Verb.ABORT, null, null, NOW), then.follow());
                case FORCE_COMPLETE -> assertEquals(Intent.record(Verb.FORCE_COMPLETE, null, null, NOW), then.follow());
                case LEAVE ->
                    assertEquals(
                            "LEFT: over its time of 8 min for its size: still running; left to Nova (migration 7, running)",
                            told(then));
            }
        }
    }

    /** In post-copy, or on the way into it, the guest's memory is in two places: nothing is asked, however long it takes. */
    @Test
    public void nothingIsAskedOfAMigrationThatMustNotBeAborted() {
        for (OnTimeout how : OnTimeout.values()) {
            for (String status : UNTOUCHABLE) {
                boolean leaves = how == OnTimeout.LEAVE && !status.contains("post-copy");
                ServerState over = copied(leaves ? LIMIT : LIMIT.multipliedBy(2), status);
                assertSame(over, deadline(how).live(over, live(status), true));
                ServerState wayOver = copied((leaves ? LIMIT : LIMIT.multipliedBy(2)).plus(SECOND), status);
                ServerState then = deadline(how).live(wayOver, live(status), true);
                assertEquals(
                        "LEFT: over its time of 8 min for its size"
                                + (status.contains("post-copy")
                                        ? " in post-copy, which must not be aborted"
                                        : ": still " + status)
                                + "; left to Nova (migration 7, " + status + ")",
                        told(then));
            }
            // Nova lists it no more among those in progress
            if (how != OnTimeout.LEAVE) {
                ServerState unlisted = copied(LIMIT.multipliedBy(2), "running");
                assertSame(unlisted, deadline(how).live(unlisted, live("running"), false));
            }
        }
    }

    @Test
    public void whatWasMeasuredIsSaidWithTheTime() {
        ServerState server = with(copied(LIMIT.plus(SECOND), "running"), edit -> {
            Progress progress = edit.progress;
            edit.progress = new Progress(100, 50, progress.deadline(), true, progress.watch());
        });
        assertEquals(
                "over its time of 8 min for its size and rate; 0 MiB remaining",
                deadline(OnTimeout.ABORT).live(server, live("running"), true).reason());
    }

    // ---- a guest that dirties as fast as it is copied

    /** Seen to gain nothing in so many rounds of twenty seconds. */
    private static ServerState endless(int rounds) {
        Instant running = NOW.minusSeconds(20L * rounds);
        Progress progress = Progress.begun(running.plus(LIMIT));
        long gib = 1L << 30;
        for (int i = 0; i <= 4 * rounds; i++) {
            progress = progress.told(
                    new ServerMigration(
                            7, "running", "compute1", "compute2", gib, i * gib / 4, gib, 0L, 0L, 0L, null, null),
                    gib,
                    running,
                    running.plusSeconds(5L * i));
        }
        Progress seen = progress;
        return with(moving("a", Action.LIVE, "running", running), edit -> edit.progress = seen);
    }

    /** What forcing costs does not become less by waiting; an abort throws away what was copied. */
    @Test
    public void onlyForcingComesBeforeTheDeadlineAndOnlyOnceItIsCertain() {
        for (OnTimeout how : OnTimeout.values()) {
            ServerState certain = endless(2);
            ServerState then = deadline(how).live(certain, live("running"), true);
            if (how == OnTimeout.FORCE_COMPLETE) {
                assertEquals(Intent.record(Verb.FORCE_COMPLETE, null, null, NOW), then.follow());
                assertTrue(
                        then.reason(),
                        then.reason()
                                        .startsWith(
                                                "does not converge: 1.0 GiB remaining, dirtied as fast as copied at 51 MiB/s")
                                && then.reason().contains("; the guest pauses for about 21 s, unless"));
            } else {
                assertSame(certain, then);
            }
            ServerState uncertain = endless(1);
            assertSame(uncertain, deadline(how).live(uncertain, live("running"), true));
        }
    }

    // ---- a guest that is looked at

    /** It answered before its move, and of its last thirty connections so many came to nothing. */
    private static ServerState lost(ServerState server, int lost) {
        GuestAnswers heard = GuestAnswers.begin(1);
        for (int i = 0; i < 60; i++) {
            heard = heard.with(i < 60 - lost, NOW.minusSeconds(60L - i));
        }
        GuestWatch guest = new GuestWatch(
                        GuestAddress.parse("tcp://10.0.0.5:22"), NOW, true, true, 0, 0, 0, null, null, null)
                .heard(heard);
        return with(server, edit -> edit.guest = guest);
    }

    /** Long before the deadline, whatever is to be done there. */
    @Test
    public void aGuestThatStoppedAnsweringHasItsMoveAborted() {
        for (OnTimeout how : OnTimeout.values()) {
            ServerState server = lost(copied(SECOND, "running"), GuestAnswers.LOSS);
            ServerState then = deadline(how).live(server, live("running"), true);
            assertEquals(Intent.record(Verb.ABORT, null, null, NOW), then.follow());
            assertEquals(
                    "its guest stopped answering at tcp://10.0.0.5:22 while it was moved: 15 of the last 30 connections"
                            + " came to nothing (asked 60 times, answered 45 times, longest silence 14 s)",
                    then.reason());
            ServerState few = lost(copied(SECOND, "running"), GuestAnswers.LOSS - 1);
            assertSame(few, deadline(how).live(few, live("running"), true));
            ServerState unlisted = lost(copied(SECOND, "running"), 30);
            assertSame(unlisted, deadline(how).live(unlisted, live("running"), false));
            ServerState twice = asked(lost(copied(SECOND, "running"), 30), Verb.FORCE_COMPLETE, NOW);
            assertSame("what was asked for is waited for", twice, deadline(how).live(twice, live("running"), true));
        }
    }

    @Test
    public void neverWhereItMustNotBe() {
        for (OnTimeout how : OnTimeout.values()) {
            for (String status : UNTOUCHABLE) {
                ServerState server = lost(copied(SECOND, status), 30);
                assertSame(server, deadline(how).live(server, live(status), true));
            }
        }
    }

    /** An abort would come too late, and its guest is about to run on the other host. */
    @Test
    public void norWhereTheCopyEndsInTenSeconds() {
        for (int left = 8; left <= 14; left++) {
            ServerState server = lost(ending(left), 30);
            ServerState then = deadline(OnTimeout.ABORT).live(server, live("running"), true);
            assertEquals(left + " s", left > 10, then.follow() != null);
        }
    }

    /** Copied at 10 MiB/s for a minute, and so many seconds from its end. */
    private static ServerState ending(int secondsLeft) {
        Instant running = NOW.minusSeconds(60);
        Progress progress = Progress.begun(running.plus(LIMIT));
        long rate = 10L << 20;
        long all = rate * (60 + secondsLeft);
        for (int i = 0; i <= 12; i++) {
            long sent = rate * 5 * i;
            progress = progress.told(
                    new ServerMigration(
                            7, "running", "compute1", "compute2", all, sent, all - sent, 0L, 0L, 0L, null, null),
                    all,
                    running,
                    running.plusSeconds(5L * i));
        }
        Progress seen = progress;
        return with(moving("a", Action.LIVE, "running", running), edit -> edit.progress = seen);
    }

    // ---- after something was asked for

    /** An abort is waited for some minutes, a force complete as long as a move, both from when they were asked for. */
    @Test
    public void whatWasAskedForIsWaitedForAndNotAskedForAgain() {
        for (Verb verb : List.of(Verb.ABORT, Verb.FORCE_COMPLETE)) {
            Duration wait = verb == Verb.ABORT ? Limits.ABORTING : Limits.of(Drained.waiting("a", Action.LIVE));
            ServerState server = copied(LIMIT.multipliedBy(3), "running");
            for (OnTimeout how : OnTimeout.values()) {
                ServerState young = asked(server, verb, NOW.minus(wait));
                assertSame(young, deadline(how).live(young, live("running"), true));
                ServerState old = asked(server, verb, NOW.minus(wait).minus(SECOND));
                String words = told(deadline(how).live(old, live("running"), true));
                assertTrue(
                        words,
                        words.startsWith("LEFT: is still running, " + wait.toMinutes() + " min 01 s after "
                                + verb.words() + " was asked for (over its time)"));
            }
        }
    }

    /** Mostly it came too late; the migration's own end is waited for, until its deadline if that is later. */
    @Test
    public void whatWasRefusedGoesOnUntilItsDeadlineAtLeast() {
        for (Verb verb : List.of(Verb.ABORT, Verb.FORCE_COMPLETE)) {
            Instant old = NOW.minus(Limits.ABORTING).minus(SECOND);
            ServerState early = refused(copied(LIMIT, "running"), verb, old);
            assertSame(early, deadline(OnTimeout.ABORT).live(early, live("running"), true));
            ServerState young = refused(copied(LIMIT.multipliedBy(2), "running"), verb, NOW.minus(Limits.ABORTING));
            assertSame(young, deadline(OnTimeout.ABORT).live(young, live("running"), true));
            ServerState late = refused(copied(LIMIT.plus(SECOND), "running"), verb, old);
            String words = told(deadline(OnTimeout.ABORT).live(late, live("running"), true));
            assertTrue(words, words.startsWith("LEFT: its " + verb.words() + " () was refused: no such migration"));
        }
    }

    @Test
    public void inPostCopyAnEndIsWaitedForAsLongAsIfNothingHadBeenAsked() {
        Duration wait = Limits.of(Drained.waiting("a", Action.LIVE));
        Migration postCopy = live("post-copy running");
        ServerState early = asked(
                copied(LIMIT.multipliedBy(2), "post-copy running"),
                Verb.ABORT,
                NOW.minus(wait).minus(SECOND));
        assertSame(early, deadline(OnTimeout.ABORT).live(early, postCopy, true));
        ServerState young = asked(copied(LIMIT.multipliedBy(3), "post-copy running"), Verb.ABORT, NOW.minus(wait));
        assertSame(young, deadline(OnTimeout.ABORT).live(young, postCopy, true));
        ServerState late = asked(
                copied(LIMIT.multipliedBy(2).plus(SECOND), "post-copy running"),
                Verb.ABORT,
                NOW.minus(wait).minus(SECOND));
        assertEquals(
                Outcome.LEFT,
                deadline(OnTimeout.ABORT).live(late, postCopy, true).outcome());
    }

    // ---- other moves

    @Test
    public void anyOtherMoveIsLeftAfterTheTimeForItsSize() {
        ServerState server = Drained.sized("a", Action.COLD, 512, 10, true);
        Duration limit = Limits.of(server);
        assertEquals(Duration.ofMinutes(15), limit);
        Migration migrating = migration(7, "a", "migration", "migrating");
        ServerState young = moving(server, "migrating", NOW.minus(limit));
        assertSame(young, deadline(OnTimeout.ABORT).other(young, migrating));
        ServerState old = moving(server, "migrating", NOW.minus(limit).minus(SECOND));
        assertEquals(
                "LEFT: over its time of 15 min for its size: still migrating; a cold migration cannot be aborted; left to"
                        + " Nova (migration 7, migrating)",
                told(deadline(OnTimeout.ABORT).other(old, migrating)));
        // a confirm has its own time, from when it was asked for
        ServerState confirming = asked(old, Verb.CONFIRM, NOW.minus(limit));
        assertSame(confirming, deadline(OnTimeout.ABORT).other(confirming, migrating));
        ServerState late = asked(old, Verb.CONFIRM, NOW.minus(limit).minus(SECOND));
        assertEquals(
                "LEFT: is still migrating, 15 min 01 s after confirm was asked for; a confirm cannot be aborted; left to"
                        + " Nova (migration 7,"
                        + " migrating)",
                told(deadline(OnTimeout.ABORT).other(late, migrating)));
    }
}
