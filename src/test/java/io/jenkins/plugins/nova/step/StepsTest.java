package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.form.FieldRemarksTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The steps as Pipeline runs them, on the simulated cloud in driven time. */
public class StepsTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String SECRET = "s3cr3t-of-the-cloud";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        if (cloud != null) {
            cloud.close();
        }
    }

    private void start(CloudBuilder builder) {
        cloud = builder.user("operator", SECRET, "ops", "admin")
                .startingAt(Instant.now())
                .start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private static CloudBuilder mixed() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("web2", s -> s.behaviour(b -> b.liveSeconds(30)))
                .server("off1", s -> s.status("SHUTOFF"));
    }

    private static NodeEvacuateStep evacuate() {
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setConfirm("auto");
        return step;
    }

    private static void plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertEquals("java.util.LinkedHashMap", value.getClass().getName());
            map.values().forEach(StepsTest::plain);
        } else if (value instanceof List<?> list) {
            assertEquals("java.util.ArrayList", value.getClass().getName());
            list.forEach(StepsTest::plain);
        } else {
            assertTrue(
                    String.valueOf(value),
                    value == null || value instanceof String || value instanceof Number || value instanceof Boolean);
        }
    }

    private String failure(Step step) throws InterruptedException {
        Throwable failure = runner.start(step).failure(BOUND);
        assertEquals(AbortException.class, failure.getClass());
        return failure.getMessage();
    }

    @Test
    public void aHostIsEmptiedAndTheResultIsPlain() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
        plain(result);
        assertEquals("DONE", result.get("outcome"));
        assertEquals("compute1", result.get("host"));
        assertEquals(3, ((List<?>) result.get("servers")).size());
        assertTrue(cloud.serversOn("compute1").isEmpty());
        assertTrue(
                cloud.disabledReason("compute1"),
                cloud.disabledReason("compute1")
                        .startsWith("nova-maintenance: " + runner.run().getExternalizableId() + " (step "));
        assertEquals(
                "DONE",
                HostMaintenanceAction.of(runner.run()).getDrains().get(0).outcome());
    }

    @Test
    public void serversMoveOneByOneAndAreConfirmed() throws Exception {
        start(mixed());
        LiveMigrateStep live = new LiveMigrateStep("web1");
        live.setTargetHost("compute3");
        assertEnds("DONE", "MOVED", live);
        assertEquals("compute3", cloud.server("web1").host());
        assertEnds("AWAITING_CONFIRM", "AWAITING_CONFIRM", new ColdMigrateStep(List.of("off1")));
        assertEnds("DONE", "CONFIRMED", Settle.confirm(cloud.id("off1")));
        runner.start(new ColdMigrateStep("off1")).value(BOUND);
        RevertResizeStep revert = new RevertResizeStep();
        revert.setHost(cloud.migrations().get(cloud.migrations().size() - 1).source());
        assertEnds("DONE", "REVERTED", revert);
    }

    /** The map that a step about one server returns. */
    private void assertEnds(String whole, String server, Step step) throws InterruptedException {
        Map<?, ?> result = (Map<?, ?>) runner.start(step).value(BOUND);
        plain(result);
        assertEquals(result.toString(), whole, result.get("outcome"));
        Map<?, ?> one = (Map<?, ?>) ((List<?>) result.get("servers")).get(0);
        assertEquals(result.toString(), server, one.get("outcome"));
        assertEquals(
                whole.equals("AWAITING_CONFIRM") ? List.of(one.get("id")) : List.of(), result.get("awaitingConfirm"));
    }

    @Test
    public void badArgumentsAreNamedBeforeAnythingIsAsked() throws Exception {
        start(mixed());
        NodeEvacuateStep step = evacuate();
        step.setConcurrency(0);
        assertTrue(failure(step), failure(step).startsWith("concurrency: '0'"));
        assertTrue(failure(new NodeEvacuateStep(" ")).startsWith("host: is missing"));
        assertTrue(failure(new NodeEvacuateStep("compute1 ")).startsWith("host: 'compute1 '"));
        step = evacuate();
        step.setOnTimeout("explode");
        assertTrue(failure(step).contains("'forceComplete'"));
        step = evacuate();
        step.setRoom("perhaps");
        assertTrue(failure(step).startsWith("room: 'perhaps' will not do; give one of 'require', 'warn', 'ignore'"));
        step = evacuate();
        step.setBudget(Groups.budget(0, -1, null));
        assertTrue(failure(step).startsWith("budget.minFree: '-1'"));
        step = evacuate();
        step.setBudget(Groups.budget(0, 0, "rack-7"));
        assertTrue(failure(step).startsWith("budget.aggregate: 'rack-7'"));
        LiveMigrateStep live = new LiveMigrateStep("web1");
        live.setBlockMigration("maybe");
        assertTrue(failure(live).startsWith("blockMigration: 'maybe'"));
        assertTrue(failure(new LiveMigrateStep(List.of())).startsWith("server: "));
        assertTrue(failure(new ConfirmResizeStep()).contains("neither was given"));
        assertTrue(cloud.audit().entries().isEmpty());
    }

    @Test
    public void anUnknownCloudOrCredentialIsSaidWithTheOnesThereAre() throws Exception {
        start(mixed());
        NodeEvacuateStep step = evacuate();
        step.setCloud("nosuch");
        assertTrue(failure(step), failure(step).contains("sim"));
        step = evacuate();
        step.setCredentialsId("nosuch");
        assertTrue(failure(step).contains("nosuch"));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aWrongPasswordIsSaidWithTheParameterThatNamesAnother() throws Exception {
        start(mixed());
        clouds.credential(CloudFixture.password("stale", "operator", "wrong-" + SECRET, "ops"));
        NodeEvacuateStep step = evacuate();
        step.setCredentialsId("stale");
        String message = failure(step);
        assertTrue(
                message,
                message.matches("(?s).*[.!?] Fix the credential, or name another one .parameter credentialsId.*"));
        assertFalse(message.contains(SECRET));
        assertTrue(cloud.audit().changes().isEmpty());
    }

    @Test
    public void aFailureNamesEachServerAndPropagateFalseReturnsItInstead() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("erp", s -> s.status("SUSPENDED")));
        String message = failure(evacuate());
        assertTrue(message, message.contains("erp") && message.contains("SUSPENDED"));
        NodeEvacuateStep quiet = evacuate();
        quiet.setPropagate(false);
        assertEquals("INCOMPLETE", ((Map<?, ?>) runner.start(quiet).value(BOUND)).get("outcome"));
    }

    @Test
    public void theGraphShowsWhatAStepIsAboutAndThatItEndedBadly() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("erp", s -> s.status("SUSPENDED")));
        NodeEvacuateStep quiet = evacuate();
        quiet.setPropagate(false);
        RunningStep step = runner.start(quiet);
        step.value(BOUND);
        assertEquals(
                "nodeEvacuate compute1",
                step.node().getAction(LabelAction.class).getDisplayName());
        WarningAction warning = step.node().getAction(WarningAction.class);
        assertEquals(Result.UNSTABLE, warning.getResult());
        assertTrue(warning.getMessage(), warning.getMessage().contains("erp"));
        RunningStep good = runner.start(new LiveMigrateStep("web1"));
        good.value(BOUND);
        assertNull(good.node().getAction(WarningAction.class));
    }

    @Test
    public void aJUnitFileHasACaseForEachServer() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("erp", s -> s.status("SUSPENDED")));
        NodeEvacuateStep step = evacuate();
        step.setJunitReport("reports/drain.xml");
        String console = console(step);
        String path = folder.getRoot() + "/workspace/reports/drain.xml";
        assertTrue(console, console.contains("JUnit report: " + path));
        String xml = Files.readString(Path.of(path));
        assertTrue(xml, xml.contains("<testcase classname=\"nodeEvacuate.compute1\" name=\"web1 ("));
        assertTrue(xml, xml.contains("<failure message=\"blocked\">"));
        assertTrue(xml, xml.contains("tests=\"3\" failures=\"2\""));
    }

    private String console(Step step) throws Exception {
        RunningStep running = runner.start(step);
        running.failure(BOUND);
        return running.console();
    }

    @Test
    public void aJUnitFileThatCannotBeWrittenIsALineAndNotAFailure() throws Exception {
        start(SimulatedCloud.builder().host("compute2").host("compute1").server("web1"));
        Files.writeString(folder.getRoot().toPath().resolve("workspace"), "a file where the directory should be");
        NodeEvacuateStep step = evacuate();
        step.setJunitReport("drain.xml");
        RunningStep running = runner.start(step);
        assertEquals("DONE", ((Map<?, ?>) running.value(BOUND)).get("outcome"));
        assertTrue(running.console(), running.console().contains("junitReport: 'drain.xml' was not written"));
    }

    @Test
    public void aJUnitFileOutsideOfTheWorkspaceIsRefusedBeforeAnythingIsAsked() throws Exception {
        start(SimulatedCloud.builder().host("compute2").host("compute1").server("web1"));
        for (String path : FieldRemarksTest.OUTSIDE) {
            for (NovaStep step :
                    List.of(evacuate(), new LiveMigrateStep("web1"), new NodeMaintenanceStep("compute1"))) {
                step.setJunitReport(path);
                assertEquals(
                        "junitReport: '" + path
                                + "' will not do; give the path of a file inside the workspace, such as drain.xml.",
                        failure(step));
            }
        }
        assertTrue(cloud.audit().entries().isEmpty());
    }

    @Test
    public void aJUnitFileIsNotWrittenOverASymbolicLink() throws Exception {
        start(SimulatedCloud.builder().host("compute2").host("compute1").server("web1"));
        Path outside = Files.createDirectory(folder.getRoot().toPath().resolve("outside"));
        Path secret = Files.writeString(outside.resolve("config.xml"), "theirs");
        Path workspace = Files.createDirectories(folder.getRoot().toPath().resolve("workspace/real"))
                .getParent();
        Files.createSymbolicLink(workspace.resolve("folder"), outside);
        Files.createSymbolicLink(workspace.resolve("real/up"), Path.of("../../outside"));
        Files.createSymbolicLink(workspace.resolve("file.xml"), secret);
        Files.createSymbolicLink(workspace.resolve("dangling.xml"), outside.resolve("new.xml"));
        for (String path :
                List.of("folder/drain.xml", "folder/config.xml", "real/up/drain.xml", "file.xml", "dangling.xml")) {
            NodeEvacuateStep step = evacuate();
            step.setDryRun(true);
            step.setJunitReport(path);
            RunningStep running = runner.start(step);
            running.value(BOUND);
            assertTrue(
                    running.console(),
                    running.console().contains("junitReport: '" + path + "' was not written: " + workspace)
                            && running.console().contains(" is a symbolic link"));
        }
        assertEquals("theirs", Files.readString(secret));
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(secret), files.toList());
        }
        // what a link before ".." would lead to is not looked at: the path is taken without both
        NodeEvacuateStep step = evacuate();
        step.setDryRun(true);
        step.setJunitReport("folder/../real/./drain.xml");
        runner.start(step).value(BOUND);
        assertTrue(Files.exists(workspace.resolve("real/drain.xml")));
    }

    @Test
    public void abortingSaysWhereTheServersAre() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        step.awaitConsole("live migration taken by Nova", BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        assertTrue(step.console(), step.console().contains("ABORTED"));
        assertTrue(step.console(), step.console().contains("Aborted by the test"));
        assertTrue(step.console(), step.console().contains("stays cordoned"));
    }

    @Test
    public void aRestartInTheMiddleGoesOn() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        step.awaitConsole("web2: live migration taken by Nova", BOUND);
        ((DrainExecution) step.execution()).suspend();
        step.crash();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertTrue(step.console(), step.console().contains("going on from the saved state"));
        for (String name : List.of("web1", "web2")) {
            assertEquals(
                    1,
                    cloud.audit().actionsOf(cloud.id(name)).stream()
                            .filter("os-migrateLive"::equals)
                            .count());
        }
    }

    @Test
    public void anAbortAfterARestartIsAnAbort() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        step.awaitConsole("web2: live migration taken by Nova", BOUND);
        ((DrainExecution) step.execution()).suspend();
        step.restart();
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
    }

    @Test
    public void theStatusIsInWords() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        step.awaitConsole("web2: live migration taken by Nova", BOUND);
        assertTrue(step.status(), step.status().contains(" of 3, "));
        step.stop();
        step.failure(BOUND);
    }

    @Test
    public void noSecretIsInTheConsoleTheSavedProgramOrTheBuildsFiles() throws Exception {
        start(mixed());
        RunningStep step = runner.start(evacuate());
        step.value(BOUND);
        assertFalse(step.console().contains(SECRET));
        assertTrue("something was saved", step.saves().size() > 1);
        for (byte[] save : step.saves()) {
            String text = new String(save, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains(SECRET));
            assertFalse(text.contains("gAAAA"));
        }
        try (var files = Files.walk(folder.getRoot().toPath())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        file.toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET));
            }
        }
    }
}
