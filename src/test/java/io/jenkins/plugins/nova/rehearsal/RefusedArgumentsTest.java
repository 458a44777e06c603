package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Arguments in Jenkinsfiles of both kinds, as an operator writes them: what will not do is said before the cloud is asked. */
public class RefusedArgumentsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture configuration;

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        configuration = CloudFixture.begin();
        var env = cloud.environment("admin");
        configuration
                .credential(CloudFixture.password("sim", "admin", env.get("OS_PASSWORD"), env.get("OS_PROJECT_NAME")))
                .cloud("sim", URI.create(env.get("OS_AUTH_URL")), env.get("OS_REGION_NAME"), "sim");
    }

    @After
    public void end() {
        configuration.close();
        cloud.close();
    }

    @Test
    public void whatWillNotDoIsSaidBeforeTheCloudIsAsked() throws Exception {
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("nodeEvacuate host: 'compute1', dryrun: true", "no parameter 'dryrun'; did you mean dryRun?");
        refused.put("nodeEvacuate host: 'compute1', dryRun: null", "dryRun: 'null' will not do");
        refused.put("nodeEvacuate host: 'compute1', dryRun: 'yes'", "dryRun: 'yes' will not do");
        refused.put("nodeEvacuate host: 'compute1', timeout: null", "timeout: 'null' will not do");
        refused.put("nodeEvacuate host: 'compute1', plan: null", "plan: is null");
        refused.put(
                "nodeEvacuate host: 'compute1', budget: budget(maxaway: 1)",
                "nodeEvacuate: budget: there is no parameter 'maxaway'; did you mean maxAway?");
        refused.put("nodeEvacuate host: 'compute1', budget: budget(maxAway: null)", "budget.maxAway: 'null'");
        refused.put("nodeEvacuate host: 'compute1', budget: canary(image: 'x')", "budget: 'canary(…)' will not do");
        refused.put("nodeEvacuate host: 'compute1', budget: budget(2)", "name each argument: budget(aggregate:");
        refused.put("nodeEvacuate host: 'compute1', fenced: true", "did you mean deadHost: deadHost(fenced: …)?");
        refused.put("liveMigrate servers: ['web1']", "did you mean server?");
        refused.put("nodeMaintenance(host: 'compute1', dryrun: true) { echo 'at work' }", "did you mean dryRun?");
        refused.put("hosts agregate: 'rack7'", "did you mean aggregate?");
        refused.forEach((call, words) -> {
            assertRefused("script", call, words);
            assertRefused(
                    "declarative",
                    "pipeline {\n agent any\n stages { stage('x') { steps { script {\n" + call + "\n} } } }\n}",
                    words);
        });
        assertTrue(cloud.audit().entries().isEmpty());
    }

    private void assertRefused(String kind, String jenkinsfile, String words) {
        Rehearsed pipeline;
        try {
            pipeline = new Rehearsed(folder.newFolder());
            assertEquals(kind + " " + jenkinsfile, Ending.FAILURE, pipeline.run(jenkinsfile));
        } catch (Exception e) {
            throw new AssertionError(jenkinsfile, e);
        }
        assertTrue(pipeline.console(), pipeline.console().contains(words));
        assertFalse(pipeline.console(), pipeline.console().contains("\tat "));
    }

    @Test
    public void groupsAreMadeOfTheirSymbols() throws Exception {
        Rehearsed pipeline = new Rehearsed(folder.newFolder());
        Ending ending = DrivenRun.of(pipeline, cloud, """
                def limit = budget(maxAway: 1, minFree: 1)
                def drained = nodeEvacuate host: 'compute1', budget: limit, reason: 'CHG-4711', propagate: false
                echo "${drained.outcome}: ${drained.message}"
                """);
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
        assertTrue(pipeline.console(), pipeline.console().contains("DONE: Host compute1 is empty"));
        assertTrue(pipeline.console(), pipeline.console().contains("Reason: CHG-4711"));
        assertTrue(
                cloud.disabledReason("compute1"),
                cloud.disabledReason("compute1").endsWith(" for: CHG-4711"));
        assertTrue(
                cloud.disabledReason("compute1"),
                cloud.disabledReason("compute1").contains(" of rehearsal since "));
    }
}
