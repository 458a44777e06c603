package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.changed;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.Test;

/** Law 12: what a server was said to be may be untrue by the time that all others have ended. */
public class ChangesAfterOutcomeTest {

    private static final EnumSet<Outcome> LEFT_IT = EnumSet.of(
            Outcome.MOVED,
            Outcome.REBUILT,
            Outcome.FAILED_OVER,
            Outcome.CONFIRMED,
            Outcome.GONE,
            Outcome.AWAITING_CONFIRM,
            Outcome.AWAITING_OWNER);
    private static final EnumSet<Outcome> STAYED = EnumSet.of(Outcome.BLOCKED, Outcome.SKIPPED);
    private static final EnumSet<Outcome> WAITING = EnumSet.of(Outcome.AWAITING_CONFIRM, Outcome.AWAITING_OWNER);
    private static final EnumSet<Outcome> UNSETTLED =
            EnumSet.of(Outcome.FAILED, Outcome.LEFT, Outcome.UNKNOWN, Outcome.AWAITING_CONFIRM, Outcome.AWAITING_OWNER);

    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Disappearance DEPARTURE = new Disappearance("compute1", "u-ops");

    private static final Server THERE = Servers.named("a").make();
    private static final Server ELSEWHERE = Servers.named("a").on("compute2").make();
    private static final Server VERIFY =
            Servers.named("a").on("compute2").is("VERIFY_RESIZE", "resized").make();

    /** It has ended so, its migration 7 as last seen. */
    private static ServerState ended(Outcome outcome) {
        return with(moving("a", Action.COLD, "finished", BEFORE).end(outcome, "why", "", BEFORE), edit -> {});
    }

    private static ServerState seen(ServerState server, Look look) {
        return ChangesAfterOutcome.seen(server, look.make(), DEPARTURE, NOW);
    }

    private static Migration cold(String status) {
        return migration(7, "a", "migration", status);
    }

    // ---- seen

    @Test
    public void whatHasNoOutcomeYetIsNotCorrected() {
        for (ServerState server : List.of(waiting("a", Action.LIVE), moving("a", Action.LIVE, "running", BEFORE))) {
            assertSame(server, seen(server, new Look().gone("a")));
        }
    }

    /** Nova's list alone may be old; with the server read alone, idle and there, it is back. */
    @Test
    public void whatHadLeftAndIsThereAgainHasFailed() {
        for (Outcome outcome : Outcome.values()) {
            ServerState server = ended(outcome);
            assertSame(server, seen(server, new Look().listed(THERE)));
            assertSame(
                    server,
                    seen(
                            server,
                            new Look()
                                    .listed(THERE)
                                    .read(Servers.named("a").task("migrating").make())));
            ServerState back = seen(server, new Look().listed(THERE).read(THERE));
            if (LEFT_IT.contains(outcome)) {
                assertEquals(
                        "FAILED: had left the host (" + outcome.words() + ") and is back on it: ACTIVE on compute1",
                        told(back));
            } else {
                assertSame(server, back);
            }
        }
    }

    /** What kept the host from being empty may be gone by itself; what is proven alone counts. */
    @Test
    public void whatStayedAndHasLeftIsGone() {
        for (Outcome outcome : STAYED) {
            ServerState server = ended(outcome);
            assertSame(server, seen(server, new Look()));
            assertEquals(
                    "GONE: was deleted meanwhile; before: " + outcome.words() + ", why",
                    told(seen(server, new Look().gone("a"))));
            assertEquals(
                    "GONE: has left the host: it is ACTIVE on compute2; before: " + outcome.words() + ", why",
                    told(seen(server, new Look().read(ELSEWHERE))));
            ServerState plain = with(server, edit -> edit.reason = "");
            assertEquals(
                    "GONE: was deleted meanwhile; before: " + outcome.words(), told(seen(plain, new Look().gone("a"))));
        }
    }

    @Test
    public void whatWasNotSettledAndIsDeletedIsGoneAndEverythingElseStays() {
        for (Outcome outcome : Outcome.values()) {
            ServerState server = ended(outcome);
            assertSame(server, seen(server, new Look()));
            ServerState after = seen(server, new Look().gone("a"));
            if (UNSETTLED.contains(outcome)) {
                assertEquals("GONE: was deleted meanwhile", told(after));
            } else if (!STAYED.contains(outcome)) {
                assertSame(server, after);
            }
        }
    }

