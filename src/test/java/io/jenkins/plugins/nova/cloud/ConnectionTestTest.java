package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class ConnectionTestTest {

    private static final String SECRET = "s3cr3t-Hunter2";

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private final CloudFixture clouds = CloudFixture.begin();
    private SimulatedCloud cloud;

    @Before
    public void start() {
        cloud = SimulatedCloud.builder()
                .userWithCredential("ops", SECRET, "admin", "0123", SECRET, "admin")
                .user("dev", SECRET, "demo", "member")
                .host("compute1")
                .server("web1")
                .host("compute2")
                .start();
        clouds.credential(CloudFixture.password("ops", "ops", SECRET, "admin"))
                .credential(CloudFixture.password("dev", "dev", SECRET, "demo"))
                .credential(CloudFixture.password("wrong", "ops", SECRET + "!", "admin"));
    }

    @After
    public void stop() {
        cloud.close();
        clouds.close();
    }

    @Test
    public void itTellsWhoWeAreAndWhatIsThere() {
        FormValidation found = test("ops");

        assertEquals(found.getMessage(), FormValidation.Kind.OK, found.kind);
        String said = found.getMessage();
        assertTrue(said, said.startsWith("Logged in as user ops of project admin (roles: "));
        assertTrue(said, said.contains("Region RegionOne, Compute API 2.1 to 2."));
        assertTrue(said, said.contains("2 compute services (2 up), Placement answers."));
    }

    @Test
    public void itTellsWhatAMemberMayNotDo() {
        FormValidation found = test("dev");

        assertEquals(found.getMessage(), FormValidation.Kind.WARNING, found.kind);
        String said = found.getMessage();
        assertTrue(said, said.contains("compute services unknown"));
        assertTrue(said, said.contains("- list compute services: "));
        assertTrue(said, said.contains("- see the servers of all projects"));
        assertTrue(said, said.contains("- list aggregates: "));
        assertTrue(said, said.contains("- disable compute services: "));
        assertTrue(said, said.contains("Give it the role admin"));
    }

    @Test
    public void anApplicationCredentialIsEnough() {
        clouds.credential(CloudFixture.application("app", "0123", SECRET));

        FormValidation found = test("app");

        assertEquals(found.getMessage(), FormValidation.Kind.OK, found.kind);
        assertTrue(found.getMessage(), found.getMessage().contains("user ops of project admin"));
    }

    @Test
    public void whatAccessRulesLeaveOutIsToldFromAWrongLogin() {
        cloud.faults()
                .on("GET", "^/os-hypervisors")
                .always()
                .status(401, "The request you have made requires authentication.");

        FormValidation found = test("ops");

        assertEquals(found.getMessage(), FormValidation.Kind.WARNING, found.kind);
        assertTrue(found.getMessage(), found.getMessage().contains("- list hypervisors: "));
        assertTrue(found.getMessage(), found.getMessage().contains("see the access rules"));
    }

    @Test
    public void itChangesNothing() {
        test("ops");

        for (AuditEntry entry : cloud.audit().entries()) {
            boolean login = entry.method().equals("POST") && entry.path().endsWith("/auth/tokens");
            boolean tried = entry.method().equals("PUT") && entry.status() == 404;
            assertTrue(entry.toString(), entry.method().equals("GET") || login || tried);
        }
    }

    @Test
    public void aWrongPasswordIsAnErrorInWordsWithoutThePassword() {
        FormValidation found = test("wrong");

        assertEquals(FormValidation.Kind.ERROR, found.kind);
        assertFalse(found.getMessage(), found.getMessage().contains(SECRET));
    }

    /** Of the forms, the builds and this button together: whoever asks is told why it is not tried again. */
    @Test
    public void aWrongPasswordIsTriedTwiceInAll() {
        for (int i = 0; i < 5; i++) {
            FormValidation found = test("wrong");
            assertEquals(FormValidation.Kind.ERROR, found.kind);
            assertEquals(found.getMessage(), i > 1, found.getMessage().contains("is not tried again"));
        }
        assertEquals(2, cloud.audit().of("POST", "/auth/tokens").size());
        assertEquals(FormValidation.Kind.OK, test("ops").kind);
    }

    @Test
    public void aCatalogueThatPointsElsewhereIsSaid() {
        String here = test("ops").getMessage();
        assertFalse(here, here.contains("another host"));
        URI byName = URI.create(cloud.identityUrl().toString().replace("127.0.0.1", "localhost"));
        FormValidation found = test(byName, "ops");
        assertEquals(found.getMessage(), FormValidation.Kind.OK, found.kind);
        assertTrue(
                found.getMessage(),
                found.getMessage().contains("The compute service is on another host than Keystone, by its catalogue:"));
    }

    @Test
    public void aCloudThatIsNotThereIsAnErrorInWords() {
        cloud.disconnect();

        FormValidation found = test("ops");

        assertEquals(FormValidation.Kind.ERROR, found.kind);
        assertTrue(
                found.getMessage(),
                found.getMessage().contains(cloud.identityUrl().getHost()));
    }

    @Test
    public void aMissingFieldIsNamedBeforeAnythingIsSent() {
        assertTrue(test(null).getMessage().startsWith("credentialsId: choose a credential"));
        assertTrue(test("nope").getMessage().startsWith("credentialsId: there is no credential 'nope'"));
        FormValidation late = new NovaCloud.DescriptorImpl()
                .doTestConnection(
                        "lab", cloud.identityUrl().toString(), "", "public", "ops", "", "soon", "60", "", "", "");
        assertEquals("connectTimeoutSeconds: 'soon' is not a number of seconds from 1 to 3600", late.getMessage());
        assertTrue(cloud.audit().entries().isEmpty());
    }

    private FormValidation test(String credentialsId) {
        return test(cloud.identityUrl(), credentialsId);
    }

    static FormValidation test(URI identityUrl, String credentialsId) {
        return new NovaCloud.DescriptorImpl()
                .doTestConnection(
                        "lab", identityUrl.toString(), "", "public", credentialsId, "", "10", "60", "", "", "");
    }
}
