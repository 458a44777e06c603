package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A Jenkinsfile names its cloud and its credential; in a rehearsal each name stands for the one cloud there is. */
public class CloudNamesTest {
    private static final CloudChoice REAL = CloudChoice.read("env", "");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String banner;
    private Rehearsed pipeline;

    private Ending run(Map<String, String> names, String jenkinsfile) throws Exception {
        pipeline = new Rehearsed(folder.newFolder())
                .simulated()
                .parameter("CLOUD", "lab")
                .stub("git");
        try (Cloud cloud = Cloud.of(SimulatedCloud.rehearsal(), names, jenkinsfile)) {
            banner = cloud.description();
            return pipeline.run(jenkinsfile);
        }
    }

    @Test
    public void everyNameIsUnderstood() throws Exception {
        String[] files = {
            "hosts()",
            "hosts cloud: 'lab'",
            "hosts cloud: \"lab\", credentialsId: 'openstack-maintenance'",
            "hosts(cloud: 'lab')\nhosts(cloud: 'prod')",
            "hosts(cloud: 'lab')\nhosts()",
            "withOpenStack(cloud: 'lab', credentialsId: 'x') { hosts() }",
            "def all(String cloud) { hosts cloud: cloud }\nall('lab')\nall('lab')",
            "hosts cloud: params.CLOUD",
            "hosts()\nhosts cloud: params.CLOUD",
            "hosts(cloud: params.CLOUD)\nhosts()",
            "hosts cloud: \"${params.CLOUD}\", credentialsId: \"for-${params.CLOUD}\"",
            "pipeline { agent none\n stages { stage('a') { steps { hosts cloud: 'lab' } } } }",
        };
        for (String file : files) {
            assertEquals(file + pipelineConsole(), Ending.SUCCESS, run(Map.of(), file));
        }
    }

    private String pipelineConsole() {
        return pipeline == null ? "" : "\n" + pipeline.console();
    }

    @Test
    public void theBannerSaysWhatIsWrittenOutAndTheConsoleWhatComesLater() throws Exception {
        run(Map.of(), "hosts cloud: 'prod', credentialsId: 'x'\nhosts cloud: 'lab'\ngit credentialsId: 'of-git'");
        assertTrue(banner, banner.contains("\nIt stands for the clouds 'lab', 'prod' of the Jenkinsfile."));
        assertTrue(banner, banner.contains("\nIt stands for the credential 'x' of the Jenkinsfile."));

        run(Map.of(), "hosts cloud: params.CLOUD\nhosts cloud: params.CLOUD");
        assertFalse(banner, banner.contains("stands for"));
        assertEquals(
                1,
                pipeline.lines().stream()
                        .filter(line ->
                                line.equals("(rehearsal) the cloud 'lab' stands for the one that there is here"))
                        .count());
    }

    @Test
    public void withAListThereIsNoOther() throws Exception {
        assertEquals(
                Ending.SUCCESS, run(Map.of("lab", "maintenance"), "hosts cloud: 'lab', credentialsId: 'maintenance'"));
        assertEquals(Ending.SUCCESS, run(Map.of("lab", ""), "hosts()"));
        assertEquals(Ending.FAILURE, run(Map.of("lab", "maintenance"), "hosts cloud: 'lba'"));
        assertTrue(pipeline.console(), pipeline.console().contains("there is no cloud 'lba'"));
        assertTrue(pipeline.console(), pipeline.console().contains("configured: 'lab'"));
        assertEquals(Ending.FAILURE, run(Map.of("lab", "maintenance"), "hosts cloud: 'lab', credentialsId: 'other'"));
        assertTrue(pipeline.console(), pipeline.console().contains("there is no credential 'other'"));
    }

    @Test
    public void namesAreThoseOfThePluginsStepsAlone() {
        NamedClouds named = NamedClouds.of(
                "hosts cloud: 'a'\ngit cloud: 'b', credentialsId: 'c'\nx.hosts(cloud: 'd')\n"
                        + "class K { def m(s) { s.echo('e') } }\ndef f() { hosts([cloud: 'g', credentialsId: 'h']) }",
                "hosts"::equals);
        assertEquals(new NamedClouds(Set.of("a", "g"), Set.of("h")), named);
        assertEquals(new NamedClouds(Set.of(), Set.of()), NamedClouds.of("hosts cloud: 'a' (", "hosts"::equals));
    }

    @Test
    public void whatIsWrongWithTheEnvironmentIsOneLine() {
        assertEquals(
                "-Dcloud=env: OS_AUTH_URL is not set, nor is OS_CLOUD; source the cloud's openrc file first",
                assertThrows(IllegalArgumentException.class, () -> Cloud.open(REAL, Map.of(), "", name -> null))
                        .getMessage());
    }

    @Test
    public void theCloudOfTheEnvironmentIsSaidWithWhoOneIs() {
        try (SimulatedCloud simulated = SimulatedCloud.rehearsal();
                Cloud cloud = Cloud.open(REAL, Map.of(), "hosts cloud: 'lab'", simulated.environment("admin")::get)) {
            assertTrue(
                    cloud.description(),
                    cloud.description()
                            .startsWith(
                                    "the cloud at " + simulated.identityUrl()
                                            + " as admin of project admin: it is real, and the steps really move servers there."));
            assertTrue(cloud.description(), cloud.description().contains("stands for the cloud 'lab'"));
        }
    }
}
