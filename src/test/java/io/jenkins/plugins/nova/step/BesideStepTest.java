package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.SettingRow;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What of a host stands beside Nova, through the steps: set, put back, left alone, refused. */
public class BesideStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String HOST = "compute1";
    private static final String NAME = "Masakari's host compute1 of segment rack1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private CloudFixture clouds;
    private StepRunner runner;
    private SimulatedCloud cloud;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host(HOST).server("web1", server -> server.volumeBacked());
    }

    private static CloudBuilder watched() {
        return hosts().segment("rack1", HOST, "compute2");
    }

    private void start(CloudBuilder builder, String... rules) {
        builder.userWithCredential("operator", "s3cr3t", "ops", "app-1", "app-s3cr3t", "admin");
        if (rules.length > 0) {
            builder.accessRules("operator", rules);
        }
        cloud = builder.startingAt(Instant.now()).start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(
                        rules.length > 0
                                ? CloudFixture.application("openstack", "app-1", "app-s3cr3t")
                                : CloudFixture.password("openstack", "operator", "s3cr3t", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private void nextBuild() throws IOException {
        StepRunner first = runner;
        runner = first.nextBuild(folder.newFolder());
        first.close();
    }

    private static List<Object> states(Object result) {
        List<Object> states = new ArrayList<>();
        ((List<?>) ((Map<?, ?>) result).get("beside")).forEach(one -> states.add(((Map<?, ?>) one).get("state")));
        return states;
    }

    private boolean asked() {
        return cloud.audit().entries().stream()
                .anyMatch(entry -> entry.service().equals("instance-ha"));
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
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
    public void aDryRunSaysWhatWouldBeLedElsewhere() throws Exception {
        start(networked().router("legacy1", false, HOST).network("net2", HOST, "compute2"));
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        assertEquals(List.of("untouched", "untouched"), states(step.value(BOUND)));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 would be taken administratively down; led elsewhere before: router legacy1",
                "Neutron's DHCP agent of compute1 would be taken administratively down.");
        assertEquals(List.of(HOST), cloud.servedOn("legacy1"));
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

    private boolean changed() {
        return cloud.audit().entries().stream().anyMatch(entry -> entry.method().equals("PUT"));
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

    private void again() throws IOException {
        cloud.close();
        nextBuild();
        clouds.close();
        clouds = CloudFixture.begin();
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
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
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
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    private static final String LVM = HOST + "@lvm";
    private static final String CEPH = HOST + "@ceph";
    private static final String LVM_NAME = "Cinder's volume service compute1@lvm";

    private static CloudBuilder storing() {
        return hosts().volumeServices("block-storage", LVM, CEPH, "compute2@lvm", "compute10@lvm", "compute");
    }

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
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
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

    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";

    private static CloudBuilder networked() {
        return hosts().agent(L3, HOST)
                .agent(DHCP, HOST)
                .agent("Open vSwitch agent", HOST)
                .agent(L3, "compute2")
                .agent(DHCP, "compute2");
    }

    @Test
    public void agentsGoDownForTheBlockOnceWhatTheyServeIsElsewhere() throws Exception {
        start(networked()
                .router("ha1", true, HOST, "compute2")
                .router("legacy1", false, HOST)
                .router("other", false, "compute2")
                .network("net1", HOST)
                .network("net2", HOST, "compute2"));
        cloud.setAgent(L3, HOST, true, "rack 4");
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertFalse(cloud.agentUp(L3, HOST));
        assertFalse(cloud.agentUp(DHCP, HOST));
        assertTrue("it moves the servers", cloud.agentUp("Open vSwitch agent", HOST));
        assertTrue("a neighbour", cloud.agentUp(L3, "compute2"));
        has(cloud.agentDescription(L3, HOST), "rack 4 | nova-maintenance: ");
        assertEquals(List.of("compute2"), cloud.servedOn("legacy1"));
        assertEquals("active elsewhere", "compute2", cloud.servedOn("ha1").get(0));
        assertEquals(List.of(HOST, "compute2"), cloud.servedOn("net1"));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(L3, HOST));
        assertTrue(cloud.agentUp(DHCP, HOST));
        assertEquals("rack 4", cloud.agentDescription(L3, HOST));
        assertEquals("", cloud.agentDescription(DHCP, HOST));
        assertEquals("not moved back", List.of("compute2"), cloud.servedOn("legacy1"));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is administratively down; led elsewhere before: router legacy1",
                "Neutron's DHCP agent of compute1 is administratively down; led elsewhere before: network net1",
                "Neutron's L3 agent of compute1 is administratively up again.");
    }

    @Test
    public void whatNothingElseCanServe() throws Exception {
        record Row(CloudBuilder cloud, Object beside, String refusal) {}
        CloudBuilder lonely = hosts().agent(L3, HOST).agent(DHCP, HOST);
        for (Row row : List.of(
                new Row(lonely.router("legacy1", false, HOST), null, "it alone serves router legacy1"),
                new Row(networked().router("ha1", true, HOST), null, "it alone serves router ha1"),
                new Row(
                        hosts().agent(L3, HOST).agent(DHCP, HOST).network("net1", HOST),
                        "neutron",
                        "it alone serves network net1"))) {
            start(row.cloud());
            NodeEvacuateStep step = new NodeEvacuateStep(HOST);
            step.setBeside(row.beside());
            has(runner.start(step).failure(BOUND).getMessage(), row.refusal(), "out of beside");
            assertTrue(cloud.enabled(HOST));
            assertTrue(cloud.agentUp(L3, HOST));
            assertEquals(HOST, cloud.server("web1").host());
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        // a network's leases last, and the rest goes on
        start(hosts().agent(L3, HOST).agent(DHCP, HOST).network("net1", HOST));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of("set", "notSet"), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(DHCP, HOST));
    }

    @Test
    public void whatIsNotSwitchedIsTold() throws Exception {
        start(hosts().l3Agent(HOST, "dvr").agent(GATEWAY, HOST).gatewaysWithoutPriorities());
        cloud.faults().on("GET", "^/ports$").always().status(403, "not allowed");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        assertTrue(cloud.agentUp(L3, HOST));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 routes for the host's own servers (mode dvr)",
                "Neutron's OVN Controller Gateway agent of compute1 carries gateways of routers");
    }

    /** What routes for the host's own servers stays on; what it has for all goes elsewhere first, and stays there. */
    @Test
    public void whatADistributedRouterHasInOnePlaceIsLedElsewhere() throws Exception {
        start(hosts().l3Agent(HOST, "dvr_snat")
                .agent(L3, "compute2")
                .l3Agent("compute3", "dvr_snat")
                .distributedRouter("dvr1", HOST)
                .router("legacy1", false, HOST));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("no legacy agent takes it", List.of("compute3"), cloud.servedOn("dvr1"));
        assertEquals("the one with the least", List.of("compute2"), cloud.servedOn("legacy1"));
        assertTrue(cloud.agentUp(L3, HOST));
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(List.of("compute3"), cloud.servedOn("dvr1"));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is relieved of its central routers; led elsewhere before: the SNAT of"
                        + " router dvr1 (",
                "Neutron's L3 agent of compute1 gets none of its central routers back.");
    }

    @Test
    public void aSnatThatNoOtherAgentCanTake() throws Exception {
        start(hosts().l3Agent(HOST, "dvr_snat").agent(L3, "compute2").distributedRouter("dvr1", HOST));
        has(
                runner.start(new NodeEvacuateStep(HOST)).failure(BOUND).getMessage(),
                "Neutron's L3 agent of compute1 must not go down: it alone serves the SNAT of router dvr1",
                "leave 'neutron' out of beside");
        assertEquals(List.of(HOST), cloud.servedOn("dvr1"));
        assertTrue(cloud.enabled(HOST));
    }

    /** Where the other agents are fewer than the networks, these are asked what they have. */
    @Test
    public void manyNetworksAreNotAskedForOneByOne() throws Exception {
        CloudBuilder builder = networked().network("alone", HOST);
        for (int i = 0; i < 30; i++) {
            builder.network("net" + i, HOST, "compute2").router("ha" + i, true, HOST, "compute2");
        }
        start(builder);
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        step.value(BOUND);
        long asked = cloud.audit().entries().stream()
                .filter(entry -> entry.service().equals("network"))
                .count();
        assertTrue("requests to Neutron: " + asked, asked <= 12);
        nextBuild();
        RunningStep drain = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("what nobody else has is led", List.of(HOST, "compute2"), cloud.servedOn("alone"));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(drain.value(BOUND)));
    }

    /** What is settled, and what is put back, is not read anew; each look has one list of the host's agents, or two. */
    @Test
    public void whatWasSettledIsNotAskedForAgain() throws Exception {
        CloudBuilder builder = hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2");
        for (int i = 0; i < 20; i++) {
            builder.gateway("standby" + i, "compute2", HOST);
        }
        start(builder.gateway("web", HOST, "compute2"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        block.end();
        step.value(BOUND);
        String standby = SimulatedCloud.routerId("standby7");
        long asked = cloud.audit().entries().stream()
                .filter(entry -> entry.path().contains(standby))
                .count();
        assertTrue("in the first look, and in those before it is set: " + asked, asked <= 3);
    }

    private static final String GATEWAY = "OVN Controller Gateway agent";

    private static CloudBuilder gateways() {
        return hosts().agent(GATEWAY, HOST)
                .agent(GATEWAY, "compute2")
                .agent(GATEWAY, "compute3")
                .gateway("web", HOST, "compute2")
                .gateway("db", HOST, "compute2", "compute3")
                .gateway("mail", "compute2", HOST);
    }

    @Test
    public void gatewaysAreLedAwayForTheBlockAndBack() throws Exception {
        start(gateways());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("compute2", cloud.gatewayOn("web"));
        assertEquals("compute2", cloud.gatewayOn("db"));
        assertEquals("below all others", 0, (int) cloud.gatewayPriority("db", HOST));
        assertEquals("what is a standby stays", 1, (int) cloud.gatewayPriority("mail", HOST));
        block.end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
        assertEquals(2, (int) cloud.gatewayPriority("web", HOST));
        assertEquals(3, (int) cloud.gatewayPriority("db", HOST));
        assertEquals(2, (int) cloud.gatewayPriority("db", "compute2"));
        has(
                step.console(),
                "Neutron's gateway of router web (",
                ") on compute1: each is led elsewhere.",
                ") on compute1: each has its priority again.");
    }

    /** Two of the same are refused, and below nothing there is nothing: then the other is raised. */
    @Test
    public void whereNoNumberIsFreeBelowTheOtherIsRaised() throws Exception {
        start(hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"));
        cloud.setGatewayPriority("web", "compute2", 0);
        cloud.setGatewayPriority("web", HOST, 1);
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals("compute2", cloud.gatewayOn("web"));
        assertEquals(2, (int) cloud.gatewayPriority("web", "compute2"));
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(0, (int) cloud.gatewayPriority("web", "compute2"));
        assertEquals(1, (int) cloud.gatewayPriority("web", HOST));
    }

    /** What somebody has set meanwhile is his, and what Neutron has rescheduled is Neutron's. */
    @Test
    public void aPriorityThatIsNotOursAnyMoreStays() throws Exception {
        start(gateways());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.setGatewayPriority("web", HOST, 9);
        cloud.setGatewayPriority("db", HOST, null);
        block.end();
        assertEquals(List.of("found", "found"), states(step.value(BOUND)));
        assertEquals(9, (int) cloud.gatewayPriority("web", HOST));
        assertEquals(null, cloud.gatewayPriority("db", HOST));
        has(step.console(), "each was changed by somebody else meanwhile; it stays as it is.");
    }

    @Test
    public void aPriorityWhosePlaceIsTakenIsTold() throws Exception {
        start(hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.setGatewayPriority("web", "compute2", 2);
        block.end();
        assertEquals(List.of("notPutBack"), states(step.value(BOUND)));
        has(
                step.console(),
                "its priority before, 2, is another's now. To do so: PUT /v2.0/agents/",
                "{\"ha_chassis_priority\": 2}");
        assertEquals(0, (int) cloud.gatewayPriority("web", HOST));
    }

    @Test
    public void aGatewayThatNoOtherChassisCanTake() throws Exception {
        for (CloudBuilder builder : List.of(
                hosts().agent(GATEWAY, HOST).gateway("web", HOST),
                hosts().agent(GATEWAY, HOST).agent(GATEWAY, "compute2").gateway("web", HOST, "compute2"))) {
            start(builder);
            if (cloud.gatewayPriority("web", HOST) == 2) {
                cloud.agentAlive(GATEWAY, "compute2", false);
            }
            has(
                    runner.start(new NodeEvacuateStep(HOST)).failure(BOUND).getMessage(),
                    "Neutron's gateway of router web (",
                    "must not go down: it alone serves router web",
                    "leave 'neutron' out of beside");
            assertTrue(cloud.enabled(HOST));
            nextBuild();
            NodeEvacuateStep without = new NodeEvacuateStep(HOST);
            without.setBeside("none");
            runner.start(without).value(BOUND);
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    /** What one build has led away the next leads back, from what stands on its page. */
    @Test
    public void aReturnInAnotherBuildLeadsGatewaysBack() throws Exception {
        for (boolean maintains : List.of(false, true)) {
            start(gateways());
            HandBlock failing = new HandBlock();
            RunningStep step = runner.start(new NodeMaintenanceStep(HOST), failing);
            failing.awaitBegin(BOUND).fail(new AbortException("no"));
            step.failure(BOUND);
            assertEquals("as the cordon", 0, (int) cloud.gatewayPriority("web", HOST));
            nextBuild();
            Object result;
            if (maintains) {
                HandBlock second = new HandBlock();
                RunningStep again = runner.start(new NodeMaintenanceStep(HOST), second);
                second.awaitBegin(BOUND).end();
                result = again.value(BOUND);
            } else {
                result = runner.start(new NodeReturnStep(HOST)).value(BOUND);
            }
            assertEquals(List.of("putBack", "putBack"), states(result));
            assertEquals(2, (int) cloud.gatewayPriority("web", HOST));
            assertEquals(3, (int) cloud.gatewayPriority("db", HOST));
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    @Test
    public void gatewaysThatCannotBeLedAreNamedWhereThatIsKnown() throws Exception {
        record Row(CloudBuilder cloud, String said) {}
        String id = SimulatedCloud.routerId("web");
        for (Row row : List.of(
                new Row(
                        gateways().gatewaysWithoutPriorities(),
                        "Neutron's OVN Controller Gateway agent of compute1 carries the gateways of routers " + id),
                // chassis that nobody has marked as gateways have them too
                new Row(
                        hosts().agent("OVN Controller agent", HOST).gateway("web", HOST),
                        "Neutron's OVN Controller agent of compute1 carries the gateway of router " + id
                                + ", which goes elsewhere only once the host is down: nothing is done about it."))) {
            start(row.cloud());
            RunningStep step = runner.start(new NodeEvacuateStep(HOST));
            assertEquals(List.of(), states(step.value(BOUND)));
            has(step.console(), row.said());
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(gateways());
        NodeEvacuateStep named = new NodeEvacuateStep(HOST);
        named.setBeside("neutron");
        assertEquals(List.of("set", "set"), states(runner.start(named).value(BOUND)));
    }

    @Test
    public void theAccessRulesAreEnoughForGateways() throws Exception {
        for (boolean told : List.of(true, false)) {
            start(
                    told ? gateways() : gateways().gatewaysWithoutPriorities(),
                    AccessRuleFiles.rules("access-rules.json", "access-rules-neutron.json"));
            HandBlock at = new HandBlock();
            RunningStep step = runner.start(new NodeMaintenanceStep(HOST), at);
            at.awaitBegin(BOUND).end();
            assertEquals(told ? List.of("putBack", "putBack") : List.of(), states(step.value(BOUND)));
            assertFalse(step.console(), step.console().contains("left alone"));
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    @Test
    public void neutronsAccessRulesAreEnough() throws Exception {
        start(
                networked()
                        .router("legacy1", false, HOST)
                        .router("ha1", true, HOST, "compute2")
                        .network("net1", HOST),
                AccessRuleFiles.rules("access-rules.json", "access-rules-neutron.json"));
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
        maintenance.setBeside("neutron");
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack", "putBack"), states(step.value(BOUND)));
    }

    @Test
    public void whereNeutronMayNotBeAskedOneLineSaysSo() throws Exception {
        start(networked(), AccessRuleFiles.rules("access-rules.json"));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        has(step.console(), "Neutron is left alone: list Neutron's agents of compute1: ");
        assertTrue(cloud.agentUp(L3, HOST));
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
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    @Test
    public void anAgentThatDoesNotReportStaysDownAndIsTold() throws Exception {
        start(networked());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.agentAlive(L3, HOST, false);
        block.end();
        assertEquals(List.of("notPutBack", "putBack"), states(step.value(BOUND)));
        assertFalse(cloud.agentUp(L3, HOST));
        has(
                step.console(),
                "Neutron's L3 agent of compute1 is still administratively down, which could not be taken back: it does not"
                        + " report to Neutron. To do so: openstack network agent set --enable ");
    }

    private static final String OVS = "Open vSwitch agent";
    private static final String METADATA = "Metadata agent";

    private static Object silent(Object result) {
        return ((Map<?, ?>) result).get("silentAgents");
    }

    /** As without nova-compute: every server that came to it would fail. */
    @Test
    public void aHostWhosePortsNobodyBindsStaysClosed() throws Exception {
        for (String type : List.of(OVS, "Linux bridge agent", "OVN Controller agent", GATEWAY)) {
            start(hosts().agent(type, HOST).agent(METADATA, HOST));
            HandBlock at = new HandBlock();
            NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
            maintenance.setReadyTimeout(10);
            RunningStep step = runner.start(maintenance, at);
            at.awaitBegin(BOUND);
            cloud.agentAlive(type, HOST, false);
            at.end();
            has(
                    step.failure(BOUND).getMessage(),
                    "not fit after 10 min, still waiting for its " + type.replace(" Gateway", "")
                            + " to report to Neutron");
            assertFalse(cloud.enabled(HOST));
            // another return goes on once it does
            cloud.agentAlive(type, HOST, true);
            nextBuild();
            assertEquals(
                    List.of(), silent(runner.start(new NodeReturnStep(HOST)).value(BOUND)));
            assertTrue(cloud.enabled(HOST));
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    @Test
    public void otherAgentsAreWaitedForAWhileAndTold() throws Exception {
        start(hosts().agent(OVS, HOST).agent(METADATA, HOST).agent("NIC Switch agent", HOST));
        cloud.agentAlive("NIC Switch agent", HOST, false);
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.agentAlive(METADATA, HOST, false);
        cloud.agentAlive(OVS, HOST, false);
        cloud.after(Duration.ofSeconds(60), () -> cloud.agentAlive(OVS, HOST, true));
        Instant begun = cloud.clock().instant();
        block.end();
        assertEquals("not that of before", List.of(METADATA), silent(step.value(BOUND)));
        assertTrue(cloud.enabled(HOST));
        long waited = Duration.between(begun, cloud.clock().instant()).toSeconds();
        assertTrue(waited + " s", waited >= 180 && waited < 420);
        String told = "Not waited for any longer: its Metadata agent to report to Neutron. See to it: openstack network"
                + " agent list --host compute1.";
        has(step.console(), "Waiting for its Open vSwitch agent to report to Neutron", "Note: " + told);
        assertTrue(
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).log().contains(told));
    }

    /** Of a host of which nothing is known what is listed now is judged; an old agent may be listed for ever. */
    @Test
    public void aReturnAloneJudgesWhatIsListed() throws Exception {
        record Row(List<String> alive, List<String> silent, boolean opened) {}
        for (Row row : List.of(
                new Row(List.of(OVS, METADATA), List.of(), true),
                new Row(List.of(METADATA), List.of(OVS), false),
                new Row(List.of(GATEWAY), List.of(OVS), true),
                new Row(List.of(), List.of(), true))) {
            CloudBuilder builder = hosts();
            row.alive().forEach(type -> builder.agent(type, HOST));
            row.silent().forEach(type -> builder.agent(type, HOST));
            start(builder);
            row.silent().forEach(type -> cloud.agentAlive(type, HOST, false));
            runner.start(new NodeEvacuateStep(HOST)).value(BOUND);
            runner.run().setResult(Result.SUCCESS);
            nextBuild();
            NodeReturnStep look = new NodeReturnStep(HOST);
            look.setDryRun(true);
            String looked = String.valueOf(runner.start(look).value(BOUND));
            assertEquals(
                    looked, !row.silent().isEmpty(), looked.contains("its Open vSwitch agent to report to Neutron"));
            nextBuild();
            NodeReturnStep back = new NodeReturnStep(HOST);
            back.setReadyTimeout(5);
            RunningStep step = runner.start(back);
            if (row.opened()) {
                assertEquals(row.silent(), silent(step.value(BOUND)));
            } else {
                has(step.failure(BOUND).getMessage(), "still waiting for its Open vSwitch agent to report to Neutron");
            }
            assertEquals(row.toString(), row.opened(), cloud.enabled(HOST));
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    /** Of use open, though Neutron does not answer; and what is left out is not asked about. */
    @Test
    public void agentsThatCannotBeLookedAtKeepNoHostClosed() throws Exception {
        for (boolean leftOut : List.of(false, true)) {
            start(hosts().agent(OVS, HOST));
            HandBlock at = new HandBlock();
            NodeMaintenanceStep maintenance = new NodeMaintenanceStep(HOST);
            maintenance.setBeside(leftOut ? "none" : null);
            RunningStep step = runner.start(maintenance, at);
            at.awaitBegin(BOUND);
            cloud.agentAlive(OVS, HOST, false);
            cloud.faults().on("GET", "^/agents$").always().status(503, "away");
            at.end();
            assertEquals(List.of(), silent(step.value(BOUND)));
            assertTrue(cloud.enabled(HOST));
            assertEquals(
                    step.console(),
                    !leftOut,
                    step.console()
                            .contains("Not waited for any longer: its network agents to be told by Neutron (list"));
            cloud.close();
            nextBuild();
            clouds.close();
            clouds = CloudFixture.begin();
        }
        start(hosts());
    }

    /** Whatever becomes of it, a router is not left without an agent. */
    @Test
    public void aRouterThatNobodyTakesIsGivenBack() throws Exception {
        start(networked().router("legacy1", false, HOST));
        cloud.faults()
                .on("POST", "/agents/" + cloud.agentId(L3, "compute2") + "/l3-routers$")
                .always()
                .status(409, "The router cannot be hosted.");
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        has(step.failure(BOUND).getMessage(), "The router cannot be hosted.", "Nothing was moved.");
        assertEquals(List.of(HOST), cloud.servedOn("legacy1"));
        assertTrue(cloud.agentUp(L3, HOST));
        assertTrue("the cordon is taken back", cloud.enabled(HOST));
    }

    /** An answer that is lost is looked up: what has gone elsewhere does not go once more. */
    @Test
    public void whatWasLedElsewhereIsLedOnceWhateverBecomesOfTheAnswer() throws Exception {
        start(networked()
                .agent(L3, "compute3")
                .agent(DHCP, "compute3")
                .router("legacy1", false, HOST)
                .network("net1", HOST));
        cloud.faults().on("POST", "/agents/.*/dhcp-networks$").dropAfterActing();
        cloud.faults().on("POST", "/agents/.*/l3-routers$").dropAfterActing();
        assertEquals(
                List.of("set", "set"),
                states(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
        assertEquals(2, cloud.servedOn("net1").size());
        assertEquals(1, cloud.servedOn("legacy1").size());
        assertFalse(cloud.servedOn("legacy1").contains(HOST));
    }
}
