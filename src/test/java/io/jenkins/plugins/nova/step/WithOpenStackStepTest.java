package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.EnvVars;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.rehearsal.Ending;
import io.jenkins.plugins.nova.rehearsal.Rehearsed;
import io.jenkins.plugins.nova.rehearsal.jenkins.Executions;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** withOpenStack in pipelines, beside a second cloud that is not to be asked. */
public class WithOpenStackStepTest {

    private static final String SECRET = "s3cr3t of $the 'cloud'";
    private static final String USER = "n0body-kn0ws";
    private static final String APPLICATION_SECRET = "Application-5ecr3t";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private Rehearsed pipeline;

    @Before
    public void begin() throws IOException {
        cloud = SimulatedCloud.builder()
                .userWithCredential("operator", SECRET, "ops", "0123", APPLICATION_SECRET, "admin")
                .user(USER, SECRET, "ops", "admin")
                .realTime(10)
                .host("compute2")
                .host("compute1")
                .server("web1")
                .start();
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .credential(CloudFixture.application("app", "0123", APPLICATION_SECRET))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack")
                .cloud("other", URI.create("http://other.invalid:5000/v3"), null, null);
        pipeline = new Rehearsed(folder.getRoot()).commands();
    }

    @After
    public void end() {
        clouds.close();
        cloud.close();
    }

    @Test
    public void ourStepsInsideWorkOnTheBoundCloud() throws Exception {
        run("withOpenStack(cloud: 'sim') { def r = nodeEvacuate host: 'compute1', dryRun: true\n"
                + "echo \"planned ${r.servers*.name}\" }");

        assertTrue(pipeline.console(), pipeline.console().contains("planned [web1]"));
    }

    @Test
    public void outsideNothingIsBound() throws Exception {
        assertEquals(
                Ending.FAILURE,
                pipeline.run("withOpenStack(cloud: 'sim') { echo 'x' }\nnodeEvacuate host: 'compute1', dryRun: true"));

        assertTrue(pipeline.console(), pipeline.console().contains("several are configured and none was named"));
    }

    @Test
    public void theCredentialIsForItsCloudOnly() throws Exception {
        assertEquals(
                Ending.FAILURE,
                pipeline.run("withOpenStack(cloud: 'sim', credentialsId: 'openstack') {\n"
                        + "nodeEvacuate cloud: 'other', host: 'compute1', dryRun: true }"));

        assertTrue(
                pipeline.console(),
                pipeline.console().contains("neither the step nor the cloud 'other' names a credential"));
    }

    @Test
    public void theInnermostCounts() throws Exception {
        run("withOpenStack(cloud: 'sim') { withOpenStack(credentialsId: 'app') {\n"
                + "echo \"${env.OS_AUTH_TYPE} ${env.OS_USERNAME} ${env.OS_PASSWORD}\" }\n"
                + "echo \"then ${env.OS_AUTH_TYPE} ${env.OS_USERNAME}\" }");

        assertTrue(pipeline.console(), pipeline.lines().contains("v3applicationcredential null null"));
        assertTrue(pipeline.console(), pipeline.lines().contains("then password operator"));
    }

    @Test
    public void itReturnsWhatTheBlockReturns() throws Exception {
        run("def v = withOpenStack(cloud: 'sim') { 41 + 1 }\necho \"it is ${v}\"");

        assertTrue(pipeline.console(), pipeline.lines().contains("it is 42"));
    }

    @Test
    public void commandsFindTheCloudAndTheConsoleShowsNoSecret() throws Exception {
        run("node { withEnv(['OS_CLOUD=mine', 'OS_COMPUTE_API_VERSION=2.90']) { withOpenStack(cloud: 'sim') {\n"
                + "sh 'env | grep ^OS_ | sort > seen; echo password: $OS_PASSWORD; env | grep PASSWORD'\n"
                + "echo env.OS_PASSWORD } } }");

        assertEquals(
                List.of(
                        "OS_AUTH_TYPE=password",
                        "OS_AUTH_URL=" + cloud.identityUrl(),
                        "OS_COMPUTE_API_VERSION=2.90",
                        "OS_IDENTITY_API_VERSION=3",
                        "OS_INTERFACE=public",
                        "OS_PASSWORD=" + SECRET,
                        "OS_PROJECT_DOMAIN_NAME=Default",
                        "OS_PROJECT_NAME=ops",
                        "OS_REGION_NAME=RegionOne",
                        "OS_USERNAME=operator",
                        "OS_USER_DOMAIN_NAME=Default"),
                Files.readAllLines(folder.getRoot().toPath().resolve("workspace/seen")));
        Files.delete(folder.getRoot().toPath().resolve("workspace/seen"));
        assertTrue(pipeline.console(), pipeline.lines().contains("password: ****"));
        assertTrue(pipeline.console(), pipeline.lines().contains("OS_PASSWORD=****"));
        assertFalse(pipeline.console(), pipeline.console().contains(SECRET));
        assertEquals(List.of(), filesWith(SECRET));
    }

