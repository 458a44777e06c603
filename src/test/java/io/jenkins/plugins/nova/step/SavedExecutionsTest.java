package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.SavedVersions;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A step whose execution an earlier version serialised goes on after a restart with today's classes. */
@RunWith(Parameterized.class)
public class SavedExecutionsTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SavedStep saved;
    private final String version;

    public SavedExecutionsTest(SavedStep saved, String version) {
        this.saved = saved;
        this.version = version;
    }

    @Parameters(name = "{0} of {1}")
    public static List<Object[]> samples() {
        List<Object[]> samples = new ArrayList<>();
        for (String version : SavedVersions.ALL) {
            for (SavedStep step : SavedStep.values()) {
                samples.add(new Object[] {step, version});
            }
        }
        return samples;
    }

    @Test
    public void anEarlierVersionsExecutionGoesOn() throws Exception {
        try (SimulatedCloud cloud = SavedStep.cloud();
                CloudFixture clouds = CloudFixture.begin();
                DrivenTime time = DrivenTime.of(cloud);
                StepRunner runner = new StepRunner(folder.getRoot()).in(time)) {
            clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
                    .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
            RunningStep step = saved.begin(cloud, runner);
            // Nova's records of the moves come a moment after its 202; the samples are hours old and do not wait for
            // them
            time.until(() -> cloud.migrations().size() >= saved.outcomes().size());
            step.crashTo(SavedVersions.read(version, saved.file(), cloud.identityUrl()));
            Object value = step.value(BOUND);
            assertTrue(step.console(), step.console().contains("going on from the saved state"));
            assertEquals(step.console(), saved.outcomes(), outcomes(value));
        }
    }

    private static List<String> outcomes(Object value) {
        List<?> servers = (List<?>) ((Map<?, ?>) value).get("servers");
        return servers.stream()
                .map(server -> ((Map<?, ?>) server).get("name") + " " + ((Map<?, ?>) server).get("outcome"))
                .sorted()
                .toList();
    }
}
