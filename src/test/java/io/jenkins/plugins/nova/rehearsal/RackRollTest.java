package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.MigrationState;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The example of a roll, on the rack, as docs/rolls.md rehearses it. The cloud's own records judge. */
public class RackRollTest {

    private static final int MOST_AWAY = 4;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud rack;
    private Cloud cloud;
    private JumpingTime time;
    private Rehearsed pipeline;

    @Before
    public void begin() {
        rack = SimulatedCloud.rack(Instant.now());
        cloud = Cloud.of(rack);
    }

    @After
    public void end() {
        TwinThreads.drive(null);
        cloud.close();
    }

    private Ending run(RehearsedRun before, Map<String, String> parameters, Duration... kills) throws Exception {
        pipeline = new Rehearsed(folder.newFolder())
                .simulated()
                .answer("sh", "{\"seconds\": 900}")
                .parameter("AGGREGATE", "rack7")
                .parameter("MAX_AWAY", String.valueOf(MOST_AWAY));
        parameters.forEach(pipeline::parameter);
        time = new JumpingTime(rack, Double.POSITIVE_INFINITY);
        TwinThreads.drive(time);
        try (JumpingTime passing = time) {
            return pipeline.after(before)
                    .killed(kills)
                    .in(passing)
                    .run(Files.readString(Path.of("docs/examples/rolling-aggregate.Jenkinsfile")));
        }
    }

    private long said(String part) {
        return pipeline.lines().stream().filter(line -> line.contains(part)).count();
    }

    /** The most hosts that were closed at once, by the requests that the cloud took. */
    private int mostAway() {
        Set<String> away = new HashSet<>();
        int most = 0;
        for (AuditEntry entry : rack.audit().of("PUT", "^/os-services/")) {
            if (entry.status() < 300 && entry.body().path("status").asText().equals("disabled")) {
                away.add(entry.path());
            } else if (entry.status() < 300
                    && entry.body().path("status").asText().equals("enabled")) {
                away.remove(entry.path());
            }
            most = Math.max(most, away.size());
        }
        return most;
    }

    private Map<String, Long> moves() {
        return rack.migrations().stream()
                .collect(Collectors.groupingBy(MigrationState::serverId, Collectors.counting()));
    }

    private Set<String> closed() {
        return rack.hosts().stream().filter(host -> !rack.enabled(host)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertOnceEach(int servers, Map<String, Long> moves) {
        assertEquals(servers, moves.size());
        assertEquals(Set.of(1L), Set.copyOf(moves.values()));
    }

    @Test
    public void aRollWhoseControllerIsKilledFiveTimesMovesEachServerOnce() throws Exception {
        Ending ending = run(
                null,
                Map.of("APPROVE", "ledger"),
                Duration.ofMinutes(8),
                Duration.ofMinutes(19),
                Duration.ofMinutes(24),
                Duration.ofMinutes(55),
                Duration.ofMinutes(80));
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertEquals(5, said("The controller is killed ("));
        assertEquals("a block a host", 12, said("(rehearsal) sh is shown, not run"));
        assertOnceEach(69, moves());
        assertEquals(Set.of(), closed());
        int most = mostAway();
        assertTrue("it is as wide as it may be, and no wider: " + most, most == MOST_AWAY);
        Set<String> states = rack.servers().stream().map(ServerState::status).collect(Collectors.toSet());
        assertEquals(Set.of("ACTIVE", "SHUTOFF", "PAUSED"), states);
        // what an operator would have to read again and again
        assertEquals("no false alarm", 0, said("no server of this plan is"));
        assertTrue("waits: " + said(" waits for "), said(" waits for ") < 12 * 12);
    }

    /** Whose owner was not asked keeps one host; the same job goes on with that one, once the owner was. */
    @Test
    public void theHostOfAnOwnerWhoWasNotAskedIsLeftAndDoneByTheNextBuild() throws Exception {
        Ending ending = run(null, Map.of());
        assertEquals(pipeline.console(), Ending.FAILURE, ending);
        assertEquals(1, said("NOT_BEGUN: Host rack7-09 is not begun: 1 server keeps it from being emptied."));
        assertEquals(7, rack.serversOn("rack7-09").size());
        assertOnceEach(62, moves());
        assertEquals(Set.of(), closed());

        ending = run(pipeline.build(), Map.of("APPROVE", "ledger"));
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertEquals(pipeline.console(), 11, said("DONE_BEFORE: Host "));
        assertEquals("one block", 1, said("(rehearsal) sh is shown, not run"));
        assertOnceEach(69, moves());
        assertEquals(Set.of(), closed());
        assertTrue(mostAway() <= MOST_AWAY);
    }
}
