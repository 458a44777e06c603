package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A rehearsal on a cloud of a file: what is said of it, and how its time passes. */
public class TwinCloudTest {
    private static final String FIVE = "{\"hosts\": [\"c1\", \"c2\"],\n\"servers\": {\"web1\": {\"host\": \"c1\"}}}";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String banner;
    private Duration passed;

    private Rehearsed run(String speed, String jenkinsfile, Rehearsed pipeline) throws Exception {
        Path file = folder.getRoot().toPath().resolve("lab.json");
        Files.writeString(file, FIVE);
        CloudChoice choice = CloudChoice.read(file.toString(), speed);
        try (Cloud cloud = Cloud.open(choice, Map.of(), jenkinsfile, name -> null)) {
            banner = cloud.description();
            JumpingTime time = cloud.time().orElseThrow();
            TwinThreads.drive(time);
            Instant begun = time.clock().instant();
            assertEquals(pipeline.toString(), Ending.SUCCESS, pipeline.in(time).run(jenkinsfile));
            passed = Duration.between(begun, time.clock().instant());
            return pipeline;
        } finally {
            TwinThreads.drive(null);
        }
    }

    private Rehearsed simulated() throws Exception {
        return new Rehearsed(folder.newFolder()).simulated();
    }

    @Test
    public void hoursTakeSeconds() throws Exception {
        long begun = System.nanoTime();
        Rehearsed pipeline =
                run("", "nodeEvacuate host: 'c1', cloud: 'lab'\nsleep time: 3, unit: 'HOURS'", simulated());

        assertTrue(banner, banner.startsWith("a simulated cloud of 2 hosts and 1 servers after "));
        assertTrue(banner, banner.contains("The file has no rates: its moves take what a plan assumes."));
        assertTrue(banner, banner.contains("Its time jumps to what happens next: the times below are the cloud's."));
        assertTrue(banner, banner.contains("It stands for the cloud 'lab' of the Jenkinsfile."));
        assertTrue(pipeline.console(), pipeline.console().contains("web1: MOVED c1 -> c2"));
        assertTrue(passed.toString(), passed.compareTo(Duration.ofHours(3)) > 0);
        assertTrue(System.nanoTime() - begun < Duration.ofMinutes(1).toNanos());
    }

    @Test
    public void atASpeedTimePassesSoManyTimesAsFast() throws Exception {
        long begun = System.nanoTime();
        run("600", "sleep time: 20, unit: 'MINUTES'", simulated());

        assertTrue(banner, banner.contains("passes 600 times as fast as real time"));
        Duration real = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(real.toString(), real.toMillis() >= 2_000);
        assertTrue(passed.toString(), passed.toMinutes() == 20);
    }

    /** A person who thinks for long is not timed out by a clock that jumps. */
    @Test
    public void timeStandsStillForAPersonAndForACommand() throws Exception {
        Rehearsed pipeline = new Rehearsed(folder.newFolder()).commands().terminal(() -> "p");
        run(
                "",
                "timeout(time: 1, unit: 'SECONDS') { input 'on?' }\n"
                        + "node { timeout(time: 1, unit: 'SECONDS') { sh 'read a < /dev/null || true' } }",
                pipeline);

        assertTrue(passed.toString(), passed.toMillis() < 1_000);
    }

    @Test
    public void aTimeoutIsTheCloudsTime() throws Exception {
        Rehearsed pipeline = simulated();
        run("", "try { timeout(5) { sleep 600 } } catch (e) { echo 'too long' }", pipeline);

        assertTrue(pipeline.console(), pipeline.lines().contains("too long"));
        assertTrue(passed.toString(), passed.toMinutes() >= 5 && passed.toMinutes() < 10);
    }

    /** A simulated guest answers wherever it is looked for, while it runs: nobody is connected to. */
    @Test
    public void simulatedGuestsAreLookedAtWhileTheyMove() throws Exception {
        Rehearsed pipeline = run("", """
                def moved = nodeEvacuate host: 'c1', cloud: 'lab', watch: [web1: "tcp://10.0.0.${2 + 3}:22"]
                def seen = moved.servers[0].watch
                echo "before ${seen.before}, after ${seen.after} at ${seen.address}, asked ${seen.asked == seen.answered}"
                """, simulated());

        String console = pipeline.console();
        assertTrue(console, console.contains("before true, after true at tcp://10.0.0.5:22, asked true"));
        assertTrue(console, console.contains("its guest answers at tcp://10.0.0.5:22 (asked "));
    }

    @Test
    public void thereAreNoAgentsToLookFromAndThatIsSaid() throws Exception {
        Rehearsed pipeline = run("", """
                def moved = nodeEvacuate host: 'c1', cloud: 'lab', watch: [web1: 'tcp://10.0.0.5:22'], watchFrom: 'tenant-net'
                echo "after ${moved.servers[0].watch.after}"
                """, simulated());

        String console = pipeline.console();
        assertTrue(console, console.contains("after true"));
        assertTrue(
                console,
                console.contains("A rehearsal has no agents: guests are looked at from here, not from 'tenant-net'."));
    }

    @Test
    public void aFileThatIsWrongIsSaidBeforeAnythingStarts() throws Exception {
        Path file = folder.getRoot().toPath().resolve("lab.json");
        Files.writeString(file, FIVE.replace("c1\"}", "c9\"}"));
        CloudChoice choice = CloudChoice.read(file.toString(), "");
        assertEquals(
                "-Dcloud: lab.json: servers.web1.host: there is no host 'c9': is it 'c1'?; there are c1, c2",
                assertThrows(IllegalArgumentException.class, () -> Cloud.open(choice, Map.of(), "", name -> null))
                        .getMessage());
    }
}
