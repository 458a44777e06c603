package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.SettingRow;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Faults;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.Test;

/** Masakari's on_maintenance through the steps: set, put back, left alone, refused; and what holds for all that stands beside Nova. */
public class MasakariStepTest extends BesideSteps {

    private static final String NAME = "Masakari's host compute1 of segment rack1";

    private static CloudBuilder watched() {
        return hosts().segment("rack1", HOST, "compute2");
    }

    @Test
    public void aMaintenanceSetsItForTheBlockAndPutsItBack() throws Exception {
        start(watched());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertTrue("before the reboot", cloud.onMaintenance(HOST));
        assertFalse("its neighbour is not touched", cloud.onMaintenance("compute2"));
        block.end();
        Object result = step.value(BOUND);
        assertEquals(List.of("putBack"), states(result));
        assertFalse(cloud.onMaintenance(HOST));
        has(step.console(), NAME + " is on maintenance.", NAME + " is back from maintenance.");
        DrainReport report = HostMaintenanceAction.of(runner.run()).getDrains().get(0);
        assertEquals(
                List.of("putBack"),
                report.beside().stream().map(SettingRow::state).toList());
        assertTrue(report.log().toString(), report.log().contains(NAME + " was on maintenance, and is back."));
    }

    /** What one build has set another puts back, and nothing that nobody has set. */
    @Test
    public void aReturnInAnotherBuildPutsBackWhatEarlierOnesHaveSet() throws Exception {
        start(watched());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        step.failure(BOUND);
        nextBuild();
        assertEquals(
                List.of("putBack"),
                states(runner.start(new NodeReturnStep(HOST)).value(BOUND)));
        assertFalse(cloud.onMaintenance(HOST));
        cloud.setOnMaintenance(HOST, true);
        nextBuild();
        RunningStep other = runner.start(new NodeReturnStep(HOST));
        assertEquals(List.of(), states(other.value(BOUND)));
        assertTrue("a person's", cloud.onMaintenance(HOST));
        has(
                other.console(),
                NAME + " is on maintenance, and nothing tells here who has set that; it stays so.",
                "openstack segment host update --on_maintenance False ");
    }

    /** One that has only the cloud to read: no claim tells whose it is. */
    @Test
    public void aReturnOfAnotherControllerLeavesItAndSaysSo() throws Exception {
        start(watched());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        step.failure(BOUND);
        runner.close();
        runner = new StepRunner(folder.newFolder());
        runner.in(DrivenTime.of(cloud));
        RunningStep back = runner.start(new NodeReturnStep(HOST));
        assertEquals(List.of(), states(back.value(BOUND)));
        assertTrue(cloud.onMaintenance(HOST));
        assertTrue(cloud.enabled(HOST));
        has(back.console(), NAME + " is on maintenance, and nothing tells here who has set that; it stays so.");
    }

