package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/**
 * Every example and the README's Jenkinsfile with a wrong host, a wrong server, a refused credential, a host that is not
 * dead, and one blocked server: each ends as a careful operator wants it to. What was refused changes nothing and is never a success; one blocked server keeps no
 * other back, and the build is none that looks as if all had gone well.
 */
@RunWith(Parameterized.class)
public class CarefulExamplesTest {

    private static final String WRONG_SECRET = "a-wrong-passw0rd";

    /** What goes wrong. */
    private enum Fault {
        NONE,
        WRONG_HOST,
        WRONG_SERVER,
        REFUSED_CREDENTIAL,
        HOST_ALIVE,
        BLOCKED_SERVER
    }

    /**
     * @param name for the report
     * @param script the pipeline's text
     * @param host the parameter that names the host, and what it is set to for a wrong one
     * @param servers the parameter that names servers; null where there is none
     * @param dead whether it is about a host that is dead
     * @param blocked how it ends with one blocked server
     */
    private record Example(String name, String script, String host, String servers, boolean dead, Ending blocked) {}

    private static List<Example> examples() throws Exception {
        return List.of(
                new Example("README.md", readme(), null, null, false, Ending.FAILURE),
                file("host-maintenance", "HOST", null, false, Ending.FAILURE),
                file("nightly-window", "HOST", null, false, Ending.FAILURE),
                file("rolling-aggregate", "HOSTS", null, false, Ending.FAILURE),
                file("balance-hot-host", "TARGET", "SERVERS", false, Ending.UNSTABLE),
                file("rescue-dead-host", "HOST", null, true, Ending.UNSTABLE),
                file("confirm-with-evidence", "HOST", null, false, Ending.SUCCESS),
                new Example(
                        "drainedHost.groovy",
                        Files.readString(Path.of("docs/examples/shared-library/vars/drainedHost.groovy"))
                                + "\ncall(host: 'compute1') { echo 'patched' }\n",
                        null,
                        null,
                        false,
                        Ending.FAILURE));
    }

    private static Example file(String name, String host, String servers, boolean dead, Ending blocked)
            throws Exception {
        String script = Files.readString(Path.of("docs/examples", name + ".Jenkinsfile"));
        return new Example(name, script, host, servers, dead, blocked);
    }

    /** The Jenkinsfile that the README shows. */
    private static String readme() throws Exception {
        String text = Files.readString(Path.of("README.md"));
        String section = text.substring(text.indexOf("## A Jenkinsfile"));
        return section.lines()
                .dropWhile(line -> !line.startsWith("    "))
                .takeWhile(line -> line.startsWith("    "))
                .reduce("", (all, line) -> all + line.substring(4) + "\n");
    }

    @Parameterized.Parameters(name = "{0} {1}")
    public static List<Object[]> table() throws Exception {
        List<Object[]> rows = new ArrayList<>();
        for (Example example : examples()) {
            for (Fault fault : Fault.values()) {
                boolean applies = switch (fault) {
                    case WRONG_SERVER -> example.servers() != null;
                    case HOST_ALIVE -> example.dead();
                    default -> true;
                };
                if (applies) {
                    rows.add(new Object[] {example.name(), fault, example});
                }
            }
        }
        return rows;
    }

    @Parameterized.Parameter(0)
    public String name;

    @Parameterized.Parameter(1)
    public Object fault;

    @Parameterized.Parameter(2)
    public Object row;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;
    private SimulatedCloud cloud;

    @Test
    public void endsAsACarefulOperatorWantsItTo() throws Exception {
        Example example = (Example) row;
        try (SimulatedCloud simulated = described(example).start()) {
            cloud = simulated;
            if (name.equals("confirm-with-evidence")) {
                assertEquals(Ending.SUCCESS, run("secret", Map.of(), "coldMigrate server: ['batch1', 'web1']"));
            }
            Map<String, String> before = places();
            Ending ending = run(
                    fault == Fault.REFUSED_CREDENTIAL ? WRONG_SECRET : "secret", parameters(example), script(example));
            check(example, ending, before);
        }
    }

    private Ending run(String password, Map<String, String> parameters, String script) throws Exception {
        try (CloudFixture configuration = CloudFixture.begin()) {
            configuration
                    .credential(CloudFixture.password("sim", "admin", password, "admin"))
                    .cloud("sim", cloud.identityUrl(), "RegionOne", "sim");
            pipeline = new Rehearsed(folder.newFolder()).answer(true);
            parameters.forEach(pipeline::parameter);
            return DrivenRun.of(pipeline, cloud, script);
        }
    }

