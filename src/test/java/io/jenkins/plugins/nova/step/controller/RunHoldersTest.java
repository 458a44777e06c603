package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.SettingRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Which builds still hold a host, as far as this controller knows them. */
public class RunHoldersTest {

    private static final String STEP = "9fff7e36";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private RehearsedRun parent;
    private RehearsedRun child;
    private RehearsedRun grandchild;
    private RehearsedRun other;

    @Before
    public void begin() throws IOException {
        parent = RehearsedRun.begin("weekend", folder.newFolder());
        child = RehearsedRun.begin("patch", folder.newFolder()).startedBy(parent);
        grandchild = RehearsedRun.begin("return", folder.newFolder()).startedBy(child);
        other = RehearsedRun.begin("other", folder.newFolder());
    }

    /** How it stands for a step of a build with the step of the parent that closed the host. */
    private Holding seenBy(RehearsedRun own) {
        Claim claim = new Claim(parent.getExternalizableId(), STEP, RunHolders.controller(), Instant.EPOCH, null);
        return asked(own, parent).of(claim);
    }

    /** For a step of a build, on a controller that has come up with these builds and no step of which is at work yet. */
    private static RunHolders asked(RehearsedRun own, RehearsedRun... kept) {
        return new RunHolders(own, new ClaimedBuilds(new BuildsAtWork(), new KeptBuilds(List.of(kept))));
    }

    private void stepIs(String outcome) {
        Instant ended = outcome.equals(DrainReport.RUNNING) ? null : Instant.EPOCH;
        HostMaintenanceAction.of(parent).update(report(STEP + "-1", outcome, ended));
    }

    private static DrainReport report(String id, String outcome, Instant ended) {
        return new DrainReport(
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
                List.of());
    }

    @Test
    public void aStepAtWorkHoldsItsHostWhoeverAsks() {
        stepIs(DrainReport.RUNNING);
        for (RehearsedRun own : List.of(parent, child, grandchild, other)) {
            assertEquals(own.getExternalizableId(), Holding.RUNNING, seenBy(own));
        }
    }

    @Test
    public void aStepThatHasEndedHoldsItForOtherBuildsAloneAsLongAsItsBuildRuns() {
        stepIs("DONE");
        assertEquals(Holding.RUNNING, seenBy(other));
        for (RehearsedRun own : List.of(parent, child, grandchild)) {
            assertEquals(own.getExternalizableId(), Holding.ENDED, seenBy(own));
        }
    }

    @Test
    public void aBuildThatHasEndedHoldsNothing() {
        stepIs(DrainReport.RUNNING);
        parent.setResult(Result.ABORTED);
        assertEquals(Holding.ENDED, seenBy(other));
    }

    /** What a step of its build has set beside Nova and not put back, by the newest word of the build's page. */
    @Test
    public void whatAClaimsBuildHasSetIsKnownOnceItHasEnded() {
        Claim claim = new Claim(parent.getExternalizableId(), STEP, RunHolders.controller(), Instant.EPOCH, null);
        Instant at = Instant.ofEpochSecond(7);
        record Row(List<SettingRow> pages, Optional<Instant> wrote) {}
        for (Row row : List.of(
                new Row(List.of(), Optional.empty()),
                new Row(List.of(masakari("set", at)), Optional.of(at)),
                new Row(List.of(masakari("set", null)), Optional.empty()),
                new Row(List.of(masakari("found", at)), Optional.empty()),
                new Row(List.of(masakari("set", at), masakari("found", at.plusSeconds(9))), Optional.of(at)),
                new Row(
                        List.of(masakari("set", at), masakari("notPutBack", at.plusSeconds(9))),
                        Optional.of(at.plusSeconds(9))),
                new Row(List.of(masakari("set", at), masakari("putBack", at.plusSeconds(9))), Optional.empty()),
                new Row(List.of(new SettingRow("cinder", "s/h", "x", "set", null, at, null)), Optional.empty()),
                new Row(
                        List.of(new SettingRow("masakari", "s/other", "x", "set", null, at, null)),
                        Optional.empty()))) {
            RehearsedRun its = begin("row");
            Claim ofRow = new Claim(its.getExternalizableId(), STEP, RunHolders.controller(), Instant.EPOCH, null);
            for (int i = 0; i < row.pages().size(); i++) {
                HostMaintenanceAction.of(its)
                        .update(report(STEP + "-" + i, "FAILED", Instant.EPOCH)
                                .beside(List.of(row.pages().get(i))));
            }
            RunHolders asked = asked(other, its);
            assertEquals("it runs", Optional.empty(), asked.wrote(ofRow, "masakari", "s/h"));
            its.setResult(Result.FAILURE);
            assertEquals(row.toString(), row.wrote(), asked.wrote(ofRow, "masakari", "s/h"));
        }
        assertEquals("nobody knows the build", Optional.empty(), asked(other).wrote(claim, "masakari", "s/h"));
    }

