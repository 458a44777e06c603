package io.jenkins.plugins.nova.rehearsal.twin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.rehearsal.Rehearse;
import io.jenkins.plugins.nova.simulator.CloudFile;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A cloud of 200 hosts and 5,000 servers is read in a JVM with 128 MiB of heap, in seconds. */
public class LargeSnapshotTest {
    private static final int HOSTS = 200;
    private static final int SERVERS = 5_000;

    /** Much more than it takes: machines that build are busy. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String cloud() {
        StringBuilder text = new StringBuilder("{\"hosts\": {");
        for (int i = 0; i < HOSTS; i++) {
            text.append(i == 0 ? "" : ", ").append("\"compute").append(i).append("\": {}");
        }
        text.append("}, \"servers\": {");
        for (int i = 0; i < SERVERS; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append("\"server")
                    .append(i)
                    .append("\": {\"host\": \"compute")
                    .append(i % HOSTS)
                    .append("\", \"metadata\": {\"maintenance\": \"live\"}}");
        }
        return text.append("}}").toString();
    }

    @Test
    public void itIsReadInSecondsAndInBoundedMemory() throws Exception {
        File output = folder.newFile();
        File notes = folder.newFile();
        try (SimulatedCloud cloud =
                CloudFile.parse("large.json", cloud()).describe(Instant.now()).start()) {
            ProcessBuilder command = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Rehearse.class.getName(),
                    "snapshot");
            command.environment().putAll(cloud.environment("admin"));
            command.environment().put("no_proxy", "127.0.0.1");
            long begun = System.nanoTime();
            Process process =
                    command.redirectOutput(output).redirectError(notes).start();
            try {
                assertTrue("it goes on", process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS));
            } finally {
                process.destroyForcibly();
            }
            assertEquals(Files.readString(notes.toPath()), 0, process.exitValue());
            System.out.printf(
                    "snapshot of %d hosts and %d servers: %.1f s, %d requests, %d KiB, with 128 MiB of heap%n",
                    HOSTS,
                    SERVERS,
                    (System.nanoTime() - begun) / 1e9,
                    cloud.audit().entries().size(),
                    output.length() >> 10);
        }
        JsonNode file = new ObjectMapper().readTree(output);
        assertEquals(HOSTS, file.path("hosts").size());
        assertEquals(SERVERS, file.path("servers").size());
    }
}
