package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.taken;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.Verb;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** A cloud that cannot be read is asked again for a while, and then nothing is claimed of it. */
public class CloudOutageTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static DrainState in(Phase phase, boolean stopped, Duration trouble) {
        return with(drain(Orders.empty("compute1"), phase, waiting("a", Action.LIVE)), edit -> {
            edit.troubleSince = trouble == null ? null : NOW.minus(trouble);
            edit.stop = stopped ? new Stop(NOW, "aborted by x") : null;
            edit.backOut = new BackOut("why", ServiceChange.recorded("s-compute1", null, NOW));
        });
    }

    private static NovaException refused(int status, Duration retryAfter) {
        return new NovaException.Refused("list servers", status, "no", null, retryAfter);
    }

    private static final List<NovaException> PASSING = List.of(
            new NovaException.Unreachable("no route", null),
            new NovaException.NoAnswer("no answer", null),
            new NovaException.Unintelligible("not JSON", null),
            refused(500, null),
            refused(503, null),
            refused(429, null),
            refused(413, null));
    private static final List<NovaException> LASTING = List.of(
            new NovaException.NotAuthenticated("401", null),
            new NovaException.Missing("no region"),
            refused(403, null),
            refused(404, null));

    @Test
    public void beforeAnythingIsDoneOnlyWhatMayPassIsWaitedForAMinute() {
        for (NovaException error : PASSING) {
            assertEquals(
                    Phase.CHECK,
                    CloudOutage.met(in(Phase.CHECK, false, null), error, NOW).phase());
            assertEquals(
                    Phase.CHECK,
                    CloudOutage.met(in(Phase.CHECK, false, MINUTE.minus(SECOND)), error, NOW)
                            .phase());
            assertEquals(
                    Phase.ENDED,
                    CloudOutage.met(in(Phase.CHECK, false, MINUTE), error, NOW).phase());
        }
        for (NovaException error : LASTING) {
            DrainState refused = CloudOutage.met(in(Phase.CHECK, false, null), error, NOW);
            assertEquals(HostOutcome.REFUSED, refused.outcome());
            assertTrue(refused.message(), refused.message().startsWith(error.getMessage()));
        }
    }

    /** Once something was begun, whatever it is may be put right. */
    @Test
    public void afterwardsAllIsWaitedForHalfAnHour() {
        for (Phase phase : List.of(Phase.CORDON, Phase.PLAN, Phase.MOVE, Phase.BACK_OUT, Phase.WAIT_DOWN)) {
            for (List<NovaException> errors : List.of(PASSING, LASTING)) {
                for (NovaException error : errors) {
                    DrainState first = CloudOutage.met(in(phase, false, null), error, NOW);
                    assertEquals(phase, first.phase());
                    assertEquals(NOW, first.troubleSince());
                    assertTrue(first.trouble(), first.trouble().startsWith(error.getMessage()));
                    DrainState young = in(phase, false, Limits.TROUBLE.minus(SECOND));
                    DrainState next = CloudOutage.met(young, error, NOW);
                    assertEquals(phase, next.phase());
                    assertEquals(young.troubleSince(), next.troubleSince());
                    DrainState old = CloudOutage.met(in(phase, false, Limits.TROUBLE), error, NOW);
                    assertEquals(Phase.ENDED, old.phase());
                }
            }
        }
    }

    @Test
    public void onceStoppedHalfAMinute() {
        for (Phase phase : List.of(Phase.CHECK, Phase.CORDON, Phase.MOVE)) {
            NovaException error = PASSING.get(0);
            Duration limit = Limits.TROUBLE_STOPPING;
            assertEquals(
                    phase,
                    CloudOutage.met(in(phase, true, limit.minus(SECOND)), error, NOW)
                            .phase());
            assertEquals(
                    HostOutcome.ABORTED,
                    CloudOutage.met(in(phase, true, limit), error, NOW).outcome());
        }
    }

    @Test
    public void theStepsTimeEndsTheWaiting() {
        for (NovaException error : List.of(PASSING.get(0), refused(429, MINUTE))) {
            for (int late : new int[] {0, 1}) {
                Duration timeout = Duration.ofHours(1).minus(Limits.STOPPING).minusSeconds(late);
                DrainState state = drain(Orders.empty("compute1").timeout(timeout), waiting("a", Action.LIVE));
                assertEquals(
                        late == 0 ? Phase.MOVE : Phase.ENDED,
                        CloudOutage.met(state, error, NOW).phase());
            }
        }
    }

    @Test
    public void aCredentialThatIsNotAcceptedHasAWayOut() {
        String words = CloudOutage.met(in(Phase.CHECK, false, null), LASTING.get(0), NOW)
                .message();
        assertEquals("401. Fix the credential, or name another one (parameter credentialsId).", words);
        assertEquals(
                "no region",
                CloudOutage.met(in(Phase.CHECK, false, null), LASTING.get(1), NOW)
                        .message());
    }

    /** The cloud has said when it wants to be asked again. */
    @Test
    public void whatTheCloudAsksForIsWaitedForInEveryPhase() {
        NovaException error = refused(429, MINUTE);
        for (Phase phase : List.of(Phase.CHECK, Phase.CORDON, Phase.PLAN, Phase.MOVE)) {
            DrainState first = CloudOutage.met(in(phase, false, null), error, NOW);
            assertEquals(phase, first.phase());
            assertEquals(error.getMessage(), first.trouble());
            assertEquals(NOW, first.troubleSince());
            DrainState young = in(phase, false, Limits.TROUBLE.minus(SECOND));
            assertEquals(phase, CloudOutage.met(young, error, NOW).phase());
            assertEquals(
                    young.troubleSince(), CloudOutage.met(young, error, NOW).troubleSince());
            assertEquals(
                    Phase.ENDED,
                    CloudOutage.met(in(phase, false, Limits.TROUBLE), error, NOW)
                            .phase());
            // not by somebody who was told to stop
            assertEquals(
                    Phase.ENDED,
                    CloudOutage.met(in(phase, true, Limits.TROUBLE_STOPPING), error, NOW)
                            .phase());
        }
    }

    // ---- a stop that is not answered

    @Test
    public void onlyMovesThatAreToBeAbortedAreWorthTryingOnFor() {
        ServerState moves = moving("a", Action.LIVE, "running", NOW);
        record Row(Orders orders, ServerState server, boolean triesOn) {}
        for (Row row : List.of(
                new Row(Orders.empty("compute1").abortingOnAbort(), moves, true),
                new Row(Orders.empty("compute1"), moves, false),
                new Row(Orders.empty("compute1").abortingOnAbort(), waiting("a", Action.LIVE), false))) {
            DrainState stopped =
                    with(drain(row.orders(), row.server()), edit -> edit.stop = new Stop(NOW, "aborted by x"));
            DrainState state = CloudOutage.unanswered(stopped, "no answer", NOW);
            assertEquals(row.triesOn() ? Phase.MOVE : Phase.ENDED, state.phase());
            assertEquals("no answer", state.trouble());
            assertEquals(NOW, state.troubleSince());
            DrainState later = with(stopped, edit -> edit.troubleSince = NOW.minus(SECOND));
            assertEquals(
                    NOW.minus(SECOND),
                    CloudOutage.abandoned(later, "no answer", NOW).troubleSince());
            assertEquals(
                    HostOutcome.ABORTED,
                    CloudOutage.abandoned(later, "no answer", NOW).outcome());
        }
    }

    // ---- given up

    private static DrainState givenUp(DrainState state) {
        return CloudOutage.met(
                with(state, edit -> edit.troubleSince = NOW.minus(Limits.TROUBLE)), "no answer", true, NOW);
    }

    private static ServerState givenUp(Orders orders, ServerState server, boolean stopped) {
        DrainState state =
                with(drain(orders, server), edit -> edit.stop = stopped ? new Stop(NOW, "aborted by x") : null);
        return givenUp(state).servers().get(0);
    }

    @Test
    public void ofEachServerItIsSaidWhatWasKnownLast() {
        Orders orders = Orders.empty("compute1");
        assertEquals(
                "NOT_STARTED: the cloud could not be read any more",
                told(givenUp(orders, waiting("a", Action.LIVE), false)));
        ServerState over = ended("a", Action.LIVE, Outcome.MOVED, NOW);
        assertSame(over, givenUp(orders, over, false));
        assertEquals(
                "UNKNOWN: its live migration was under way when the cloud could be read last; migration 7 read running",
                told(givenUp(orders, moving("a", Action.LIVE, "running", NOW), false)));
        ServerState unseen = taken("a", Action.COLD, NOW);
        assertEquals(
                "UNKNOWN: its cold migration was under way when the cloud could be read last; no migration of it had been"
                        + " seen yet",
                told(givenUp(orders, unseen, false)));
        ServerState unclear = with(unseen, edit -> edit.move = edit.move.unclear("no answer", NOW));
        assertEquals(
                "UNKNOWN: its cold migration was sent, and it is not known whether Nova took it (no answer)",
                told(givenUp(orders, unclear, false)));
        DrainState state = givenUp(drain(orders, waiting("a", Action.LIVE)));
        assertEquals(HostOutcome.INCOMPLETE, state.outcome());
        Instant since = NOW.minus(Limits.TROUBLE);
        assertEquals(List.of("The cloud was not read any more since " + since + ": no answer"), state.notes());
    }

    /** What the operator must do himself. */
    @Test
    public void whetherAMoveWasAbortedIsSaidWhereThatWasAskedFor() {
        Orders aborts = Orders.empty("compute1").abortingOnAbort();
        ServerState running = moving("a", Action.LIVE, "running", NOW);
        String look = "Look at it before anything else: openstack server show id-a.";
        String command = ": openstack server migration abort id-a 7.";
        Intent abort = Intent.record(Verb.ABORT, null, null, NOW);
        record Row(Orders orders, ServerState server, boolean stopped, String hint) {}
        String notTold = " Nova could not be told to abort it, so it goes on";
        for (Row row : List.of(
                new Row(aborts, running, false, ""),
                new Row(Orders.empty("compute1"), running, true, ""),
                new Row(aborts, moving("a", Action.COLD, "migrating", NOW), true, ""),
                new Row(aborts, running, true, notTold + command),
                new Row(aborts, with(running, edit -> edit.migration = null), true, notTold + "."),
                new Row(aborts, with(running, edit -> edit.follow = abort), true, notTold + command),
                new Row(
                        aborts,
                        with(
                                running,
                                edit -> edit.follow = Intent.record(Verb.FORCE_COMPLETE, null, null, NOW)
                                        .taken("req-2", NOW)),
                        true,
                        notTold + command),
                new Row(
                        aborts,
                        with(running, edit -> edit.follow = abort.taken("req-2", NOW)),
                        true,
                        " Nova was asked to abort it, and whether it did was not seen" + command))) {
            assertEquals(
                    row.toString(),
                    look + row.hint(),
                    givenUp(row.orders(), row.server(), row.stopped()).hint());
        }
    }

    @Test
    public void aCordonThatMayHaveBeenTakenBackIsNotSpokenOfAsStanding() {
        ServiceChange cordon = new ServiceChange("s-compute1", "r", ServiceChange.State.OURS, NOW, 1, null, null);
        ServiceChange change = ServiceChange.recorded("s-compute1", null, NOW);
        for (ServiceChange.State how : List.of(ServiceChange.State.SENT, ServiceChange.State.RECORDED)) {
            DrainState state = givenUp(with(drain(Orders.empty("compute1"), Phase.BACK_OUT), edit -> {
                edit.cordon = cordon;
                edit.backOut = new BackOut("Over the budget.", change.to(how, NOW));
            }));
            assertEquals(HostOutcome.REFUSED, state.outcome());
            if (how == ServiceChange.State.SENT) {
                assertNull(state.cordon());
                assertEquals(
                        "Over the budget. The cordon was asked to be taken back, which was not seen: look whether compute1"
                                + " is enabled. And then: no answer",
                        state.message());
            } else {
                assertEquals("Over the budget. And then: no answer. The host stays cordoned.", state.message());
            }
        }
    }
}
