package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whether a host is held, by a claim that was made before something became of the build, its job or the controller. */
public class ClaimAfterChangesTest {

    private static final String NAME = "ops/drain";
    private static final String MOVED = "archive/ops/drain";
    private static final String ID = "9fff7e36-0000-4000-8000-000000000000";

    /** What has become of the build that made the claim. */
    private enum Changed {
        NOTHING(Holding.RUNNING),
        ITS_PAGE_IS_NOT_THERE_YET(Holding.RUNNING),
        JOB_MOVED(Holding.RUNNING),
        FOLDER_RENAMED(Holding.RUNNING),
        NAME_TOO_LONG_FOR_NOVA(Holding.RUNNING),
        MOVED_AND_ANOTHER_JOB_HAS_THE_NAME(Holding.RUNNING),
        MOVED_AND_RESTORED_FROM_A_BACKUP_UNDER_THE_OLD_NAME(Holding.RUNNING),
        STEP_ENDED_AND_MOVED(Holding.RUNNING),
        ENDED(Holding.ENDED),
        MOVED_AND_ENDED(Holding.ENDED),
        RESTORED_FROM_A_BACKUP_AND_NOT_RUNNING(Holding.ENDED),
        RESTORED_FROM_A_BACKUP_AND_RUNNING_ANOTHER_STEP(Holding.UNKNOWN),
        DELETED_AND_ITS_NUMBER_GIVEN_ANEW(Holding.UNKNOWN),
        DELETED(Holding.UNKNOWN),
        ANOTHER_CONTROLLERS(Holding.UNKNOWN);

        private final Holding holding;

        Changed(Holding holding) {
            this.holding = holding;
        }
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<RehearsedRun> kept = new ArrayList<>();
    private BuildsAtWork atWork;
    private RehearsedRun holder;
    private RehearsedRun other;
    private Claim claim;

    @Before
    public void begin() throws IOException {
        kept.clear();
        atWork = new BuildsAtWork();
        holder = build(NAME);
        other = build("other");
        claim = claim(NAME + "#1");
    }

    private RehearsedRun build(String job) throws IOException {
        RehearsedRun run = RehearsedRun.begin(job, folder.newFolder());
        kept.add(run);
        return run;
    }

    private static Claim claim(String build) {
        return Claim.of(build, ID, RunHolders.controller(), Instant.EPOCH);
    }

    private RunHolders asked(RehearsedRun own) {
        return new RunHolders(own, new ClaimedBuilds(atWork, new KeptBuilds(kept)));
    }

