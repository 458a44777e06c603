package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Instant;
import java.util.Objects;

/**
 * Takes back the cordon that this drain has just set, and ends refused: two drains that looked at the same time both found
 * the budget kept or the same room, and only behind their cordons see each other. A cordon that was there before, or that somebody else has
 * written over, stays (law 7).
 */
public final class BackingOut {

    private BackingOut() {}

    /** Refused with the plan made: the cordon is taken back if this drain has set it, and stays otherwise. */
    public static DrainState refuse(DrainState state, String why, Observation observed, Holders holders, Instant now) {
        boolean cordonedByThisDrain = state.cordon() != null
                && state.cordon().state() == ServiceChange.State.OURS
                && state.cordon().attempts() > 0;
        return cordonedByThisDrain ? begin(state, why, observed, holders, now) : DrainEnding.refuse(state, why, now);
    }

    /** From a cordon of ours that this look shows. */
    static DrainState begin(DrainState state, String why, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.BACK_OUT;
        edit.backOut = new BackOut(why, ServiceChange.recorded(state.cordon().serviceId(), null, now));
        return seen(edit.done(), observed, holders, now);
    }

    /** After a look: enabled again, to be asked for again, or not ours any more. */
    public static DrainState seen(DrainState state, Observation observed, Holders holders, Instant now) {
        ComputeService service = observed.service(state.order().host()).orElse(null);
        BackOut backOut = state.backOut();
        DrainState.Edit edit = state.edit();
        if (service == null || service.enabled()) {
            edit.cordon = null;
            return DrainEnding.refuse(edit.done(), backOut.why() + " The cordon was taken back.", now);
        }
        if (!Objects.equals(service.disabledReason(), state.cordon().reason())) {
            edit.cordon = ServiceChange.seen(service, ServiceChange.State.FOUND, 0, holders, now);
            return DrainEnding.refuse(
                    edit.done(),
                    backOut.why() + " The cordon stays: somebody else has disabled the host meanwhile ("
                            + edit.cordon.words() + ").",
                    now);
        }
        if (backOut.change().overdue(now)) {
            return DrainEnding.refuse(
                    state,
                    backOut.why() + " And scheduling to '" + state.order().host() + "' could not be enabled again"
                            + backOut.change().because(),
                    now);
        }
        edit.backOut = new BackOut(
                backOut.why(),
                backOut.change()
                        .to(ServiceChange.State.RECORDED, backOut.change().since()));
        return edit.done();
    }

    /** After it was sent. */
    public static DrainState answered(DrainState state, RequestResult answer, Instant now) {
        BackOut backOut = state.backOut();
        if (answer instanceof RequestResult.Refused refused && !refused.why().throttled()) {
            return DrainEnding.refuse(
                    state,
                    backOut.why() + " And scheduling to '" + state.order().host() + "' could not be enabled again: "
                            + refused.why().getMessage(),
                    now);
        }
        DrainState.Edit edit = state.edit();
        edit.backOut = new BackOut(backOut.why(), backOut.change().sent(answer));
        return edit.done();
    }
}
