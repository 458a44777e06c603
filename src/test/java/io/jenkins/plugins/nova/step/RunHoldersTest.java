package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.nova.drain.Claim;
import io.jenkins.plugins.nova.drain.Holders.Holding;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.report.DrainReport;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

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
        Map<String, RehearsedRun> builds = Map.of(parent.getExternalizableId(), parent);
        return new RunHolders(own, builds::get).of(claim);
    }

    private void stepIs(String outcome) {
        Instant ended = outcome.equals(DrainReport.RUNNING) ? null : Instant.EPOCH;
        HostMaintenanceAction.of(parent)
                .update(new DrainReport(
                        STEP + "-1",
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

    @Test
    public void ofABuildThatIsNotThereNothingIsKnown() {
        Claim claim = new Claim("gone#1", STEP, RunHolders.controller(), Instant.EPOCH, null);
        assertEquals(Holding.UNKNOWN, new RunHolders(other, build -> null).of(claim));
    }
}
