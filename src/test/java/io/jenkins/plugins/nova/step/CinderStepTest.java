package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import java.util.List;
import org.junit.Test;

/** Cinder's volume services through the steps: disabled for the block, enabled again. */
public class CinderStepTest extends BesideSteps {

    private static final String LVM_NAME = "Cinder's volume service compute1@lvm";

    @Test
    public void volumeServicesAreDisabledForTheBlockAndEnabledAgain() throws Exception {
        for (CloudBuilder builder : List.of(
                storing(),
                hosts().volumeServices("volumev3", LVM, CEPH, "compute2@lvm"),
                hosts().volumeServices("volume", LVM, CEPH, "compute2@lvm"),
                // its enable is answered well and changes nothing
                storing().volumeServicesStayDisabled())) {
            HandBlock at = new HandBlock();
            start(builder);
            cloud.disableVolumeService(CEPH, "INC-9 broken disk");
            RunningStep step = runner.start(new NodeMaintenanceStep(HOST), at);
            at.awaitBegin(BOUND);
            has(cloud.volumeServiceDisabled(LVM), "nova-maintenance: ", "step ");
            assertEquals("a neighbour", null, cloud.volumeServiceDisabled("compute2@lvm"));
            at.end();
            assertEquals(List.of("putBack", "found"), states(step.value(BOUND)));
            assertEquals(null, cloud.volumeServiceDisabled(LVM));
            assertEquals("INC-9 broken disk", cloud.volumeServiceDisabled(CEPH));
            has(
                    step.console(),
                    LVM_NAME + " is disabled.",
                    LVM_NAME + " is enabled again.",
                    "Cinder's volume service compute1@ceph was disabled already; it stays so.");
            again();
        }
        start(hosts());
    }

    @Test
    public void whereOnlyAThawEnablesACinderVolumeThatIsDownIsTold() throws Exception {
        start(hosts().volumeServices("block-storage", LVM).volumeServicesStayDisabled());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.volumeServiceRuns(LVM, false);
        block.end();
        assertEquals(List.of("notPutBack"), states(step.value(BOUND)));
        has(
                step.console(),
                LVM_NAME + " is still disabled, which could not be taken back: ",
                "cinder freeze-host compute1@lvm and then cinder thaw-host compute1@lvm");
    }

    @Test
    public void aMaintenanceAfterOneThatFailedTakesItsClaimOver() throws Exception {
        start(storing());
        RunningStep failed = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        failed.failure(BOUND);
        runner.run().setResult(Result.FAILURE);
        String first = cloud.volumeServiceDisabled(LVM);
        nextBuild();
        HandBlock second = new HandBlock();
        RunningStep again = runner.start(new NodeMaintenanceStep(HOST), second);
        second.awaitBegin(BOUND);
        assertFalse("in its own name", first.equals(cloud.volumeServiceDisabled(LVM)));
        second.end();
        assertEquals(List.of("putBack", "putBack"), states(again.value(BOUND)));
        has(again.console(), LVM_NAME + " is still disabled by ", "; this step takes it over.");
        assertEquals(null, cloud.volumeServiceDisabled(LVM));
    }

    /** One that has only the cloud to read: the claim tells whose it is. */
    @Test
    public void aReturnOfAnotherJobPutsBackWhatCarriesAClaim() throws Exception {
        start(storing());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        step.failure(BOUND);
        cloud.disableVolumeService(CEPH, "INC-9 broken disk");
        runner.close();
        runner = new StepRunner(folder.newFolder());
        runner.in(DrivenTime.of(cloud));
        RunningStep back = runner.start(new NodeReturnStep(HOST));
        assertEquals(List.of("putBack"), states(back.value(BOUND)));
        assertEquals(null, cloud.volumeServiceDisabled(LVM));
        assertEquals("INC-9 broken disk", cloud.volumeServiceDisabled(CEPH));
    }

    @Test
    public void whereCinderMayNotBeAskedOneLineSaysSo() throws Exception {
        start(storing(), AccessRuleFiles.rules("access-rules.json"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of(), states(step.value(BOUND)));
        has(step.console(), "Cinder is left alone: list Cinder's volume services: ", "they must allow GET");
        assertEquals(null, cloud.volumeServiceDisabled(LVM));
    }

    @Test
    public void cindersAccessRulesAreEnough() throws Exception {
        start(
                storing().volumeServicesStayDisabled(),
                AccessRuleFiles.rules("access-rules.json", "access-rules-cinder.json"));
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
        maintenance.setBeside("cinder");
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
    }
}
