package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import io.jenkins.plugins.nova.drain.claim.Claim;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the build that a claim is of. The claim has the name that the build had when its step took the host; the job may have
 * been moved or renamed since, and another may have its name by now. So it is looked for by the step's own id: among the steps
 * at work first, then in what builds keep.
 */
final class ClaimedBuilds {

    private static final Logger LOGGER = Logger.getLogger(ClaimedBuilds.class.getName());

    private static final Pattern NUMBER = Pattern.compile("#(\\d{1,9})$");

    private final BuildsAtWork atWork;
    private final JobsHere jobs;

    ClaimedBuilds(BuildsAtWork atWork, JobsHere jobs) {
        this.atWork = atWork;
        this.jobs = jobs;
    }

    /**
     * The build whose step made the claim; for an old claim, which has no step, the build of its name.
     *
     * @param here whether the claim is one of this controller
     * @return null where none is known
     */
    Run<?, ?> of(Claim claim, boolean here) {
        if (claim.step() == null) {
            return here ? named(claim) : null;
        }
        // whatever the controller is called in it: its URL may have been changed under the step, too
        Run<?, ?> working = atWork.of(claim.step());
        if (working != null || !here) {
            return working;
        }
        Run<?, ?> named = named(claim);
        Run<?, ?> its = named != null && isIn(named, claim.step()) ? named : null;
        if (its != null && its.isBuilding()) {
            return its;
        }
        // one that runs goes before one that does not, which may be a copy from a backup
        List<Run<?, ?>> elsewhere = elsewhere(claim);
        return elsewhere.stream()
                .filter(Run::isBuilding)
                .findFirst()
                .orElse(its != null || elsewhere.isEmpty() ? its : elsewhere.get(0));
    }

    private List<Run<?, ?>> elsewhere(Claim claim) {
        Matcher number = NUMBER.matcher(claim.build());
        return number.find() ? jobs.keeping(Integer.parseInt(number.group(1)), claim.step()) : List.of();
    }

    /** The build that has the claim's name now, whether or not it is the one that made the claim; null for none. */
    Run<?, ?> named(Claim claim) {
        return claim.cut() ? null : jobs.named(claim.build());
    }

    private static boolean isIn(Run<?, ?> build, String step) {
        try {
            return StepTrace.isIn(build, step);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not look for the step " + step + " in " + build);
            return true; // in doubt it is, and holds its host as long as it runs
        }
    }
}
