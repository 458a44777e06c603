package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

public class CloudRulesTest {

    private static final String URL = "https://keystone.example:5000/v3";

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private final CloudFixture clouds = CloudFixture.begin();
    private final NovaCloud.DescriptorImpl descriptor = new NovaCloud.DescriptorImpl();

    @After
    public void reset() {
        clouds.close();
    }

    @Test
    public void aNewCloudHasTheUsualDefaults() {
        NovaCloud cloud = new NovaCloud(" lab ", URL);

        assertEquals("lab", cloud.getName());
        assertEquals("public", cloud.getEndpointInterface());
        assertEquals(Integer.valueOf(10), cloud.getConnectTimeoutSeconds());
        assertEquals(Integer.valueOf(60), cloud.getAnswerTimeoutSeconds());
        assertEquals("Default", cloud.getUserDomain());
        assertEquals("Default", cloud.getProjectDomain());
        assertNull(CloudRules.firstProblem(cloud));
        assertEquals(new CloudEndpoint(URI.create(URL), null, Facing.PUBLIC), cloud.endpoint());
    }

    @Test
    public void aNameThatCannotBeShownIsRefused() {
        for (String name : List.of("lab\u001b[2K", "lab\u202e", "la\nb", "la\u2028b", "la\ud800b", "x".repeat(256))) {
            String problem = CloudRules.firstProblem(new NovaCloud(name, URL));
            assertTrue(
                    problem, problem.contains("name: it is longer than 255 characters or holds some that cannot be"));
            assertFalse(problem, problem.contains(name));
        }
    }

    @Test
    public void whatIsSetComesBackAndReachesTheClient() {
        NovaCloud cloud = new NovaCloud("lab", URL);
        cloud.setRegion("R1");
        cloud.setEndpointInterface("Internal");
        cloud.setConnectTimeoutSeconds(3);
        cloud.setAnswerTimeoutSeconds(4);
        cloud.setUserDomain("ldap");
        cloud.setProjectDomain("corp");

        assertEquals(new CloudEndpoint(URI.create(URL), "R1", Facing.INTERNAL), cloud.endpoint());
        assertEquals(3, cloud.transport().connectTimeout().toSeconds());
        assertEquals(4, cloud.transport().answerTimeout().toSeconds());
        assertEquals("ldap", cloud.getUserDomain());
        assertEquals("corp", cloud.getProjectDomain());
    }

    @Test
    public void emptyFieldsMeanTheDefaults() {
        NovaCloud cloud = new NovaCloud("lab", URL);
        cloud.setRegion("");
        cloud.setEndpointInterface(" ");
        cloud.setCredentialsId("");
        cloud.setCaCertificate("\n");
        cloud.setConnectTimeoutSeconds(null);
        cloud.setProject("");
        cloud.setProjectDomain("");
        cloud.setUserDomain("");

        assertNull(cloud.getRegion());
        assertEquals("public", cloud.getEndpointInterface());
        assertNull(cloud.getCredentialsId());
        assertNull(cloud.getCaCertificate());
        assertEquals(Integer.valueOf(10), cloud.getConnectTimeoutSeconds());
        assertNull(cloud.getProject());
        assertEquals("Default", cloud.getProjectDomain());
        assertEquals("Default", cloud.getUserDomain());
    }

