package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What stands in docs/examples, run as it stands there. */
public class ExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture configuration;
    private Rehearsed pipeline;

    @Before
    public void begin() {
        pipeline = new Rehearsed(folder.getRoot());
    }

    @After
    public void end() {
        if (cloud != null) {
            configuration.close();
            cloud.close();
        }
    }

    private static CloudBuilder threeHosts() {
        return SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("batch1", server -> server.status("SHUTOFF"));
    }

    private Ending run(CloudBuilder builder, String script) throws Exception {
        cloud = builder.start();
        configuration = CloudFixture.begin();
        var env = cloud.environment("admin");
        configuration
                .credential(CloudFixture.password("sim", "admin", env.get("OS_PASSWORD"), env.get("OS_PROJECT_NAME")))
                .cloud("sim", URI.create(env.get("OS_AUTH_URL")), env.get("OS_REGION_NAME"), "sim");
        return DrivenRun.of(pipeline, cloud, script);
    }

    private void assertEnds(Ending expected, Ending ending) {
        assertEquals(pipeline.console(), expected, ending);
    }

    private void assertSaid(String part) {
        assertTrue(pipeline.console(), pipeline.console().contains(part));
    }

    @Test
    public void aNightEmptiesTheHostWithinItsWindow() throws Exception {
        assertEnds(Ending.SUCCESS, run(threeHosts(), example("nightly-window.Jenkinsfile")));
        assertEquals(0, cloud.serversOn("compute1").size());
        assertSaid("JUnit report: ");
        assertSaid("Archived drain.xml");
    }

    @Test
    public void aFreezeBlocksTheNight() throws Exception {
        Path workspace = Files.createDirectories(folder.getRoot().toPath().resolve("workspace"));
        Files.writeString(workspace.resolve("FREEZE"), "quarter end until Monday");
        assertEnds(Ending.FAILURE, run(threeHosts(), example("nightly-window.Jenkinsfile")));
        assertSaid("Blocked by the file FREEZE: quarter end until Monday");
        assertEquals(2, cloud.serversOn("compute1").size());
    }

    @Test
    public void aRollEndsAtTheFirstHostThatFails() throws Exception {
        pipeline.commands();
        pipeline.answer(true);
        pipeline.parameter("HOSTS", "compute1, compute2,compute3");
        pipeline.parameter("COMMAND", "echo at $HOST; test $HOST != compute3");
        assertEnds(Ending.FAILURE, run(threeHosts(), example("rolling-aggregate.Jenkinsfile")));
        assertSaid("at compute2");
        assertSaid("at compute3");
        assertSaid("Host compute1 is not begun: compute3 failed (stopAfter: 1)");
        assertTrue(cloud.enabled("compute1"));
        assertEquals(2, cloud.serversOn("compute1").size());
        assertTrue(cloud.enabled("compute2"));
        assertFalse(cloud.enabled("compute3"));
    }

    @Test
    public void chosenServersLeaveAHotHost() throws Exception {
        pipeline.parameter("SERVERS", "web1, batch1").parameter("TARGET", "compute3");
        assertEnds(Ending.UNSTABLE, run(threeHosts(), example("balance-hot-host.Jenkinsfile")));
        assertEquals("compute3", cloud.server("web1").host());
        assertSaid("batch1: BLOCKED");
    }

    @Test
    public void whatWaitsIsConfirmedWithItsEvidence() throws Exception {
        assertEnds(Ending.SUCCESS, run(threeHosts(), "coldMigrate server: ['batch1', 'web1']"));
        pipeline = new Rehearsed(folder.newFolder()).answer(true);
        assertEnds(Ending.SUCCESS, DrivenRun.of(pipeline, cloud, example("confirm-with-evidence.Jenkinsfile")));
        assertSaid("Confirm 2 servers?");
        assertSaid("batch1: CONFIRMED");
        assertEquals("ACTIVE", cloud.server("web1").status());
    }

    @Test
    public void aDeadHostsServersAreRescuedButForThoseThatWouldLoseTheirDisk() throws Exception {
        CloudBuilder builder = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1", host -> host.down())
                .server("db1", server -> server.volumeBacked())
                .server("web1");
        pipeline.answer(true);
        assertEnds(Ending.UNSTABLE, run(builder, example("rescue-dead-host.Jenkinsfile")));
        assertSaid("db1: REBUILT");
        assertSaid("web1: BLOCKED");
    }

    @Test
    public void aSharedLibraryHasItsOwnWayOfAsking() throws Exception {
        String library = example("shared-library/vars/drainedHost.groovy");
        pipeline.answer(true);
        assertEnds(Ending.SUCCESS, run(threeHosts(), library + "\ncall(host: 'compute1') { echo 'patched' }\n"));
        assertSaid("patched");
        assertEquals(0, cloud.serversOn("compute1").size());
    }

    private static String example(String file) throws Exception {
        return Files.readString(EXAMPLES.resolve(file));
    }
}
