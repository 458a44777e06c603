package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.sized;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Places;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.Test;

/** From what a drain learns how many moves may be under way, and that a number of the pipeline's stays that number. */
public class WidthsLearnedTest {

    private static final Instant BEGAN = NOW.minusSeconds(20);
    private static final Orders AUTO = Orders.empty("compute1");
    private static final EnumSet<Outcome> WELL =
            EnumSet.of(Outcome.MOVED, Outcome.REBUILT, Outcome.AWAITING_CONFIRM, Outcome.CONFIRMED, Outcome.REVERTED);

    private static Widths seen(DrainState before, ServerState... now) {
        return WidthsLearned.seen(before, List.of(now), NOW);
    }

    private static RequestResult refused(int status) {
        return new RequestResult.Refused(new NovaException.Refused("ask", status, "no", null, null));
    }

    /** Of its kind, where more of that kind wait: what is not used tells nothing. */
    @Test
    public void aMoveThatEndedWellWidensItsKind() {
        for (Action action : List.of(Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            ServerState old = moving("a", action, "accepted", BEGAN);
            for (Outcome outcome : Outcome.values()) {
                ServerState ended = old.end(outcome, "", "", NOW);
                DrainState before = drain(AUTO, old, waiting("b", action));
                MoveKind kind = Places.kind(old, before.order());
                int wide = before.widths().of(kind).wide();
                Widths after = seen(before, ended, waiting("b", action));
                assertEquals(
                        action + " " + outcome,
                        wide + (WELL.contains(outcome) ? 1 : 0),
                        after.of(kind).wide());
                assertEquals(
                        wide,
                        seen(before, ended, waiting("b", Action.LIVE)).of(kind).wide());
                // it had ended before, or was not known then
                DrainState again = drain(AUTO, ended, waiting("b", action));
                assertEquals(
                        wide, seen(again, ended, waiting("b", action)).of(kind).wide());
                DrainState unknown = drain(AUTO, waiting("b", action));
                assertEquals(
                        wide,
                        seen(unknown, ended, waiting("b", action)).of(kind).wide());
                assertSame(
                        before.widths(),
                        seen(with(drain(Orders.empty("compute1").concurrency(3), old), edit -> {}), ended));
            }
            DrainState before = drain(AUTO, old, waiting("b", action));
            MoveKind kind = Places.kind(old, before.order());
            assertEquals(
                    before.widths().of(kind),
                    seen(before, old, waiting("b", action)).of(kind));
        }
    }

    /** A live migration counts from when Nova began it: before that it waited for others. */
    @Test
    public void howLongAMoveTookIsWithoutItsTimeInNovasQueue() {
        record Row(Action action, Duration took) {}
        for (Row row : List.of(
                new Row(Action.LIVE, Duration.ofSeconds(20)),
                new Row(Action.COLD, Duration.ofSeconds(60)),
                new Row(Action.REBUILD, Duration.ofSeconds(60)))) {
            ServerState old =
                    with(moving("a", row.action(), "running", BEGAN), edit -> edit.started = NOW.minusSeconds(60));
            DrainState before = drain(AUTO, old, waiting("b", row.action()));
            MoveKind kind = Places.kind(old, before.order());
            ServerState ended = old.end(Outcome.MOVED, "", "", NOW);
            assertEquals(
                    row.took(),
                    seen(before, ended, waiting("b", row.action())).of(kind).usual());
        }
        ServerState quick = with(taken("a", Action.LIVE, BEGAN), edit -> edit.running = null);
        DrainState before = drain(AUTO, quick, waiting("b", Action.LIVE));
        assertEquals(
                Duration.ofSeconds(20),
                seen(before, quick.end(Outcome.MOVED, "", "", NOW), waiting("b", Action.LIVE))
                        .of(MoveKind.LIVE)
                        .usual());
    }

    @Test
    public void aMoveThatIsToBeTriedByItselfNarrowsItsKind() {
        for (Action action : List.of(Action.COLD, Action.REBUILD, Action.LIVE)) {
            ServerState old = moving("a", action, "error", BEGAN);
            DrainState before = drain(AUTO, old, waiting("b", action));
            MoveKind kind = Places.kind(old, before.order());
            int wide = before.widths().of(kind).wide();
            for (boolean again : new boolean[] {true, false}) {
                ServerState now = with(old, edit -> {
                    edit.stage = Stage.PENDING;
                    edit.reason = (again ? ReasonMarkers.TRIED_AGAIN : "") + "why";
                });
                Widths after = seen(before, now, waiting("b", action));
                assertEquals(again ? wide / 2 : wide, after.of(kind).wide());
                if (again) {
                    assertTrue(
                            after.of(kind).why(),
                            after.of(kind).why().contains("'a' could not be moved beside others"));
                }
            }
        }
    }

    /** One waits in Nova while another runs, at two looks: so many run at a time. */
    @Test
    public void novasOwnLimitIsSeenByWhatWaits() {
        ServerState runs = moving("a", Action.LIVE, "running", BEGAN);
        ServerState queued = moving("b", Action.LIVE, "queued", BEGAN);
        record Row(List<ServerState> servers, Integer limit) {}
        for (Row row : List.of(
                new Row(List.of(runs, queued), 1),
                new Row(List.of(runs, moving("c", Action.LIVE, "preparing", BEGAN), queued), 2),
                new Row(List.of(runs, moving("b", Action.LIVE, "accepted", BEGAN)), null),
                new Row(List.of(runs, taken("b", Action.LIVE, BEGAN)), null),
                new Row(List.of(moving("a", Action.COLD, "migrating", BEGAN), queued), null),
                new Row(List.of(runs, moving("b", Action.COLD, "queued", BEGAN)), null),
                new Row(List.of(runs, with(queued, edit -> edit.stage = Stage.ENDED)), null),
                new Row(List.of(queued), null))) {
            ServerState[] servers = row.servers().toArray(ServerState[]::new);
            DrainState state = drain(AUTO, servers);
            Widths once = seen(state, servers);
            Widths twice = seen(with(state, edit -> edit.widths = once), servers);
            assertEquals(row.toString(), row.limit(), twice.live().limit());
        }
    }

    /** More than run without proof that this is faster: from now on the bytes are counted. */
    @Test
    public void whatAllHaveCopiedIsCounted() {
        Progress copied = Progress.begun(NOW.plusSeconds(999));
        for (long i = 0; i <= 20; i += 5) {
            ServerMigration counters = new ServerMigration(
                    7, "running", "compute1", "compute2", 1L << 30, i << 20, 1L << 29, 0L, 0L, 0L, null, null);
            copied = copied.told(counters, 1L << 30, BEGAN, BEGAN.plusSeconds(i));
        }
        Progress seen = copied;
        ServerState[] servers = new ServerState[7];
        for (int i = 0; i < 6; i++) {
            servers[i] = with(moving("a" + i, Action.LIVE, "running", BEGAN), edit -> edit.progress = seen);
        }
        servers[6] = waiting("b", Action.LIVE);
        Widths after = seen(drain(AUTO, servers), servers);
        assertEquals(6 * (20L << 20), after.live().gauge().sent());
        assertEquals(NOW, after.live().gauge().since());
    }

    @Test
    public void kindsAreToldApartInWords() {
        assertEquals(
                MoveKind.values().length,
                EnumSet.allOf(MoveKind.class).stream()
                        .map(MoveKind::words)
                        .filter(words -> !words.isEmpty())
                        .distinct()
                        .count());
    }

    // ---- answers

    @Test
    public void anAnswerThatTellsOfLoadNarrows() {
        record Row(RequestResult answer, boolean load) {}
        for (Row row : List.of(
                new Row(new RequestResult.Taken("req-1"), false),
                new Row(new RequestResult.NotSent("no route"), false),
                new Row(refused(403), false),
                new Row(refused(409), false),
                new Row(refused(429), true),
                new Row(refused(413), true),
                new Row(new RequestResult.Unknown("no answer"), true))) {
            ServerState server = sized("a", Action.COLD, 512, 0, false);
            DrainState state = drain(AUTO, server);
            Widths after = WidthsLearned.answered(state, server, row.answer(), NOW);
            int wide = state.widths().of(MoveKind.COLD).wide();
            assertEquals(
                    row.toString(),
                    row.load() ? wide / 2 : wide,
                    after.of(MoveKind.COLD).wide());
            DrainState given = drain(Orders.empty("compute1").concurrency(3), server);
            assertSame(given.widths(), WidthsLearned.answered(given, server, row.answer(), NOW));
        }
    }
}