    private static SettingRow masakari(String state, Instant changed) {
        return new SettingRow("masakari", "s/h", "host compute1 of segment rack1", state, null, changed, null);
    }

    private RehearsedRun begin(String job) {
        try {
            return RehearsedRun.begin(job, folder.newFolder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    public void ofABuildThatIsNotThereNothingIsKnown() {
        Claim claim = new Claim("gone#1", STEP, RunHolders.controller(), Instant.EPOCH, null);
        assertEquals(Holding.UNKNOWN, asked(other).of(claim));
    }

    /** A build of this Jenkins is named to those alone who may see its job; what is no build that could be asked, is not. */
    @Test
    public void aHolderIsNamedToThoseWhoMaySeeItsJob() {
        String here = RunHolders.controller();
        String holder = parent.getExternalizableId();
        Authentication night = new TestingAuthenticationToken("night", "x");
        parent.getParent()
                .permits(ACL.lambda2((user, permission) -> user.getName().equals("day")));
        for (Authentication user : List.of(ACL.SYSTEM2, new TestingAuthenticationToken("day", "x"), night)) {
            boolean sees = user != night;
            other.getParent().runsAs(user);
            for (Claim claim : List.of(
                    new Claim(holder, STEP, here, Instant.EPOCH, "TICKET-7"),
                    new Claim(holder, null, null, null, "TICKET-7"))) {
                String words = asked(other, parent, other).words(claim);
                assertEquals(words, sees, words.equals(claim.words()));
                assertEquals(words, sees, words.contains(holder));
                assertEquals(words, sees, words.contains("TICKET-7"));
                assertEquals(words, !sees, words.startsWith("another build of this Jenkins ("));
                String told = asked(other, parent, other).told(claim.reason());
                assertEquals(told, sees, told.equals(claim.reason()));
                assertEquals(told, sees, told.contains(holder));
                assertTrue(told, told.contains("TICKET-7"));
            }
            for (Claim nowhere : List.of(
                    new Claim("gone#1", STEP, here, Instant.EPOCH, null),
                    new Claim("\u2026/gone#1", STEP, here, Instant.EPOCH, null))) {
                String words = asked(other, parent, other).words(nowhere);
                assertEquals(words, user == ACL.SYSTEM2, words.contains("gone"));
            }
            Claim elsewhere = new Claim(holder, STEP, "https://other.example/", Instant.EPOCH, null);
            assertEquals(elsewhere.words(), asked(other, parent, other).words(elsewhere));
            Claim own = new Claim(other.getExternalizableId(), STEP, here, Instant.EPOCH, null);
            assertEquals(
                    "of this very job", own.words(), asked(other, parent, other).words(own));
        }
        assertEquals(
                "another build of this Jenkins (since 1970-01-01T00:00:00Z; its name stands in the host's disabled"
                        + " reason in Nova)",
                asked(other, parent, other).words(new Claim(holder, STEP, here, Instant.EPOCH, null)));
    }
}