    /** In the block, and in what a step says and keeps of who is logged in. */
    @Test
    public void aUsernameIsShownUnlessItsCredentialTreatsItAsSecret() throws Exception {
        // the secret one first, so that no file is left of the other
        for (boolean secret : List.of(true, false)) {
            pipeline = new Rehearsed(folder.newFolder()).commands();
            clouds.withoutCredential("plain").credential(CloudFixture.plain("plain", USER, SECRET, secret));
            NovaCloud named =
                    new NovaCloud("named" + secret, cloud.identityUrl().toString());
            named.setProject("ops");
            clouds.cloud(named);
            String of = "(cloud: 'named" + secret + "', credentialsId: ";
            run("node { withOpenStack" + of + "'plain') {\n"
                    + "sh 'echo name: $OS_USERNAME'\n"
                    + "echo \"env: ${env.OS_USERNAME}\" } }\n"
                    + "nodeEvacuate" + of + "'plain', host: 'compute1', dryRun: true)");
            String shown = secret ? "****" : USER;
            String console = pipeline.console();
            assertTrue(console, pipeline.lines().contains("name: " + shown));
            assertTrue(console, pipeline.lines().contains("env: " + shown));
            assertTrue(console, console.contains(" as " + shown));
            assertEquals(console, secret, !console.contains(USER));
            assertTrue(!secret || filesWith(USER).isEmpty());
        }
    }

    @Test
    public void theCloudsCertificatesAreAFileOnTheNodeForAsLongAsTheBlockRuns() throws Exception {
        trusting("tls");

        run("node { withOpenStack(cloud: 'tls') { sh 'head -1 $OS_CACERT; echo $OS_CACERT > seen' } }");

        assertTrue(pipeline.console(), pipeline.lines().contains("-----BEGIN CERTIFICATE-----"));
        Path there = Path.of(Files.readString(folder.getRoot().toPath().resolve("workspace/seen"))
                .strip());
        assertFalse(there + " is outside of the workspace", there.normalize().startsWith(workspace()));
        assertFalse(there + " is gone", Files.exists(there.getParent()));
    }

    @Test
    public void withoutANodeItSaysThatThereAreNoCertificates() throws Exception {
        trusting("tls");

        run("withOpenStack(cloud: 'tls') { echo \"certificates: ${env.OS_CACERT}\" }");

        assertTrue(pipeline.console(), pipeline.lines().contains("certificates: null"));
        assertTrue(pipeline.console(), pipeline.console().contains("OS_CACERT is not set, since there is no node"));
    }

    @Test
    public void aRefusedCredentialFailsTheStepBeforeItsBlock() throws Exception {
        assertEquals(
                Ending.FAILURE, pipeline.run("withOpenStack(cloud: 'sim', credentialsId: 'nope') { echo 'inside' }"));

        assertTrue(pipeline.console(), pipeline.console().contains("there is no credential 'nope'"));
        assertFalse(pipeline.console(), pipeline.lines().contains("inside"));
    }

    @Test
    public void whatIsSavedWithTheBlockHasNoSecretInItAndStillWorks() throws Exception {
        Executions program = new Executions();
        byte[] environment =
                program.write(new OpenStackEnvironment(Map.of("OS_USERNAME", "ops"), Map.of("OS_PASSWORD", SECRET)));
        byte[] filter = program.write(new SecretFilter(Set.of(SECRET), "UTF-8"));
        for (byte[] saved : List.of(environment, filter)) {
            assertFalse(new String(saved, StandardCharsets.ISO_8859_1).contains(SECRET));
        }

        EnvVars after = new EnvVars();
        after.put("OS_TOKEN", "of somebody else");
        ((OpenStackEnvironment) program.read(environment)).expand(after);
        assertEquals(Map.of("OS_USERNAME", "ops", "OS_PASSWORD", SECRET), after);
        assertEquals(Set.of("OS_PASSWORD"), ((OpenStackEnvironment) program.read(environment)).getSensitiveVariables());
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (OutputStream masked = ((SecretFilter) program.read(filter)).decorateLogger(null, log)) {
            masked.write(("it is " + SECRET + "!\n").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("it is ****!\n", log.toString(StandardCharsets.UTF_8));
    }

    private void run(String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(pipeline.console(), Ending.SUCCESS, ending);
    }

    private void trusting(String name) throws IOException {
        NovaCloud trusting = new NovaCloud(name, cloud.identityUrl().toString());
        trusting.setCredentialsId("openstack");
        trusting.setCaCertificate(
                Files.readString(Path.of("src/test/resources/io/jenkins/plugins/nova/cloud/example-ca.pem")));
        clouds.cloud(trusting);
    }

    private Path workspace() {
        return folder.getRoot().toPath().resolve("workspace");
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(text))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
