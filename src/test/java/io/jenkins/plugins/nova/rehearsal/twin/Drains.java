package io.jenkins.plugins.nova.rehearsal.twin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.openstack4j.CloudReader;
import io.jenkins.plugins.nova.cloud.ClientCloud;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.FirstLogin;
import io.jenkins.plugins.nova.rehearsal.Rehearsed;
import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import io.jenkins.plugins.nova.simulator.CloudFile;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The same drain on a cloud and on the twin that a snapshot of it makes. */
public final class Drains {

    private Drains() {}

    /**
     * What became of a server.
     *
     * @param outcome of the step's map, as the others
     * @param to where it is
     * @param reason in words
     */
    public record Fate(String outcome, String to, String reason) {}

    /**
     * A drain.
     *
     * @param fates by the servers' names
     * @param took by the cloud's time
     * @param console all that was said
     */
    public record Result(Map<String, Fate> fates, Duration took, String console) {}

    /** The file of a cloud that OS_* variables name. */
    public static String snapshot(Map<String, String> env, Instant now) {
        FirstLogin login = FirstLogin.at(ClientCloud.ofEnvironment(env::get, Path.of("")));
        try (CloudReader reader = login.reader()) {
            ObjectNode file = new Snapshot(reader, Names.plain(), now, Duration.ofDays(1)).read();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Layout.write(file, new PrintStream(bytes, true, StandardCharsets.UTF_8));
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** Empties a host of the twin. */
    public static Result onTwin(String file, File folder, String call) throws Exception {
        try (SimulatedCloud twin =
                CloudFile.parse("twin.json", file).describe(Instant.now()).start()) {
            return on(twin, folder, call);
        }
    }

    /** Empties a host of a simulated cloud under driven time. */
    public static Result on(SimulatedCloud cloud, File folder, String call) throws Exception {
        try (JumpingTime time = new JumpingTime(cloud, Double.POSITIVE_INFINITY)) {
            TwinThreads.drive(time);
            Instant begun = cloud.clock().instant();
            Rehearsed pipeline = new Rehearsed(folder).simulated().in(time);
            run(pipeline, cloud.environment("admin"), call);
            return result(pipeline, Duration.between(begun, cloud.clock().instant()));
        } finally {
            TwinThreads.drive(null);
        }
    }

    /** Empties a host of a real cloud, in real time. */
    public static Result onReal(Map<String, String> env, File folder, String call) throws Exception {
        Rehearsed pipeline = new Rehearsed(folder);
        long begun = System.nanoTime();
        run(pipeline, env, call);
        return result(pipeline, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static void run(Rehearsed pipeline, Map<String, String> env, String call) throws Exception {
        try (CloudFixture clouds = CloudFixture.begin()) {
            clouds.credential(CloudFixture.password(
                            "admin", env.get("OS_USERNAME"), env.get("OS_PASSWORD"), env.get("OS_PROJECT_NAME")))
                    .cloud("lab", URI.create(env.get("OS_AUTH_URL")), env.get("OS_REGION_NAME"), "admin");
            pipeline.run("def done = " + call
                    + "\ndone.servers.each { echo \"FATE|${it.name}|${it.outcome}|${it.to}|${it.reason}\" }");
        }
    }

    private static Result result(Rehearsed pipeline, Duration took) {
        Map<String, Fate> fates = new TreeMap<>();
        pipeline.lines().stream().filter(line -> line.startsWith("FATE|")).forEach(line -> {
            String[] parts = line.split("\\|", -1);
            fates.put(parts[1], new Fate(parts[2], parts[3], parts[4]));
        });
        return new Result(fates, took, pipeline.console());
    }
}
