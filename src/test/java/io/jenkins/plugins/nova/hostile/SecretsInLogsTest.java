package io.jenkins.plugins.nova.hostile;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.openstack4j.LoggedText;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.DrivenTime;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * What a log recorder at ALL, set on everything there is, catches of a whole maintenance with a restart in it, of a cloud in
 * trouble, and of a refused login: neither password nor token.
 */
public class SecretsInLogsTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String SECRET = "hunter2-of-the-operator";

    /** How the simulated Keystone's tokens begin, as those of a real one do. */
    private static final String TOKEN = "gAAAAA";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final LoggedText logged = new LoggedText();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .user("operator", SECRET, "ops", "admin")
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1")
                .server("off1", server -> server.status("SHUTOFF"))
                .start();
        clouds = CloudFixture.begin()
                .credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private String log() {
        return String.join("", logged.lines());
    }

    private void assertClean() {
        String log = log();
        assertTrue("it records what the plugin does", log.contains("/servers/detail: 200"));
        assertTrue("and what openstack4j does", log.contains("Executing Request"));
        assertFalse("a password", log.contains(SECRET));
        assertFalse("a token", log.contains(TOKEN));
    }

    /** Without this the others would prove nothing: the recorder does catch both, at the lowest level. */
    @Test
    public void theRecorderCatchesASecretThatIsLogged() {
        String token = cloud.audit().entries().isEmpty() ? TOKEN + "-control" : TOKEN;
        Logger.getLogger("io.jenkins.plugins.nova.control").finest("logged in with " + SECRET);
        Logger.getLogger("org.openstack4j.control").log(Level.ALL, "X-Auth-Token: {0}", token);
        assertTrue(log().contains(SECRET));
        assertTrue(log().contains(TOKEN));
    }

    @Test
    public void aMaintenanceWithARestartAndTroubleLogsNoSecret() throws Exception {
        cloud.faults().on("GET", "^/os-migrations").nth(3).revokeToken();
        cloud.faults().on("GET", "^/os-migrations").nth(5).drop();
        cloud.faults().on("GET", "^/servers/detail").nth(4).html(503);
        cloud.faults().on("GET", "^/servers/detail").nth(6).truncated();
        NodeMaintenanceStep step = new NodeMaintenanceStep("compute1");
        step.setConfirm("auto");
        HandBlock block = new HandBlock();
        RunningStep running = runner.start(step, block);
        block.awaitBegin(BOUND);
        running.restart();
        block.end();
        assertEquals("DONE", ((Map<?, ?>) running.value(BOUND)).get("outcome"));
        assertTrue(
                "there was a second login",
                cloud.audit().of("POST", "/auth/tokens").size() > 1);
        assertClean();
    }

    @Test
    public void aRefusedLoginLogsNoSecret() throws Exception {
        runner.start(new NodeEvacuateStep("compute1")).value(BOUND);
        clouds.withoutCredential("openstack")
                .credential(CloudFixture.password("openstack", "operator", SECRET + "-mistyped", "ops"));
        String failure =
                String.valueOf(runner.start(new NodeEvacuateStep("compute2")).failure(BOUND));
        assertFalse(failure, failure.contains(SECRET));
        assertClean();
    }
}
