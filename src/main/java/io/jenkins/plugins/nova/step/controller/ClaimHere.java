package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import io.jenkins.plugins.nova.drain.claim.Claim;

/**
 * What this controller knows of a claim, found as Jenkins itself: whoever tells somebody of it asks first whether that one may
 * see the build's job.
 *
 * @param here whether the claim is one of this controller
 * @param build the build that made it, or, where that is not known, the one that has its name now; null for neither
 * @param certain whether {@code build} is known to have made it
 */
public record ClaimHere(boolean here, Run<?, ?> build, boolean certain) {

    /** Looks a claim up; in all jobs, where its build does not have the claim's name any more. */
    public static ClaimHere of(Claim claim) {
        boolean here = RunHolders.isHere(claim);
        ClaimedBuilds builds = new ClaimedBuilds(BuildsAtWork.get(), new JobsOfController());
        Run<?, ?> made = builds.of(claim, here);
        return made != null
                ? new ClaimHere(true, made, true)
                : new ClaimHere(here, here ? builds.named(claim) : null, false);
    }
}
