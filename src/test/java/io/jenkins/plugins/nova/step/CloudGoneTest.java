package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.CloudUse;
import io.jenkins.plugins.nova.cloud.CloudsInUse;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A drain whose cloud or credential is taken from the configuration says so, waits, and goes on once it is back. */
public class CloudGoneTest {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;
    private DrivenTime time;
    private RunningStep step;

    @Before
    public void begin() throws Exception {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(b -> b.liveSeconds(40)))
                .start();
        clouds = CloudFixture.begin();
        configure(cloud.identityUrl());
        time = DrivenTime.of(cloud);
        runner = new StepRunner(folder.getRoot()).in(time);
        step = runner.start(new NodeEvacuateStep("compute1"));
        step.awaitConsole("live migration taken by Nova", BOUND);
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    private void configure(URI identityUrl) {
        clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("sim", identityUrl, "RegionOne", "openstack");
    }

    private void goesOnOnceItIsBack() throws Exception {
        clouds.close();
        configure(cloud.identityUrl());
        assertEquals("DONE", ((Map<?, ?>) step.value(BOUND)).get("outcome"));
        assertFalse(step.console(), step.console().contains("GONE"));
        assertEquals(List.of("os-migrateLive"), cloud.audit().actionsOf(cloud.id("web1")));
    }

    @Test
    public void aCloudThatIsRemovedIsWaitedFor() throws Exception {
        clouds.close();
        step.awaitConsole("no OpenStack cloud is configured", BOUND);
        goesOnOnceItIsBack();
    }

    @Test
    public void aCloudThatIsRenamedIsNamedAndWaitedFor() throws Exception {
        clouds.close();
        clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                .cloud("renamed", cloud.identityUrl(), "RegionOne", "openstack");
        step.awaitConsole("put it back under that name", BOUND);
        goesOnOnceItIsBack();
    }

    @Test
    public void administratorsAreToldWhichBuildsMissIt() throws Exception {
        CloudsInUse monitor = ExtensionList.lookupSingleton(CloudsInUse.class);
        assertFalse(monitor.isActivated());
        clouds.close();
        time.until(monitor::isActivated);
        CloudUse use = monitor.getUses().get(0);
        assertEquals("sim", use.getCloud());
        assertEquals("nodeEvacuate", use.getStep());
        assertEquals(runner.run().getExternalizableId(), use.getRun().getExternalizableId());
        configure(cloud.identityUrl());
        assertFalse("it is back", monitor.isActivated());
        goesOnOnceItIsBack();
    }

    @Test
    public void aCredentialThatIsDeletedIsNamedAndWaitedFor() throws Exception {
        clouds.withoutCredential("openstack");
        step.awaitConsole("there is no credential 'openstack'", BOUND);
        goesOnOnceItIsBack();
    }

    @Test
    public void anotherCloudUnderTheSameNameIsNotGoneOnWith() throws Exception {
        try (SimulatedCloud other = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .start()) {
            clouds.close();
            configure(other.identityUrl());
            step.awaitConsole("this step began on " + cloud.identityUrl(), BOUND);
            goesOnOnceItIsBack();
            assertEquals(List.of(), other.audit().changes());
        }
    }
}
