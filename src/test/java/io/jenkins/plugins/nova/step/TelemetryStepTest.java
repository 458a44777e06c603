package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.telemetry.ClosedHost;
import io.jenkins.plugins.nova.telemetry.DrainListener;
import io.jenkins.plugins.nova.telemetry.EndedHost;
import io.jenkins.plugins.nova.telemetry.EndedServer;
import io.jenkins.plugins.nova.telemetry.Heard;
import io.jenkins.plugins.nova.telemetry.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What steps that run tell listeners, through restarts and kills. */
public class TelemetryStepTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** What {@link StepRunner} calls it. */
    private static final String JOB = "maintenance";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Heard heard = Heard.begin();
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("web2", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("web3", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        heard.close();
        runner.close();
        clouds.close();
        cloud.close();
    }

    private static NodeEvacuateStep evacuate() {
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setConcurrency(1);
        return step;
    }

    /** How often each was told; a server by its outcome. */
    private Map<String, Long> told() {
        return heard.told().stream()
                .map(word -> word.startsWith("MOVED ") ? "MOVED" : word)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private long servers() {
        return heard.events().stream()
                .filter(EndedServer.class::isInstance)
                .map(event -> ((EndedServer) event).id())
                .distinct()
                .count();
    }

    @Test
    public void eachServerAndTheHostAreToldOnce() throws Exception {
        RunningStep step = runner.start(evacuate());
        step.value(BOUND);
        assertEquals(Map.of("closed compute1", 1L, "MOVED", 3L, "DONE compute1", 1L), told());
        assertEquals(3, servers());
        assertEquals("closed compute1", heard.told().get(0));
        Origin here = new Origin("sim", "nodeEvacuate", JOB, 1);
        assertEquals(JOB + "#1", runner.run().getExternalizableId());
        for (Record event : heard.events()) {
            assertEquals(here, origin(event));
        }
        EndedServer first = (EndedServer) heard.events().get(1);
        assertEquals("compute1", first.host());
        assertEquals("compute2", first.target());
        long seconds = Duration.between(first.started(), first.ended()).toSeconds();
        assertTrue("took " + seconds + " s", seconds >= 60 && seconds < 120);
        String all = heard.events().toString();
        assertFalse(all, all.contains("secret") || all.contains("web1"));
    }

    private static Origin origin(Record event) {
        if (event instanceof ClosedHost closed) {
            return closed.origin();
        }
        return event instanceof EndedServer server ? server.origin() : ((EndedHost) event).origin();
    }

    /** Killed after one was told, and again after the next. */
    @Test
    public void nothingIsToldAgainAfterAKill() throws Exception {
        RunningStep step = runner.start(evacuate());
        step.awaitConsole("web1: MOVED", BOUND);
        step.crash();
        step.awaitConsole("web2: MOVED", BOUND);
        step.crash();
        step.value(BOUND);
        assertEquals(Map.of("closed compute1", 1L, "MOVED", 3L, "DONE compute1", 1L), told());
        assertEquals(3, servers());
    }

    /** The way home is moves, too, and opens the host, which is no end of a drain. */
    @Test
    public void aMaintenanceTellsOfBothWays() throws Exception {
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep("compute1");
        maintenance.setBringHome(true);
        HandBlock block = new HandBlock();
        RunningStep step = runner.start(maintenance, block);
        step.awaitConsole("MOVED", BOUND);
        step.restart();
        block.awaitBegin(BOUND);
        assertEquals(Map.of("closed compute1", 1L, "MOVED", 3L, "DONE compute1", 1L), told());
        step.crash();
        block.end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(Map.of("closed compute1", 1L, "MOVED", 6L, "DONE compute1", 1L), told());
    }

    @Test
    public void aDryRunTellsNothing() throws Exception {
        NodeEvacuateStep step = evacuate();
        step.setDryRun(true);
        runner.start(step).value(BOUND);
        assertEquals(List.of(), heard.told());
    }

    /** Its console is the same, and so is what it returns. */
    @Test
    public void aListenerThatFailsDisturbsNoDrain() throws Exception {
        DrainListener failing = new DrainListener() {
            @Override
            public void hostClosed(ClosedHost closed) {
                throw new NoClassDefFoundError("com/codahale/metrics/Counter");
            }

            @Override
            public void serverEnded(EndedServer ended) {
                throw new IllegalStateException("cannot");
            }

            @Override
            public void hostEnded(EndedHost ended) {
                throw new AssertionError("cannot");
            }
        };
        ExtensionList.lookup(DrainListener.class).add(failing);
        try {
            RunningStep step = runner.start(evacuate());
            assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
            assertFalse(step.console(), step.console().contains("cannot"));
            assertEquals(Map.of("closed compute1", 1L, "MOVED", 3L, "DONE compute1", 1L), told());
        } finally {
            ExtensionList.lookup(DrainListener.class).remove(failing);
        }
    }
}
