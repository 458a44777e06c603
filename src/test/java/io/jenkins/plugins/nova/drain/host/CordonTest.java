package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Whose a host is when it is asked for, and what that means: law 7, and two drains at a time. */
public class CordonTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final String THEIRS = "nova-maintenance: ops/other#1";
    private static final Instant SINCE = NOW.minusSeconds(20);

    /** How a host may be found. */
    private enum Found {
        FREE(up("compute1"), Holding.UNKNOWN, false),
        CORDONED_BY_US(closed("compute1", OURS), Holding.UNKNOWN, false),
        CLOSED_BY_HAND(closed("compute1", "broken fan"), Holding.RUNNING, false),
        CLOSED_WITHOUT_A_WORD(closed("compute1", null), Holding.RUNNING, true),
        LEFT_BY_A_DRAIN_THAT_ENDED(closed("compute1", THEIRS), Holding.ENDED, false),
        TAKEN_OVER(closed("compute1", THEIRS), Holding.UNKNOWN, true),
        HELD_BY_A_DRAIN(closed("compute1", THEIRS), Holding.RUNNING, true),
        HELD_BY_NOBODY_KNOWN(closed("compute1", THEIRS), Holding.UNKNOWN, false);

        final ComputeService service;
        final Holding holding;
        final boolean takeOver;

        Found(ComputeService service, Holding holding, boolean takeOver) {
            this.service = service;
            this.holding = holding;
            this.takeOver = takeOver;
        }

        Orders orders() {
            return takeOver ? Orders.empty("compute1").takeOver() : Orders.empty("compute1");
        }

        Holders holders() {
            return claim -> holding;
        }

        Look look() {
            return new Look().services(up("compute2"), service);
        }

        boolean isHeld() {
            return this == HELD_BY_A_DRAIN || this == HELD_BY_NOBODY_KNOWN;
        }

        boolean isLeftover() {
            return this == LEFT_BY_A_DRAIN_THAT_ENDED || this == TAKEN_OVER;
        }

        boolean isForeign() {
            return this == CLOSED_BY_HAND || this == CLOSED_WITHOUT_A_WORD;
        }
    }

    private static DrainState begun(Found found, Orders orders) {
        return Cordon.begin(drain(orders, Phase.CHECK), found.service, found.holders(), NOW);
    }

    // ---- before it is asked for

    @Test
    public void onlyWhatAnotherDrainHoldsIsRefused() {
        for (Found found : Found.values()) {
            Optional<String> why = Cordon.refusal(found.orders().make(), found.service, found.holders());
            assertEquals(found.toString(), found.isHeld(), why.isPresent());
            why.ifPresent(words -> assertTrue(words, words.startsWith("host: 'compute1' is held by ops/other#1")));
            assertEquals(
                    Optional.empty(), Cordon.refusal(found.orders().dryRun().make(), found.service, found.holders()));
        }
    }

    @Test
    public void aHostIsTakenAsItIsFound() {
        for (Found found : Found.values()) {
            DrainState state = begun(found, found.orders());
            if (found.isHeld()) {
                assertEquals(HostOutcome.REFUSED, state.outcome());
                assertTrue(state.message(), state.message().contains("is held by ops/other#1"));
                assertNull(state.cordon());
            } else if (found == Found.FREE || found.isLeftover()) {
                assertEquals(Phase.CORDON, state.phase());
                assertEquals(ServiceChange.recorded("s-compute1", OURS, NOW), state.cordon());
                assertEquals(found.isLeftover() ? 1 : 0, state.notes().size());
            } else {
                assertEquals(Phase.PLAN, state.phase());
                assertEquals(
                        found.isForeign() ? State.FOUND : State.OURS,
                        state.cordon().state());
                assertEquals(found.service.disabledReason(), state.cordon().reason());
                assertEquals(0, state.cordon().attempts());
                assertEquals(List.of(), state.notes());
            }
        }
    }

    @Test
    public void aDryRunChangesNothingAndSaysWhatWouldHinderTheRun() {
        for (Found found : Found.values()) {
            DrainState state = begun(found, found.orders().dryRun());
            assertEquals(Phase.PLAN, state.phase());
            assertNull(state.cordon());
            String notes = String.join("\n", state.notes());
            if (found == Found.FREE) {
                assertTrue(notes, notes.startsWith("Nothing is changed, so the host is not cordoned"));
            } else if (found.isHeld()) {
                assertTrue(
                        notes, notes.startsWith("dryRun: the real run would be refused. host: 'compute1' is held by"));
            } else {
                assertEquals("", notes);
            }
        }
    }

    /** In the moment before it is sent somebody may have been quicker. */
    @Test
    public void aCordonIsNotSentOverSomebodyElses() {
        for (Found found : Found.values()) {
            DrainState state = drain(found.orders(), Phase.CORDON);
            assertEquals(
                    found.toString(),
                    !found.isHeld() && !found.isForeign(),
                    Cordon.maySend(state, found.look().make().services(), found.holders()));
            assertEquals(true, Cordon.maySend(state, List.of(closed("compute2", "broken fan")), found.holders()));
        }
    }

    // ---- after it was asked for

    private static DrainState asked(Orders orders, ServiceChange cordon) {
        return with(drain(orders, Phase.CORDON), edit -> edit.cordon = cordon);
    }

    private static ServiceChange sent(int attempts, Instant since) {
        return new ServiceChange("s-compute1", OURS, State.SENT, since, attempts, "HTTP 500", null);
    }

    @Test
    public void whatWasNotSentCountsAsSent() {
        DrainState state =
                Cordon.notSent(asked(Orders.empty("compute1"), ServiceChange.recorded("s-compute1", OURS, SINCE)), NOW);
        assertEquals(State.SENT, state.cordon().state());
        assertEquals(1, state.cordon().attempts());
    }

    /** Whose claim is read back, his is the host. */
    @Test
    public void theHostIsWhoseClaimIsReadBack() {
        for (Found found : Found.values()) {
            DrainState state = Cordon.seen(
                    asked(found.orders(), sent(1, SINCE)), found.look().make(), found.holders(), NOW);
            if (found.isHeld()) {
                assertEquals(HostOutcome.REFUSED, state.outcome());
                assertNull("not ours to speak of", state.cordon());
            } else if (found == Found.FREE || found.isLeftover()) {
                assertEquals(Phase.CORDON, state.phase());
                assertEquals(State.RECORDED, state.cordon().state());
                assertEquals(SINCE, state.cordon().since());
                assertEquals(1, state.cordon().attempts());
            } else {
                assertEquals(Phase.PLAN, state.phase());
                assertEquals(
                        found.isForeign() ? State.FOUND : State.OURS,
                        state.cordon().state());
                assertEquals(
                        "how often it was sent tells whether it is this drain's",
                        1,
                        state.cordon().attempts());
            }
        }
        DrainState unseen = Cordon.seen(
                asked(Orders.empty("compute1"), sent(1, SINCE)),
                new Look().services(up("compute2")).make(),
                claim -> Holding.UNKNOWN,
                NOW);
        assertEquals(State.RECORDED, unseen.cordon().state());
    }

    @Test
    public void aCordonThatIsNotSeenIsGivenUpAfterThreeTimesOrTwoMinutes() {
        Instant twoMinutes = NOW.minus(Limits.SERVICE_CHANGE);
        record Row(ServiceChange cordon, boolean over) {}
        for (Row row : List.of(
                new Row(sent(Limits.ATTEMPTS - 1, SINCE), false),
                new Row(sent(Limits.ATTEMPTS, SINCE), true),
                new Row(sent(1, twoMinutes), false),
                new Row(sent(1, twoMinutes.minusSeconds(1)), true))) {
            DrainState state = Cordon.seen(
                    asked(Orders.empty("compute1"), row.cordon()),
                    new Look().services(up("compute1")).make(),
                    claim -> Holding.UNKNOWN,
                    NOW);
            assertEquals(row.over() ? Phase.ENDED : Phase.CORDON, state.phase());
            if (row.over()) {
                assertEquals("Scheduling to 'compute1' could not be disabled: HTTP 500", state.message());
            }
        }
    }

    /** Two drains that look at the same time both find the budget kept, and see each other behind their cordons. */
    @Test
    public void aCordonBeyondTheBudgetIsTakenBack() {
        Look look = new Look().services(closed("compute1", OURS), closed("compute2", THEIRS));
        for (int most : new int[] {1, 2}) {
            DrainState state = Cordon.seen(
                    asked(Orders.empty("compute1").within(new Budget(most, 0, null)), sent(1, SINCE)),
                    look.make(),
                    claim -> Holding.RUNNING,
                    NOW);
            assertEquals(most == 1 ? Phase.BACK_OUT : Phase.PLAN, state.phase());
        }
    }

    // ---- for the last word

    @Test
    public void whatBecameOfACordonIsKnownWhereItIsSeenStanding() {
        for (Found found : Found.values()) {
            DrainState state = asked(found.orders(), sent(1, SINCE));
            DrainState after = Cordon.found(state, found.look().make(), found.holders(), NOW);
            if (found == Found.CORDONED_BY_US || found.isForeign()) {
                assertEquals(
                        found.isForeign() ? State.FOUND : State.OURS,
                        after.cordon().state());
            } else {
                assertSame(state, after);
            }
            assertSame(state, Cordon.found(state, new Look().make(), found.holders(), NOW));
            DrainState earlier = drain(found.orders(), Phase.CHECK);
            assertSame(earlier, Cordon.found(earlier, found.look().make(), found.holders(), NOW));
        }
    }

    /** A drain of a host that it had cordoned in an earlier step of its build. */
    @Test
    public void ofAnOlderCordonOfOursItIsKeptHowOftenItWasSent() {
        List<Integer> attempts = new ArrayList<>();
        for (int so : new int[] {0, 2}) {
            DrainState state = asked(Orders.empty("compute1"), sent(so, SINCE));
            attempts.add(Cordon.begin(state, closed("compute1", OURS), claim -> Holding.UNKNOWN, NOW)
                    .cordon()
                    .attempts());
        }
        assertEquals(List.of(0, 2), attempts);
    }
}
