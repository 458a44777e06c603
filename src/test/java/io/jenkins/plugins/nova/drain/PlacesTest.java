package io.jenkins.plugins.nova.drain;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.sized;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** How many moves may begin beside those under way. */
public class PlacesTest {

    private static final Instant JUST = NOW.minusSeconds(1);
    private static final Orders AUTO = Orders.empty("compute1");

    /** How many more servers like this may begin beside these, of a hundred that wait. */
    private static int more(Orders orders, ServerState waiting, ServerState... underWay) {
        DrainState state = drain(orders, underWay);
        Places places = new Places(state, state.servers(), NOW);
        int begun = 0;
        while (begun < 100 && places.any() && places.take(waiting)) {
            begun++;
        }
        return begun;
    }

    private static ServerState[] several(int count, ServerState server) {
        List<ServerState> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(server);
        }
        return servers.toArray(ServerState[]::new);
    }

    private static ServerState again(ServerState server) {
        return with(server, edit -> edit.reason = ReasonMarkers.TRIED_AGAIN + "no valid host");
    }

    private static final ServerState COPIES = sized("c", Action.COLD, 512, 10, true);
    private static final ServerState STOPPED = sized("c", Action.COLD, "SHUTOFF", 512, 10, true);

    @Test
    public void movesAreOfAKindByWhatHoldsThemBack() {
        record Row(ServerState server, boolean shared, MoveKind kind) {}
        for (Row row : List.of(
                new Row(COPIES, false, MoveKind.COLD_COPY),
                new Row(COPIES, true, MoveKind.COLD),
                new Row(sized("c", Action.COLD, 512, 0, true), false, MoveKind.COLD),
                new Row(sized("c", Action.COLD, 512, 2, true), false, MoveKind.COLD),
                new Row(sized("c", Action.COLD, 512, 3, true), false, MoveKind.COLD_COPY),
                new Row(sized("c", Action.COLD, 512, 10, false), false, MoveKind.COLD),
                new Row(sized("c", Action.LIVE, 512, 10, true), false, MoveKind.LIVE),
                new Row(sized("c", Action.REBUILD, 512, 10, true), false, MoveKind.REBUILD),
                new Row(waiting("c", Action.CONFIRM), false, MoveKind.SETTLE),
                new Row(waiting("c", Action.REVERT), false, MoveKind.SETTLE))) {
            Orders orders = Orders.empty("compute1");
            DrainOrder order = (row.shared() ? orders.sharedStorage() : orders).make();
            assertEquals(row.toString(), row.kind(), Places.kind(row.server(), order));
        }
    }

    /** Of all kinds together, and what was tried before beside them. */
    @Test
    public void aGivenNumberIsThatNumber() {
        for (int given : new int[] {1, 3, 90}) {
            Orders orders = Orders.empty("compute1").concurrency(given);
            for (ServerState server : List.of(waiting("a", Action.LIVE), COPIES, again(waiting("a", Action.COLD)))) {
                assertEquals(given, more(orders, server));
                assertEquals(
                        given - 1,
                        more(
                                orders,
                                server,
                                moving("m", Action.REBUILD, "accepted", JUST),
                                ended("e", Action.LIVE, Outcome.MOVED, JUST)));
            }
            assertEquals(
                    0,
                    more(
                            orders,
                            waiting("a", Action.LIVE),
                            several(given, moving("m", Action.COLD, "finished", JUST))));
        }
    }

    private static int wide(MoveKind kind) {
        return Widths.NEW.of(kind).wide();
    }

    @Test
    public void eachKindHasItsOwnWidth() {
        assertEquals(3, more(AUTO, waiting("a", Action.LIVE)));
        for (Action action : List.of(Action.COLD, Action.REBUILD, Action.CONFIRM, Action.REVERT)) {
            ServerState server = waiting("a", action);
            int wide = wide(Places.kind(server, AUTO.make()));
            assertEquals(wide, more(AUTO, server));
            ServerState live = moving("m", Action.LIVE, "running", JUST);
            assertEquals("others do not share it", wide, more(AUTO, server, live, live, live));
            assertEquals(wide - 1, more(AUTO, server, moving("m", action, "migrating", JUST)));
            assertEquals(wide - 1, more(AUTO, server, taken("m", action, JUST)));
            assertEquals(wide, more(AUTO, server, ended("m", action, Outcome.MOVED, JUST)));
        }
    }

    /** A guest that would run otherwise is down until its disks are over the link: nothing shares that with it. */
    @Test
    public void aRunningGuestIsCopiedColdByItself() {
        assertEquals(1, more(AUTO, COPIES));
        assertEquals(0, more(AUTO, COPIES, moving(STOPPED, "migrating", JUST)));
        assertEquals(0, more(AUTO, COPIES, taken(STOPPED, JUST)));
        assertEquals(0, more(AUTO, STOPPED, moving(COPIES, "migrating", JUST)));
        Places places = new Places(drain(AUTO), List.of(), NOW);
        assertEquals(true, places.take(STOPPED));
        assertEquals(false, places.take(COPIES));
        assertEquals(wide(MoveKind.COLD_COPY), more(AUTO, STOPPED));
        ServerState live = waiting("a", Action.LIVE);
        assertEquals(0, more(AUTO, live, COPIES));
        assertEquals(0, more(AUTO, live, moving(COPIES, "migrating", JUST)));
        for (ServerState other : List.of(
                STOPPED,
                moving(COPIES, "finished", JUST),
                COPIES.end(Outcome.FAILED, "", "", JUST),
                with(COPIES, edit -> edit.notBefore = NOW.plusSeconds(1)),
                waiting("b", Action.COLD))) {
            assertEquals(other.toString(), 3, more(AUTO, live, other));
        }
        assertEquals(0, more(AUTO, live, with(COPIES, edit -> edit.notBefore = NOW)));
    }

    /** More than a tick can follow, and a crash leaves to be looked for. */
    @Test
    public void whateverIsLearnedSixtyFourAreUnderWayAtMost() {
        assertEquals(1, more(AUTO, waiting("a", Action.COLD), several(63, moving("m", Action.LIVE, "running", JUST))));
        assertEquals(0, more(AUTO, waiting("a", Action.COLD), several(64, moving("m", Action.LIVE, "running", JUST))));
    }

    /** Its guest is down while it copies, and no longer. */
    @Test
    public void aColdMoveMakesRoomOnceItHasCopied() {
        for (String status : List.of("accepted", "queued", "pre-migrating", "migrating")) {
            assertEquals(status, 0, more(AUTO, COPIES, moving(COPIES, status, JUST)));
        }
        for (String status : List.of("post-migrating", "finished", "confirming")) {
            assertEquals(status, 1, more(AUTO, COPIES, moving(COPIES, status, JUST)));
            assertEquals(
                    "what copies nothing has no such end",
                    wide(MoveKind.COLD) - 1,
                    more(AUTO, waiting("a", Action.COLD), moving("m", Action.COLD, status, JUST)));
        }
    }

    @Test
    public void twoGuestsThatAreStoppedAnywayShareTheLink() {
        assertEquals(1, more(AUTO, STOPPED, moving(STOPPED, "migrating", JUST)));
        assertEquals(3, more(AUTO, waiting("a", Action.LIVE), moving(STOPPED, "migrating", JUST), STOPPED));
    }

    /** One that was lost would keep all others waiting. */
    @Test
    public void whatShowsNothingForLongIsNotAboutToBegin() {
        ServerState live = waiting("a", Action.LIVE);
        assertEquals(2, more(AUTO, live, taken("m", Action.LIVE, NOW.minusSeconds(44))));
        assertEquals(3, more(AUTO, live, taken("m", Action.LIVE, NOW.minusSeconds(45))));
        ServerState queued = moving("m", Action.LIVE, "queued", NOW.minusSeconds(4000));
        assertEquals(2, more(AUTO, live, queued));
    }

    /** It failed as it may beside others: it goes when there are none of its kind, and none goes beside it. */
    @Test
    public void whatIsTriedAgainGoesByItself() {
        ServerState cold = moving("m", Action.COLD, "migrating", JUST);
        ServerState tried = again(waiting("a", Action.COLD));
        assertEquals(1, more(AUTO, tried));
        assertEquals(0, more(AUTO, tried, cold));
        assertEquals(0, more(AUTO, waiting("b", Action.COLD), again(cold)));
        assertEquals(0, more(AUTO, waiting("b", Action.COLD), again(cold), cold));
        assertEquals(1, more(AUTO, tried, moving("m", Action.LIVE, "running", JUST)));
        DrainState state = drain(AUTO);
        Places places = new Places(state, List.of(), NOW);
        assertEquals(true, places.take(tried));
        assertEquals(false, places.take(waiting("b", Action.COLD)));
        assertEquals(true, places.take(waiting("b", Action.REBUILD)));
    }

    @Test
    public void whereThereIsNoPlaceNoneIsTaken() {
        DrainState state = drain(Orders.empty("compute1").concurrency(1));
        Places places = new Places(state, List.of(), NOW);
        assertEquals(true, places.take(waiting("a", Action.LIVE)));
        assertEquals(false, places.any());
        assertEquals(false, places.take(waiting("b", Action.LIVE)));
    }

    @Test
    public void liveMigrationsAreSaidToBeKeptBackWhereTheyAre() {
        ServerState live = waiting("a", Action.LIVE);
        ServerState copied = moving(COPIES, "migrating", JUST);
        record Row(String what, Orders orders, List<ServerState> servers, boolean kept) {}
        for (Row row : List.of(
                new Row("a running guest is copied", AUTO, List.of(live, copied), true),
                new Row("none is", AUTO, List.of(live), false),
                new Row("it waits itself", AUTO, List.of(live, COPIES), false),
                new Row("it has copied", AUTO, List.of(live, moving(COPIES, "finished", JUST)), false),
                new Row("it was off before", AUTO, List.of(live, moving(STOPPED, "migrating", JUST)), false),
                new Row("it copies nothing", AUTO, List.of(live, moving("c", Action.COLD, "migrating", JUST)), false),
                new Row("no live migration waits", AUTO, List.of(waiting("a", Action.COLD), copied), false),
                new Row(
                        "all of them are under way",
                        AUTO,
                        List.of(moving("a", Action.LIVE, "running", JUST), copied),
                        false),
                new Row("a number is given", Orders.empty("compute1").concurrency(4), List.of(live, copied), false))) {
            Optional<ServerState> kept =
                    Places.keepingLiveBack(drain(row.orders(), row.servers().toArray(ServerState[]::new)));
            assertEquals(row.what(), row.kept() ? Optional.of(copied) : Optional.empty(), kept);
        }
    }
}
