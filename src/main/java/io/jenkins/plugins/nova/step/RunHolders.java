package io.jenkins.plugins.nova.step;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.nova.drain.Claim;
import io.jenkins.plugins.nova.drain.Holders;
import io.jenkins.plugins.nova.report.DrainReport;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import jenkins.model.Jenkins;

/** Looks up in this controller's builds whether the holder of a host is still at work. */
final class RunHolders implements Holders {

    private static final String OUTSIDE_JENKINS = "no-controller";
    private static final int ID_DIGITS = 8;

    private final Run<?, ?> own;

    /**
     * @param own the build of the step that asks
     */
    RunHolders(Run<?, ?> own) {
        this.own = own;
    }

    /** How this controller is called in a claim: its root URL where it has one, else a part of what it alone has. */
    static String controller() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null) {
            return OUTSIDE_JENKINS;
        }
        String url = jenkins.getRootUrl();
        return url == null || url.isBlank()
                ? "controller-" + jenkins.getLegacyInstanceId().substring(0, ID_DIGITS)
                : url.strip().replace(" ", "%20");
    }

    @Override
    public Holding of(Claim claim) {
        boolean here = claim.controller() == null || claim.controller().equals(controller());
        Run<?, ?> run = here && !claim.cut() ? find(claim.build()) : null;
        if (run == null) {
            return Holding.UNKNOWN;
        }
        if (!run.isBuilding()) {
            return Holding.ENDED;
        }
        boolean sister = claim.build().equals(own.getExternalizableId());
        return sister && hasEnded(run, claim.step()) ? Holding.ENDED : Holding.RUNNING;
    }

    private Run<?, ?> find(String build) {
        if (build.equals(own.getExternalizableId())) {
            return own;
        }
        if (Jenkins.getInstanceOrNull() == null) {
            return null;
        }
        // a drain's thread is nobody; whoever runs this step need not be allowed to see the other job
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(build);
        } catch (IllegalArgumentException e) {
            return null; // somebody has written into the reason
        }
    }

    /** Whether the build's page has an end for that step; a step that is not there yet has only just begun. */
    private static boolean hasEnded(Run<?, ?> run, String step) {
        HostMaintenanceAction action = run.getAction(HostMaintenanceAction.class);
        return action != null
                && action.getDrains().stream()
                        .anyMatch(report -> report.id().startsWith(step)
                                && !report.outcome().equals(DrainReport.RUNNING));
    }
}
