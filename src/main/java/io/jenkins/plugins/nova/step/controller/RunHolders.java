package io.jenkins.plugins.nova.step.controller;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.nova.cloud.JobAuthentication;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.report.DrainReport;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** Looks up in this controller's builds whether the holder of a host is still at work. */
public final class RunHolders implements Holders {

    private static final String OUTSIDE_JENKINS = "rehearsal";
    private static final int ID_DIGITS = 8;

    private final Run<?, ?> own;
    private final Function<String, Run<?, ?>> builds;

    /**
     * @param own the build of the step that asks
     */
    public RunHolders(Run<?, ?> own) {
        this(own, RunHolders::find);
    }

    /**
     * @param builds from a build's id to the build; null where there is none
     */
    RunHolders(Run<?, ?> own, Function<String, Run<?, ?>> builds) {
        this.own = own;
        this.builds = builds;
    }

    /** How this controller is called in a claim: its root URL where it has one, else a part of what it alone has. */
    public static String controller() {
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
        Run<?, ?> run = run(claim);
        if (run == null) {
            return Holding.UNKNOWN;
        }
        if (!run.isBuilding()) {
            return Holding.ENDED;
        }
        // a build that began ours, and may wait for it, has handed over what its steps have ended with
        boolean family = run == own || beganBy(run, own.getCauses());
        return family && hasEnded(run, claim.step()) ? Holding.ENDED : Holding.RUNNING;
    }

    private static boolean beganBy(Run<?, ?> run, List<Cause> causes) {
        return causes.stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(Cause.UpstreamCause.class::cast)
                .anyMatch(cause -> cause.pointsTo(run) || beganBy(run, cause.getUpstreamCauses()));
    }

    /**
     * {@inheritDoc} A build of this controller is named where our own builds may see its job, as is one of this very job. One
     * of another controller is: nobody here could ask that for its permissions, and it has to be looked for there.
     */
    @Override
    public boolean mayName(Claim claim) {
        JobAuthentication ours = JobAuthentication.of(own.getParent());
        if (!isHere(claim) || ours.isSystem()) {
            return true;
        }
        Run<?, ?> run = run(claim);
        return run != null && (run.getParent() == own.getParent() || ours.maySee(run.getParent()));
    }

    @Override
    public String words(Claim claim) {
        return mayName(claim)
                ? claim.words()
                : "another build of this Jenkins ("
                        + (claim.since() == null ? "" : "since " + claim.since() + "; ")
                        + "its name stands in the host's disabled reason in Nova)";
    }

    private static boolean isHere(Claim claim) {
        return claim.controller() == null || claim.controller().equals(controller());
    }

    /** The holder's build; null where it is of another controller, or there is none. */
    private Run<?, ?> run(Claim claim) {
        return isHere(claim) && !claim.cut() ? run(claim.build()) : null;
    }

    private Run<?, ?> run(String build) {
        return build.equals(own.getExternalizableId()) ? own : builds.apply(build);
    }

    private static Run<?, ?> find(String build) {
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

    /** Whether the build's page has an end for that step (null in old claims); one that is not there yet has only just begun. */
    private static boolean hasEnded(Run<?, ?> run, String step) {
        HostMaintenanceAction action = run.getAction(HostMaintenanceAction.class);
        return step != null
                && action != null
                && action.getDrains().stream()
                        .anyMatch(report -> report.id().startsWith(step)
                                && !report.outcome().equals(DrainReport.RUNNING));
    }
}
