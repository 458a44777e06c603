package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.AbortException;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static String[] rules(String... files) throws IOException {
        List<String> rules = new ArrayList<>();
        for (String file : files) {
            for (JsonNode rule :
                    new ObjectMapper().readTree(Path.of("docs/examples", file).toFile())) {
                rules.add(rule.get("service").asText() + " "
                        + rule.get("method").asText() + " " + rule.get("path").asText());
            }
        }
        return rules.toArray(String[]::new);
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
        assertEquals(List.of(), states(runner.start(new NodeReturnStep(HOST)).value(BOUND)));
        assertTrue("a person's", cloud.onMaintenance(HOST));
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
        has(step.console(), NAME + " cannot be changed now, it is tried for 10 min");
        assertEquals(HOST, cloud.server("web1").host());
        assertTrue("the cordon is taken back", cloud.enabled(HOST));
        assertFalse(cloud.onMaintenance(HOST));
    }

    @Test
    public void whereItMayNotBeAskedItIsLeftAloneInOneLine() throws Exception {
        start(watched(), rules("access-rules.json"));
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
        start(watched(), rules("access-rules.json", "access-rules-masakari.json"));
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
                new Row(watched(), false, "neutron", "beside: 'neutron'"))) {
            start(row.cloud(), row.denied() ? rules("access-rules.json") : new String[0]);
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
}
