package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanEssence;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** How a drain is refused after it has begun: what it changed is taken back, and what it did not is left alone (law 7). */
public class RefusalsTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final Holders NOBODY = claim -> Holding.UNKNOWN;
    private static final Instant SINCE = NOW.minusSeconds(20);
    private static final String WHY = "Over the budget.";

    private static ServiceChange cordon(State state, int attempts) {
        return new ServiceChange("s-compute1", OURS, state, SINCE, attempts, null, null);
    }

    private static DrainState cordoned(ServiceChange cordon) {
        return with(
                drain(Orders.empty("compute1"), Phase.PLAN, waiting("a", Action.LIVE)), edit -> edit.cordon = cordon);
    }

    private static final Look STANDS = new Look().services(closed("compute1", OURS));

    private static RequestResult refused(int status) {
        return new RequestResult.Refused(new NovaException.Refused("ask", status, "no", null, null));
    }

    // ---- backing out

    @Test
    public void onlyACordonThatThisDrainHasSetIsTakenBack() {
        record Row(ServiceChange cordon, boolean takenBack) {}
        for (Row row : List.of(
                new Row(cordon(State.OURS, 1), true),
                new Row(cordon(State.OURS, 0), false), // by an earlier step of its build
                new Row(cordon(State.FOUND, 1), false))) {
            DrainState state = BackingOut.refuse(cordoned(row.cordon()), WHY, STANDS.make(), NOBODY, NOW);
            assertEquals(row.takenBack() ? Phase.BACK_OUT : Phase.ENDED, state.phase());
            if (row.takenBack()) {
                assertEquals(new BackOut(WHY, ServiceChange.recorded("s-compute1", null, NOW)), state.backOut());
            } else {
                assertEquals(HostOutcome.REFUSED, state.outcome());
                assertEquals(row.cordon(), state.cordon());
                assertEquals(
                        "NOT_STARTED: the step was refused",
                        told(state.servers().get(0)));
            }
        }
        assertEquals(
                HostOutcome.REFUSED,
                BackingOut.refuse(cordoned(null), WHY, STANDS.make(), NOBODY, NOW)
                        .outcome());
    }

    private static DrainState backing(ServiceChange change, Look look) {
        DrainState state = with(cordoned(cordon(State.OURS, 1)), edit -> {
            edit.phase = Phase.BACK_OUT;
            edit.backOut = new BackOut(WHY, change);
        });
        return BackingOut.seen(state, look.make(), NOBODY, NOW);
    }

    @Test
    public void aCordonIsTakenBackOnceTheHostIsSeenOpen() {
        ServiceChange sent = ServiceChange.recorded("s-compute1", null, SINCE).to(State.SENT, SINCE);
        for (Look open : List.of(new Look().services(up("compute1")), new Look())) {
            DrainState done = backing(sent, open);
            assertEquals(WHY + " The cordon was taken back.", done.message());
            assertNull(done.cordon());
            assertEquals(HostOutcome.REFUSED, done.outcome());
        }
        DrainState again = backing(sent, STANDS);
        assertEquals(Phase.BACK_OUT, again.phase());
        assertEquals(State.RECORDED, again.backOut().change().state());
        assertEquals(SINCE, again.backOut().change().since());
        assertEquals(WHY, again.backOut().why());
    }

    @Test
    public void whatSomebodyElseHasWrittenOverStays() {
        ServiceChange sent = ServiceChange.recorded("s-compute1", null, SINCE).to(State.SENT, SINCE);
        for (String reason : new String[] {"broken fan", null}) {
            DrainState state = backing(sent, new Look().services(closed("compute1", reason)));
            assertEquals(
                    WHY + " The cordon stays: somebody else has disabled the host meanwhile (" + reason + ").",
                    state.message());
            assertEquals(State.FOUND, state.cordon().state());
            assertEquals(0, state.cordon().attempts());
        }
    }

    @Test
    public void aHostThatCannotBeOpenedAgainIsSaidToStandClosed() {
        ServiceChange often =
                new ServiceChange("s-compute1", null, State.SENT, SINCE, Limits.ATTEMPTS, "HTTP 500", null);
        assertEquals(
                WHY + " And scheduling to 'compute1' could not be enabled again: HTTP 500. The host stays cordoned.",
                backing(often, STANDS).message());
    }

    @Test
    public void anAnswerToTheEnablingEndsItWhereNovaRefuses() {
        DrainState state = with(cordoned(cordon(State.OURS, 1)), edit -> {
            edit.phase = Phase.BACK_OUT;
            edit.backOut = new BackOut(WHY, ServiceChange.recorded("s-compute1", null, SINCE));
        });
        for (RequestResult goesOn : List.of(
                new RequestResult.Taken("req-1"),
                new RequestResult.Unknown("no answer"),
                new RequestResult.NotSent("no route"),
                refused(429))) {
            DrainState after = BackingOut.answered(state, goesOn, NOW);
            assertEquals(Phase.BACK_OUT, after.phase());
            assertEquals(State.SENT, after.backOut().change().state());
            assertEquals(goesOn.trouble(), after.backOut().change().why());
        }
        DrainState over = BackingOut.answered(state, refused(403), NOW);
        assertEquals(
                WHY + " And scheduling to 'compute1' could not be enabled again: ask: HTTP 403: no. The host stays"
                        + " cordoned.",
                over.message());
    }

    // ---- the answer to a cordon, or to forcing down

    @Test
    public void aRefusedChangeOfTheServiceEndsADrainThatHasNotBegunToMove() {
        for (boolean cordon : new boolean[] {true, false}) {
            for (Phase phase : List.of(Phase.CORDON, Phase.FORCE_DOWN, Phase.MOVE)) {
                DrainState state = with(drain(Orders.empty("compute1"), phase), edit -> {
                    edit.cordon = ServiceChange.recorded("s-compute1", OURS, SINCE);
                    edit.forceDown = ServiceChange.recorded("s-compute1", null, SINCE);
                });
                for (RequestResult answer : List.of(
                        new RequestResult.Taken("req-1"),
                        new RequestResult.Unknown("no answer"),
                        new RequestResult.NotSent("no route"),
                        refused(429),
                        refused(403))) {
                    DrainState after = ServiceAnswer.given(state, cordon, answer, NOW);
                    if ("ask: HTTP 403: no".equals(answer.trouble()) && phase != Phase.MOVE) {
                        assertEquals(
                                (cordon
                                                ? "Scheduling to 'compute1' could not be disabled"
                                                : "The compute service of 'compute1' could not be forced down")
                                        + ": ask: HTTP 403: no",
                                after.message());
                        continue;
                    }
                    assertEquals(phase, after.phase());
                    ServiceChange changed = cordon ? after.cordon() : after.forceDown();
                    ServiceChange other = cordon ? after.forceDown() : after.cordon();
                    assertEquals(State.SENT, changed.state());
                    assertEquals(cordon ? OURS : null, changed.reason());
                    assertEquals(1, changed.attempts());
                    assertEquals(answer.trouble(), changed.why());
                    assertEquals(State.RECORDED, other.state());
                }
            }
        }
    }

    // ---- another plan than the approved one

    private static DrainState drifted(OnDrift how, int lines) {
        return with(
                drain(
                        Orders.empty("compute1").plan("0123456789ab").onDrift(null, how),
                        Phase.PLAN,
                        waiting("a", Action.LIVE),
                        ended("b", Action.SKIP, Outcome.SKIPPED, NOW)),
                edit -> {
                    edit.planHash = "ba9876543210";
                    edit.drift = Collections.nCopies(lines, "+ LIVE web9 (new on the host)");
                    edit.cordon = cordon(State.OURS, 1);
                });
    }

    private static final String CHANGED =
            "plan: the plan approved was 0123456789ab, the cloud now gives ba9876543210:\n  + LIVE web9 (new on the host)"
                    + "\nNothing was moved.";

    @Test
    public void driftIsRefusedOrAskedAbout() {
        DrainState refused = PlanDrift.met(drifted(OnDrift.FAIL, 1), STANDS.make(), NOBODY, NOW);
        assertEquals(Phase.BACK_OUT, refused.phase());
        assertEquals(CHANGED, refused.backOut().why());
        DrainState asking = PlanDrift.met(drifted(OnDrift.ASK, 1), STANDS.make(), NOBODY, NOW);
        assertEquals(HostOutcome.DRIFTED, asking.outcome());
        assertEquals(
                CHANGED + " compute1 stays cordoned for the decision. To go on: plan: 'ba9876543210'. Not to: openstack"
                        + " compute service set --enable compute1 nova-compute.",
                asking.message());
        assertEquals(
                List.of("NOT_STARTED: the plan is not the approved one any more", "SKIPPED"),
                asking.servers().stream().map(server -> told(server)).toList());
        assertEquals(cordon(State.OURS, 1), asking.cordon());
    }

    /** An error is to be read, not scrolled. */
    @Test
    public void ofManyChangesFiftyAreTold() {
        String fifty = PlanDrift.passedOver(drifted(OnDrift.CONTINUE, 50));
        assertEquals(51, fifty.lines().count());
        assertTrue(
                fifty, fifty.startsWith("The cloud has changed since plan 0123456789ab was approved; going on with"));
        String more = PlanDrift.passedOver(drifted(OnDrift.CONTINUE, 53));
        assertEquals(52, more.lines().count());
        assertTrue(more, more.endsWith("\n  and 3 more"));
    }

    /** It is told whose doing it is where that is sure: the cloud's, or the step's own, whose parameters are others. */
    @Test
    public void whoseDoingItIsIsSaid() {
        Map<String, String> as = Map.of("host", "compute1", "confirm", "manual", PlanEssence.HOST_STATE, "up");
        String cloud = "the cloud now gives ";
        String step = "and this step's own parameters give ";
        Object[][] rows = {
            {as, List.of("+ LIVE web9 (new on the host)"), cloud},
            {as, List.of("- LIVE web9 (gone)"), cloud},
            {as, List.of("~ web1: LIVE -> COLD (is SHUTOFF now)"), cloud},
            {as, List.of("~ web1: flavor small -> large"), cloud},
            {
                Map.of("host", "compute1", PlanEssence.HOST_STATE, "up"),
                List.of("- COLD batch1 (gone)", "~ confirm: manual -> none"),
                cloud
            },
            {term(as, PlanEssence.HOST_STATE, "down"), List.of("~ state of the host: up -> down"), cloud},
            {term(as, "confirm", "auto"), List.of("~ confirm: manual -> auto"), step},
            {term(as, "targetHost", "compute9"), List.of("~ targetHost: none -> compute9"), step},
            {term(as, "host", "compute2"), List.of("~ host: compute1 -> compute2"), step},
            {
                term(as, "confirm", "auto"),
                List.of("~ confirm: manual -> auto", "- LIVE web9 (gone)"),
                "this step's own parameters and the cloud now give "
            },
            {as, List.of("~ db1: BLOCKED -> LIVE"), "it is now "},
            {term(as, "confirm", "auto"), List.of("~ confirm: manual -> auto", "~ db1: BLOCKED -> LIVE"), "it is now "},
            {as, List.of("The servers and what is done with them are the same; a parameter is another."), "it is now "},
        };
        for (Object[] row : rows) {
            DrainState state = with(
                    drain(
                            Orders.empty("compute1")
                                    .plan("0123456789ab")
                                    .onDrift(new PlanEssence(as, List.of()), OnDrift.ASK),
                            Phase.PLAN,
                            waiting("a", Action.LIVE)),
                    edit -> {
                        edit.planHash = "ba9876543210";
                        edit.planTerms = terms(row[0]);
                        edit.drift = lines(row[1]);
                        edit.cordon = cordon(State.OURS, 1);
                    });
            String message = PlanDrift.met(state, STANDS.make(), NOBODY, NOW).message();
            String begin = "plan: the plan approved was 0123456789ab, " + row[2] + "ba9876543210:\n  ";
            assertTrue(message, message.startsWith(begin));
            assertEquals(message, row[2].equals(step), message.contains("say the parameters as they were approved"));
            boolean blamed = PlanDrift.passedOver(state).startsWith("The cloud has changed");
            assertEquals(message, message.contains("the cloud now give"), blamed);
        }
    }

    private static Map<String, String> term(Map<String, String> terms, String name, String value) {
        Map<String, String> changed = new HashMap<>(terms);
        changed.put(name, value);
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> terms(Object row) {
        return (Map<String, String>) row;
    }

    @SuppressWarnings("unchecked")
    private static List<String> lines(Object row) {
        return (List<String>) row;
    }

    // ---- another cloud than the one it began on

    /** To another its servers are unknown: they would read deleted there. */
    @Test
    public void aDrainStaysOnTheCloudThatItBeganOn() {
        DrainState before = drain(Orders.empty("compute1"));
        SameCloud.check(before, Look.OPS);
        SameCloud.check(with(before, edit -> edit.cloud = "https://keystone/v3 (north)"), Look.OPS);
        DrainState elsewhere = with(before, edit -> edit.cloud = "https://keystone/v3 (south)");
        NovaException.Missing error =
                assertThrows(NovaException.Missing.class, () -> SameCloud.check(elsewhere, Look.OPS));
        assertTrue(
                error.getMessage(),
                error.getMessage()
                        .startsWith("this step began on https://keystone/v3 (south), and the configuration now means"
                                + " https://keystone/v3 (north)"));
    }
}
