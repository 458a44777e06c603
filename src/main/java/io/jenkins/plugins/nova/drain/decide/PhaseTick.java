package io.jenkins.plugins.nova.drain.decide;

import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.host.BackingOut;
import io.jenkins.plugins.nova.drain.host.Cordon;
import io.jenkins.plugins.nova.drain.host.DrainEnding;
import io.jenkins.plugins.nova.drain.host.FinalCheck;
import io.jenkins.plugins.nova.drain.host.HostSettings;
import io.jenkins.plugins.nova.drain.host.PlanDrift;
import io.jenkins.plugins.nova.drain.host.Preparation;
import io.jenkins.plugins.nova.drain.host.RoomCheck;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.OddRowNotes;
import io.jenkins.plugins.nova.drain.server.ServerVerdicts;
import java.time.Instant;
import java.util.Optional;

/**
 * The state machine: from a state and what a tick saw to the next state. Pure: it reads and sends nothing. What it wants
 * sent stands in the state as RECORDED intents, for its caller to save first (law 2).
 *
 * <pre>
 *   CHECK -+-> (WAIT_DOWN -> FORCE_DOWN) -> CORDON -> PLAN -> (BESIDE ->) MOVE -> ENDED      a host; in brackets a dead one, and one
 *          |                                                                                    with something beside Nova
 *          |                                  +-> BACK_OUT -> ENDED              too many hosts are away, the plan has drifted, no room
 *          +-> PLAN -> MOVE -> ENDED                                            chosen servers, or dryRun
 *          +-> ENDED                                                            refused
 *
 *   with alerts that are silenced, and no block that follows: UNSILENCE before ENDED
 * </pre>
 */
public final class PhaseTick {

    private PhaseTick() {}

    /**
     * Whether a drain that has not begun is not to begin now, for the controller prepares for shutdown: then the cloud need not
     * even be read. A dry run changes nothing, and goes on.
     */
    public static boolean waitsUnread(DrainState state, Instant now) {
        return state.rests()
                && state.phase() == Phase.CHECK
                && !state.order().dryRun()
                && state.stop() == null
                && (state.deadline() == null || !now.isAfter(state.deadline()));
    }

    /** The state after a look. */
    public static DrainState decide(DrainState before, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = before.edit();
        edit.troubleSince = null;
        edit.trouble = null;
        OddRowNotes.lines(edit.notes, observed.setAside()).forEach(edit::note);
        DrainState state = edit.done();
        if (state.phase() == Phase.UNSILENCE) {
            return HostSettings.ended(state, observed, now);
        }
        boolean undone =
                state.phase() != Phase.MOVE && state.phase() != Phase.BACK_OUT && !HostSettings.leadsRouters(state);
        if (state.stop() != null && undone) {
            DrainState aborted =
                    DrainEnding.end(Cordon.found(state, observed, holders, now), HostOutcome.ABORTED, observed, now);
            return HostSettings.ending(state, aborted, now);
        }
        if (undone && state.deadline() != null && now.isAfter(state.deadline())) {
            return HostSettings.ending(
                    state,
                    DrainEnding.refuse(state, "timeout: the step's time was over before anything was moved.", now),
                    now);
        }
        DrainState next = next(state, observed, holders, now);
        // what was asked for already is seen to its end; the next thing is another one's turn
        boolean begins = begins(state.cordon(), next.cordon()) || begins(state.forceDown(), next.forceDown());
        return state.rests() && begins ? state : HostSettings.ending(state, next, now);
    }

    private static boolean begins(ServiceChange before, ServiceChange after) {
        return before == null && after != null && after.state() == ServiceChange.State.RECORDED;
    }

    private static DrainState next(DrainState state, Observation observed, Holders holders, Instant now) {
        return switch (state.phase()) {
            case CHECK -> Preparation.checked(state, observed, holders, now);
            case WAIT_DOWN -> Preparation.waitDown(state, observed, now);
            case FORCE_DOWN -> Preparation.forcedDown(state, observed, holders, now);
            case CORDON -> Cordon.seen(state, observed, holders, now);
            case BACK_OUT ->
                HostSettings.comingBack(state)
                        ? HostSettings.back(state, observed, holders, now)
                        : BackingOut.seen(state, observed, holders, now);
            case BESIDE -> HostSettings.set(state, observed, holders, now);
            case PLAN -> planned(state, observed, holders, now);
            case MOVE -> new MoveTick(state, observed, holders, now).decided();
            case UNSILENCE, ENDED -> state;
        };
    }

    private static DrainState planned(DrainState before, Observation observed, Holders holders, Instant now) {
        ServerVerdicts verdicts = new ServerVerdicts(before, observed, now);
        Optional<String> unclear = verdicts.permission().refusal();
        if (unclear.isPresent()) {
            String why = unclear.get() + " Nothing was moved.";
            return before.rebuild()
                    ? DrainEnding.refuse(before, why, now)
                    : BackingOut.refuse(before, why, observed, holders, now);
        }
        DrainState state = FinalCheck.noted(new RoomCheck(verdicts.made(), observed, holders).forecast(), observed);
        DrainOrder order = state.order();
        if (state.drifted() && order.approved().onDrift() != ApprovedPlan.OnDrift.CONTINUE) {
            return PlanDrift.met(state, observed, holders, now);
        }
        Optional<String> unplaced = RoomCheck.refusalBehindCordon(state);
        if (unplaced.isPresent()) {
            return state.rebuild()
                    ? DrainEnding.refuse(state, unplaced.get(), now)
                    : BackingOut.refuse(state, unplaced.get(), observed, holders, now);
        }
        if (order.dryRun()) {
            DrainState.Edit edit = state.edit();
            edit.each(server -> server.is(Stage.PENDING)
                    ? server.end(Outcome.PLANNED, server.reason(), server.hint(), now)
                    : server);
            boolean refused = state.notes().stream().anyMatch(note -> note.startsWith(ReasonMarkers.WOULD_REFUSE));
            return DrainEnding.end(edit.done(), refused ? HostOutcome.REFUSED : HostOutcome.PLANNED, observed, now);
        }
        DrainState.Edit edit = state.edit();
        if (state.drifted()) {
            edit.note(PlanDrift.passedOver(state));
        }
        if (HostSettings.due(state)) {
            edit.phase = Phase.BESIDE;
            return edit.done();
        }
        edit.phase = Phase.MOVE;
        return new MoveTick(edit.done(), observed, holders, now).decided();
    }
}
