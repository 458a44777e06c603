package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.ServiceChange;
import java.time.Instant;

/** What becomes of a drain by what came of a change of its host's compute service. Pure. */
public final class ServiceAnswer {

    private ServiceAnswer() {}

    /** After the cordon, or forcing down, was sent. */
    public static DrainState given(DrainState state, boolean cordon, RequestResult answer, Instant now) {
        ServiceChange change = cordon ? state.cordon() : state.forceDown();
        // while servers are moved, what was refused is looked at again before it ends anything
        if (answer instanceof RequestResult.Refused refused
                && !refused.why().throttled()
                && state.phase() != Phase.MOVE) {
            return DrainEnding.refuse(
                    state,
                    (cordon ? "Scheduling to '" : "The compute service of '")
                            + state.order().host()
                            + (cordon ? "' could not be disabled: " : "' could not be forced down: ")
                            + refused.why().getMessage(),
                    now);
        }
        DrainState.Edit edit = state.edit();
        ServiceChange sent = change.sent(answer);
        if (cordon) {
            edit.cordon = sent;
        } else {
            edit.forceDown = sent;
        }
        return edit.done();
    }
}
