package io.jenkins.plugins.nova.hosts;

import hudson.model.Run;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.step.controller.ClaimHere;

/**
 * The build that closed a host, as the reading found it. Of the build its name alone is kept: it is looked up anew for whoever
 * looks, who may not be allowed to see it.
 *
 * @param claim what stands in the host's disabled reason
 * @param here whether it is one of this controller
 * @param build name of the build, as {@link Run#getExternalizableId}; null where this controller has none
 * @param certain whether that build is known to have made the claim, and does not only have its name
 */
record Holder(Claim claim, boolean here, String build, boolean certain) {

    static Holder of(Claim claim) {
        ClaimHere found = ClaimHere.of(claim);
        Run<?, ?> build = found.build();
        return new Holder(claim, found.here(), build == null ? null : build.getExternalizableId(), found.certain());
    }
}
