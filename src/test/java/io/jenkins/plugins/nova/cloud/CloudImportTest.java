package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** clouds.yaml files of all kinds, and what the configuration and the credentials are after them. */
public class CloudImportTest {

    private static final String SECRET = "s3cr3t-of-the-file";

    private static final String LAB = """
            clouds:
              lab:
                region_name: RegionOne
                interface: internal
                auth:
                  auth_url: https://keystone.lab.example:5000/v3
                  username: ops
                  password: %s
                  project_name: admin
                  user_domain_name: People
                  project_domain_id: default
              edge:
                auth_type: v3applicationcredential
                endpoint_type: publicURL
                verify: false
                cacert: /home/ann/edge.pem
                auth:
                  auth_url: https://edge.example/identity
                  application_credential_id: "0123"
                  application_credential_secret: "%s"
            """.formatted(SECRET, SECRET);

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private final CloudFixture clouds = CloudFixture.begin();

    @After
    public void reset() {
        clouds.close();
    }

    @Test
    public void cloudsAloneUnlessCredentialsWereAskedFor() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(false, false).run(LAB);

        assertEquals(List.of("lab Imported", "edge Imported"), summary(outcomes));
        NovaCloud lab = NovaClouds.get().getClouds().get(0);
        assertEquals("https://keystone.lab.example:5000/v3", lab.getIdentityUrl());
        assertEquals("RegionOne", lab.getRegion());
        assertEquals("internal", lab.getEndpointInterface());
        assertNull(lab.getCredentialsId());
        assertEquals("public", NovaClouds.get().getClouds().get(1).getEndpointInterface());
        assertNull(found("openstack-lab", lab));
        assertTrue(notes(outcomes, 0), notes(outcomes, 0).contains("its login was not to be taken"));
    }

    @Test
    public void loginsBecomeCredentialsOfTheIdentityServicesHost() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(false, true).run(LAB);

        NovaCloud lab = NovaClouds.get().getClouds().get(0);
        NovaCloud edge = NovaClouds.get().getClouds().get(1);
        assertEquals("openstack-lab", lab.getCredentialsId());
        OpenStackPasswordCredentials password = (OpenStackPasswordCredentials) found("openstack-lab", lab);
        assertEquals("ops", password.getUser());
        assertEquals("People", password.getUserDomain());
        assertEquals("admin", password.getProject());
        assertEquals("Default", password.getProjectDomain());
        assertEquals(SECRET, password.getPassword().getPlainText());
        OpenStackApplicationCredentials application = (OpenStackApplicationCredentials) found("openstack-edge", edge);
        assertEquals("0123", application.getApplicationCredentialId());
        assertEquals(SECRET, application.getSecret().getPlainText());
        assertNull("of another host", found("openstack-edge", lab));
        assertFalse(
                notes(outcomes, 0) + notes(outcomes, 1), (notes(outcomes, 0) + notes(outcomes, 1)).contains(SECRET));
    }

    @Test
    public void whatIsNotTakenIsNamedWithItsReason() throws IOException {
        String notes = notes(new CloudImport(false, false).run(LAB), 1);

        assertTrue(notes, notes.contains("cacert: names a file of another machine"));
        assertTrue(notes, notes.contains("verify: certificates are always verified here"));
    }

    @Test
    public void whatIsThereStaysUnlessItIsToBeChanged() throws IOException {
        NovaCloud before = new NovaCloud("lab", "https://keystone.lab.example:5000");
        before.setCredentialsId("mine");
        before.setAnswerTimeoutSeconds(90);
        clouds.cloud(before);

        assertEquals(List.of("lab Ignored", "edge Imported"), summary(new CloudImport(false, false).run(LAB)));
        assertEquals(
                "https://keystone.lab.example:5000",
                NovaClouds.get().getClouds().get(0).getIdentityUrl());

        assertEquals(List.of("lab Updated", "edge Updated"), summary(new CloudImport(true, false).run(LAB)));
        NovaCloud after = NovaClouds.get().getClouds().get(0);
        assertEquals("https://keystone.lab.example:5000/v3", after.getIdentityUrl());
        assertEquals("mine", after.getCredentialsId());
        assertEquals((Integer) 90, after.getAnswerTimeoutSeconds());
    }

    @Test
    public void aStoredCredentialIsNotPointedAtAnotherHost() throws IOException {
        for (String elsewhere : List.of(
                "https://other.example:5000/v3",
                "https://keystone.lab.example/v3",
                "https://keystone.lab.example:35357/v3",
                "http://keystone.lab.example:5000/v3")) {
            String told = imported(elsewhere);
            assertNull(elsewhere, NovaClouds.get().getClouds().get(0).getCredentialsId());
            assertTrue(told, told.contains("another than the one that the credential 'mine' was chosen for"));
        }
        for (String same :
                List.of("https://KEYSTONE.lab.example:5000", "https://keystone.lab.example:5000/identity/v3")) {
            String told = imported(same);
            assertEquals(same, "mine", NovaClouds.get().getClouds().get(0).getCredentialsId());
            assertFalse(told, told.contains("'mine'"));
        }
    }

    /** What is told of an import over a cloud with a credential; its login is not to be taken. */
    private static String imported(String url) throws IOException {
        NovaCloud before = new NovaCloud("lab", "https://keystone.lab.example:5000/v3");
        before.setCredentialsId("mine");
        NovaClouds.get().setClouds(List.of(before));
        return notes(new CloudImport(true, false).run("clouds: {lab: {auth: {auth_url: '" + url + "'}}}"), 0);
    }

    @Test
    public void twoCloudsOfOneFileDoNotShareACredential() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(true, true).run("""
                clouds:
                  a b: {auth: {auth_url: 'https://one.example/v3', username: ann, password: x, project_name: p}}
                  a-b: {auth: {auth_url: 'https://two.example/v3', username: bob, password: y, project_name: p}}
                """);

        assertEquals("openstack-a-b", NovaClouds.get().getClouds().get(0).getCredentialsId());
        assertNull(NovaClouds.get().getClouds().get(1).getCredentialsId());
        assertTrue(
                notes(outcomes, 1), notes(outcomes, 1).contains("another cloud of the file has made the credential"));
    }

    @Test
    public void keysBesideTheCloudsAreTold() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(false, false).run(LAB + "client: {force_ipv4: true}\n");

        assertEquals(List.of("lab Imported", "edge Imported", "(beside the clouds) Ignored"), summary(outcomes));
        assertEquals("client: not taken; only 'clouds' is", notes(outcomes, 2));
    }

    @Test
    public void aUrlWithAPasswordIsRefused() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(false, true)
                .run("clouds: {lab: {auth: {auth_url: 'https://ann:" + SECRET + "@k.example/v3', username: a}}}");

        assertEquals(List.of("lab Ignored"), summary(outcomes));
        assertTrue(notes(outcomes, 0), notes(outcomes, 0).contains("must have no user"));
        assertFalse(notes(outcomes, 0), notes(outcomes, 0).contains(SECRET));
    }

    @Test
    public void aCredentialThatIsThereIsChangedOnlyWhenAskedTo() throws IOException {
        clouds.credential(CloudFixture.password("openstack-lab", "somebody", "else", "ops"));

        String notes = notes(new CloudImport(false, true).run(LAB), 0);

        assertTrue(notes, notes.contains("'openstack-lab' is there already"));
        NovaCloud lab = NovaClouds.get().getClouds().get(0);
        assertNull(lab.getCredentialsId());
        assertEquals("somebody", ((OpenStackPasswordCredentials) found("openstack-lab", lab)).getUser());

        new CloudImport(true, true).run(LAB);

        assertEquals("ops", ((OpenStackPasswordCredentials) found("openstack-lab", lab)).getUser());
    }

    @Test
    public void oneBadCloudKeepsNoOtherOut() throws IOException {
        List<CloudImport.Outcome> outcomes = new CloudImport(false, true).run("""
                clouds:
                  old: {auth: {auth_url: 'https://old.example/v2.0', username: ann, password: x, project_name: p}}
                  none: {region_name: RegionOne}
                  token: {auth_type: v3token, auth: {auth_url: 'https://t.example/v3', token: %s}}
                  typed: {auth: {auth_url: 'https://n.example/v3', username: ann, password: 0123, project_name: p}}
                  byId: {auth: {auth_url: 'https://i.example/v3', username: a, password: b, project_name: p, user_domain_id: 77}}
                  regions: {regions: [one, two], auth: {auth_url: 'https://r.example/v3'}}
                """.formatted(SECRET));

        assertEquals(
                List.of(
                        "old Ignored",
                        "none Ignored",
                        "token Imported",
                        "typed Imported",
                        "byId Imported",
                        "regions Imported"),
                summary(outcomes));
        assertTrue(notes(outcomes, 0), notes(outcomes, 0).contains("v2.0 is gone"));
        assertTrue(notes(outcomes, 1), notes(outcomes, 1).contains("identityUrl: it is empty"));
        assertTrue(notes(outcomes, 2), notes(outcomes, 2).contains("auth_type: of its kinds of login only"));
        assertTrue(notes(outcomes, 3), notes(outcomes, 3).contains("password: YAML takes it for a number"));
        assertTrue(notes(outcomes, 4), notes(outcomes, 4).contains("user_domain_id: YAML takes it for a number"));
        assertTrue(notes(outcomes, 5), notes(outcomes, 5).contains("regions: there are several"));
        assertFalse(outcomes.stream()
                .anyMatch(outcome -> outcome.getNotes().toString().contains(SECRET)));
    }

    @Test
    public void textThatIsNoCloudsYamlIsRefusedWithoutAWordOfIt() {
        for (String text : List.of(
                "",
                "clouds:",
                "clouds: [lab]",
                "password: " + SECRET,
                "clouds:\n  lab:\n    auth: {password: " + SECRET + "\n  - x",
                "clouds: {lab: {auth: {password: " + SECRET + ", password: " + SECRET + "}}}",
                "clouds: {lab: " + "[".repeat(100) + SECRET + "]".repeat(100) + "}",
                "a: &a [" + SECRET + "]\nb: &b [*a, *a, *a]\nclouds: {lab: *b}",
                "clouds: {lab: {auth: {password: \"" + SECRET + "\u0001\"}}}",
                "x".repeat(300_000))) {
            CloudProblem problem = assertThrows(text, CloudProblem.class, () -> new CloudImport(true, true).run(text));
            assertFalse(problem.getMessage(), problem.getMessage().contains(SECRET));
            assertNull(problem.getCause());
        }
        assertEquals(List.of(), NovaClouds.get().getClouds());
    }

    @Test
    public void aTagMakesNoObjectOfAnyClass() {
        for (String text : List.of(
                "clouds: {lab: !!javax.script.ScriptEngineManager {auth: {auth_url: 'https://lab.example/v3'}}}",
                "clouds: {lab: {auth: {auth_url: !!java.net.URL 'https://lab.example/v3'}}}")) {
            CloudProblem problem =
                    assertThrows(text, CloudProblem.class, () -> new CloudImport(false, false).run(text));
            assertTrue(problem.getMessage(), problem.getMessage().startsWith("It has a tag (!name) at line 1"));
        }
    }

    private static List<String> summary(List<CloudImport.Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.getCloud() + " " + outcome.getDone())
                .toList();
    }

    private static String notes(List<CloudImport.Outcome> outcomes, int index) {
        return String.join("\n", outcomes.get(index).getNotes());
    }

    private static StandardCredentials found(String id, NovaCloud cloud) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        OpenStackCredentials.requirements(cloud.getIdentityUrl())),
                CredentialsMatchers.withId(id));
    }
}
