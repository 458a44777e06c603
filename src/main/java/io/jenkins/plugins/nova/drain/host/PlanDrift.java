package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Instant;
import java.util.List;

/** The plan under the cordon is not the one that was approved. Pure. */
public final class PlanDrift {

    private static final int MOST_LINES = 50;

    private PlanDrift() {}

    /** The state once drift was met and is not to be passed over. */
    public static DrainState met(DrainState state, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.message = message(state);
        if (state.order().approved().onDrift() == ApprovedPlan.OnDrift.ASK) {
            return asking(edit.done(), now);
        }
        return BackingOut.refuse(edit.done(), edit.message, observed, holders, now);
    }

    /** Ends well: the pipeline asks somebody, and calls again with the new hash. */
    private static DrainState asking(DrainState state, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.outcome = HostOutcome.DRIFTED;
        edit.ended = now;
        edit.message =
                state.message() + " " + state.order().host() + " stays cordoned for the decision. To go on: plan: '"
                        + state.planHash() + "'. Not to: openstack compute service set --enable "
                        + state.order().host() + " nova-compute.";
        edit.each(server -> server.is(ServerState.Stage.ENDED)
                ? server
                : server.end(Outcome.NOT_STARTED, "the plan is not the approved one any more", "", now));
        return edit.done();
    }

    /** The note of a drain that goes on all the same. */
    public static String passedOver(DrainState state) {
        return "The cloud has changed since plan " + state.order().expectedPlan() + " was approved; going on with "
                + state.planHash() + " (onDrift: 'continue'):" + indented(state.drift());
    }

    private static String message(DrainState state) {
        return "plan: the plan approved was " + state.order().expectedPlan() + ", the cloud now gives "
                + state.planHash() + ":" + indented(state.drift()) + "\nNothing was moved.";
    }

    private static String indented(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream().limit(MOST_LINES).forEach(line -> text.append("\n  ").append(line));
        if (lines.size() > MOST_LINES) {
            text.append("\n  and ").append(lines.size() - MOST_LINES).append(" more");
        }
        return text.toString();
    }
}
