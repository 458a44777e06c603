package io.jenkins.plugins.nova.step.controller;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.nova.cloud.JobAuthentication;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.SettingRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Looks up in this controller's builds whether the holder of a host is still at work. */
public final class RunHolders implements Holders {

    private static final String OUTSIDE_JENKINS = "rehearsal";
    private static final int ID_DIGITS = 8;

    private final Run<?, ?> own;
    private final ClaimedBuilds builds;

    /**
     * @param own the build of the step that asks
     */
    public RunHolders(Run<?, ?> own) {
        this(own, new ClaimedBuilds(BuildsAtWork.get(), new JobsOfController()));
    }

    /**
     * @param builds finds the build that a claim is of
     */
    RunHolders(Run<?, ?> own, ClaimedBuilds builds) {
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

    /**
     * {@inheritDoc} A build that runs holds its hosts, also once the step that took them has ended. Of a build that has the
     * claim's name and runs, but keeps nothing of its step, nothing is concluded: its number was given anew after the first was
     * deleted, or it was restored from a backup and runs another step by now, and the first may run where the backup is from.
     */
    @Override
    public Holding of(Claim claim) {
        Run<?, ?> run = claimed(claim);
        if (run == null) {
            Run<?, ?> namesake = namesake(claim);
            return namesake == null || namesake.isBuilding() ? Holding.UNKNOWN : Holding.ENDED;
        }
        if (!run.isBuilding()) {
            return Holding.ENDED;
        }
        // a build that began ours, and may wait for it, has handed over what its steps have ended with
        boolean family = isOwn(run) || beganBy(run, claim, own.getCauses());
        return family && hasEnded(run, claim.step()) ? Holding.ENDED : Holding.RUNNING;
    }

    /** {@inheritDoc} The newest word of the claim's build counts, as its page has it. */
    @Override
    public Optional<Instant> wrote(Claim claim, String service, String id) {
        Run<?, ?> run = claimed(claim);
        HostMaintenanceAction action =
                run == null || of(claim) != Holding.ENDED ? null : run.getAction(HostMaintenanceAction.class);
        List<SettingRow> told = action == null
                ? List.of()
                : action.getDrains().stream()
                        .flatMap(report -> report.beside().stream())
                        .filter(row -> row.service().equals(service) && row.id().equals(id))
                        .filter(row -> SettingWords.ours(row.state()).isPresent())
                        .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(told.get(told.size() - 1))
                        .filter(row -> SettingWords.ours(row.state()).orElse(false))
                        .map(SettingRow::changed);
    }

    private boolean isOwn(Run<?, ?> run) {
        return run == own || run.getExternalizableId().equals(own.getExternalizableId());
    }

    /** A cause keeps the name that the other job had when it began ours, and is not told of another one. */
    private static boolean beganBy(Run<?, ?> run, Claim claim, List<Cause> causes) {
        return causes.stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(Cause.UpstreamCause.class::cast)
                .anyMatch(cause -> cause.pointsTo(run)
                        || claim.build().equals(cause.getUpstreamProject() + "#" + cause.getUpstreamBuild())
                        || beganBy(run, claim, cause.getUpstreamCauses()));
    }

    /**
     * {@inheritDoc} A build of this controller is named where our own builds may see its job, as is one of this very job. One
     * of another controller is: nobody here could ask that for its permissions, and it has to be looked for there.
     */
    @Override
    public boolean mayName(Claim claim) {
        JobAuthentication ours = JobAuthentication.of(own.getParent());
        if (ours.isSystem()) {
            return true;
        }
        Run<?, ?> run = known(claim);
        return run == null ? !isHere(claim) : run.getParent() == own.getParent() || ours.maySee(run.getParent());
    }

    @Override
    public String name(Claim claim) {
        return mayName(claim) ? calledNow(claim) : Claim.UNSEEN;
    }

    @Override
    public String words(Claim claim) {
        return mayName(claim)
                ? claim.words(calledNow(claim))
                : "another build of this Jenkins ("
                        + (claim.since() == null ? "" : "since " + claim.since() + "; ")
                        + "its name stands in the host's disabled reason in Nova)";
    }

    private String calledNow(Claim claim) {
        Run<?, ?> run = claimed(claim);
        return run == null ? claim.build() : run.getExternalizableId();
    }

    static boolean isHere(Claim claim) {
        return claim.controller() == null || claim.controller().equals(controller());
    }

    /** The build that made the claim; null where none is known here. */
    private Run<?, ?> claimed(Claim claim) {
        return builds.of(claim, isHere(claim));
    }

    /** The build that has the claim's name now; null where there is none, or the claim is another controller's. */
    private Run<?, ?> namesake(Claim claim) {
        return isHere(claim) ? builds.named(claim) : null;
    }

    private Run<?, ?> known(Claim claim) {
        Run<?, ?> run = claimed(claim);
        return run == null ? namesake(claim) : run;
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