    /** Not one that is in between, in error, or waits for a confirm of the move that failed. */
    @Test
    public void whatFailedAndIsWellElsewhereIsGone() {
        record Row(Server alone, List<Migration> moves, boolean gone) {}
        Server resized = VERIFY;
        for (Row row : List.of(
                new Row(ELSEWHERE, List.of(), true),
                new Row(THERE, List.of(), false),
                new Row(Servers.named("a").on(null).make(), List.of(), false),
                new Row(Servers.named("a").on("compute2").task("resize_finish").make(), List.of(), false),
                new Row(Servers.named("a").on("compute2").is("ERROR", "error").make(), List.of(), false),
                new Row(resized, List.of(), false),
                new Row(resized, List.of(cold("finished")), false),
                new Row(resized, List.of(migration(8, "a", "resize", "migrating")), false),
                new Row(resized, List.of(migration(8, "b", "resize", "finished")), false),
                new Row(resized, List.of(migration(8, "a", "resize", "finished")), true))) {
            ServerState server = ended(Outcome.FAILED);
            ServerState after =
                    seen(server, new Look().read(row.alone()).moves(row.moves().toArray(Migration[]::new)));
            if (row.gone()) {
                assertEquals(
                        "GONE: is " + row.alone().status() + " on compute2 meanwhile; before: failed, why",
                        told(after));
            } else {
                assertSame(row.toString(), server, after);
            }
        }
        ServerState neverMoved = with(ended(Outcome.FAILED), edit -> edit.migration = null);
        assertEquals(
                Outcome.GONE,
                seen(neverMoved, new Look().read(resized).moves(cold("finished")))
                        .outcome());
    }

    /** A confirmed server may have its next task already; while it is confirmed or reverted it still reads resized. */
    @Test
    public void whatWaitedAndWaitsNoMoreElsewhereWasConfirmed() {
        record Row(Server alone, List<Migration> moves, boolean confirmed) {}
        Server busy = Servers.named("a").on("compute2").task("image_snapshot").make();
        Server verifyBusy = Servers.named("a")
                .on("compute2")
                .is("VERIFY_RESIZE", "resized")
                .task("resize_confirming")
                .make();
        List<Migration> next = List.of(migration(8, "a", "resize", "finished"), cold("confirmed"));
        List<Row> rows = List.of(
                new Row(ELSEWHERE, List.of(cold("confirmed")), true),
                new Row(ELSEWHERE, List.of(), true),
                new Row(busy, List.of(cold("confirmed")), true),
                new Row(THERE, List.of(cold("reverted")), false),
                new Row(Servers.named("a").on(null).make(), List.of(), false),
                new Row(Servers.named("a").on("compute2").is("ERROR", "error").make(), List.of(), false),
                new Row(VERIFY, List.of(cold("finished")), false),
                new Row(VERIFY, List.of(cold("confirmed")), false),
                new Row(VERIFY, List.of(migration(8, "a", "resize", "finished"), cold("finished")), false),
                new Row(VERIFY, next, true),
                new Row(verifyBusy, next, false));
        for (Outcome outcome : Outcome.values()) {
            for (Row row : rows) {
                if (outcome == Outcome.FAILED || STAYED.contains(outcome)) {
                    continue;
                }
                ServerState server = ended(outcome);
                ServerState after = seen(
                        server, new Look().read(row.alone()).moves(row.moves().toArray(Migration[]::new)));
                if (row.confirmed() && WAITING.contains(outcome)) {
                    assertEquals(
                            "CONFIRMED: was confirmed by its owner or by Nova's resize_confirm_window", told(after));
                } else {
                    assertSame(outcome + " " + row, server, after);
                }
            }
        }
    }

    // ---- at the end

    private static ServerState left(ServerState server, Look look) {
        return ChangesAfterOutcome.left(server, look.make(), NOW);
    }

    /** A server is on its new host's list before the task that brings it there has ended; one that is unknown may be anywhere. */
    @Test
    public void whatHadLeftAndIsListedWithATaskIsOnItsWayBack() {
        for (Outcome outcome : Outcome.values()) {
            ServerState server = ended(outcome);
            assertSame(server, left(server, new Look().listed(THERE)));
            for (Server back : List.of(Servers.named("a").task("resize_finish").make(), THERE.unknown())) {
                ServerState after = left(server, new Look().listed(back));
                if (LEFT_IT.contains(outcome)) {
                    assertEquals(Outcome.LEFT, after.outcome());
                    assertEquals(
                            0,
                            after.reason()
                                    .indexOf("had left the host (" + outcome.words()
                                            + ") and is on its way back to it: "));
                } else {
                    assertSame(server, after);
                }
            }
        }
        assertEquals(
                false,
                ChangesAfterOutcome.comesBack(
                        waiting("a", Action.LIVE),
                        new Look().listed(Servers.named("a").task("x").make()).make()));
    }

