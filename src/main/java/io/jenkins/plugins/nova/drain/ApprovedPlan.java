package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.PlanEssence;
import java.util.List;

/**
 * What is known of the plan that was approved, and what to do when the cloud has changed since.
 *
 * @param plan its terms and servers, to say what has changed; null when only its hash is known
 * @param onDrift what to do when the plan is another one now
 */
public record ApprovedPlan(PlanEssence plan, OnDrift onDrift) {

    /** Nothing but, perhaps, a hash. */
    public static final ApprovedPlan UNKNOWN = new ApprovedPlan(null, OnDrift.FAIL);

    /** What to do when the plan is not the approved one any more. */
    public enum OnDrift {
        /** Refuse, and take the cordon back if this drain set it. */
        FAIL,
        /** End with what has changed and the new plan, under the cordon, for somebody to decide. */
        ASK,
        /** Go on with the new plan, and say what has changed. */
        CONTINUE
    }

    /** The same with the approved plan. */
    public ApprovedPlan with(PlanEssence known) {
        return new ApprovedPlan(known, onDrift);
    }

    /**
     * What has changed since the plan that was approved.
     *
     * @param now what holds now
     * @return a line each; a sentence on why that cannot be told where it cannot
     */
    public List<String> changes(PlanEssence now) {
        if (plan == null) {
            return List.of(
                    "What has changed cannot be told: only the hash of the approved plan is known here. Make the plan in"
                            + " the same build, or give plan: the map that maintenancePlan returned.");
        }
        List<String> changes = now.since(plan);
        return changes.isEmpty()
                ? List.of(
                        "The servers and what is done with them are the same; a parameter, the target or the state of the host"
                                + " is another than for the approved plan.")
                : changes;
    }
}
