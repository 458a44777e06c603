package io.jenkins.plugins.nova.drain.host;

import static io.jenkins.plugins.nova.drain.Drained.NOW;
import static io.jenkins.plugins.nova.drain.Drained.drain;
import static io.jenkins.plugins.nova.drain.Drained.ended;
import static io.jenkins.plugins.nova.drain.Drained.moving;
import static io.jenkins.plugins.nova.drain.Drained.told;
import static io.jenkins.plugins.nova.drain.Drained.waiting;
import static io.jenkins.plugins.nova.drain.Drained.with;
import static io.jenkins.plugins.nova.drain.Look.closed;
import static io.jenkins.plugins.nova.drain.Look.up;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.ServiceChange.State;
import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.filter.LeaveFilter;
import java.util.List;
import org.junit.Test;

/** The last word: DONE is said of a host only that is empty and proven to be, and every sentence says what is so. */
public class DrainEndingTest {

    private static final String OURS = "nova-maintenance: ops/maintenance#7";
    private static final Server ON_IT = Servers.named("b").make();
    private static final OddRow ODD = new OddRow(OddRow.Kind.SERVER, "", "", "its 'id' is not a text");

    private static ServerState is(String name, Outcome outcome) {
        return waiting(name, Action.LIVE).end(outcome, "why", "hint", NOW);
    }

    private static ServerState stays(String name) {
        return waiting(name, Action.SKIP).end(Outcome.SKIPPED, LeaveFilter.REASON, "", NOW);
    }

    private static DrainState end(DrainState state, Look look) {
        return DrainEnding.end(state, null, look == null ? null : look.make(), NOW);
    }

    private static DrainState host(ServerState... servers) {
        return drain(Orders.empty("compute1"), servers);
    }

    private static DrainState chosen(ServerState... servers) {
        return drain(Orders.of(Route.LIVE, "a", "b"), servers);
    }

    private static Look empty() {
        return new Look().services(closed("compute1", OURS)).heard();
    }

    // ---- the outcome

    @Test
    public void aHostIsDoneWhenAllIsWellWithItsServersAndItIsEmpty() {
        for (Outcome outcome : Outcome.values()) {
            HostOutcome whole = outcome.good()
                    ? outcome.waits() ? HostOutcome.AWAITING_CONFIRM : HostOutcome.DONE
                    : HostOutcome.INCOMPLETE;
            assertEquals(
                    outcome.toString(),
                    whole,
                    end(host(is("a", outcome)), empty()).outcome());
            // somebody is on it, by whatever look
            DrainState inhabited = host(is("a", outcome));
            assertEquals(
                    HostOutcome.INCOMPLETE,
                    end(inhabited, empty().listed(ON_IT)).outcome());
            assertEquals(
                    HostOutcome.INCOMPLETE,
                    end(inhabited, empty().listed(Servers.named("a").make())).outcome());
            // or may be, in a row that could not be read; or nobody could look
            assertEquals(
                    HostOutcome.INCOMPLETE,
                    end(inhabited, new Look().setAside(ODD)).outcome());
            assertEquals(HostOutcome.INCOMPLETE, end(inhabited, null).outcome());
        }
    }

    @Test
    public void chosenServersAreDoneWhereverTheirHostIs() {
        for (Outcome outcome : Outcome.values()) {
            HostOutcome whole = !outcome.good()
                    ? HostOutcome.INCOMPLETE
                    : outcome == Outcome.AWAITING_CONFIRM ? HostOutcome.AWAITING_CONFIRM : HostOutcome.DONE;
            assertEquals(
                    whole,
                    end(chosen(is("a", outcome)), new Look().listed(ON_IT)).outcome());
            DrainState residue = drain(Orders.residue(Route.CONFIRM, "compute1"), is("a", outcome));
            assertEquals(
                    outcome.waits() ? HostOutcome.AWAITING_CONFIRM : whole,
                    end(residue, new Look()).outcome());
        }
    }

