package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** "Prepare for shutdown" while a host is maintained. */
public class QuietingDownStepTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String RESTS = "The controller prepares for shutdown: nothing new is begun.";
    private static final String GOES_ON = "The controller prepares for shutdown no more: going on.";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private volatile boolean quiet;
    private Jenkins jenkins;
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private DrivenTime time;
    private StepRunner runner;

    @Before
    public void begin() throws Exception {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(60)))
                .server("web2", server -> server.behaviour(b -> b.liveSeconds(60)))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        jenkins = new Jenkins(folder.newFolder(), null) {
            @Override
            public boolean isQuietingDown() {
                return quiet;
            }

            @Override
            public String getRootUrl() {
                return "https://jenkins.example/";
            }
        };
        time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.newFolder()).in(time);
    }

    @After
    public void end() {
        runner.close();
        jenkins.cleanUp();
        clouds.close();
        cloud.close();
    }

    private static int times(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private RunningStep maintenance() throws Exception {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConcurrency(1);
        step.setBringHome(true);
        RunningStep running = runner.start(step, block);
        running.awaitConsole("live migration taken by Nova", BOUND);
        return running;
    }

    /** The move under way ends; the next one, the block and the way home wait, each in its turn. */
    @Test
    public void everyPartOfAMaintenanceWaitsForItsTurn() throws Exception {
        RunningStep step = maintenance();
        quiet = true;
        time.advance(Duration.ofMinutes(30));
        assertEquals(step.console(), 1, times(step.console(), ": MOVED "));
        assertTrue(step.status(), step.status().contains("the controller prepares for shutdown"));
        assertEquals(1, cloud.serversOn("compute1").size());
        quiet = false;
        step.awaitConsole(GOES_ON, BOUND);
        time.until(() -> cloud.serversOn("compute1").isEmpty());
        quiet = true;
        time.advance(Duration.ofMinutes(30));
        assertEquals("the block has not begun:\n" + step.console(), 0, block.times());
        quiet = false;
        block.awaitBegin(BOUND);
        quiet = true;
        block.end();
        step.awaitConsole("Uncordon: compute1 is fit", BOUND);
        time.advance(Duration.ofMinutes(30));
        assertEquals(step.console(), 0, cloud.serversOn("compute1").size());
        assertFalse(step.isEnded());
        quiet = false;
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(2, cloud.serversOn("compute1").size());
        assertEquals(step.console(), times(step.console(), RESTS), times(step.console(), GOES_ON));
    }

    @Test
    public void itGoesOnAfterTheRestart() throws Exception {
        RunningStep step = maintenance();
        quiet = true;
        time.advance(Duration.ofMinutes(5));
        assertEquals(step.console(), 1, times(step.console(), RESTS));
        step.restart();
        quiet = false;
        block.awaitBegin(BOUND);
        assertEquals(step.console(), 1, times(step.console(), GOES_ON));
        block.end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
    }
}
