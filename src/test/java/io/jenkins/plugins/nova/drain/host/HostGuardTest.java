package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.down;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Law 13: what is said of a host at the end must be so then, whatever others do to it meanwhile. */
public class HostGuardTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final String THEIRS = "nova-maintenance: ops/other#1";
    private static final Instant BEFORE = NOW.minusSeconds(40);
    private static final ServiceChange STANDS =
            new ServiceChange("s-compute1", OURS, State.OURS, BEFORE, 1, null, null);

    private static DrainState cordoned(Orders orders) {
        return with(drain(orders, waiting("a", Action.LIVE)), edit -> edit.cordon = STANDS);
    }

    private static DrainState cordoned() {
        return cordoned(Orders.empty("compute1"));
    }

    private static DrainState seen(DrainState state, Holding holding, ComputeService... services) {
        return HostGuard.seen(state, new Look().services(services).make(), claim -> holding, NOW);
    }

    private static DrainState seen(DrainState state, ComputeService... services) {
        return seen(state, Holding.UNKNOWN, services);
    }

    @Test
    public void aLookWithoutServicesTellsNothing() {
        DrainState state = cordoned();
        assertSame(state, seen(state));
    }

    @Test
    public void aCordonThatStandsStaysAsItWasToldOfBefore() {
        DrainState state = seen(cordoned(), closed("compute1", OURS));
        assertSame(STANDS, state.cordon());
        assertEquals(NOW, state.watch().seen());
        assertEquals(List.of(), state.notes());
        assertNull(state.watch().lost());
    }

    @Test
    public void whatTheHostIsClosedByIsSaidAsItReads() {
        record Row(String reason, Holding holding, State state) {}
        for (Row row : List.of(
                new Row("broken fan", Holding.UNKNOWN, State.FOUND), new Row(THEIRS, Holding.ENDED, State.FOUND))) {
            DrainState state = seen(cordoned(), row.holding(), closed("compute1", row.reason()));
            assertEquals(row.state(), state.cordon().state());
            assertEquals(row.reason(), state.cordon().reason());
            assertEquals(1, state.cordon().attempts());
            assertNull(state.watch().lost());
            // and once told, it stays
            assertSame(
                    state.cordon(),
                    seen(state, row.holding(), closed("compute1", row.reason())).cordon());
        }
        DrainState unasked = with(cordoned(), edit -> edit.cordon = null);
        ServiceChange found = seen(unasked, closed("compute1", OURS)).cordon();
        assertEquals(State.OURS, found.state());
        assertEquals(0, found.attempts());
        // disabled without a word
        DrainState mute = with(
                cordoned(),
                edit -> edit.cordon = new ServiceChange("s-compute1", null, State.FOUND, BEFORE, 1, null, null));
        assertEquals(NOW, seen(mute, closed("compute1", null)).cordon().since());
        // seen now, though sent only
        DrainState sent = with(cordoned(), edit -> edit.cordon = STANDS.to(State.SENT, BEFORE));
        assertEquals(State.OURS, seen(sent, closed("compute1", OURS)).cordon().state());
    }

    /** Two drains of one host would move each other's servers. */
    @Test
    public void aHostThatAnotherDrainHoldsIsLost() {
        for (Holding holding : List.of(Holding.RUNNING, Holding.UNKNOWN)) {
            DrainState state = seen(cordoned(), holding, closed("compute1", THEIRS));
            assertNull(state.cordon());
            assertEquals("it is held by ops/other#1 now", state.watch().lost());
            assertEquals(List.of("It is held by ops/other#1 now. Nothing more is begun on compute1."), state.notes());
            // for the first reason, and told once
            DrainState again = seen(state, Holding.RUNNING, closed("compute1", "nova-maintenance: ops/third#2"));
            assertEquals(state.watch().lost(), again.watch().lost());
            assertEquals(state.notes(), again.notes());
        }
    }

    /** Whatever it was lost for, a cordon of somebody else's is not spoken of as ours. */
    @Test
    public void aLostHostThatIsThenHeldHasNoCordonOfOurs() {
        DrainState lost = with(cordoned(), edit -> edit.watch = edit.watch.lost("why"));
        DrainState state = seen(lost, Holding.RUNNING, closed("compute1", THEIRS));
        assertNull(state.cordon());
        assertEquals("why", state.watch().lost());
    }

    // ---- somebody enables it

    private static ComputeService opened(Instant changed) {
        return new ComputeService("s-compute1", "compute1", "nova", true, true, false, null, changed);
    }

    @Test
    public void aHostThatWasEnabledIsDisabledOnceMoreAndThenLost() {
        DrainState again = seen(cordoned(), opened(BEFORE));
        assertEquals(ServiceChange.recorded("s-compute1", OURS, NOW), again.cordon());
        assertEquals(true, again.watch().closedAgain());
        assertEquals(
                List.of("Scheduling to compute1 was enabled by somebody else (its record was changed at " + BEFORE
                        + "). It is disabled again, once; find out who else works on this host."),
                again.notes());
        DrainState closed = seen(with(again, edit -> edit.cordon = STANDS), opened(null));
        assertNull(closed.cordon());
        assertEquals(
                "scheduling to compute1 was enabled by somebody else, after this build had disabled it once more",
                closed.watch().lost());
    }

    @Test
    public void whatIsBeingDisabledAgainIsAskedForUntilItIsOverdue() {
        DrainState once = with(cordoned(), edit -> edit.watch = edit.watch.closedAgain(BEFORE));
        ServiceChange young = new ServiceChange("s-compute1", OURS, State.SENT, BEFORE, 1, "HTTP 500", null);
        DrainState again = seen(with(once, edit -> edit.cordon = young), opened(null));
        assertEquals(State.RECORDED, again.cordon().state());
        assertEquals(BEFORE, again.cordon().since());
        assertNull(again.watch().lost());
        ServiceChange often = new ServiceChange("s-compute1", OURS, State.SENT, BEFORE, 3, "HTTP 500", null);
        DrainState lost = seen(with(once, edit -> edit.cordon = often), opened(null));
        assertNull(lost.cordon());
        assertTrue(lost.watch().lost(), lost.watch().lost().endsWith("had disabled it once more: HTTP 500"));
        DrainState never = seen(with(once, edit -> edit.cordon = null), opened(null));
        assertTrue(never.watch().lost(), never.watch().lost().endsWith("had disabled it once more"));
    }

    /** Nothing more is begun anyway. */
    @Test
    public void aDrainThatEndsLeavesItAsItIs() {
        Duration over = Duration.ofHours(1).minusSeconds(1);
        DrainState stopped = with(cordoned(), edit -> edit.stop = new Stop(NOW, "aborted by x"));
        DrainState late = cordoned(Orders.empty("compute1").timeout(over));
        DrainState lost = with(cordoned(), edit -> edit.watch = edit.watch.lost("why"));
        for (DrainState state : List.of(stopped, late, lost)) {
            DrainState after = seen(state, opened(null));
            assertNull(after.cordon());
            assertEquals(List.of("Scheduling to compute1 was enabled by somebody else."), after.notes());
            assertEquals(state.watch().lost(), after.watch().lost());
            assertEquals(false, after.watch().closedAgain());
        }
        DrainState inTime = cordoned(Orders.empty("compute1").timeout(Duration.ofHours(1)));
        assertEquals(true, seen(inTime, opened(null)).watch().closedAgain());
    }

    /** Law 9: its guests may run there still. */
    @Test
    public void aRescuedHostThatReadsUpIsLost() {
        ComputeService alive = new ComputeService("s-compute1", "compute1", "nova", false, true, false, OURS, BEFORE);
        DrainState rebuild = with(cordoned(), edit -> edit.rebuild = true);
        assertEquals(
                "the compute service of compute1 reads up again (last report " + BEFORE
                        + ") while its servers are rebuilt elsewhere",
                seen(rebuild, alive).watch().lost());
        assertNull(seen(cordoned(), alive).watch().lost());
        ComputeService dead = new ComputeService("s-compute1", "compute1", "nova", false, false, true, OURS, BEFORE);
        assertNull(seen(rebuild, dead).watch().lost());
    }

    /** Law 6, and of a cell that does not answer nothing is concluded. */
    @Test
    public void onlyTheHostsOwnServiceCounts() {
        for (ComputeService other : List.of(up("compute2"), ComputeService.unknown("compute1"))) {
            DrainState state = seen(cordoned(), other);
            assertSame(STANDS, state.cordon());
            assertNull(state.watch().lost());
        }
        DrainState chosen = drain(Orders.of(Route.LIVE, "a"), waiting("a", Action.LIVE));
        assertNull(seen(chosen, up("compute1")).cordon());
    }

    // ---- nova-compute dies

    @Test
    public void aSourceThatReadsDownIsToldOnceAndKeptSinceWhen() {
        DrainState first = seen(cordoned(Orders.empty("compute1")), down("compute1", BEFORE), closed("compute2", "x"));
        assertEquals(Map.of("compute1", NOW), first.watch().down());
        assertTrue(
                first.notes().toString(),
                first.notes()
                        .get(0)
                        .equals("The compute service of compute1 reads down, its last report is of " + BEFORE
                                + ". Nothing more is begun there; if it stays so for 3 min, what has not begun ends."));
        DrainState known = with(cordoned(), edit -> edit.watch = edit.watch.seen(BEFORE, Map.of("compute1", BEFORE)));
        for (ComputeService still :
                List.of(closedAndDown(), ComputeService.unknown("compute1"))) { // nobody says that it is up
            DrainState next = seen(known, still);
            assertEquals(Map.of("compute1", BEFORE), next.watch().down());
            assertEquals(List.of(), next.notes());
        }
        assertEquals(Map.of(), seen(known, closed("compute1", OURS)).watch().down());
        assertEquals(
                Map.of(),
                seen(cordoned(), ComputeService.unknown("compute1")).watch().down());
        DrainState mute = seen(cordoned(), down("compute1", null));
        assertTrue(
                mute.notes().toString(),
                mute.notes().get(0).startsWith("The compute service of compute1 reads down. Nothing more"));
    }

    private static ComputeService closedAndDown() {
        return new ComputeService("s-compute1", "compute1", "nova", false, false, false, OURS, BEFORE);
    }

    @Test
    public void aHostThatNothingIsToLeaveAnyMoreMayBeDown() {
        DrainState over = with(
                drain(Orders.empty("compute1"), ended("a", Action.LIVE, Outcome.MOVED, BEFORE)),
                edit -> edit.cordon = STANDS);
        assertEquals(Map.of(), seen(over, closedAndDown()).watch().down());
    }

    // ---- for the last word

    @Test
    public void theHostStandsClosedWhereItsServiceWasReadDisabled() {
        record Row(ComputeService service, boolean told, boolean stands) {}
        for (Row row : List.of(
                new Row(closed("compute1", OURS), true, true),
                new Row(up("compute1"), true, false),
                new Row(closed("compute2", OURS), false, false),
                new Row(ComputeService.unknown("compute1"), false, false))) {
            Look look = new Look().services(row.service());
            assertEquals(row.told(), HostGuard.told(cordoned(), look.make()));
            assertEquals(row.stands(), HostGuard.stands(cordoned(), look.make()));
        }
    }
}
