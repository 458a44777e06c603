package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Maintenance that ends in any of its parts, the run after it, and servers that are not what they were when they left. */
public class MaintenanceGoesOnTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HandBlock block = new HandBlock();
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;
    private DrivenTime time;

    @Before
    public void begin() throws IOException {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.newFolder());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private void start(CloudBuilder builder) {
        cloud = builder.user("operator", "secret", "ops", "admin")
                .startingAt(Instant.now())
                .start();
        time = DrivenTime.of(cloud);
        runner.in(time);
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host("compute3").host("compute1");
    }

    private static NodeMaintenanceStep maintenance() {
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        step.setBringHome(true);
        return step;
    }

    private void nextBuild() throws IOException {
        StepRunner first = runner;
        runner = first.nextBuild(folder.newFolder());
        first.close();
    }

    private List<String> on(String host) {
        return cloud.serversOn(host).stream().map(ServerState::name).sorted().toList();
    }

    private void isCordonedFor(String... words) {
        assertFalse(cloud.enabled("compute1"));
        String reason = cloud.disabledReason("compute1");
        assertTrue(reason, reason.startsWith("nova-maintenance: maintenance#1 failed: "));
        for (String word : words) {
            assertTrue(reason, reason.contains(word));
        }
    }

    /** The next build runs its block, ends well, and brings home what left in both. */
    private void theNextRunEndsWellWith(String... home) throws Exception {
        nextBuild();
        HandBlock second = new HandBlock();
        RunningStep step = runner.start(maintenance(), second);
        second.awaitBegin(BOUND);
        assertEquals(List.of(), on("compute1"));
        second.end();
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertEquals(List.of(home), on("compute1"));
        assertTrue(cloud.enabled("compute1"));
        assertNull(cloud.disabledReason("compute1"));
    }

    @Test
    public void anAbortInTheDrainLeavesTheHostCordonedAndTheNextRunGoesOn() throws Exception {
        start(hosts().server("slow", s -> s.behaviour(b -> b.liveSeconds(120)))
                .server("web1")
                .server("web2"));
        NodeMaintenanceStep first = maintenance();
        first.setConcurrency(1);
        RunningStep step = runner.start(first, block);
        step.awaitConsole("live migration taken by Nova", BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        assertEquals(0, block.times());
        isCordonedFor("the drain was aborted: ");
        theNextRunEndsWellWith("slow", "web1", "web2");
    }

    /** Nova goes on with what was under way at the abort: it is away when the next run looks, and belongs home all the same. */
    @Test
    public void whatNovaFinishedAfterTheAbortComesHomeWithTheNextRun() throws Exception {
        start(hosts().server("slow", s -> s.behaviour(b -> b.liveSeconds(10))).server("web1"));
        NodeMaintenanceStep first = maintenance();
        first.setConcurrency(1);
        RunningStep step = runner.start(first, block);
        step.awaitConsole("live migration taken by Nova", BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        time.until(() -> on("compute1").size() == 1);
        theNextRunEndsWellWith("slow", "web1");
    }

    @Test
    public void aServerThatCannotBeMovedEndsTheRunBeforeTheBlockAndTheNextGoesOn() throws Exception {
        start(hosts().server("bad", s -> s.behaviour(b -> b.fails(Operation.LIVE)))
                .server("web1"));
        RunningStep step = runner.start(maintenance(), block);
        step.failure(BOUND);
        assertEquals(0, block.times());
        isCordonedFor("the host could not be emptied: ", "bad");
        assertEquals("what could be moved was", List.of("bad"), on("compute1"));

        cloud.behaviour("bad").succeeds(Operation.LIVE);
        theNextRunEndsWellWith("bad", "web1");
    }

    /** Each of these lines is the last of a part: the abort comes when that part has nothing left to abort. */
    @Test
    public void anAbortBetweenTwoPartsIsNotLost() throws Exception {
        for (String line : List.of("Host compute1 is empty", "the block begins", "The block has ended")) {
            start(hosts().server("web1"));
            HandBlock each = new HandBlock();
            RunningStep step = runner.start(maintenance(), each);
            if (line.equals("The block has ended")) {
                each.awaitBegin(BOUND).end();
            }
            step.awaitConsole(line, BOUND);
            step.stop();
            assertEquals(
                    line, FlowInterruptedException.class, step.failure(BOUND).getClass());
            isCordonedFor("aborted");
            cloud.close();
            end();
            begin();
        }
    }

    @Test
    public void anAbortOnTheWayHomeLeavesAFitHostEnabled() throws Exception {
        start(hosts().server("web1").server("web2"));
        NodeMaintenanceStep maintenance = maintenance();
        maintenance.setConcurrency(1);
        RunningStep step = runner.start(maintenance, block);
        block.awaitBegin(BOUND);
        cloud.behaviour("web1").liveSeconds(120);
        cloud.behaviour("web2").liveSeconds(120);
        block.end();
        step.awaitConsole("Coming home: 2 servers", BOUND);
        step.stop();
        assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
        assertTrue(cloud.enabled("compute1"));
        assertNull(cloud.disabledReason("compute1"));
    }

    @Test
    public void whatOwnersDidMeanwhileIsTakenAsItIs() throws Exception {
        start(hosts().server("web")
                .server("stopped")
                .server("locked")
                .server("resized")
                .server("broken")
                .server("asleep")
                .server("deleted"));
        RunningStep step = runner.start(maintenance(), block);
        block.awaitBegin(BOUND);
        cloud.delete("deleted");
        ask("stopped", "{\"os-stop\": null}");
        ask("asleep", "{\"suspend\": null}");
        ask("resized", "{\"migrate\": null}");
        ask("locked", "{\"lock\": {\"locked_reason\": \"mine\"}}");
        ask("broken", "{\"os-resetState\": {\"state\": \"error\"}}");
        time.until(() -> cloud.server("resized").status().equals("VERIFY_RESIZE")
                && cloud.server("stopped").status().equals("SHUTOFF")
                && cloud.server("asleep").status().equals("SUSPENDED"));
        block.end();

        Map<?, ?> result = (Map<?, ?>) step.value(BOUND);

        assertEquals("DONE", result.get("outcome"));
        assertEquals(List.of("locked", "stopped", "web"), on("compute1"));
        assertEquals("SHUTOFF", cloud.server("stopped").status());
        Map<String, String> home = new TreeMap<>();
        for (Object each : (List<?>) result.get("home")) {
            Map<?, ?> server = (Map<?, ?>) each;
            home.put((String) server.get("name"), server.get("outcome") + " " + server.get("reason"));
        }
        assertTrue(home.toString(), home.get("web").startsWith("MOVED"));
        assertTrue(home.toString(), home.get("locked").startsWith("MOVED"));
        assertTrue(home.toString(), home.get("stopped").startsWith("CONFIRMED"));
        assertTrue(home.toString(), home.get("resized").contains("waits in VERIFY_RESIZE on "));
        assertTrue(home.toString(), home.get("broken").contains("is ERROR on "));
        assertTrue(home.toString(), home.get("asleep").contains("is SUSPENDED on "));
        assertEquals("SKIPPED was deleted meanwhile", home.get("deleted"));
    }

    private void ask(String server, String action) {
        assertEquals(
                202, TestClient.as(cloud, "admin").act(cloud.id(server), action).status());
    }
}
