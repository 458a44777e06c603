package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The plugin's real steps in pipelines, on a small simulated cloud in real time. */
public class ExampleTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture configuration;
    private Rehearsed pipeline;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .realTime(10)
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("web2")
                .start();
        configuration = CloudFixture.begin();
        var env = cloud.environment("admin");
        configuration
                .credential(CloudFixture.password("sim", "admin", env.get("OS_PASSWORD"), env.get("OS_PROJECT_NAME")))
                .cloud("sim", URI.create(env.get("OS_AUTH_URL")), env.get("OS_REGION_NAME"), "sim");
        pipeline = new Rehearsed(folder.getRoot());
    }

    @After
    public void end() {
        configuration.close();
        cloud.close();
    }

    @Test
    public void drainReturnsItsMapToThePipeline() throws Exception {
        Ending ending = pipeline.run(
                "def r = nodeEvacuate 'compute1'\necho \"${r.outcome} ${r.servers.size()} ${r.servers*.outcome}\"");
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertEquals(0, cloud.serversOn("compute1").size());
        assertTrue(pipeline.console(), pipeline.lines().stream().anyMatch(line -> line.contains("2 [MOVED, MOVED]")));
        assertTrue(ReportFile.write(pipeline.build(), folder.getRoot().toPath()).isPresent());
    }

    @Test
    public void argumentErrorOfAStepIsTextWithItsLine() throws Exception {
        Ending ending = pipeline.run("echo 'x'\nnodeEvacuate host: 'compute9'");
        assertEquals(pipeline.console(), Ending.FAILURE, ending);
        assertTrue(pipeline.console(), pipeline.console().contains("(Jenkinsfile line 2)"));
        assertFalse(pipeline.console(), pipeline.console().contains("\tat "));
    }

    @Test
    public void timeoutStopsADrain() throws Exception {
        Ending ending = pipeline.run("timeout(time: 1, unit: 'MILLISECONDS') {\n nodeEvacuate host: 'compute1'\n}");
        assertEquals(pipeline.console(), Ending.ABORTED, ending);
        assertTrue(pipeline.console(), pipeline.console().contains("Timeout has been exceeded"));
    }

    @Test
    public void stepsInParallelAreSavedTogether() throws Exception {
        Ending ending = pipeline.run("""
                parallel(
                    a: { echo "a ${liveMigrate(server: 'web1').outcome}" },
                    b: { for (name in ['web2']) { echo "b ${liveMigrate(server: name).outcome}" } })
                """);
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertTrue(pipeline.console(), pipeline.lines().contains("[a] a DONE"));
        assertTrue(pipeline.console(), pipeline.lines().contains("[b] b DONE"));
    }
}