    @Test
    public void whatMayStayKeepsNoHostFromBeingEmpty() {
        Look look = empty().listed(Servers.named("s").make());
        assertEquals(
                HostOutcome.DONE,
                end(host(is("a", Outcome.MOVED), stays("s")), look).outcome());
        // any other reason for which it was skipped does
        DrainState skipped = host(is("a", Outcome.MOVED), is("s", Outcome.SKIPPED));
        assertEquals(HostOutcome.INCOMPLETE, end(skipped, look).outcome());
        DrainState failed = host(with(stays("s"), edit -> edit.outcome = Outcome.GONE));
        assertEquals(HostOutcome.INCOMPLETE, end(failed, look).outcome());
    }

    @Test
    public void whatIsNotProvenIsNotDoneUnlessTheOrderTakesItSo() {
        for (Orders orders :
                List.of(Orders.empty("compute1"), Orders.empty("compute1").unproven())) {
            DrainState state =
                    with(drain(orders, is("a", Outcome.MOVED)), edit -> edit.doubts = List.of("who knows", "nobody"));
            DrainState after = end(state, empty());
            boolean taken = orders.make().unproven();
            assertEquals(taken ? HostOutcome.DONE : HostOutcome.UNPROVEN, after.outcome());
            assertEquals(
                    taken
                            ? "Host compute1 is empty: 1 server dealt with.\nTaken as the whole (unproven: true), though it"
                                    + " could not be made sure of: who knows; nobody."
                            : "Host compute1: no server can be seen on it, and whether it is empty could not be made sure"
                                    + " of: who knows; nobody. Look there; unproven: true takes what can be seen as the"
                                    + " whole.",
                    after.message());
        }
        DrainState chosen = with(chosen(is("a", Outcome.MOVED)), edit -> edit.doubts = List.of("who knows"));
        assertEquals(
                "1 server: all that can be seen is done, and whether it is all could not be made sure of: who knows."
                        + " Look there; unproven: true takes what can be seen as the whole.",
                end(chosen, empty()).message());
    }

    @Test
    public void aHostThatWasLostIsNotDone() {
        DrainState state =
                with(host(is("a", Outcome.MOVED)), edit -> edit.watch = edit.watch.lost("it is held by x now"));
        DrainState after = end(state, empty());
        assertEquals(HostOutcome.INCOMPLETE, after.outcome());
        assertTrue(after.message(), after.message().endsWith("\nIt is held by x now."));
    }

    @Test
    public void anAbortIsAnAbort() {
        DrainState state = with(
                host(is("a", Outcome.MOVED), waiting("b", Action.LIVE)),
                edit -> edit.stop = new Stop(NOW, "aborted by x"));
        DrainState after = end(state, empty());
        assertEquals(HostOutcome.ABORTED, after.outcome());
        assertEquals(
                "Aborted (aborted by x): 1 server dealt with, 1 not.\n  b (id-b): NOT_STARTED: the build was aborted before"
                        + " anything was moved",
                after.message());
        assertEquals(NOW, after.ended());
        assertEquals(
                "Aborted: 0 servers dealt with, 0 not.",
                DrainEnding.end(host(), HostOutcome.ABORTED, null, NOW).message());
    }

    // ---- the sentence

    @Test
    public void ofAHostThatIsDoneItIsSaidHowMuchWasDone() {
        assertEquals(
                "Host compute1 is empty: 0 servers dealt with.",
                end(host(), empty()).message());
        assertEquals(
                "Host compute1 is empty: 2 servers dealt with.",
                end(host(is("a", Outcome.MOVED), is("b", Outcome.GONE)), empty())
                        .message());
        assertEquals(
                "Host compute1 is empty but for 1 server that may stay (leave): 1 server dealt with.\n  s (id-s): SKIPPED: "
                        + LeaveFilter.REASON,
                end(host(is("a", Outcome.MOVED), stays("s")), empty()).message());
        assertEquals(
                "2 servers: done.",
                end(chosen(is("a", Outcome.MOVED), is("b", Outcome.GONE)), empty())
                        .message());
        assertEquals("Nothing was to be done.", end(chosen(), empty()).message());
    }