    @Test
    public void aFailedBlockLeavesItAndTheNextMaintenancePutsItBack() throws Exception {
        start(watched());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).fail(new AbortException("no"));
        step.failure(BOUND);
        assertTrue("the host is not in service", cloud.onMaintenance(HOST));
        nextBuild();
        HandBlock second = new HandBlock();
        RunningStep again = runner.start(new NodeMaintenanceStep(HOST), second);
        second.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack"), states(again.value(BOUND)));
        assertFalse(cloud.onMaintenance(HOST));
    }

    @Test
    public void aValueOfOthersStays() throws Exception {
        start(watched());
        cloud.setOnMaintenance(HOST, true);
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("found"), states(step.value(BOUND)));
        assertTrue(cloud.onMaintenance(HOST));
        has(step.console(), NAME + " was on maintenance already; it stays so.");
    }

    @Test
    public void aDryRunSaysWhatWouldBeSet() throws Exception {
        start(watched());
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        assertEquals(List.of("untouched"), states(step.value(BOUND)));
        has(step.console(), NAME + " would be set on maintenance.");
        assertFalse(cloud.onMaintenance(HOST));
    }

    @Test
    public void whileMasakariIsBusyNothingIsMoved() throws Exception {
        start(watched());
        cloud.notifying(HOST, true);
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(
                step.failure(BOUND).getMessage(),
                NAME + " could not be set on maintenance",
                "Nothing was moved.",
                "beside: 'none'");
        has(
                step.console(),
                NAME + " cannot be changed while this is not settled, which is waited for for 10 min: notification ",
                NAME + " cannot be changed now, it is tried for 10 min",
                "Unsettled: notification ",
                "(VM, running, about compute1, of ");
        assertEquals(HOST, cloud.server("web1").host());
        assertTrue("the cordon is taken back", cloud.enabled(HOST));
        assertFalse(cloud.onMaintenance(HOST));
    }

    /** Its own evacuation goes first: nothing is changed meanwhile, not even the cordon. */
    @Test
    public void whileMasakariEvacuatesTheHostNothingIsChanged() throws Exception {
        for (String status : List.of("new", "running", "error")) {
            start(watched());
            cloud.hostFailed(HOST, status);
            RunningStep step = runner.start(new NodeEvacuateStep(HOST));
            has(
                    step.failure(BOUND).getMessage(),
                    "Masakari is evacuating the host, for it takes it for failed: notification ",
                    "(COMPUTE_HOST, " + status + ", about compute1, of ",
                    "It did not end in 10 min. Nothing was changed.",
                    "beside: 'none'");
            has(step.console(), "Note: Masakari is evacuating the host", "waits 10 min for it.");
            assertFalse(status, changed());
            again();
        }
        for (Consumer<Faults.Rule> once : List.<Consumer<Faults.Rule>>of(
                rule -> rule.times(1).status(503, "away"),
                rule -> rule.times(3).status(200, null, "application/json", "{\"notifications\": []}"),
                rule -> rule.times(1).drop())) {
            start(watched());
            cloud.hostFailed(HOST, "running");
            once.accept(cloud.faults().on("GET", "^/notifications$"));
            has(
                    runner.start(new NodeEvacuateStep(HOST)).failure(BOUND).getMessage(),
                    "Masakari is evacuating the host");
            assertFalse("one list that lacks it is not believed", changed());
            again();
        }
        start(watched());
        cloud.hostFailed(HOST, "running");
        cloud.after(Duration.ofMinutes(3), () -> cloud.settle(HOST, "finished"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals("Masakari leaves it so", List.of("found"), states(step.value(BOUND)));
        has(step.console(), "Note: Masakari is evacuating the host");
        assertFalse(HOST.equals(cloud.server("web1").host()));
    }

    /** What it does not do about this host, or has done, does not hold it up for longer than its 409 does. */
    @Test
    public void whatMasakariDoesBesideThat() throws Exception {
        record Row(String what, Consumer<SimulatedCloud> deed, String said, String state) {}
        for (Row row : List.of(
                new Row(
                        "another host's",
                        sim -> {
                            sim.hostFailed("compute2", "running");
                            sim.after(Duration.ofMinutes(2), () -> sim.settle(HOST, "failed"));
                        },
                        NAME
                                + " cannot be changed while this is not settled, which is waited for for 10 min: notification",
                        "set"),
                new Row("over", sim -> sim.hostFailed(HOST, "finished"), "was on maintenance already", "found"),
                new Row("failed", sim -> sim.hostFailed(HOST, "failed"), "was on maintenance already", "found"))) {
            start(watched().host("compute3"));
            row.deed().accept(cloud);
            RunningStep step = runner.start(new NodeEvacuateStep(HOST));
            assertEquals(row.what(), List.of(row.state()), states(step.value(BOUND)));
            has(step.console(), row.said());
            again();
        }
        start(watched());
    }

    @Test
    public void aPlanNamesWhatMasakariHasToDo() throws Exception {
        start(watched());
        cloud.hostFailed(HOST, "running");
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        step.value(BOUND);
        has(step.console(), "Note: Masakari is evacuating the host", "A drain changes nothing before that is settled");
        again();
        start(watched());
        cloud.notifying("compute2", true);
        RunningStep other = runner.start(new MaintenancePlanStep(HOST));
        assertEquals(List.of("untouched"), states(other.value(BOUND)));
        has(other.console(), "cannot be changed while this is not settled", "(VM, running, about compute2, of ");
    }

    /** The refusal that comes first names it too: fencing is not the answer then. */
    @Test
    public void aHostThatIsDownForMasakariIsSaidToBeEvacuated() throws Exception {
        start(watched());
        cloud.hostFailed(HOST, "running");
        cloud.kill(HOST);
        cloud.advance(Duration.ofMinutes(2));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(step.failure(BOUND).getMessage(), "down", "Masakari is evacuating the host");
        again();
        start(watched());
        cloud.hostFailed(HOST, "running");
        cloud.kill(HOST);
        cloud.advance(Duration.ofMinutes(2));
        NodeEvacuateStep fenced = new NodeEvacuateStep(HOST);
        DeadHost dead = new DeadHost();
        dead.setFenced(true);
        fenced.setDeadHost(dead);
        has(runner.start(fenced).failure(BOUND).getMessage(), "Masakari is evacuating the host");
        assertFalse("not forced down either", changed());
    }

    /** Where it may not be listed, Masakari's own answer is all there is. */
    @Test
    public void withoutThePermissionToListNotificationsTheAnswerIsWaitedFor() throws Exception {
        String[] rules = AccessRuleFiles.rules("access-rules.json", "access-rules-masakari.json");
        start(
                watched(),
                Arrays.stream(rules)
                        .filter(rule -> !rule.endsWith("/v1/notifications"))
                        .toArray(String[]::new));
        cloud.notifying(HOST, true);
        cloud.after(Duration.ofMinutes(2), () -> cloud.notifying(HOST, false));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of("set"), states(step.value(BOUND)));
        has(step.console(), NAME + " cannot be changed now, it is tried for 10 min");
        assertFalse(step.console(), step.console().contains("otification "));
    }

    @Test
    public void whereItMayNotBeAskedItIsLeftAloneInOneLine() throws Exception {
        start(watched(), AccessRuleFiles.rules("access-rules.json"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        has(step.console(), "Masakari is left alone: list Masakari's segments: ", "they must allow GET");
        assertFalse(step.console(), step.console().contains("app-s3cr3t"));
        assertFalse(cloud.onMaintenance(HOST));
        long logins = cloud.audit().entries().stream()
                .filter(entry -> entry.path().equals("/auth/tokens"))
                .count();
        assertEquals("nobody logs in anew for a rule that is not there", 1, logins);
    }

    @Test
    public void itsAccessRulesAreEnough() throws Exception {
        start(watched(), AccessRuleFiles.rules("access-rules.json", "access-rules-masakari.json"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
    }

    @Test
    public void whatIsNamedMustBeThere() throws Exception {
        record Row(CloudBuilder cloud, boolean denied, Object beside, String refusal) {}
        String none = "beside: the cloud's catalogue has no Masakari (instance-ha), or that has no host called exactly"
                + " 'compute1'. Nothing was changed. Leave 'masakari' out of beside.";
        for (Row row : List.of(
                new Row(hosts(), false, "masakari", none),
                new Row(hosts().segment("rack2", "compute2"), false, List.of("masakari"), none),
                new Row(watched(), true, "masakari", "beside: Masakari could not be asked about 'compute1': list"),
                new Row(watched(), false, "ironic", "beside: 'ironic'"))) {
            start(row.cloud(), row.denied() ? AccessRuleFiles.rules("access-rules.json") : new String[0]);
            NodeEvacuateStep step = new NodeEvacuateStep(HOST);
            step.setBeside(row.beside());
            has(runner.start(step).failure(BOUND).getMessage(), row.refusal());
            assertTrue(cloud.enabled(HOST));
            again();
        }
        start(hosts());
    }

    @Test
    public void noneIsNotLookedAt() throws Exception {
        for (Object none : List.of("none", List.of())) {
            start(watched());
            NodeEvacuateStep step = new NodeEvacuateStep(HOST);
            step.setBeside(none);
            assertEquals(List.of(), states(runner.start(step).value(BOUND)));
            assertFalse(asked());
            again();
        }
        start(hosts());
    }

    /** What does not tell it tells nothing: not that the host is free. */
    @Test
    public void aRowThatDoesNotTellItIsNotTakenForFree() throws Exception {
        record Row(CloudBuilder cloud, String path, String body, String said) {}
        for (Row row : List.of(
                new Row(
                        watched(),
                        "/hosts$",
                        "{'hosts': [{'uuid': 'u1', 'name': 'compute1', 'on_maintenance': null}]}",
                        "Masakari is left alone: a segment host u1: "),
                new Row(
                        storing(),
                        "^/[^/]+/os-services$",
                        "{'services': [{'host': 'compute1@lvm', 'status': null}]}",
                        "Cinder is left alone: a volume service of compute1@lvm: "),
                new Row(
                        networked(),
                        "^/agents$",
                        "{'agents': [{'id': 'a1', 'agent_type': 'L3 agent', 'host': 'compute1', 'alive': true,"
                                + " 'admin_state_up': null}]}",
                        "Neutron is left alone: a network agent a1 on compute1: "))) {
            start(row.cloud());
            cloud.faults()
                    .on("GET", row.path())
                    .always()
                    .status(200, null, "application/json", row.body().replace('\'', '"'));
            RunningStep step = runner.start(new NodeEvacuateStep(HOST));
            assertEquals(List.of(), states(step.value(BOUND)));
            has(step.console(), row.said());
            assertTrue(
                    row.toString(),
                    cloud.audit().entries().stream()
                            .noneMatch(entry -> entry.method().equals("PUT")
                                    && !entry.service().equals("compute")));
            again();
        }
        start(hosts());
    }
}