    private CloudBuilder described(Example example) {
        boolean blocked = fault == Fault.BLOCKED_SERVER;
        // tokens go by the real clock
        CloudBuilder builder = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute3");
        builder.host("compute1", host -> {
            if (example.dead() && fault != Fault.HOST_ALIVE) {
                host.down();
            }
        });
        builder.server("web1", server -> server.volumeBacked());
        builder.server("batch1", server -> server.volumeBacked().status("SHUTOFF"));
        if (blocked) {
            builder.server("stuck1", server -> {
                if (!example.dead()) {
                    server.status("SUSPENDED");
                }
            });
        }
        return builder;
    }

    private Map<String, String> parameters(Example example) {
        Map<String, String> parameters = new TreeMap<>();
        if (name.equals("nightly-window")) {
            parameters.put("WINDOW_END", LocalTime.now().plusHours(6).format(DateTimeFormatter.ofPattern("HH:mm")));
        }
        if (example.servers() != null) {
            parameters.put(
                    example.servers(),
                    fault == Fault.WRONG_SERVER ? "web9" : fault == Fault.BLOCKED_SERVER ? "web1, stuck1" : "web1");
        }
        if (name.equals("rolling-aggregate")) {
            parameters.put("COMMAND", "echo worked on $HOST");
        }
        if (fault == Fault.WRONG_HOST && example.host() != null) {
            parameters.put(example.host(), name.equals("rolling-aggregate") ? "compute9, compute1" : "compute9");
        }
        return parameters;
    }

    private String script(Example example) {
        return fault == Fault.WRONG_HOST && example.host() == null
                ? example.script().replace("compute1", "compute9")
                : example.script();
    }

    /** Where every server is and how, and which host takes servers. */
    private Map<String, String> places() {
        Map<String, String> places = new TreeMap<>();
        cloud.servers().forEach(server -> places.put(server.name(), server.host() + " " + server.status()));
        for (String host : List.of("compute1", "compute2", "compute3")) {
            places.put(host, String.valueOf(cloud.enabled(host)));
        }
        return places;
    }

    private void check(Example example, Ending ending, Map<String, String> before) {
        String console = pipeline.console();
        Consumer<Ending> ends = expected -> assertEquals(console, expected, ending);
        assertFalse(console, console.contains(WRONG_SECRET));
        assertFalse(console, console.contains("\tat "));
        switch ((Fault) fault) {
            case NONE -> {
                ends.accept(Ending.SUCCESS);
                assertFalse(console, console.contains("BLOCKED"));
            }
            case WRONG_HOST -> {
                ends.accept(Ending.FAILURE);
                assertEquals(console, before, places());
                assertTrue(console, lastLines(console).contains("compute9"));
            }
            case WRONG_SERVER -> {
                ends.accept(Ending.FAILURE);
                assertEquals(console, before, places());
                assertTrue(console, lastLines(console).contains("web9"));
            }
            case REFUSED_CREDENTIAL -> {
                ends.accept(Ending.FAILURE);
                assertEquals(console, before, places());
                assertTrue(console, lastLines(console).contains("credential"));
            }
            case HOST_ALIVE -> {
                ends.accept(Ending.FAILURE);
                assertEquals(console, before, places());
            }
            case BLOCKED_SERVER -> {
                ends.accept(example.blocked());
                blocked(example, console);
            }
        }
    }

    private void blocked(Example example, String console) {
        if (name.equals("confirm-with-evidence")) {
            return;
        }
        assertTrue(console, lastLines(console).contains("stuck1"));
        assertFalse(console, console.contains("worked on"));
        assertFalse(console, console.contains("patched"));
        assertEquals(console, List.of("compute1"), hosts("stuck1"));
        if (name.equals("drainedHost.groovy")) {
            return;
        }
        if (name.equals("rolling-aggregate")) {
            // in a roll a host on which something blocks is not begun at all
            assertEquals(console, List.of("compute1"), hosts("web1"));
            assertTrue(console, console.contains("Host compute1 is not begun"));
            return;
        }
        assertFalse(console, hosts("web1").contains("compute1"));
        // nothing is left to be confirmed that nobody is told of, and nothing is told of that was confirmed
        boolean waits =
                cloud.servers().stream().anyMatch(server -> server.status().equals("VERIFY_RESIZE"));
        assertEquals(console, waits, lastLines(console).contains("AWAITING_CONFIRM"));
        if (List.of("README.md", "host-maintenance").contains(name)) {
            assertFalse(console, waits);
        }
    }

    private List<String> hosts(String server) {
        return cloud.servers().stream()
                .filter(each -> each.name().equals(server))
                .map(ServerState::host)
                .toList();
    }

    /** From the line that says what went wrong on, or else the last ones. */
    private static String lastLines(String console) {
        List<String> lines = console.lines().toList();
        int error = 0;
        for (int i = 0; i < lines.size(); i++) {
            error = lines.get(i).startsWith("ERROR: ") ? i : error;
        }
        int from = error > 0 ? error : Math.max(0, lines.size() - 12);
        return String.join("\n", lines.subList(from, lines.size()));
    }
}