    @Test
    public void whatWaitsIsSaidWithWhoSettlesIt() {
        ServerState ours = is("a", Outcome.AWAITING_CONFIRM);
        ServerState owners = is("b", Outcome.AWAITING_OWNER);
        String toConfirm = "1 server in VERIFY_RESIZE: confirmResize or revertResize";
        String toWaitFor = "1 server in VERIFY_RESIZE by a resize of its owner's, who settles it";
        String line = "\n  b (id-b): AWAITING_OWNER: why. hint";
        assertEquals(
                "Host compute1 runs no server any more; " + toConfirm + " before it is switched off.",
                end(host(ours), empty()).message());
        assertEquals(
                "Host compute1 runs no server any more; " + toWaitFor + " before it is switched off." + line,
                end(host(owners), empty()).message());
        assertEquals(
                "Host compute1 runs no server any more but for 1 server that may stay (leave); " + toConfirm
                        + " before it is switched off. " + toWaitFor
                        + " before it is switched off.\n  s (id-s): SKIPPED: "
                        + LeaveFilter.REASON + line,
                end(host(ours, owners, stays("s")), empty()).message());
        assertEquals(toConfirm + ".", end(chosen(ours), empty()).message());
    }

    @Test
    public void ofWhatIsIncompleteEachServerIsSaid() {
        ServerState failed = is("f", Outcome.FAILED);
        ServerState skipped = is("k", Outcome.SKIPPED);
        String line = "\n  f (id-f): FAILED: why. hint";
        Server there = Servers.named("k").make();
        assertEquals(
                "Host compute1 has no server, but not all went well: 1 of 2 servers could not be moved." + line,
                end(host(is("a", Outcome.MOVED), failed), empty()).message());
        assertEquals(
                "Host compute1 is not empty: 1 of 1 server could not be moved." + line,
                end(host(failed), empty().listed(ON_IT)).message());
        assertEquals(
                "Host compute1 is not empty: 1 of 1 server could not be moved." + line,
                end(host(failed), null).message());
        DrainState doubted = with(host(failed), edit -> edit.doubts = List.of("who knows"));
        assertEquals(
                "Host compute1 is not empty: 1 of 1 server could not be moved." + line,
                end(doubted, empty()).message());
        String left =
                "Host compute1 is not empty: 1 of 4 servers could not be moved, 1 left there as their owners want it."
                        + "\n  s (id-s): SKIPPED: " + LeaveFilter.REASON + line + "\n  k (id-k): SKIPPED: why. hint"
                        + "\n  c (id-c): AWAITING_CONFIRM: why. hint";
        DrainState all = host(failed, skipped, stays("s"), is("c", Outcome.AWAITING_CONFIRM));
        assertEquals(left, end(all, empty().listed(there)).message());
        assertEquals(
                "of a cloud that cannot be read: as it was known",
                left,
                end(all, null).message());
        assertEquals(
                "what was skipped and has left since is not said to be there",
                "Host compute1 has no server, but not all went well: 1 of 2 servers could not be moved." + line,
                end(host(failed, skipped), empty()).message());
        assertEquals(
                "2 servers: 1 of 2 servers did not succeed." + line,
                end(chosen(failed, skipped), null).message());
    }

    @Test
    public void aRowThatCouldNotBeReadIsSaidWhereItHinders() {
        DrainState state = end(host(is("a", Outcome.MOVED)), empty().setAside(ODD));
        // heard, and nothing missing: proven
        assertEquals(HostOutcome.DONE, state.outcome());
        Look unheard = new Look().services(closed("compute1", OURS)).setAside(ODD);
        String words = end(host(is("a", Outcome.MOVED)), unheard).message();
        assertTrue(
                words, words.contains("\nIt counts as not empty, for a row of its lists could not be read: a server"));
        assertFalse(end(chosen(is("f", Outcome.FAILED)), unheard).message().contains("It counts as"));
        DrainState aborted = DrainEnding.end(host(is("a", Outcome.MOVED)), HostOutcome.ABORTED, unheard.make(), NOW);
        assertFalse(aborted.message(), aborted.message().contains("It counts as"));
    }

