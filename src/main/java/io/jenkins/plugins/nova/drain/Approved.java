package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.PlanEssence;

/**
 * What is known of the plan that was approved, and what to do when the cloud has changed since.
 *
 * @param plan its terms and servers, to say what has changed; null when only its hash is known
 * @param onDrift what to do when the plan is another one now
 */
public record Approved(PlanEssence plan, OnDrift onDrift) {

    /** Nothing but, perhaps, a hash. */
    public static final Approved UNKNOWN = new Approved(null, OnDrift.FAIL);

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
    public Approved with(PlanEssence known) {
        return new Approved(known, onDrift);
    }
}