    @Test
    public void aCloudThatWasJustAddedHasNoErrorYet() {
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckName("").kind);
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckIdentityUrl("").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckName(" ").kind);
    }

    @Test
    public void theIdentityUrlMustBeOne() {
        assertError("identityUrl: it is empty", descriptor.doCheckIdentityUrl(" "));
        assertError("is not an http or https URL", descriptor.doCheckIdentityUrl("keystone.example"));
        assertError("is not an http or https URL", descriptor.doCheckIdentityUrl("ftp://keystone.example"));
        assertError("identityUrl: it is not a URL", descriptor.doCheckIdentityUrl("https://a b/"));
        assertError("v2.0 is gone", descriptor.doCheckIdentityUrl("https://keystone.example:5000/v2.0/"));
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckIdentityUrl(URL).kind);
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckIdentityUrl("http://10.0.0.1:5000/v3").kind);
    }

    @Test
    public void aPasswordInTheIdentityUrlIsRefusedAndNotRepeated() {
        for (String url : List.of("https://ann:hunter2@keystone.example/v3", "https://ann:hunter2@key stone/v3")) {
            FormValidation found = descriptor.doCheckIdentityUrl(url);

            assertEquals(FormValidation.Kind.ERROR, found.kind);
            assertFalse(found.getMessage(), found.getMessage().contains("hunter2"));
            assertFalse(new NovaCloud("lab", url).toString().contains("hunter2"));
        }
    }

    @Test
    public void secondsAreNumbersInRange() {
        for (String bad : List.of("0", "-1", "3601", "1.5", "ten", "99999999999")) {
            assertError(
                    "'" + bad + "' is not a number of seconds from 1 to 3600",
                    descriptor.doCheckConnectTimeoutSeconds(bad));
            assertError("answerTimeoutSeconds: '" + bad + "'", descriptor.doCheckAnswerTimeoutSeconds(bad));
        }
        for (String good : List.of("", "1", " 60 ", "3600")) {
            assertEquals(good, FormValidation.Kind.OK, descriptor.doCheckConnectTimeoutSeconds(good).kind);
        }
    }

    @Test
    public void theInterfaceIsOneOfThree() {
        assertError("'pubic' is not one of public, internal, admin", descriptor.doCheckEndpointInterface("pubic"));
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckEndpointInterface("internal").kind);
        assertEquals(
                List.of("public", "internal", "admin"),
                descriptor.doFillEndpointInterfaceItems("public").stream()
                        .map(option -> option.value)
                        .toList());
    }

    @Test
    public void caCertificatesArePemAndTheirDatesAreLookedAt() throws IOException {
        String pem = certificate();

        assertError("caCertificate: it is not PEM", descriptor.doCheckCaCertificate("MIIB"));
        assertError(
                "caCertificate: it is not PEM",
                descriptor.doCheckCaCertificate("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"));
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckCaCertificate("").kind);
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckCaCertificate(pem).kind);
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckCaCertificate(pem + "\n" + pem).kind);
        String late = CloudRules.caCertificateDoubt(pem, Instant.parse("2500-01-01T00:00:00Z"));
        assertTrue(late, late.startsWith("Not valid today: CN=Example CA"));
        assertTrue(CloudRules.caCertificateDoubt("-----BEGIN PRIVATE KEY-----", Instant.EPOCH)
                .startsWith("There is a private key in this text."));
    }

    @Test
    public void aCredentialIsCheckedTogetherWithTheOtherFields() {
        clouds.credential(CloudFixture.password("c", "admin", "x", "ops"))
                .credentialFor("other.example", CloudFixture.application("far", "0123", "x"));

        assertEquals(FormValidation.Kind.OK, descriptor.doCheckCredentialsId("c", URL, "").kind);
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckCredentialsId("", URL, "").kind);
        assertError("there is no credential 'far' for this address", descriptor.doCheckCredentialsId("far", URL, ""));
    }

    @Test
    public void theDropDownShowsWhatSuitsTheAddress() {
        clouds.credential(CloudFixture.password("c", "admin", "x", "ops"))
                .credentialFor("other.example", CloudFixture.application("far", "0123", "x"));

        assertEquals(
                List.of("", "c"),
                descriptor.doFillCredentialsIdItems(URL, "c").stream()
                        .map(option -> option.value)
                        .toList());
        jenkins.deny();
        assertEquals(
                List.of("typed"),
                descriptor.doFillCredentialsIdItems(URL, "typed").stream()
                        .map(option -> option.value)
                        .toList());
    }

    @Test
    public void aListIsSavedWholeOrNotAtAll() {
        clouds.cloud(new NovaCloud("lab", URL));

        assertRefused("'lab' is given to more than one", new NovaCloud("lab", URL), new NovaCloud("lab", URL + "/"));
        assertRefused("OpenStack cloud no. 2: name: it is empty", new NovaCloud("lab", URL), new NovaCloud(" ", URL));
        assertRefused("OpenStack cloud 'prod': identityUrl: it is empty", new NovaCloud("prod", null));
        NovaCloud slow = new NovaCloud("slow", URL);
        slow.setAnswerTimeoutSeconds(0);
        assertRefused("OpenStack cloud 'slow': answerTimeoutSeconds: '0'", slow);
    }

    private void assertRefused(String message, NovaCloud... wanted) {
        List<NovaCloud> before = List.copyOf(NovaClouds.get().getClouds());
        IllegalArgumentException byCode = assertThrows(
                IllegalArgumentException.class, () -> NovaClouds.get().setClouds(List.of(wanted)));
        Descriptor.FormException byForm = assertThrows(
                Descriptor.FormException.class, () -> NovaClouds.get().take(List.of(wanted)));
        assertTrue(byCode.getMessage(), byCode.getMessage().contains(message));
        assertEquals(byCode.getMessage(), byForm.getMessage());
        assertEquals("clouds", byForm.getFormField());
        assertEquals(before, NovaClouds.get().getClouds());
    }

    private static void assertError(String message, FormValidation found) {
        assertEquals(FormValidation.Kind.ERROR, found.kind);
        assertTrue(found.getMessage(), found.getMessage().contains(message));
    }

    private static String certificate() throws IOException {
        try (InputStream in = CloudRulesTest.class.getResourceAsStream("example-ca.pem")) {
            assertNotNull(in);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    public void anAlertmanagerIsAUrlAndMatchersOfOneHost() {
        record Row(String url, String matchers, String problem) {}
        String bound = "instance=~\"${host}(:.*)?\"";
        for (Row row : List.of(
                new Row(null, null, null),
                new Row("https://am.example:9093/x/", bound, null),
                new Row("http://am.example/api/v2", bound + "\nseverity!=\"disaster\"", null),
                new Row(
                        null,
                        bound,
                        "silenceMatchers: nothing is silenced without an Alertmanager; give its alertmanagerUrl"),
                new Row(
                        "https://am.example",
                        null,
                        "silenceMatchers: it is empty: a line with = or =~ must have ${host}"),
                new Row("https://am.example", "severity=\"page\"", "the alerts of the whole cloud would be silenced"),
                new Row("am.example:9093", bound, "alertmanagerUrl: it must begin with https:// or http://"),
                new Row("https://a b", bound, "alertmanagerUrl: it is not a URL"),
                new Row("https://a_b", bound, "alertmanagerUrl: it names no host"),
                new Row("https://me:s3cr3t@am.example", bound, "alertmanagerUrl: there is a user in it"),
                new Row("https://am.example/?token=s3cr3t", bound, "alertmanagerUrl: it has a query"))) {
            NovaCloud cloud = new NovaCloud("lab", URL);
            cloud.setAlertmanagerUrl(row.url());
            cloud.setSilenceMatchers(row.matchers());
            String problem = CloudRules.firstProblem(cloud);
            if (row.problem() == null) {
                assertNull(row.toString(), problem);
            } else {
                assertTrue(row + ": " + problem, problem.contains(row.problem()));
                assertFalse(problem, problem.contains("s3cr3t"));
            }
        }
    }

    @Test
    public void theFormSaysWhatIsWrongWithAnAlertmanager() {
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckAlertmanagerUrl("http://am.example").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckAlertmanagerUrl("am").kind);
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckAlertmanagerUrl("").kind);
        assertEquals(
                FormValidation.Kind.ERROR, descriptor.doCheckSilenceMatchers("a=\"b\"", "https://am.example").kind);
        assertEquals(
                FormValidation.Kind.WARNING,
                descriptor.doCheckSilenceMatchers("a=~\"${host}.*\"", "https://am.example").kind);
        assertEquals(
                FormValidation.Kind.OK, descriptor.doCheckSilenceMatchers("a=\"${host}\"", "https://am.example").kind);
        clouds.credential(CloudFixture.plain("am", "alerts", "s3cr3t", false))
                .credential(CloudFixture.text("token", "s3cr3t"))
                .credential(CloudFixture.text("blank", "s3cr3t and more"))
                .credential(CloudFixture.text("empty", " "))
                .credential(CloudFixture.password("other", "alerts", "s3cr3t", "ops"));
        assertEquals(
                FormValidation.Kind.OK,
                descriptor.doCheckAlertmanagerCredentialsId("token", "https://am.example").kind);
        assertEquals(
                FormValidation.Kind.OK, descriptor.doCheckAlertmanagerCredentialsId("am", "https://am.example").kind);
        for (String id : List.of("other", "none", "blank", "empty")) {
            FormValidation wrong = descriptor.doCheckAlertmanagerCredentialsId(id, "https://am.example");
            assertEquals(id, FormValidation.Kind.ERROR, wrong.kind);
            assertFalse(wrong.toString(), wrong.toString().contains("s3cr3t"));
        }
        assertEquals(
                "an empty one, a user's, and three texts",
                5,
                descriptor
                        .doFillAlertmanagerCredentialsIdItems("https://am.example", "")
                        .size());
    }
}
