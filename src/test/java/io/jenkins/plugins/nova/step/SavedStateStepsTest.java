package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The journals of steps that run: gone on with after a crash, missed where they are gone, and removed at the end. */
public class SavedStateStepsTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private DrivenTime time;
    private StepRunner runner;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("web2", s -> s.behaviour(b -> b.liveSeconds(60)))
                .server("web3", s -> s.behaviour(b -> b.liveSeconds(60)))
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.getRoot()).in(time);
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private List<Path> journals() {
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            return files.filter(file -> file.toString().endsWith(".journal")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long moves() {
        return cloud.audit().entries().stream()
                .filter(entry -> entry.method().equals("POST") && entry.path().endsWith("/action"))
                .map(AuditEntry::path)
                .count();
    }

    private static NodeEvacuateStep evacuate() {
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setConcurrency(1);
        return step;
    }

    /** Runs a step to where its second move is under way, which no whole state has: the journal alone knows of it. */
    private RunningStep underWay(RunningStep step) throws Exception {
        step.awaitConsole("web2: live migration taken by Nova", BOUND);
        return step;
    }

    @Test
    public void aCrashGoesOnFromTheJournal() throws Exception {
        RunningStep step = underWay(runner.start(evacuate()));
        assertEquals(1, journals().size());
        step.crash();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals("each was asked for once", 3, moves());
        time.until(() -> journals().isEmpty());
    }

    @Test
    public void aMaintenanceThatCrashesGoesOnFromTheJournal() throws Exception {
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep("compute1");
        maintenance.setConcurrency(1);
        HandBlock block = new HandBlock();
        RunningStep step = underWay(runner.start(maintenance, block));
        assertEquals(1, journals().size());
        step.crash();
        block.awaitBegin(BOUND);
        step.crash();
        block.end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(1, block.times());
        assertEquals("each was asked for once", 3, moves());
        time.until(() -> journals().isEmpty());
    }

    @Test
    public void withoutItsJournalNothingIsSent() throws Exception {
        RunningStep step = underWay(runner.start(evacuate()));
        ((DrainExecution) step.execution()).suspend();
        long asked = moves();
        Path journal = journals().get(0);
        Files.delete(journal);
        step.crash();
        Throwable failure = step.failure(BOUND);
        assertEquals(AbortException.class, failure.getClass());
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("nodeEvacuate: the journal "));
        assertTrue(failure.getMessage(), failure.getMessage().contains(journal.getFileName() + " is missing"));
        assertEquals(asked, moves());

        // the way out that it names, once this build is over
        runner.run().setResult(Result.FAILURE);
        assertEquals("DONE", ((Map<?, ?>) runner.start(evacuate()).value(BOUND)).get("outcome"));
        assertEquals("each was asked for once", 3, moves());
        assertFalse(cloud.enabled("compute1"));
    }
}
