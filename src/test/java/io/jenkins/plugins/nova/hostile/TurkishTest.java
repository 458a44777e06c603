package io.jenkins.plugins.nova.hostile;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.DrivenTime;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Where small letters are made otherwise (Turkish I) and numbers are written otherwise (Arabic digits, Thai years), everything
 * works as everywhere. Each in a JVM of its own: much is worked out once, when a class is loaded.
 */
public class TurkishTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aMaintenanceInTurkish() throws Exception {
        in("-Duser.language=tr", "-Duser.country=TR");
    }

    @Test
    public void aMaintenanceWithOtherDigits() throws Exception {
        in("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab-ca-islamic");
    }

    private void in(String... locale) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java");
        builder.command().addAll(java.util.List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        builder.command().addAll(java.util.List.of(locale));
        builder.command()
                .addAll(java.util.List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Whole.class.getName(),
                        folder.newFolder().getPath()));
        File said = folder.newFile();
        Process jvm = builder.redirectErrorStream(true).redirectOutput(said).start();
        boolean ended = jvm.waitFor(3, TimeUnit.MINUTES);
        jvm.destroyForcibly();
        String text = java.nio.file.Files.readString(said.toPath(), StandardCharsets.UTF_8);
        assertTrue(text, ended);
        assertEquals(text, 0, jvm.exitValue());
        assertTrue(text, text.contains("PASSED"));
    }

    /** A plan and a maintenance, in the language of the JVM. */
    public static final class Whole {
        public static void main(String[] arguments) throws Exception {
            System.out.println("in " + Locale.getDefault() + ": " + String.format("%d", 7));
            try (SimulatedCloud cloud = SimulatedCloud.builder()
                            .startingAt(Instant.now())
                            .host("compute2")
                            .host("compute1")
                            .server("web1")
                            .server("off1", server -> server.status("SHUTOFF"))
                            .server("paused1", server -> server.status("PAUSED"))
                            .start();
                    CloudFixture clouds = CloudFixture.begin();
                    StepRunner runner = new StepRunner(new File(arguments[0])).in(DrivenTime.of(cloud))) {
                clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                        .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
                runner.start(new MaintenancePlanStep("compute1")).value(BOUND);
                NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
                step.setConfirm("auto");
                step.setJunitReport("drain.xml");
                HandBlock block = new HandBlock();
                RunningStep running = runner.start(step, block);
                block.awaitBegin(BOUND);
                running.restart();
                block.end();
                Map<?, ?> result = (Map<?, ?>) running.value(BOUND);
                if (!"DONE".equals(result.get("outcome")) || !cloud.enabled("compute1")) {
                    throw new AssertionError(running.console());
                }
                System.out.println("PASSED");
            }
        }
    }
}
