package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import com.thoughtworks.xstream.XStream;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Nothing that a controller writes while steps run has a secret or a token in it: program, build, configuration, log. */
public class SecretsOnDiskTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String SECRET = "hunter2-of-the-operator";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<byte[]> program = Collections.synchronizedList(new ArrayList<>());
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() throws IOException {
        cloud = SimulatedCloud.builder()
                .user("operator", SECRET, "ops", "admin")
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("off1", server -> server.status("SHUTOFF"))
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot(), program::add).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    @Test
    public void aMaintenanceWritesNoSecret() throws Exception {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        step.setJunitReport("drain.xml");
        HandBlock block = new HandBlock();
        RunningStep running = runner.start(step, block);
        block.awaitBegin(BOUND);
        running.restart();
        block.end();
        assertEquals("DONE", ((Map<?, ?>) running.value(BOUND)).get("outcome"));

        assertNoSecret("the result", String.valueOf(running.value(BOUND)));
        assertNothingWritten(running.console());
    }

    @Test
    public void aRefusedLoginWritesNoSecret() throws Exception {
        clouds.withoutCredential("openstack")
                .credential(CloudFixture.password("openstack", "operator", SECRET + "-mistyped", "ops"));
        Step step = new NodeEvacuateStep("compute1");
        RunningStep running = runner.start(step);
        String failure = String.valueOf(running.failure(BOUND));

        assertNoSecret("the failure", failure);
        assertNothingWritten(running.console());
    }

    private void assertNothingWritten(String console) throws IOException {
        assertFalse("the program was saved", program.isEmpty());
        for (byte[] saved : program) {
            assertNoSecret("the program", new String(saved, StandardCharsets.ISO_8859_1));
        }
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNoSecret(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertNoSecret("the console", console);
        XStream xml = new XStream();
        assertNoSecret(
                "the configuration", xml.toXML(NovaClouds.get().getClouds().toArray()));
        assertNoSecret("the clouds in words", NovaClouds.get().getClouds().toString());
    }

    private static void assertNoSecret(String where, String text) {
        for (String form : List.of(
                SECRET,
                Secret.fromString(SECRET).getEncryptedValue(),
                Base64.getEncoder().withoutPadding().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)),
                "X-Auth-Token",
                "X-Subject-Token")) {
            assertFalse(where + " has " + form + ": " + text, text.contains(form));
        }
    }
}
