package io.jenkins.plugins.nova.drain.decide;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.down;
import static io.jenkins.plugins.nova.drain.Look.migration;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.HostSetting.Served;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.RoomDemand.Forecast;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.beside.ClaimCheck;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estates;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Which phase follows which, and that a stop or the step's time ends a drain before anything is moved. */
public class PhaseTickTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final EnumSet<Phase> BEFORE_MOVING =
            EnumSet.of(Phase.CHECK, Phase.WAIT_DOWN, Phase.FORCE_DOWN, Phase.CORDON, Phase.PLAN, Phase.BESIDE);
    private static final Server A = Servers.named("a").make();

    private static DrainState decide(DrainState state, Look look) {
        return PhaseTick.decide(state, look.make(), claim -> Holding.UNKNOWN, NOW);
    }

    private static ServiceChange cordon(State state) {
        return new ServiceChange("s-compute1", OURS, state, NOW, 1, null, null);
    }

    private static DrainState in(Phase phase, Orders orders) {
        return with(drain(orders, phase, moving("a", Action.COLD, "migrating", NOW)), edit -> {
            edit.cordon = cordon(State.SENT);
            edit.forceDown = ServiceChange.recorded("s-compute1", null, NOW);
            edit.backOut = new BackOut("Why.", ServiceChange.recorded("s-compute1", null, NOW));
        });
    }

    private static Look look() {
        return new Look()
                .services(closed("compute1", OURS))
                .moves(migration(7, "a", "migration", "migrating"))
                .estate(Estates.at(90));
    }

    // ---- stop and time

    @Test
    public void aStopEndsWhatHasNotBegunToMove() {
        for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.ENDED))) {
            DrainState stopped =
                    with(in(phase, Orders.empty("compute1")), edit -> edit.stop = new Stop(NOW, "aborted by x"));
            DrainState after = decide(stopped, look());
            if (BEFORE_MOVING.contains(phase)) {
                assertEquals(HostOutcome.ABORTED, after.outcome());
                assertEquals(
                        "what became of the cordon is found out",
                        phase == Phase.CORDON ? State.OURS : State.SENT,
                        after.cordon().state());
            } else if (phase == Phase.BACK_OUT) {
                assertEquals(Phase.BACK_OUT, after.phase());
            } else if (phase == Phase.UNSILENCE) {
                assertEquals("it has its outcome", Phase.ENDED, after.phase());
            } else {
                assertTrue(
                        told(after.servers().get(0)),
                        told(after.servers().get(0)).startsWith("LEFT: under way when"));
            }
        }
    }

    /** A router that was taken off one agent is given to another first. */
    @Test
    public void aStopDoesNotLeaveARouterBetweenTwoAgents() {
        HostSetting agent = new HostSetting(
                HostSetting.Kind.NETWORK_AGENT,
                "a1",
                "L3 agent of compute1",
                false,
                null,
                null,
                List.of(new Served(Served.What.ROUTER, "r1", "r1", Served.Fate.LED)),
                null,
                null);
        Orders orders = Orders.empty("compute1");
        ClaimCheck check = new ClaimCheck(orders.make().claim(), claim -> Holding.UNKNOWN);
        SettingChange leading = SettingChange.found(agent, check, NOW).setting(agent, check, NOW);
        DrainState stopped = with(in(Phase.BESIDE, orders), edit -> {
            edit.stop = new Stop(NOW, "aborted by x");
            edit.settings = List.of(leading);
        });
        assertEquals(Phase.BESIDE, decide(stopped, look()).phase());
        DrainState settled = with(
                stopped,
                edit -> edit.settings =
                        List.of(leading.asked(new SettingChange.Trouble(SettingChange.Trouble.Kind.REFUSED, "no"))));
        assertEquals(HostOutcome.ABORTED, decide(settled, look()).outcome());
    }

    @Test
    public void theStepsTimeEndsWhatHasNotBegunToMove() {
        for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.ENDED))) {
            for (int late : new int[] {0, 1}) {
                Orders orders =
                        Orders.empty("compute1").timeout(Duration.ofHours(1).minusSeconds(late));
                DrainState after = decide(in(phase, orders), look());
                assertEquals(
                        phase + " " + late,
                        late == 1 && BEFORE_MOVING.contains(phase),
                        "timeout: the step's time was over before anything was moved.".equals(after.message()));
            }
        }
    }

    // ---- from phase to phase

    @Test
    public void eachPhaseIsFollowedByTheNext() {
        Look forced = new Look()
                .services(new ComputeService("s-compute1", "compute1", "nova", true, false, true, null, null));
        record Row(Phase phase, Orders orders, Look look, Phase next) {}
        for (Row row : List.of(
                new Row(Phase.CHECK, Orders.empty("compute1"), new Look().services(up("compute1")), Phase.CORDON),
                new Row(
                        Phase.WAIT_DOWN,
                        Orders.empty("compute1").fenced(),
                        new Look().services(down("compute1", null)),
                        Phase.FORCE_DOWN),
                new Row(Phase.FORCE_DOWN, Orders.empty("compute1").fenced(), forced, Phase.CORDON),
                new Row(Phase.CORDON, Orders.empty("compute1"), look(), Phase.PLAN),
                new Row(Phase.PLAN, Orders.empty("compute1"), look().listed(A), Phase.MOVE),
                new Row(Phase.BACK_OUT, Orders.empty("compute1"), new Look().services(up("compute1")), Phase.ENDED),
                new Row(Phase.MOVE, Orders.empty("compute1"), look(), Phase.MOVE),
                new Row(Phase.ENDED, Orders.empty("compute1"), look(), Phase.ENDED))) {
            assertEquals(
                    row.toString(),
                    row.next(),
                    decide(in(row.phase(), row.orders()), row.look()).phase());
        }
    }

    @Test
    public void aLookThatSucceedsEndsTheTroubleAndNamesOddRows() {
        DrainState troubled = with(in(Phase.MOVE, Orders.empty("compute1")), edit -> {
            edit.trouble = "no answer";
            edit.troubleSince = NOW;
        });
        OddRow odd = new OddRow(OddRow.Kind.SERVER, "", "", "its 'id' is not a text");
        DrainState after = decide(troubled, look().setAside(odd));
        assertNull(after.trouble());
        assertNull(after.troubleSince());
        assertEquals(
                List.of("Set aside: a server without an id: its 'id' is not a text. It counts as there."),
                after.notes());
    }

    // ---- the controller prepares for shutdown

    private static DrainState resting(DrainState state) {
        return with(state, edit -> edit.restingSince = NOW);
    }

    @Test
    public void aDrainThatHasNotBegunIsNotEvenLookedForWhileTheControllerRests() {
        DrainState begun = resting(with(drain(Orders.empty("compute1"), Phase.CHECK), edit -> {}));
        record Row(String what, DrainState state, boolean waits) {}
        for (Row row : List.of(
                new Row("rests", begun, true),
                new Row("does not rest", with(begun, edit -> edit.restingSince = null), false),
                new Row("has begun", with(begun, edit -> edit.phase = Phase.CORDON), false),
                new Row(
                        "changes nothing",
                        resting(drain(Orders.empty("compute1").dryRun(), Phase.CHECK)),
                        false),
                new Row("is aborted", with(begun, edit -> edit.stop = new Stop(NOW, "aborted by x")), false),
                new Row(
                        "its time ends now",
                        resting(drain(Orders.empty("compute1").timeout(Duration.ofHours(1)), Phase.CHECK)),
                        true),
                new Row(
                        "its time is over",
                        resting(drain(
                                Orders.empty("compute1")
                                        .timeout(Duration.ofHours(1).minusSeconds(1)),
                                Phase.CHECK)),
                        false))) {
            assertEquals(row.what(), row.waits(), PhaseTick.waitsUnread(row.state(), NOW));
        }
    }

    /** The next thing to be asked of Nova is not begun; what was asked for already is seen to its end. */
    @Test
    public void whileTheControllerRestsNoServiceIsChangedAnew() {
        Orders host = Orders.empty("compute1");
        Orders dead = Orders.empty("compute1").fenced();
        DrainState fresh = drain(host, Phase.CHECK);
        DrainState waitsForDown = with(drain(dead, Phase.WAIT_DOWN), edit -> edit.rebuild = true);
        Look down = new Look().services(down("compute1", null));
        Look open = new Look().services(up("compute1"));
        record Row(String what, DrainState state, Look look, Phase awake, Phase resting) {}
        for (Row row : List.of(
                new Row("a cordon", fresh, open, Phase.CORDON, Phase.CHECK),
                new Row("forced down", waitsForDown, down, Phase.FORCE_DOWN, Phase.WAIT_DOWN),
                new Row("a cordon that was sent", in(Phase.CORDON, host), look(), Phase.PLAN, Phase.PLAN),
                new Row("a plan", in(Phase.PLAN, host), look().listed(A), Phase.MOVE, Phase.MOVE),
                new Row("backing out", in(Phase.BACK_OUT, host), open, Phase.ENDED, Phase.ENDED))) {
            assertEquals(
                    row.what(), row.awake(), decide(row.state(), row.look()).phase());
            DrainState after = decide(resting(row.state()), row.look());
            assertEquals(row.what(), row.resting(), after.phase());
            if (row.resting() != row.awake()) {
                assertEquals(row.what(), row.state().cordon(), after.cordon());
                assertEquals(row.what(), row.state().forceDown(), after.forceDown());
            }
        }
    }

    // ---- the plan

    private static DrainState planned(Orders orders, boolean rebuild, Look look) {
        DrainState state = with(drain(orders, Phase.PLAN), edit -> {
            edit.cordon = cordon(State.OURS);
            edit.rebuild = rebuild;
        });
        return decide(state, look);
    }

    /** Another server of the same name, which its owner gave it. */
    private static Server namesake() {
        return new Server(
                "id-2",
                "a",
                "p",
                "u",
                "ACTIVE",
                "active",
                null,
                1,
                "compute1",
                "compute1",
                "nova",
                null,
                new Flavor(null, "m", 1, 512, 0, 0, 0, Map.of()),
                "image",
                List.of(),
                false,
                false,
                null,
                Map.of(),
                List.of(),
                List.of(),
                null,
                "UP",
                null,
                null,
                0,
                Map.of());
    }

    /** A rescued host stays closed, whatever the plan is. */
    @Test
    public void aRefusalBehindTheCordonTakesItBackUnlessTheHostIsDead() {
        for (boolean rebuild : new boolean[] {true, false}) {
            DrainState named = planned(Orders.empty("compute1").approve("a"), rebuild, look().listed(A, namesake()));
            DrainState room = planned(Orders.empty("compute1").room(Forecast.REQUIRE), rebuild, look().listed(A));
            for (DrainState after : List.of(named, room)) {
                assertEquals(rebuild ? Phase.ENDED : Phase.BACK_OUT, after.phase());
                String why = rebuild ? after.message() : after.backOut().why();
                assertTrue(why, why.contains("Nothing was moved."));
            }
        }
    }

    @Test
    public void aPlanThatIsNotTheApprovedOneIsCarriedOutOnlyWhereThatWasSaid() {
        for (OnDrift how : OnDrift.values()) {
            Orders orders = Orders.empty("compute1").plan("0123456789ab").onDrift(null, how);
            DrainState after = planned(orders, false, look().listed(A));
            switch (how) {
                case FAIL -> assertEquals(Phase.BACK_OUT, after.phase());
                case ASK -> assertEquals(HostOutcome.DRIFTED, after.outcome());
                case CONTINUE -> {
                    assertEquals(Phase.MOVE, after.phase());
                    assertEquals("UNDER_WAY", told(after.servers().get(0)));
                    assertTrue(
                            after.notes().get(0), after.notes().get(0).startsWith("The plan is no more 0123456789ab"));
                }
            }
            String hash =
                    planned(Orders.empty("compute1"), false, look().listed(A)).planHash();
            DrainState same = planned(orders.plan(hash), false, look().listed(A));
            assertEquals(Phase.MOVE, same.phase());
            assertEquals(List.of(), same.notes());
        }
    }

    @Test
    public void aDryRunEndsWithItsPlan() {
        Look look =
                look().listed(A, Servers.named("b").is("SUSPENDED", "suspended").make());
        DrainState after = planned(Orders.empty("compute1").dryRun(), false, look);
        assertEquals(HostOutcome.PLANNED, after.outcome());
        assertEquals(
                "PLANNED",
                told(after.servers().stream()
                        .filter(one -> one.name().equals("a"))
                        .findFirst()
                        .orElseThrow()));
        assertTrue(after.servers().stream().anyMatch(one -> told(one).startsWith("BLOCKED")));
        DrainState refused = with(
                drain(Orders.empty("compute1").dryRun(), Phase.PLAN),
                edit -> edit.note("other").note(ReasonMarkers.WOULD_REFUSE + "Over the budget."));
        assertEquals(HostOutcome.REFUSED, decide(refused, look).outcome());
        DrainState other = with(drain(Orders.empty("compute1").dryRun(), Phase.PLAN), edit -> edit.note("other"));
        assertEquals(HostOutcome.PLANNED, decide(other, look).outcome());
    }

    @Test
    public void whatWasInDoubtAtThePlanIsNoted() {
        DrainState after =
                planned(Orders.empty("compute1"), false, look().listed(A).heard("who knows"));
        assertEquals(List.of("It could not be made sure who is on the host: who knows."), after.notes());
        assertEquals(waiting("a", Action.LIVE).source(), after.servers().get(0).source());
        DrainState chosen = decide(drain(Orders.of(Route.LIVE, "a"), Phase.PLAN), look().read(A));
        assertEquals(Phase.MOVE, chosen.phase());
    }
}
