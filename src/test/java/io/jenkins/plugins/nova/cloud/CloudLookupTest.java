package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.common.base.Ticker;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedJob;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

/** What forms offer of a cloud, and that they neither hang on it nor tell anybody too much. */
public class CloudLookupTest {

    private static final String SECRET = "s3cr3t-of-the-forms";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private final AtomicLong nanos = new AtomicLong();
    private final CloudLookup lookup = new CloudLookup(Duration.ofSeconds(20), new Ticker() {
        @Override
        public long read() {
            return nanos.get();
        }
    });
    private final CloudFixture clouds = CloudFixture.begin();
    private SimulatedCloud cloud;

    @Before
    public void start() {
        cloud = SimulatedCloud.builder()
                .user("ops", SECRET, "admin", "admin")
                .user("dev", SECRET, "demo", "member")
                .host("compute2.example")
                .server("twin")
                .server("twin", server -> server.id("11111111-2222-4333-8444-555555555555"))
                .host("compute1.example")
                .server("web1", server -> server.resizedFrom("compute2.example"))
                .start();
        clouds.credential(CloudFixture.password("ops", "ops", SECRET, "admin"))
                .credential(CloudFixture.password("dev", "dev", SECRET, "demo"))
                .cloud("lab", cloud.identityUrl(), null, "ops");
    }

    @After
    public void stop() {
        cloud.close();
        clouds.close();
    }

    @Test
    public void theHostsOfTheOnlyCloudByItsCredential() {
        assertEquals(
                List.of("compute1.example", "compute2.example"),
                lookup.hosts(null, "", "").names());
        assertEquals(lookup.hosts(null, "", ""), lookup.hosts(null, "lab", "ops"));
    }

    @Test
    public void serversThatShareANameAreOfferedById() {
        List<String> names = lookup.servers(null, "lab", "", null).names();

        assertEquals(3, names.size());
        assertTrue(names.toString(), names.contains("web1"));
        assertTrue(
                names.toString(),
                names.stream().filter(name -> name.length() == 36).count() == 2);
        assertEquals(
                List.of("web1"),
                lookup.servers(null, "lab", "", "VERIFY_RESIZE").names());
    }

    @Test
    public void theCloudIsAskedOnceInAWhile() {
        lookup.hosts(null, "lab", "");
        int asked = cloud.audit().entries().size();
        lookup.hosts(null, "lab", "");
        assertEquals(asked, cloud.audit().entries().size());

        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        lookup.hosts(null, "lab", "");
        assertTrue(cloud.audit().entries().size() > asked);
    }

    @Test
    public void aRefusalIsTheProblemInWords() {
        CloudLookup.Names none = lookup.hosts(null, "lab", "dev");

        assertEquals(List.of(), none.names());
        assertTrue(none.problem(), none.problem().startsWith("the cloud 'lab': "));
        assertTrue(none.problem(), none.problem().contains("os-services"));
    }

    @Test
    public void aCloudThatDoesNotAnswerCostsNoMoreThanThePatience() throws IOException {
        CloudLookup impatient = new CloudLookup(Duration.ofMillis(300), Ticker.systemTicker());
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            clouds.cloud("dead", URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v3"), null, "ops");
            long began = System.nanoTime();

            CloudLookup.Names none = impatient.hosts(null, "dead", "");

            assertTrue(Duration.ofNanos(System.nanoTime() - began).toMillis() < 10_000);
            assertEquals(List.of(), none.names());
            assertTrue(none.problem(), none.problem().contains("has not answered within"));
        }
    }

    @Test
    public void nothingIsAskedWhenItIsNotKnownWhichCloud() {
        clouds.cloud("other", URI.create("http://other.invalid/v3"), null, null);

        assertEquals(CloudLookup.Names.NOTHING_ASKED, lookup.hosts(null, "", ""));
        assertTrue(lookup.hosts(null, "other", "").problem().contains("names a credential"));
        assertTrue(lookup.hosts(null, "gone", "").problem().contains("there is no cloud 'gone'"));
        assertTrue(lookup.hosts(null, "lab", "nope").problem().contains("there is no credential 'nope'"));
    }

