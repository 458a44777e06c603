package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The rack that rolls are rehearsed on, and a controller that is killed there. */
public class RackTest {

    private static final String PLAN =
            "def roll = rollPlan aggregate: 'rack7', budget: budget(maxAway: 4), approve: %s%n"
                    + "echo \"hosts=${roll.hosts.size()} moves=${roll.moves} servers=${roll.servers} bound=${roll.bound}"
                    + " short=${roll.short.size()} blocked=${roll.blocked*.name} first=${roll.hosts[0]} last=${roll.hosts[-1]}\"%n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;
    private Map<String, Long> moves;
    private List<ServerState> servers;
    private List<String> closed;

    private void run(String jenkinsfile, Duration... kills) throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated().answer("sh", "{\"seconds\": 300}");
        SimulatedCloud rack = SimulatedCloud.rack(Instant.now());
        try (Cloud cloud = Cloud.of(rack);
                JumpingTime time = new JumpingTime(rack, Double.POSITIVE_INFINITY)) {
            TwinThreads.drive(time);
            Ending ending = pipeline.killed(kills).in(time).run(jenkinsfile);
            assertEquals(pipeline.console(), Ending.SUCCESS, ending);
            moves = rack.migrations().stream()
                    .collect(Collectors.groupingBy(MigrationState::serverId, Collectors.counting()));
            servers = rack.servers();
            closed = rack.hosts().stream().filter(host -> !rack.enabled(host)).toList();
        } finally {
            TwinThreads.drive(null);
        }
    }

    private void assertSaid(String line) {
        assertTrue(pipeline.console(), pipeline.lines().contains(line));
    }

    /** What a newcomer sees first: one server blocks; once its owner was asked, each server moves once. */
    @Test
    public void eachServerOfTheRackMovesOnceWhenTheOwnerOfOneWasAsked() throws Exception {
        run(String.format(PLAN, "''"));
        assertSaid("hosts=12 moves=68 servers=68 bound=68 short=0 blocked=[ledger] first=rack7-12 last=rack7-09");
        run(String.format(PLAN, "'ledger'"));
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("hosts=12 moves=69 servers=69 bound=69 short=0 blocked=[] first=rack7-12"));
    }

    @Test
    public void theRackIsAsThePageTellsIt() throws Exception {
        run("echo 'nothing'");
        String page = Files.readString(Path.of("docs/rehearsal.md")).replaceAll("\\s+", " ");
        assertTrue(page.contains("twelve hosts of 96 GiB in the aggregate rack7, and " + servers.size()
                + " servers on eleven of them; rack7-12 is empty"));
        Map<String, String> hosts = servers.stream().collect(Collectors.toMap(ServerState::name, ServerState::host));
        assertEquals(11, Map.copyOf(hosts).values().stream().distinct().count());
        assertTrue(page.contains("ledger, on " + hosts.get("ledger") + ", is what blocks"));
        for (String named : List.of("ci-runner08", "batch3", "archive", "legacy-erp", "payroll", "etcd3", "galera3")) {
            assertTrue(named, hosts.containsKey(named));
        }
    }

    /** Whenever the controller is killed, two hosts are emptied, worked on once and opened, and each server is moved once. */
    @Test
    public void aKilledControllerGoesOn() throws Exception {
        String two = "node { parallel(['rack7-01', 'rack7-12'].collectEntries { host -> [host, {\n"
                + "nodeMaintenance(host: host) { sh \"./patch-and-reboot ${host}\" } }] }) }";
        run(two);
        Map<String, Long> undisturbed = moves;
        assertEquals(5, undisturbed.size());
        Duration[][] kills = {
            {Duration.ofSeconds(1)},
            {Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(41)},
            {
                Duration.ofMinutes(2),
                Duration.ofMinutes(4),
                Duration.ofMinutes(6),
                Duration.ofMinutes(8),
                Duration.ofMinutes(10)
            },
            {Duration.ofSeconds(302), Duration.ofMinutes(9)},
        };
        for (Duration[] times : kills) {
            run(two, times);
            assertEquals(pipeline.console(), undisturbed, moves);
            assertEquals(
                    pipeline.console(),
                    times.length,
                    pipeline.lines().stream()
                            .filter(line -> line.contains("The controller is killed ("))
                            .count());
            assertEquals(
                    pipeline.console(),
                    2,
                    pipeline.lines().stream()
                            .filter(line -> line.contains("+ ./patch-and-reboot"))
                            .count());
            assertEquals(pipeline.console(), List.of(), closed);
        }
    }

    @Test
    public void aKillAfterTheEndIsTold() throws Exception {
        run("sleep 60", Duration.ofSeconds(30), Duration.ofHours(2));
        assertSaid("(rehearsal) -Dkill: the build was over before 1 of 2 kills");
    }

    /** A command that is shown takes the time that was said of it, and no longer than the pipeline lets it. */
    @Test
    public void aCommandTakesItsTime() throws Exception {
        run("node {\n" + "sh 'reboot'\n" + "try { timeout(1) { sh 'reboot' } } catch (e) { echo 'too long' } }");
        assertSaid("too long");
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("sh is shown, not run: -Dstub.sh says that it ends with 0 after 300 s"));
    }
}
