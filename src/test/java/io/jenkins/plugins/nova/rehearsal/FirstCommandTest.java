package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.build.Answers;
import io.jenkins.plugins.nova.rehearsal.build.Operator;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The commands that the README begins with, as somebody without a terminal runs them, and what the pages say of their cloud. */
public class FirstCommandTest {

    private static final List<String> NUMBERS = List.of(
            "no",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private Ending run(Map<String, String> parameters) throws Exception {
        pipeline = new Rehearsed(folder.getRoot()).simulated();
        parameters.forEach(pipeline::parameter);
        String script = Settings.read(name -> null, Set.of()).jenkinsfile().text();
        SimulatedCloud simulated = SimulatedCloud.rehearsal(Instant.now());
        try (Cloud cloud = Cloud.of(simulated)) {
            assertTrue(cloud.description(), cloud.description().contains("3 hosts and 14 servers"));
            assertTrue(cloud.description(), cloud.description().contains("Time is simulated too"));
            return DrivenRun.of(pipeline, simulated, script);
        }
    }

    @Test
    public void theFirstEndsAsSuccess() throws Exception {
        Ending ending = run(Map.of());

        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertTrue(pipeline.console(), pipeline.lines().contains("compute1 is empty and cordoned."));
    }

    @Test
    public void theSecondTellsOfTheServerThatStaysAndOfNoOther() throws Exception {
        Ending ending = run(Map.of("HOST", "compute3"));

        assertEquals(pipeline.console(), Ending.FAILURE, ending);
        List<String> lines = pipeline.lines();
        List<String> last = lines.subList(lines.indexOf("ERROR: compute3 is cordoned and not empty."), lines.size());
        assertEquals(pipeline.console(), 3, last.size());
        assertTrue(pipeline.console(), last.get(1).startsWith("legacy-erp: BLOCKED: is SUSPENDED"));
    }

    @Test
    public void onARealCloudNobodyIsNoAnswer() {
        Operator operator = new Operator(new Answers("", Map.of()), null, false, "nobody");

        assertEquals(Optional.empty(), operator.ready(null, "Go on?"));
        assertThrows(NotRunnable.class, () -> operator.read(line -> {}));
    }

    @Test
    public void thePagesCountTheServersRight() throws Exception {
        List<ServerState> servers;
        try (SimulatedCloud cloud = SimulatedCloud.rehearsal()) {
            servers = cloud.servers();
        }
        String all = NUMBERS.get(servers.size());
        String first = NUMBERS.get((int) on("compute1", servers));
        String third = NUMBERS.get((int) on("compute3", servers));
        String readme = words("README.md");
        String page = words("docs/rehearsal.md");
        assertTrue(readme.contains("three hosts and " + all + " servers, " + first + " of them on compute1"));
        assertTrue(readme.contains("one of its " + third + " servers is SUSPENDED"));
        assertTrue(page.contains("three hosts and " + all + " servers. " + capital(first) + " are on compute1"));
        assertTrue(page.contains("compute3 has " + third + ", of which one is SUSPENDED"));
        assertFalse(servers.stream()
                .anyMatch(server ->
                        server.host().equals("compute1") && server.status().equals("SUSPENDED")));
    }

    private static long on(String host, List<ServerState> servers) {
        return servers.stream().filter(server -> server.host().equals(host)).count();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String words(String page) throws Exception {
        return Files.readString(Path.of(page)).replaceAll("\\s+", " ");
    }
}