    private static void report(RehearsedRun run, String id, String outcome) {
        Instant ended = outcome.equals(DrainReport.RUNNING) ? null : Instant.EPOCH;
        HostMaintenanceAction.of(run)
                .update(new DrainReport(
                        id,
                        "nodeEvacuate",
                        "sim",
                        "compute1",
                        outcome,
                        null,
                        Instant.EPOCH,
                        ended,
                        "",
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** The build's directory as it was before its step began: without the step. */
    private static void restore(RehearsedRun run) {
        report(run, UUID.randomUUID().toString(), DrainReport.RUNNING);
    }

    private void change(Changed how) throws IOException {
        if (how == Changed.ITS_PAGE_IS_NOT_THERE_YET) {
            Path journals = holder.getRootDir().toPath().resolve("nova-maintenance");
            Files.createDirectory(journals);
            Files.createFile(journals.resolve(ID + ".1.journal"));
            return;
        }
        report(holder, ID, how == Changed.STEP_ENDED_AND_MOVED ? "DONE" : DrainReport.RUNNING);
        switch (how) {
            case NOTHING, ITS_PAGE_IS_NOT_THERE_YET -> {
                // as it was
            }
            case JOB_MOVED, STEP_ENDED_AND_MOVED -> holder.getParent().renamed(MOVED);
            case FOLDER_RENAMED -> holder.getParent().renamed("operations/drain");
            case NAME_TOO_LONG_FOR_NOVA -> {
                String name = "x".repeat(300) + "/drain";
                holder.getParent().renamed(name);
                claim = Claim.parse(claim(name + "#1").reason()).orElseThrow();
                assertTrue(claim.build(), claim.cut());
            }
            case MOVED_AND_ANOTHER_JOB_HAS_THE_NAME -> {
                holder.getParent().renamed(MOVED);
                restore(build(NAME));
            }
            case MOVED_AND_RESTORED_FROM_A_BACKUP_UNDER_THE_OLD_NAME -> {
                holder.getParent().renamed(MOVED);
                RehearsedRun copy = build(NAME);
                report(copy, ID, DrainReport.RUNNING);
                copy.setResult(Result.ABORTED);
            }
            case ENDED -> holder.setResult(Result.SUCCESS);
            case MOVED_AND_ENDED -> {
                holder.getParent().renamed(MOVED);
                holder.setResult(Result.SUCCESS);
            }
            case RESTORED_FROM_A_BACKUP_AND_NOT_RUNNING -> {
                kept.remove(holder);
                build(NAME).setResult(Result.ABORTED);
            }
            case RESTORED_FROM_A_BACKUP_AND_RUNNING_ANOTHER_STEP, DELETED_AND_ITS_NUMBER_GIVEN_ANEW -> {
                kept.remove(holder);
                restore(build(NAME));
            }
            case DELETED -> kept.remove(holder);
            case ANOTHER_CONTROLLERS ->
                claim = new Claim(claim.build(), claim.step(), "https://other.example/", claim.since(), null);
        }
    }

    @Test
    public void aControllerThatHasJustComeUpFindsItByWhatBuildsKeep() throws IOException {
        for (Changed how : Changed.values()) {
            begin();
            change(how);
            assertEquals(how.toString(), how.holding, asked(other).of(claim));
        }
    }

    /** Whatever has become of it, also where nothing of it is left on the disk. */
    @Test
    public void aStepAtWorkHoldsItsHost() throws IOException {
        for (Changed how : Changed.values()) {
            begin();
            atWork.add(ID, holder);
            change(how);
            Holding expected = holder.isBuilding() ? Holding.RUNNING : Holding.ENDED;
            assertEquals(how.toString(), expected, asked(other).of(claim));
        }
    }

    /** The claims of the first versions have nothing else. */
    @Test
    public void aClaimWithoutAStepIsLookedUpByName() throws IOException {
        Claim old = Claim.parse("nova-maintenance: " + NAME + "#1").orElseThrow();
        atWork.add(ID, holder);
        report(holder, ID, DrainReport.RUNNING);
        assertEquals(Holding.RUNNING, asked(other).of(old));
        holder.getParent().renamed(MOVED);
        assertEquals(Holding.UNKNOWN, asked(other).of(old));
        build(NAME).setResult(Result.SUCCESS);
        assertEquals(Holding.ENDED, asked(other).of(old));
    }

    /** What the build's own earlier step, or that of the build that began this one, has left is handed over. */
    @Test
    public void theFamilyStaysOneWhenAJobIsMoved() throws IOException {
        report(holder, ID, "DONE");
        RehearsedRun before = build("before").startedBy(holder);
        holder.getParent().renamed(MOVED);
        RehearsedRun after = build("after").startedBy(holder);
        for (RehearsedRun own : List.of(holder, before, after)) {
            assertEquals(own.getExternalizableId(), Holding.ENDED, asked(own).of(claim));
        }
        assertEquals(Holding.RUNNING, asked(other).of(claim));
    }

    @Test
    public void aHolderIsCalledWhatItIsCalledNow() throws IOException {
        report(holder, ID, DrainReport.RUNNING);
        Map<String, String> words = new LinkedHashMap<>();
        words.put(NAME, "ops/drain#1 of rehearsal (since 1970-01-01T00:00:00Z)");
        words.put(
                MOVED,
                "archive/ops/drain#1 (in the host's disabled reason still ops/drain#1) of rehearsal (since"
                        + " 1970-01-01T00:00:00Z)");
        words.forEach((name, expected) -> {
            holder.getParent().renamed(name);
            assertEquals(expected, asked(other).words(claim));
            assertEquals(name + "#1", asked(other).name(claim));
        });
        kept.remove(holder);
        assertEquals(NAME + "#1", asked(other).name(claim));
    }

    /** In doubt a build that runs is the one. */
    @Test
    public void aBuildWhoseDirectoryCannotBeReadCountsAsTheClaims() throws IOException {
        Path pages = holder.getRootDir().toPath().resolve("host-maintenance");
        Files.createDirectory(pages);
        assertEquals(
                "nothing of the step is there", Holding.UNKNOWN, asked(other).of(claim));
        Assume.assumeTrue(pages.toFile().setReadable(false, false) && !Files.isReadable(pages));
        kept.clear();
        JobsHere named = new JobsHere() {
            @Override
            public Run<?, ?> named(String build) {
                return holder;
            }

            @Override
            public List<Run<?, ?>> keeping(int number, String step) {
                return List.of();
            }
        };
        RunHolders asked = new RunHolders(other, new ClaimedBuilds(atWork, named));
        assertEquals(Holding.RUNNING, asked.of(claim));
    }
}
