package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.SavedVersions;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.simulator.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A nodeMaintenance that an earlier version serialised in any of its parts goes on after a restart with today's classes. */
@RunWith(Parameterized.class)
public class SavedMaintenancesTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Pattern CORDON =
            Pattern.compile("nova-maintenance: maintenance#1 \\(step \\w+ of rehearsal since [\\w:.-]+\\)");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SavedMaintenance saved;
    private final String version;

    public SavedMaintenancesTest(SavedMaintenance saved, String version) {
        this.saved = saved;
        this.version = version;
    }

    @Parameters(name = "{0} of {1}")
    public static List<Object[]> samples() {
        List<Object[]> samples = new ArrayList<>();
        for (String version : SavedVersions.MAINTENANCES) {
            for (SavedMaintenance part : SavedMaintenance.values()) {
                samples.add(new Object[] {part, version});
            }
        }
        return samples;
    }

    @Test
    public void anEarlierVersionsMaintenanceGoesOn() throws Exception {
        HandBlock block = new HandBlock();
        try (SimulatedCloud cloud = SavedStep.cloud();
                CloudFixture clouds = CloudFixture.begin();
                DrivenTime time = DrivenTime.of(cloud);
                StepRunner runner = new StepRunner(folder.getRoot()).in(time)) {
            clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                    .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
            RunningStep step = saved.begin(cloud, runner, block);
            saved.meanwhile(cloud, time);
            byte[] sample = SavedVersions.read(version, saved.file(), cloud.identityUrl());
            if (!cloud.enabled("compute1")) {
                isCordonedAsIn(sample, cloud);
            }
            step.crashTo(sample);
            saved.goOn(block);
            Map<?, ?> value = (Map<?, ?>) step.value(BOUND);
            assertTrue(step.console(), step.console().contains("going on from the saved state"));
            assertEquals(step.console(), "DONE", value.get("outcome"));
            assertEquals("the block ran once", 1, block.times());
            assertEquals(
                    List.of("off1", "slow1"),
                    cloud.serversOn("compute1").stream()
                            .map(ServerState::name)
                            .sorted()
                            .toList());
            assertTrue(cloud.enabled("compute1"));
        }
    }

    /** The cordon in the cloud is the one that the earlier version had set. */
    private static void isCordonedAsIn(byte[] sample, SimulatedCloud cloud) {
        Matcher reason = CORDON.matcher(new String(sample, StandardCharsets.ISO_8859_1));
        assertTrue("the sample has a cordon", reason.find());
        assertEquals(
                200,
                TestClient.as(cloud, "admin").cordon("compute1", reason.group()).status());
    }
}
