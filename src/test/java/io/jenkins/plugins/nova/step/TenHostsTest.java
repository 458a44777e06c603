package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Ending;
import io.jenkins.plugins.nova.rehearsal.Rehearsed;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Ten hosts emptied side by side by one build. Until a branch has cordoned its host the scheduler sends it the servers of
 * the others; each branch has to see such guests, and to send them on.
 */
public class TenHostsTest {

    private static final Duration BOUND = Duration.ofSeconds(120);
    private static final List<String> HOSTS =
            IntStream.rangeClosed(1, 10).mapToObj("c%02d"::formatted).toList();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;

    @Before
    public void begin() {
        CloudBuilder builder =
                SimulatedCloud.builder().realTime(20).host("spare1").host("spare2");
        for (String host : HOSTS) {
            builder.host(host)
                    .server("web-" + host)
                    .server("db-" + host, server -> server.behaviour(b -> b.liveSeconds(30)))
                    .server("off-" + host, server -> server.status("SHUTOFF"));
        }
        cloud = builder.start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    @After
    public void end() {
        clouds.close();
        cloud.close();
    }

    private void assertAllAreOnTheSpares() {
        assertEquals(30, cloud.servers().size());
        assertEquals(
                List.of(),
                cloud.servers().stream()
                        .filter(server -> HOSTS.contains(server.host()))
                        .map(server -> server.name() + " on " + server.host())
                        .toList());
        HOSTS.forEach(host -> assertFalse(host, cloud.enabled(host)));
        assertEquals(
                Map.of("ACTIVE", 20L, "SHUTOFF", 10L),
                cloud.servers().stream().collect(Collectors.groupingBy(s -> s.status(), Collectors.counting())));
    }

    private static void assertSaysDone(HostMaintenanceAction page) {
        Map<String, String> outcomes =
                page.getDrains().stream().collect(Collectors.toMap(DrainReport::host, DrainReport::outcome));
        assertEquals(HOSTS.stream().collect(Collectors.toMap(host -> host, host -> "DONE")), outcomes);
    }

    @Test
    public void aPipelineEmptiesThemInParallel() throws Exception {
        Rehearsed pipeline = new Rehearsed(folder.getRoot());
        Ending ending = pipeline.run("""
                def branches = [:]
                for (int i = 1; i <= 10; i++) {
                    def host = String.format('c%02d', i)
                    branches[host] = { nodeEvacuate host: host, confirm: 'auto' }
                }
                def results = parallel branches
                echo "outcomes: ${results.values()*.outcome.toSet()}, hosts: ${results.values()*.host.toSet().size()}"
                """);
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertTrue(pipeline.console(), pipeline.console().contains("outcomes: [DONE], hosts: 10"));
        assertAllAreOnTheSpares();
        assertSaysDone(pipeline.build().getAction(HostMaintenanceAction.class));
    }

    private List<RunningStep> startAll(StepRunner runner) {
        List<RunningStep> steps = new ArrayList<>();
        for (String host : HOSTS) {
            NodeEvacuateStep step = new NodeEvacuateStep(host);
            step.setConfirm("auto");
            steps.add(runner.start(step));
        }
        return steps;
    }

    private void awaitMoves(Predicate<Long> enough) {
        Awaitility.await("moves")
                .atMost(BOUND)
                .until(() -> enough.test((long) cloud.migrations().size()));
    }

    @Test
    public void theControllerIsKilledWhileTheyMove() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            List<RunningStep> steps = startAll(runner);
            awaitMoves(moves -> moves >= 8);
            for (RunningStep step : steps) {
                step.crash();
            }
            awaitMoves(moves -> moves >= 20);
            for (RunningStep step : steps) {
                step.restart();
            }
            for (RunningStep step : steps) {
                Map<?, ?> result = (Map<?, ?>) step.value(BOUND);
                assertEquals(step.console(), "DONE", result.get("outcome"));
            }
            assertAllAreOnTheSpares();
            assertSaysDone(runner.run().getAction(HostMaintenanceAction.class));
        }
    }

    @Test
    public void anAbortEndsThemAllAndLeavesEachHostCordoned() throws Exception {
        try (StepRunner runner = new StepRunner(folder.getRoot())) {
            List<RunningStep> steps = startAll(runner);
            awaitMoves(moves -> moves >= 8);
            for (RunningStep step : steps) {
                step.stop();
            }
            for (RunningStep step : steps) {
                assertEquals(FlowInterruptedException.class, step.failure(BOUND).getClass());
            }
            HOSTS.forEach(host -> assertFalse(host, cloud.enabled(host)));
            int moves = cloud.migrations().size();
            Awaitility.await("what Nova was at is over")
                    .atMost(BOUND)
                    .until(() -> cloud.servers().stream().allMatch(server -> server.taskState() == null));
            assertEquals(
                    "nothing is started after the end",
                    moves,
                    cloud.migrations().size());
            assertEquals(30, cloud.servers().size());
        }
    }
}
