package io.jenkins.plugins.nova.drain.decide;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.drain.observe.HostOccupancy;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** A tick while servers are moved: what its passes do for each other, and when the whole is over. */
public class MoveTickTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final Instant JUST = NOW.minusSeconds(1);
    private static final Duration LONG = Limits.BUSY;
    private static final Server ELSEWHERE = Servers.named("a").on("compute2").make();
    private static final Server VERIFY =
            Servers.named("a").on("compute2").is("VERIFY_RESIZE", "resized").make();

    private static DrainState host(Orders orders, ServerState... servers) {
        return with(
                drain(orders, servers),
                edit -> edit.cordon =
                        new ServiceChange("s-compute1", OURS, ServiceChange.State.OURS, JUST, 1, null, null));
    }

    private static DrainState host(ServerState... servers) {
        return host(Orders.empty("compute1"), servers);
    }

    /** The host stands closed, and a second witness was heard. */
    private static Look look() {
        return new Look().services(closed("compute1", OURS)).heard().estate(Estates.at(90));
    }

    private static DrainState tick(DrainState state, Look look) {
        return new MoveTick(state, look.make(), claim -> Holding.UNKNOWN, NOW).decided();
    }

    private static ServerState ended(String name, Outcome outcome, Duration ago) {
        return waiting(name, Action.LIVE).end(outcome, "why", "", NOW.minus(ago));
    }

    private static ServerState moved(Duration ago) {
        return ended("a", Outcome.MOVED, ago);
    }

    private static String all(DrainState state) {
        return String.join(
                ", ",
                state.servers().stream()
                        .map(one -> one.name() + " " + told(one))
                        .toList());
    }

    // ---- the passes

    @Test
    public void theEndOfOneMoveIsThePlaceOfAnother() {
        DrainState state = host(
                Orders.empty("compute1").concurrency(1),
                moving("a", Action.LIVE, "running", JUST),
                waiting("b", Action.LIVE));
        Server b = Servers.named("b").make();
        DrainState busy = tick(state, look().listed(b).moves(migration(7, "a", "live-migration", "running")));
        assertEquals("a UNDER_WAY, b PENDING", all(busy));
        DrainState after =
                tick(state, look().listed(b).read(ELSEWHERE).moves(migration(7, "a", "live-migration", "completed")));
        assertEquals("a MOVED, b UNDER_WAY", all(after));
        assertEquals(
                Intent.record(Verb.LIVE, null, null, NOW),
                after.servers().get(1).move());
    }

    @Test
    public void aFailureInThisTickStopsTheRest() {
        DrainState state = host(
                Orders.empty("compute1").failFast(),
                moving("a", Action.LIVE, "running", JUST),
                waiting("b", Action.LIVE));
        DrainState after = tick(
                state,
                look().listed(Servers.named("b").make())
                        .read(Servers.named("a").make())
                        .moves(migration(7, "a", "live-migration", "error")));
        assertEquals(Outcome.NOT_STARTED, after.servers().get(1).outcome());
    }

    /** Law 8. */
    @Test
    public void afterAStopNothingIsBegunAndWhatIsUnderWayIsLeft() {
        DrainState state = host(moving("a", Action.LIVE, "running", JUST), waiting("b", Action.LIVE));
        Look look = look().listed(Servers.named("b").make()).moves(migration(7, "a", "live-migration", "running"));
        DrainState after = tick(with(state, edit -> edit.stop = new Stop(NOW, "aborted by x")), look);
        assertEquals(
                "a LEFT: under way when the build was aborted; left to Nova (migration 7, running), b NOT_STARTED: the"
                        + " build was aborted before its turn came",
                all(after));
        assertEquals(HostOutcome.ABORTED, after.outcome());
    }

    /** What has just ended well is not left. */
    @Test
    public void whatCameOfAMoveIsFoundBeforeItIsLeft() {
        DrainState state = with(
                host(moving("a", Action.LIVE, "running", JUST)), edit -> edit.stop = new Stop(NOW, "aborted by x"));
        DrainState after = tick(state, look().read(ELSEWHERE).moves(migration(7, "a", "live-migration", "completed")));
        assertEquals("a MOVED", all(after));
    }

    @Test
    public void theStepsTimeIsOverOnceItIsPast() {
        for (int late : new int[] {0, 1}) {
            Orders orders = Orders.empty("compute1").timeout(Duration.ofHours(1).minusSeconds(late));
            ServerState cold = moving("a", Action.COLD, "migrating", JUST);
            DrainState after = tick(host(orders, cold), look().moves(migration(7, "a", "migration", "migrating")));
            assertEquals(
                    late == 0 ? Stage.UNDER_WAY : Stage.ENDED,
                    after.servers().get(0).stage());
            assertEquals(late == 0 ? Phase.MOVE : Phase.ENDED, after.phase());
        }
    }

    @Test
    public void waitingServersAreJudgedAnew() {
        DrainState state = host(waiting("a", Action.LIVE), waiting("b", Action.LIVE));
        DrainState after = tick(
                state,
                look().gone("a")
                        .listed(Servers.named("b").is("SUSPENDED", "suspended").make()));
        assertEquals(Outcome.GONE, after.servers().get(0).outcome());
        assertEquals(Outcome.BLOCKED, after.servers().get(1).outcome());
    }

    /** The host must be empty, whoever came to it since. */
    @Test
    public void whoComesToTheHostIsMovedToo() {
        DrainState after =
                tick(host(moved(LONG)), look().listed(Servers.named("n").make()));
        assertEquals("a MOVED: why, n UNDER_WAY", all(after));
        assertEquals("compute1", after.servers().get(1).source());
    }

    /** A newcomer that ends at once was seen at this look for the first time. */
    @Test
    public void aDrainDoesNotEndAtTheLookThatFindsSomebodyNew() {
        Server skips = Servers.named("n").metadata("maintenance", "skip").make();
        Look look = look().listed(skips);
        DrainState first = tick(host(moved(LONG)), look);
        assertEquals(Outcome.SKIPPED, first.servers().get(1).outcome());
        assertEquals(Phase.MOVE, first.phase());
        assertEquals(Phase.ENDED, tick(first, look).phase());
    }

    @Test
    public void whoLeftTheHostColdMeanwhileWaitsForAConfirm() {
        Look look = look().read(VERIFY).moves(migration(7, "a", "migration", "finished"));
        DrainState first = tick(host(), look);
        assertEquals(Outcome.AWAITING_CONFIRM, first.servers().get(0).outcome());
        assertEquals(Phase.MOVE, first.phase());
        assertEquals(1, tick(first, look).servers().size());
        // chosen servers have no residue, nor newcomers
        DrainState chosen = drain(Orders.of(Route.LIVE, "b"), ended("b", Outcome.MOVED, LONG));
        assertEquals(1, tick(chosen, look).servers().size());
    }

    @Test
    public void outcomesOfAHostsServersAreCorrected() {
        DrainState state = host(ended("a", Outcome.BLOCKED, LONG));
        assertEquals(
                Outcome.GONE, tick(state, look().gone("a")).servers().get(0).outcome());
        DrainState chosen = drain(Orders.of(Route.LIVE, "a"), ended("a", Outcome.BLOCKED, LONG));
        assertEquals(
                Outcome.BLOCKED, tick(chosen, look().gone("a")).servers().get(0).outcome());
    }

    @Test
    public void whatNothingCanBeLearnedOfAnyMoreEnds() {
        Instant before = NOW.minus(Limits.TROUBLE).minusSeconds(1);
        DrainState state =
                with(host(moving("a", Action.LIVE, "running", JUST)), edit -> edit.watch = edit.watch.silent(before));
        DrainState after = tick(state, look().unread("a", "no answer"));
        assertEquals(Outcome.UNKNOWN, after.servers().get(0).outcome());
    }

    // ---- one that somebody else moved away

    private static final Migration FINISHED = migration(7, "a", "migration", "finished");

    private static ServerState gone(Duration ago) {
        return ended("a", Outcome.GONE, ago);
    }

    /** Its migration reads finished before it reads VERIFY_RESIZE. */
    @Test
    public void whatWasMovedColdByOthersWaitsForAConfirm() {
        DrainState waits = tick(host(gone(LONG)), look().read(VERIFY).moves(FINISHED));
        assertEquals(Outcome.AWAITING_CONFIRM, waits.servers().get(0).outcome());
        DrainState deleted = tick(host(gone(LONG)), look().gone("a").moves(FINISHED));
        assertEquals("a GONE: was deleted meanwhile", all(deleted));
        for (Look look : List.of(
                look().moves(FINISHED),
                look().read(ELSEWHERE).moves(FINISHED),
                look().read(VERIFY).moves(migration(7, "a", "migration", "confirmed")))) {
            assertEquals("a GONE: why", all(tick(host(gone(LONG)), look)));
        }
    }

    @Test
    public void untilItIsSeenToWaitTheEndDoes() {
        Server arriving =
                Servers.named("a").on("compute2").task("resize_finish").make();
        record Row(Look look, boolean holds) {}
        for (Row row : List.of(
                new Row(look().moves(FINISHED), true), // not read
                new Row(look().read(arriving).moves(FINISHED), true),
                new Row(look().read(VERIFY.unknown()).moves(FINISHED), true),
                new Row(look().read(ELSEWHERE).moves(FINISHED), false),
                new Row(look().gone("a").moves(FINISHED), false),
                new Row(look(), false))) {
            holds(row.toString(), row.holds(), gone(Duration.ofSeconds(30)), gone(LONG), row.look());
        }
    }

    /** The end waits at this look, if it does, and not for ever. */
    private static void holds(String row, boolean holds, ServerState young, ServerState old, Look look) {
        assertEquals(
                row, holds ? Phase.MOVE : Phase.ENDED, tick(host(young), look).phase());
        assertEquals(row, Phase.ENDED, tick(host(old), look).phase());
    }

    // ---- whether it may end

    /** Their servers may end in VERIFY_RESIZE with their old disks here, or on the host itself. */
    @Test
    public void theEndWaitsForOtherPeoplesMigrations() {
        ServerState young = moved(Duration.ofSeconds(30));
        for (String status : List.of("queued", "running", "migrating", "post-migrating", "confirming", "reverting")) {
            holds(status, true, young, moved(LONG), look().moves(migration(9, "x", "migration", status)));
        }
        for (String status :
                List.of("finished", "confirmed", "reverted", "completed", "done", "error", "failed", "cancelled")) {
            holds(status, false, young, moved(LONG), look().moves(migration(9, "x", "live-migration", status)));
        }
        DrainState justShort = host(moved(LONG.minusSeconds(1)));
        assertEquals(
                Phase.MOVE,
                tick(justShort, look().moves(migration(9, "x", "migration", "queued")))
                        .phase());
    }

    /** That it was left is said of it already. */
    @Test
    public void aMoveThatThisDrainLeftIsNotWaitedFor() {
        ServerState left = moving("a", Action.COLD, "migrating", JUST).left(JUST, "why");
        Look look = look().read(ELSEWHERE).moves(migration(7, "a", "migration", "migrating"));
        assertEquals(Phase.ENDED, tick(host(left), look).phase());
        assertEquals(
                Phase.MOVE,
                tick(host(left), look.moves(migration(8, "b", "migration", "migrating")))
                        .phase());
    }

    @Test
    public void theEndWaitsForWhatComesBackAndForWhatCannotBeRead() {
        ServerState young = moved(Duration.ofSeconds(30));
        Server back = Servers.named("a").task("resize_reverting").make();
        holds("back", true, young, moved(LONG), look().listed(back));
        OddRow odd = new OddRow(OddRow.Kind.SERVER, "", "", "its 'id' is not a text");
        HostOccupancy missing =
                new HostOccupancy(true, List.of(Servers.named("m").make()), List.of(), List.of(), List.of());
        holds("odd", true, young, moved(LONG), look().setAside(odd).occupancy(missing));
        holds("odd, and proven", false, young, moved(LONG), look().setAside(odd));
        // chosen servers have ended when they have
        DrainState chosen = drain(Orders.of(Route.LIVE, "a"), young);
        assertEquals(
                Phase.ENDED,
                tick(chosen, look().moves(migration(9, "x", "migration", "running")))
                        .phase());
    }

    @Test
    public void theEndWaitsForWhatIsStillToBeReadAndProven() {
        ServerState failed = ended("a", Outcome.FAILED, Duration.ofSeconds(30));
        assertEquals(Phase.MOVE, tick(host(failed), look()).phase());
        assertEquals(
                Phase.ENDED,
                tick(host(failed), look().read(ELSEWHERE.unknown())).phase());
        Look unheard = new Look().services(closed("compute1", OURS));
        assertEquals(Phase.MOVE, tick(host(moved(LONG)), unheard).phase());
        // of a stop it is said what is known
        DrainState stopped = with(host(moved(LONG)), edit -> edit.stop = new Stop(NOW, "aborted by x"));
        assertEquals(Phase.ENDED, tick(stopped, unheard).phase());
        assertEquals(Phase.MOVE, tick(host(waiting("b", Action.LIVE)), look()).phase());
    }

    @Test
    public void theLastWordIsOfThisLook() {
        Look look = look().occupancy(new HostOccupancy(
                true, List.of(), List.of(), List.of("who knows"), List.of("odd but harmless")));
        DrainState after = tick(with(host(moved(LONG)), edit -> edit.doubts = List.of("old doubt")), look);
        assertEquals(HostOutcome.UNPROVEN, after.outcome());
        assertEquals(List.of("who knows"), after.doubts());
        assertEquals(List.of("odd but harmless"), after.notes());
        DrainState done = tick(with(host(moved(LONG)), edit -> edit.doubts = List.of("old doubt")), look());
        assertEquals(HostOutcome.DONE, done.outcome());
        DrainState chosen =
                with(drain(Orders.of(Route.LIVE, "a"), moved(LONG)), edit -> edit.doubts = List.of("doubt"));
        assertEquals(List.of("doubt"), tick(chosen, look()).doubts());
        // and what others have begun makes an outcome untrue
        Server reverting = Servers.named("a")
                .on("compute2")
                .is("REVERT_RESIZE", "resized")
                .task("resize_reverting")
                .make();
        ServerState waits = ended("a", Outcome.AWAITING_CONFIRM, LONG);
        assertEquals(
                Outcome.LEFT,
                tick(host(waits), look().read(reverting)).servers().get(0).outcome());
        DrainState chosenWaits = drain(Orders.of(Route.COLD, "a"), waits);
        assertEquals(
                Outcome.AWAITING_CONFIRM,
                tick(chosenWaits, look().read(reverting)).servers().get(0).outcome());
    }

    // ---- what Nova cannot tell of

    @Test
    public void sinceWhenNovaCannotTellOfAllIsKeptWhileItLasts() {
        DrainState state = host(waiting("a", Action.LIVE));
        assertNull(tick(state, look()).watch().silentSince());
        DrainState first = tick(state, look().unread("a", "no answer").unread("x", "no answer"));
        assertEquals(NOW, first.watch().silentSince());
        assertEquals(
                List.of(
                        "Nothing is concluded about a while it cannot be read: no answer",
                        "Nothing is concluded about id-x while it cannot be read: no answer"),
                first.notes());
        DrainState before = with(state, edit -> edit.watch = edit.watch.silent(JUST));
        assertEquals(JUST, tick(before, look().unread("a", "no answer")).watch().silentSince());
        assertNull(tick(before, look()).watch().silentSince());
    }

    @Test
    public void whatWasSeenOfTheHostHoldsForAllPasses() {
        DrainState state = host(waiting("a", Action.LIVE));
        Look held = new Look()
                .services(closed("compute1", "nova-maintenance: ops/other#1"))
                .heard()
                .listed(Servers.named("a").make());
        DrainState after = tick(state, held);
        assertTrue(told(after.servers().get(0)), told(after.servers().get(0)).startsWith("NOT_STARTED: it is held by"));
    }
}