    @Test
    public void whatWaitsAndIsJustRevertedIsSaidToBeOnItsWay() {
        Server reverting = Servers.named("a")
                .on("compute2")
                .is("REVERT_RESIZE", "resized")
                .task("resize_reverting")
                .make();
        for (Outcome outcome : Outcome.values()) {
            ServerState server = ended(outcome);
            assertSame(server, left(server, new Look()));
            assertSame(server, left(server, new Look().read(VERIFY)));
            ServerState after = left(server, new Look().read(reverting));
            if (WAITING.contains(outcome)) {
                assertEquals(
                        "LEFT: is being reverted by somebody else, which has not ended; it is REVERT_RESIZE on compute2",
                        told(after));
            } else {
                assertSame(server, after);
            }
        }
    }

    // ---- whether the end must wait

    private static boolean due(Orders orders, ServerState server, Look look) {
        return ChangesAfterOutcome.due(drain(orders, server), look.make(), NOW);
    }

    private static boolean due(ServerState server, Look look) {
        return due(Orders.empty("compute1"), server, look);
    }

    /** What failed, was left or is unknown is read by itself once all have ended; what waits only where its migration does not. */
    @Test
    public void theEndWaitsForWhatIsStillToBeReadByItself() {
        EnumSet<Outcome> unsettled = EnumSet.of(Outcome.FAILED, Outcome.LEFT, Outcome.UNKNOWN);
        for (Outcome outcome : Outcome.values()) {
            ServerState server = ended(outcome);
            assertEquals(UNSETTLED.contains(outcome), due(server, new Look()));
            assertEquals(unsettled.contains(outcome), due(server, new Look().moves(cold("finished"))));
            assertEquals(false, due(server, new Look().listed(THERE)));
            assertEquals(false, due(server, new Look().gone("a")));
            assertEquals(false, due(server, new Look().read(ELSEWHERE)));
            assertEquals(false, due(Orders.of(Route.LIVE, "a"), server, new Look()));
        }
        assertEquals(false, due(waiting("a", Action.LIVE), new Look()));
    }

    /** No longer than a witness in doubt. */
    @Test
    public void whatCannotBeReadIsWaitedForForFiveMinutes() {
        Instant fiveMinutes = NOW.minus(Duration.ofMinutes(5));
        ServerState old = Drained.ended("a", Action.LIVE, Outcome.LEFT, fiveMinutes);
        ServerState young = Drained.ended("a", Action.LIVE, Outcome.LEFT, fiveMinutes.plusSeconds(1));
        assertEquals(false, due(old, new Look().unread("a", "its cell does not answer")));
        assertEquals(true, due(young, new Look().unread("a", "its cell does not answer")));
        assertEquals(true, due(old, new Look()));
    }

    /** Nova writes that a migration is confirmed or being reverted a moment before its server is. */
    @Test
    public void whatIsJustBeingSettledIsWaitedForAsLongAsContradictoryRecordsAre() {
        Instant old = NOW.minus(Limits.CONTRADICTION);
        Server confirming =
                Servers.named("a").on("compute2").task("resize_confirming").make();
        for (Outcome outcome : UNSETTLED) {
            ServerState server = ended(outcome);
            for (Server alone : List.of(confirming, VERIFY)) {
                assertEquals(
                        WAITING.contains(outcome),
                        due(server, new Look().read(alone).moves(changed(cold("confirmed"), old.plusSeconds(1)))));
                assertEquals(false, due(server, new Look().read(alone).moves(changed(cold("confirmed"), old))));
                assertEquals(false, due(server, new Look().read(alone).moves(cold("confirmed"))));
            }
            assertEquals(false, due(server, new Look().read(ELSEWHERE).moves(changed(cold("confirmed"), NOW))));
        }
        // by the cloud's clock
        Look ahead = new Look()
                .read(VERIFY)
                .moves(changed(cold("confirmed"), NOW))
                .estate(Estate.UNKNOWN.at(NOW.plus(Limits.CONTRADICTION)));
        assertEquals(false, due(ended(Outcome.AWAITING_CONFIRM), ahead));
    }
}