    @Test
    public void whoMayNotConfigureTheJobLearnsNothingAndAsksNothing() {
        assertEquals(CloudLookup.Names.NOTHING_ASKED, lookup.hosts(item(false), "lab", ""));
        jenkins.deny();
        assertEquals(CloudLookup.Names.NOTHING_ASKED, lookup.servers(null, "lab", "", null));
        assertTrue(cloud.audit().entries().isEmpty());

        assertEquals(2, lookup.hosts(item(true), "lab", "").names().size());
    }

    /** The form and the build find the same, whoever the job runs as. */
    @Test
    public void theFormLooksAsTheJobWould() throws IOException {
        Authentication night = new TestingAuthenticationToken("night", "x");
        RehearsedRun build = RehearsedRun.begin("job", folder.newFolder());
        RehearsedJob job = build.getParent();
        for (Authentication user : List.of(ACL.SYSTEM2, night)) {
            for (boolean mayUse : List.of(true, false)) {
                // who fills in the form may do everything, whoever the job runs as
                job.runsAs(user)
                        .permits(ACL.lambda2((who, permission) ->
                                !who.equals(night) || mayUse && permission.equals(CredentialsProvider.USE_ITEM)));
                String which = user.getName() + " " + mayUse;
                boolean found = user != night || mayUse;

                assertEquals(
                        which,
                        found,
                        CredentialsProvider.findCredentialById("ops", StandardCredentials.class, build) != null);
                assertEquals(
                        which,
                        found ? List.of("compute1.example", "compute2.example") : List.of(),
                        lookup.hosts(job, "lab", "").names());
                assertEquals(
                        which,
                        found ? 3 : 0,
                        lookup.servers(job, "lab", "ops", null).names().size());
                assertEquals(
                        which,
                        found ? List.of("", "ops", "dev") : List.of(""),
                        CloudChoices.credentials(job, "lab", "").stream()
                                .map(option -> option.value)
                                .toList());
                assertEquals(
                        which,
                        found
                                ? null
                                : "there is no credential 'ops' that this job (it runs as 'night') may use for that"
                                        + " address.",
                        lookup.hosts(job, "lab", "").problem());
            }
        }
    }

    @Test
    public void aHostThatTheCloudDoesNotKnowIsWarnedOfWithTheOneThatWasMeant() {
        assertEquals(FormValidation.Kind.OK, CloudNames.checkHost(null, "compute1.example", "lab", "").kind);

        FormValidation remark = CloudNames.checkHost(null, "Compute1", "lab", "");

        assertEquals(FormValidation.Kind.WARNING, remark.kind);
        assertEquals(
                "The cloud 'lab' has no compute service on 'Compute1'. Did you mean 'compute1.example'?",
                remark.getMessage());
        assertEquals(FormValidation.Kind.ERROR, CloudNames.checkHost(null, "compute1 ", "lab", "").kind);
    }

    @Test
    public void aListThatCannotBeHadIsExplainedBesideTheTextField() {
        FormValidation remark = CloudNames.checkHost(null, "compute1", "lab", "dev");

        assertEquals(FormValidation.Kind.WARNING, remark.kind);
        assertTrue(remark.getMessage(), remark.getMessage().startsWith("The hosts could not be listed: "));
        assertTrue(remark.getMessage(), remark.getMessage().endsWith("looked for when the step runs."));
        assertEquals(List.of(), List.copyOf(CloudNames.hosts(null, "lab", "dev")));
    }

    @Test
    public void severalServersInOneFieldAreWarnedOf() {
        FormValidation remark = CloudNames.checkServer(null, "twin, web1", "lab", "", null);

        assertEquals(FormValidation.Kind.WARNING, remark.kind);
        assertTrue(remark.getMessage(), remark.getMessage().contains("server: ['web1', 'web2']"));
    }

    /** A job on which the user may do all or nothing. */
    private static Item item(boolean allowed) {
        return (Item) Proxy.newProxyInstance(
                CloudLookupTest.class.getClassLoader(), new Class<?>[] {Item.class}, (proxy, method, arguments) -> {
                    assertEquals("hasPermission", method.getName());
                    return allowed;
                });
    }
}
