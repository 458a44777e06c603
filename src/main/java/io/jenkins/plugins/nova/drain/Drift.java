package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.PlanEssence;
import java.time.Instant;
import java.util.List;

/** The plan under the cordon is not the one that was approved. Pure, as {@link Drain} is. */
final class Drift {

    private static final int MOST_LINES = 50;

    private Drift() {}

    /** Whether another plan than this one was approved. */
    static boolean of(DrainState state) {
        String approved = state.order().expectedPlan();
        return approved != null && !approved.equals(state.planHash());
    }

    /** What has changed, a line each; a sentence on why that cannot be told where it cannot. */
    static List<String> lines(DrainOrder order, PlanEssence now) {
        PlanEssence approved = order.approved().plan();
        if (approved == null) {
            return List.of(
                    "What has changed cannot be told: only the hash of the approved plan is known here. Make the plan in"
                            + " the same build, or give plan: the map that maintenancePlan returned.");
        }
        List<String> changes = now.since(approved);
        return changes.isEmpty()
                ? List.of(
                        "The servers and what is done with them are the same; a parameter, the target or the state of the host"
                                + " is another than for the approved plan.")
                : changes;
    }

    /** The state once drift was met and is not to be passed over. */
    static DrainState met(DrainState state, Look look, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.message = message(state);
        if (state.order().approved().onDrift() == Approved.OnDrift.ASK) {
            return asking(edit.done(), now);
        }
        return BackingOut.refuse(edit.done(), edit.message, look, holders, now);
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
    static String passedOver(DrainState state) {
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