    @Test
    public void aDryRunSaysWhatItWouldDoOrWhyItWouldNot() {
        DrainState state = host(is("a", Outcome.PLANNED), is("b", Outcome.BLOCKED), stays("s"));
        assertEquals(
                "Host compute1: 1 would be acted on, 1 cannot be. Nothing was changed.",
                DrainEnding.end(state, HostOutcome.PLANNED, empty().make(), NOW).message());
        assertEquals(
                "1 server: 1 would be acted on, 0 cannot be. Nothing was changed.",
                DrainEnding.end(chosen(is("a", Outcome.PLANNED)), HostOutcome.PLANNED, empty().make(), NOW)
                        .message());
        DrainState refused = with(
                host(is("a", Outcome.PLANNED)),
                edit -> edit.note("other").note(ReasonMarkers.WOULD_REFUSE + "Over the budget."));
        assertEquals(
                "Over the budget.\nHost compute1: 1 would be acted on, 0 cannot be. Nothing was changed.",
                DrainEnding.end(refused, HostOutcome.REFUSED, empty().make(), NOW)
                        .message());
    }

    // ---- the cordon

    private static ServiceChange cordon(State state) {
        return new ServiceChange("s-compute1", OURS, state, NOW, 1, null, null);
    }

    @Test
    public void ofTheCordonItIsSaidWhatWasSeenLast() {
        record Row(State state, Look look, String words) {}
        String stays = "\ncompute1 stays cordoned (" + OURS + ").";
        String was = "\ncompute1 was cordoned when it could be seen last (" + OURS + ").";
        String asked = "\nThe cordon of compute1 was asked for and not yet seen: it may be disabled (" + OURS + ").";
        for (Row row : List.of(
                new Row(State.OURS, empty(), stays),
                new Row(State.FOUND, empty(), stays),
                new Row(State.OURS, null, was),
                new Row(State.OURS, new Look().services(up("compute2")).heard(), was),
                new Row(State.SENT, empty(), asked),
                new Row(State.RECORDED, empty(), ""))) {
            DrainState after = end(with(host(), edit -> edit.cordon = cordon(row.state())), row.look());
            String words = after.message().substring(after.message().indexOf('.') + 1);
            assertEquals(row.words(), words);
            String rest = DrainEnding.butForTheCordon(after);
            assertEquals(after.message().replace(stays, ""), rest);
        }
        DrainState refused = DrainEnding.refuse(with(host(), edit -> edit.cordon = cordon(State.OURS)), "Why not", NOW);
        assertEquals("Why not. The host stays cordoned.", refused.message());
        assertEquals("Why not.", DrainEnding.butForTheCordon(refused));
        for (State other : List.of(State.FOUND, State.SENT)) {
            assertEquals(
                    "Why not",
                    DrainEnding.refuse(with(host(), edit -> edit.cordon = cordon(other)), "Why not", NOW)
                            .message());
        }
    }

    /** Nova's own copies are deleted by its evacuations' records. */
    @Test
    public void aRescuedHostIsNotUsedAgainBeforeItHasCleanedUp() {
        for (Outcome outcome : Outcome.values()) {
            assertEquals(
                    outcome == Outcome.REBUILT,
                    end(host(is("a", outcome)), empty()).message().contains("Before compute1 is used again"));
        }
    }

    @Test
    public void aRefusalStartsNothingAndChangesNoOutcome() {
        DrainState state = DrainEnding.refuse(host(is("a", Outcome.GONE), waiting("b", Action.LIVE)), "Why not.", NOW);
        assertEquals(HostOutcome.REFUSED, state.outcome());
        assertEquals(NOW, state.ended());
        assertEquals(
                List.of("GONE: why", "NOT_STARTED: the step was refused"),
                state.servers().stream().map(server -> told(server)).toList());
    }

    @Test
    public void aServersLineHasWhatThereIsToSay() {
        assertEquals("a (id-a): MOVED", DrainEnding.line(ended("a", Action.LIVE, Outcome.MOVED, NOW)));
        assertEquals("a (id-a): FAILED: why. hint", DrainEnding.line(is("a", Outcome.FAILED)));
        ServerState named = with(is("a", Outcome.BLOCKED), edit -> edit.override = "approve");
        assertEquals("a (id-a): BLOCKED: why. hint Parameter: approve.", DrainEnding.line(named));
        assertEquals(
                1,
                DrainEnding.staying(host(stays("s"), moving("m", Action.LIVE, "running", NOW)))
                        .size());
    }
}
