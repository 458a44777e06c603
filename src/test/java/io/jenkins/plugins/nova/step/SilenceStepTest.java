package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.SettingRow;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A host is silent in the cloud's Alertmanager while it is worked on, and not for longer, whatever becomes of the step. */
public class SilenceStepTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String HOST = "compute1";
    private static final String PASSWORD = "s3cr3t-Alerts";
    private static final String NAME = "Alertmanager's silence of compute1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private final CloudFixture clouds = CloudFixture.begin();
    private StepRunner runner;
    private SimulatedCloud cloud;
    private DrivenTime time;

    @Before
    public void runner() throws IOException {
        runner = new StepRunner(folder.newFolder());
    }

    @After
    public void end() throws IOException {
        runner.close();
        cloud.close();
        clouds.close();
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder()
                .alertmanager("alerts", PASSWORD)
                .host("compute2")
                .host(HOST)
                .server("web1", server -> server.volumeBacked());
    }

    private void start(CloudBuilder builder) {
        start(builder, true);
    }

    private void start(CloudBuilder builder, boolean configured) {
        builder.userWithCredential("operator", "s3cr3t", "ops", "app-1", "app-s3cr3t", "admin");
        cloud = builder.startingAt(Instant.now()).start();
        time = DrivenTime.of(cloud);
        runner.in(time);
        NovaCloud sim = new NovaCloud("sim", cloud.identityUrl().toString());
        sim.setCredentialsId("openstack");
        if (configured) {
            sim.setAlertmanagerUrl(cloud.alertmanagerUrl().toString());
            sim.setAlertmanagerCredentialsId("am");
            sim.setSilenceMatchers("instance=~\"${host}(:.*)?\"");
        }
        clouds.credential(CloudFixture.password("openstack", "operator", "s3cr3t", "ops"))
                .credential(CloudFixture.plain("am", "alerts", PASSWORD, false))
                .cloud(sim);
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

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
    }

    private Duration left() {
        assertEquals(cloud.silences().toString(), 1, cloud.silences().size());
        return Duration.between(cloud.clock().instant(), cloud.silences().get(0).ends());
    }

    @Test
    public void aMaintenanceIsSilentUntilTheHostIsFitHoweverLongItsBlockTakes() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals(
                "[{\"name\":\"instance\",\"value\":\"compute1(:.*)?\",\"isRegex\":true,\"isEqual\":true}]",
                cloud.silences().get(0).matchers());
        has(cloud.silences().get(0).comment(), "nova-maintenance: ", " (step ");
        String id = cloud.silences().get(0).id();
        time.advance(Duration.ofHours(5));
        assertEquals("one and the same", id, cloud.silences().get(0).id());
        assertTrue(left().toString(), left().compareTo(Duration.ofMinutes(5)) > 0);
        assertTrue(left().toString(), left().compareTo(Duration.ofMinutes(31)) < 0);
        block.end();
        Object result = step.value(BOUND);
        assertEquals(List.of("putBack"), states(result));
        assertEquals(List.of(), cloud.silences());
        has(step.console(), NAME + " is set.", NAME + " is ended.");
        assertEquals(
                List.of("putBack"),
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).beside().stream()
                        .map(SettingRow::state)
                        .toList());
        assertFalse(step.console(), step.console().contains(PASSWORD));
    }

    /** What is sent to the proxy in front of it is nowhere else: not on the console, and in no file of the build. */
    @Test
    public void aTokenIsSentAndKeptNowhere() throws Exception {
        start(hosts().alertmanager(PASSWORD));
        clouds.withoutCredential("am").credential(CloudFixture.text("am", PASSWORD));
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals(cloud.silences().toString(), 1, cloud.silences().size());
        nowhere(step);
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(List.of(), cloud.silences());
        nowhere(step);
    }

    private void nowhere(RunningStep step) throws IOException {
        assertFalse(step.console(), step.console().contains(PASSWORD));
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(file.toString(), text.contains(PASSWORD));
            }
        }
    }

    @Test
    public void anEvacuationEndsItThoughTheHostStaysClosed() throws Exception {
        start(hosts());
        RunningStep evacuated = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of("putBack"), states(evacuated.value(BOUND)));
        has(evacuated.console(), NAME + " is set.", NAME + " is ended.");
        assertEquals("an evacuated host", List.of(), cloud.silences());
    }

    @Test
    public void itIsEndedWhereTheHostStaysClosed() throws Exception {
        start(hosts());
        RunningStep failed = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        assertEquals(1, cloud.silences().size());
        block.fail(new AbortException("no"));
        failed.failure(BOUND);
        assertEquals("a block that fails", List.of(), cloud.silences());
        assertFalse("the cordon stays", cloud.enabled(HOST));
        has(cloud.disabledReason(HOST), "failed: ");
        nextBuild();
        HandBlock second = new HandBlock();
        RunningStep aborted = runner.start(new NodeMaintenanceStep(HOST), second);
        second.awaitBegin(BOUND);
        assertEquals(1, cloud.silences().size());
        aborted.stop();
        aborted.failure(BOUND);
        assertEquals("an abort", List.of(), cloud.silences());
    }

    @Test
    public void aDrainThatCannotEmptyTheHostEndsItToo() throws Exception {
        start(hosts().server("stuck", server -> server.volumeBacked().status("SUSPENDED")));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        step.failure(BOUND);
        has(step.console(), NAME + " is set.", NAME + " is ended.");
        assertEquals(List.of(), cloud.silences());
    }

    @Test
    public void aCrashInTheBlockLosesNothing() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        step.crash();
        time.advance(Duration.ofHours(2));
        assertEquals("kept by the new process", 1, cloud.silences().size());
        step.stop();
        step.failure(BOUND);
        assertEquals(List.of(), cloud.silences());
    }

    /** Nobody is at work on the host any more, so people are to hear of it once the time of the silence is over. */
    @Test
    public void aStepThatBreaksLetsItEndByItself() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        ((CloudExecution) step.execution()).broken(new IllegalStateException("a bug"), "in its block");
        step.failure(BOUND);
        time.advance(Duration.ofHours(2));
        assertEquals(List.of(), cloud.silences());
    }

    /** Another cloud may have a host of that name, and the same Alertmanager. */
    @Test
    public void oneOfAnotherControllerStays() throws Exception {
        start(hosts());
        cloud.addSilence(
                "nova-maintenance: x#1 (step 1a2b3c4e of https://other.example/ since 2026-01-01T00:00:00Z)",
                HOST,
                Duration.ofHours(20));
        RunningStep maintenance = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND).end();
        assertEquals(List.of("putBack"), states(maintenance.value(BOUND)));
        NodeEvacuateStep takes = new NodeEvacuateStep(HOST);
        takes.setTakeOver(true);
        assertEquals(List.of("putBack"), states(runner.start(takes).value(BOUND)));
        assertEquals(List.of(), states(runner.start(new NodeReturnStep(HOST)).value(BOUND)));
        assertEquals(1, cloud.silences().size());
    }

    @Test
    public void somebodyElsesSilenceIsNotTouched() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.addSilence("mine", HOST, Duration.ofHours(20));
        time.advance(Duration.ofHours(2));
        block.end();
        assertEquals(List.of("putBack"), states(step.value(BOUND)));
        assertEquals(
                List.of("mine"),
                cloud.silences().stream()
                        .map(SimulatedCloud.ActiveSilence::comment)
                        .toList());
        nextBuild();
        assertEquals(
                List.of("putBack"),
                states(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
        assertEquals(1, cloud.silences().size());
    }

    @Test
    public void whatSomebodyHasEndedIsNotSetAgain() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new NodeMaintenanceStep(HOST), block);
        block.awaitBegin(BOUND);
        cloud.expireSilences("nova-maintenance: ");
        time.advance(Duration.ofHours(1));
        assertEquals(List.of(), cloud.silences());
        has(step.console(), NAME + " has ended, or was ended by somebody else; it is not set again.");
        block.end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(List.of(), cloud.silences());
    }

    @Test
    public void anAlertmanagerThatRefusesKeepsNobody() throws Exception {
        start(hosts());
        clouds.withoutCredential("am").credential(CloudFixture.plain("am", "alerts", "wrong", false));
        RunningStep step = runner.start(new NodeEvacuateStep(HOST));
        assertEquals(List.of(), states(step.value(BOUND)));
        has(
                step.console(),
                "Alertmanager is left alone: list the silences of compute1: HTTP 401: Unauthorized",
                "Alerts about the host are sent while it is worked on.");
        assertEquals(List.of(), cloud.silences());
        nextBuild();
        NodeEvacuateStep named = new NodeEvacuateStep(HOST);
        named.setBeside(List.of("silences"));
        has(
                runner.start(named).failure(BOUND).getMessage(),
                "beside: Alertmanager could not be asked about 'compute1': list the silences",
                "Nothing was changed.");
    }

    @Test
    public void whatIsNamedMustBeConfigured() throws Exception {
        start(hosts(), false);
        NodeEvacuateStep step = new NodeEvacuateStep(HOST);
        step.setBeside("silences");
        has(
                runner.start(step).failure(BOUND).getMessage(),
                "beside: the cloud has no Alertmanager in its configuration (alertmanagerUrl",
                "Leave 'silences' out of beside.");
        assertTrue(cloud.enabled(HOST));
        nextBuild();
        assertEquals(List.of(), states(runner.start(new NodeEvacuateStep(HOST)).value(BOUND)));
    }

    @Test
    public void aDryRunSaysThatItWouldBeSet() throws Exception {
        start(hosts());
        RunningStep step = runner.start(new MaintenancePlanStep(HOST));
        assertEquals(List.of("untouched"), states(step.value(BOUND)));
        has(step.console(), NAME + " would be set.");
        assertEquals(List.of(), cloud.silences());
    }
}
