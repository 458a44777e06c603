package io.jenkins.plugins.nova.cloud;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Test;

public class CloudSessionsTest {

    private static final URI A = URI.create("https://a.example:5000/v3");
    private static final URI B = URI.create("https://b.example:5000/v3");
    private static final String TOKEN = "t0ken.of-the_Alertmanager==";
    private static final String SECRET = "s3cr3t-Hunter2";

    private final CloudFixture clouds = CloudFixture.begin();
    private final Run<?, ?> build = new SomeBuild("job#1");
    private final List<CloudEndpoint> endpoints = new ArrayList<>();
    private final List<Login> logins = new ArrayList<>();
    private final List<SilenceSettings> silences = new ArrayList<>();
    private long now;
    private final CloudSessions sessions = new CloudSessions(this::connect, new Ticker() {
        @Override
        public long read() {
            return now;
        }
    });

    @After
    public void reset() {
        clouds.close();
    }

    @Test
    public void withoutAnyCloudItSaysWhereToConfigureOne() {
        assertEquals(
                "cloud: no OpenStack cloud is configured in this Jenkins; add one under"
                        + " Manage Jenkins » System » OpenStack clouds (Nova)",
                refusal(null, null));
        assertTrue(refusal("lab", null).startsWith("cloud: 'lab': no OpenStack cloud is configured"));
    }

    /** What hangs is asked once, whoever waits for it, and holds up nobody who asks for something else. */
    @Test
    public void aLookUpThatHangsHasOneThreadAndALimit() throws Exception {
        CredentialsLookup lookup = new CredentialsLookup();
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Supplier<String> hangs = () -> {
            begun.incrementAndGet();
            Uninterruptibles.awaitUninterruptibly(held);
            return "late";
        };
        for (int i = 0; i < 3; i++) {
            NovaException.Unreachable late = assertThrows(
                    NovaException.Unreachable.class, () -> lookup.of("job#1 c", "c", Duration.ofMillis(20), hangs));
            assertTrue(
                    late.getMessage(),
                    late.getMessage().startsWith("credentialsId: the look-up of the credential 'c'"));
        }
        assertEquals(1, begun.get());
        assertEquals("fresh", lookup.of("job#2 c", "c", CredentialsLookup.LIMIT, () -> "fresh"));
        held.countDown();
        await().until(() ->
                lookup.of("job#1 c", "c", CredentialsLookup.LIMIT, () -> "anew").equals("anew"));
    }

    @Test
    public void whoWaitsForALookUpCanBeInterrupted() {
        CredentialsLookup lookup = new CredentialsLookup();
        CountDownLatch held = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThrows(
                NovaException.Unreachable.class,
                () -> lookup.of("job#1 c", "c", CredentialsLookup.LIMIT, () -> {
                    Uninterruptibles.awaitUninterruptibly(held);
                    return "";
                }));
        assertTrue("it stays interrupted", Thread.interrupted());
        held.countDown();
    }

    @Test
    public void whatALookUpThrowsIsThrown() {
        CredentialsLookup lookup = new CredentialsLookup();
        for (RuntimeException thrown :
                List.of(new CloudProblem("no such credential"), new IllegalStateException("bug"))) {
            assertSame(
                    thrown,
                    assertThrows(
                            RuntimeException.class,
                            () -> lookup.of("k", "c", CredentialsLookup.LIMIT, () -> {
                                throw thrown;
                            })));
        }
    }

    @Test
    public void theOnlyCloudNeedsNoName() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops")).cloud("lab", A, "RegionOne", "c");

        sessions.openFor(build, null, null);
        sessions.openFor(build, "", "");

        assertEquals(1, endpoints.size());
        assertEquals(A, endpoints.get(0).identityUrl());
        assertEquals("RegionOne", endpoints.get(0).region());
        assertEquals(List.of(new Login.Password("admin", "Default", SECRET, "ops", "Default")), logins);
        assertEquals("lab", CloudSessions.nameOf(null));
    }

    /** It is looked up as the cloud's is; what is wrong with it keeps nobody from the cloud. */
    @Test
    public void theAlertmanagersCredentialIsTheCloudsMatterToo() throws Exception {
        NovaCloud lab = new NovaCloud("lab", A.toString());
        lab.setCredentialsId("c");
        lab.setAlertmanagerUrl("https://am.example/alerts/api/v2/");
        lab.setAlertmanagerCredentialsId("am");
        lab.setSilenceMatchers("instance=\"${host}\"");
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops")).cloud(lab);

        sessions.openFor(build, null, null);
        clouds.credential(CloudFixture.password("am", "x", SECRET, "ops"));
        sessions.openFor(build, null, null);
        clouds.withoutCredential("am").credentialFor("am.example", CloudFixture.plain("am", "alerts", SECRET, true));
        sessions.openFor(build, null, null);
        sessions.openFor(build, null, null);
        clouds.withoutCredential("am").credentialFor("am.example", CloudFixture.plain("am", "alerts", "new", true));
        sessions.openFor(build, null, null);
        clouds.withoutCredential("am").credentialFor("am.example", CloudFixture.text("am", TOKEN + "\n"));
        sessions.openFor(build, null, null);
        clouds.withoutCredential("am").credentialFor("am.example", CloudFixture.text("am", TOKEN + "\nX-Other: 1"));
        sessions.openFor(build, null, null);

        assertEquals(
                List.of("https://am.example/alerts"),
                silences.stream().map(one -> one.url().toString()).distinct().toList());
        String missing = silences.get(0).problem();
        assertTrue(
                missing,
                missing.startsWith(
                        "alertmanagerCredentialsId: there is no credential 'am' that may be used for https://am"));
        assertTrue(missing, missing.contains("add one of the kind 'Username with password' or 'Secret text'"));
        assertEquals(
                Arrays.asList(null, null, SECRET, "new", TOKEN, null),
                silences.stream().map(SilenceSettings::secret).toList());
        assertEquals(
                Arrays.asList(null, null, "alerts", "alerts", null, null),
                silences.stream().map(SilenceSettings::user).toList());
        assertEquals(
                "alertmanagerCredentialsId: the credential 'am' is no token: it has a blank, a line break or a character"
                        + " beside ASCII in it; edit it under Manage Jenkins » Credentials",
                silences.get(5).problem());
        assertEquals(
                "alertmanagerCredentialsId: the credential 'am' is not of the kind 'Username with password' or 'Secret text'",
                silences.get(1).problem());
        for (SilenceSettings one : silences) {
            String shown = one + " " + one.problem();
            assertFalse(shown, shown.contains(SECRET) || shown.contains(TOKEN) || shown.contains("alerts:"));
        }
    }

    @Test
    public void ofSeveralOneMustBeNamed() {
        clouds.cloud("lab", A, null, null).cloud("prod", B, null, null);

        assertEquals(
                "cloud: several are configured and none was named; say cloud: with one of 'lab', 'prod'",
                refusal(null, null));
        AbortException nameless = assertThrows(AbortException.class, () -> CloudSessions.nameOf(" "));
        assertTrue(nameless.getMessage(), nameless.getMessage().contains("'lab', 'prod'"));
    }

    @Test
    public void anUnknownNameIsAnsweredWithTheKnownOnesAndWhatARenameDoes() {
        clouds.cloud("lab", A, null, null).cloud("prod", B, null, null);

        String message = refusal("pord", null);

        assertTrue(message, message.startsWith("cloud: there is no cloud 'pord' under Manage Jenkins » System"));
        assertTrue(message, message.contains("configured: 'lab', 'prod'."));
        assertTrue(message, message.contains("renamed or removed while this build was running"));
    }

    @Test
    public void aNameIsTakenExactly() {
        clouds.cloud("lab", A, null, null);

        assertTrue(refusal("LAB", null).contains("there is no cloud 'LAB'"));
    }

    @Test
    public void withoutAnyCredentialItSaysWhereToNameOne() {
        clouds.cloud("lab", A, null, null);

        String message = refusal(null, null);

        assertTrue(
                message, message.startsWith("credentialsId: neither the step nor the cloud 'lab' names a credential"));
        assertTrue(message, message.contains("Manage Jenkins » System"));
    }

    @Test
    public void aMissingCredentialIsNamedWithTheKindsAndTheWayOut() {
        clouds.cloud("lab", A, null, "gone");

        String ofCloud = refusal(null, null);
        String ofStep = refusal(null, "typo");

        assertTrue(ofCloud, ofCloud.contains("no credential 'gone' (named by the cloud 'lab')"));
        assertTrue(ofStep, ofStep.contains("no credential 'typo' (named by the step)"));
        for (String message : List.of(ofCloud, ofStep)) {
            assertTrue(message, message.contains("https://a.example:5000/v3"));
            assertTrue(
                    message,
                    message.contains("'OpenStack application credential', 'OpenStack user and password' or"
                            + " 'Username with password'"));
            assertTrue(message, message.contains("scope Global"));
        }
    }

    @Test
    public void aCredentialOfAnotherDomainIsToldFromAMissingOne() {
        clouds.credentialFor("b.example", CloudFixture.password("c", "admin", SECRET, "ops"))
                .cloud("lab", A, null, "c");

        String message = refusal(null, null);

        assertTrue(message, message.contains("in a credentials domain that leaves this address out"));
    }

    @Test
    public void aCredentialOfAnotherKindIsRefusedByName() {
        clouds.credential(new Other("key")).cloud("lab", A, null, "key");

        String message = refusal(null, null);

        assertTrue(
                message, message.startsWith("credentialsId: the credential 'key' is of a kind that OpenStack cannot"));
        assertTrue(message, message.contains("'OpenStack application credential'"));
    }

    @Test
    public void aPlainUsernameTakesProjectAndDomainsFromTheCloud() throws Exception {
        clouds.credential(CloudFixture.plain("up", "ann", SECRET, false));
        NovaCloud cloud = new NovaCloud("lab", A.toString());
        cloud.setCredentialsId("up");
        clouds.cloud(cloud);
        String without = refusal(null, null);
        assertTrue(without, without.contains("names no project, and the cloud 'lab' has none either"));

        NovaCloud whole = new NovaCloud("whole", A.toString());
        whole.setCredentialsId("up");
        whole.setProject("ops");
        whole.setProjectDomain("corp");
        whole.setUserDomain("ldap");
        clouds.cloud(whole);
        sessions.openFor(build, "whole", null);

        assertEquals(List.of(new Login.Password("ann", "ldap", SECRET, "ops", "corp")), logins);
    }

    @Test
    public void aUsernameThatIsTreatedAsSecretIsOneInTheLogin() throws Exception {
        NovaCloud cloud = new NovaCloud("lab", A.toString());
        cloud.setCredentialsId("up");
        cloud.setProject("ops");
        clouds.cloud(cloud).credential(CloudFixture.plain("up", "ann", SECRET, true));
        sessions.openFor(build, null, null);
        clouds.withoutCredential("up").credential(CloudFixture.plain("up", "ann", SECRET, false));
        sessions.openFor(build, null, null);

        assertEquals("another session, once it may be shown", 2, logins.size());
        assertEquals(
                "user **** (Default) of project ops (Default)", logins.get(0).toString());
        assertEquals(
                "user ann (Default) of project ops (Default)", logins.get(1).toString());
    }

    @Test
    public void theStepsCredentialGoesBeforeTheClouds() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops"))
                .credential(CloudFixture.application("app", "0123", SECRET))
                .cloud("lab", A, null, "c");

        sessions.openFor(build, "lab", "app");

        assertEquals(List.of(new Login.ApplicationCredential("0123", SECRET)), logins);
    }

    @Test
    public void aSessionIsKeptTenMinutesAndNoLonger() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops")).cloud("lab", A, null, "c");

        Nova first = sessions.openFor(build, null, null);
        now += Duration.ofMinutes(10).minusSeconds(1).toNanos();
        assertSame(first, sessions.openFor(new SomeBuild("job#2"), "lab", "c"));
        now += Duration.ofSeconds(2).toNanos();
        assertNotSame(first, sessions.openFor(build, null, null));
        assertEquals(2, logins.size());
    }

    @Test
    public void aChangedCredentialCountsFromTheNextOpen() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops")).cloud("lab", A, null, "c");
        Nova first = sessions.openFor(build, null, null);

        clouds.withoutCredential("c").credential(CloudFixture.password("c", "admin", "changed", "ops"));

        assertNotSame(first, sessions.openFor(build, null, null));
        assertEquals("changed", ((Login.Password) logins.get(1)).password());
    }

    @Test
    public void aRemovedCredentialIsMissedThoughASessionIsStillKept() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops")).cloud("lab", A, null, "c");
        sessions.openFor(build, null, null);

        clouds.withoutCredential("c");

        assertTrue(refusal(null, null).contains("no credential 'c'"));
    }

    @Test
    public void everySettingOfTheCloudMakesASessionOfItsOwn() throws Exception {
        clouds.credential(CloudFixture.password("c", "admin", SECRET, "ops"));
        List<NovaCloud> variants = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            NovaCloud cloud = new NovaCloud("cloud" + i, (i == 5 ? B : A).toString());
            cloud.setCredentialsId("c");
            variants.add(cloud);
        }
        variants.get(1).setRegion("RegionTwo");
        variants.get(2).setEndpointInterface("internal");
        variants.get(3).setConnectTimeoutSeconds(3);
        variants.get(4).setAnswerTimeoutSeconds(4);
        variants.forEach(clouds::cloud);

        for (NovaCloud cloud : variants) {
            sessions.openFor(build, cloud.getName(), null);
        }

        assertEquals(variants.size(), endpoints.size());
        assertEquals(B, endpoints.get(5).identityUrl());
    }

    @Test
    public void twoCloudsAtOnceDoNotMix() throws Exception {
        clouds.credential(CloudFixture.password("a", "ann", SECRET, "ops"))
                .credential(CloudFixture.password("b", "bob", SECRET, "ops"))
                .cloud("lab", A, null, "a")
                .cloud("prod", B, null, "b");

        Nova lab = sessions.openFor(build, "lab", null);
        Nova prod = sessions.openFor(build, "prod", null);

        assertNotSame(lab, prod);
        assertSame(lab, sessions.openFor(build, "lab", null));
        assertSame(prod, sessions.openFor(build, "prod", null));
        assertEquals(
                List.of(A, B),
                endpoints.stream().map(CloudEndpoint::identityUrl).toList());
        assertEquals(
                List.of("ann", "bob"),
                logins.stream().map(login -> ((Login.Password) login).user()).toList());
    }

    @Test
    public void twoRealSessionsOnOneThreadDoNotMix() throws Exception {
        try (SimulatedCloud one = SimulatedCloud.builder()
                        .user("ann", SECRET, "ops", "admin")
                        .host("one-compute")
                        .start();
                SimulatedCloud two = SimulatedCloud.builder()
                        .user("bob", SECRET, "ops", "admin")
                        .host("two-compute")
                        .start()) {
            clouds.credential(CloudFixture.password("a", "ann", SECRET, "ops"))
                    .credential(CloudFixture.password("b", "bob", SECRET, "ops"))
                    .cloud("one", one.identityUrl(), null, "a")
                    .cloud("two", two.identityUrl(), null, "b");

            for (int round = 0; round < 2; round++) {
                assertEquals(
                        "ann", CloudSessions.open(build, "one", null).identity().userName());
                assertEquals(
                        "bob", CloudSessions.open(build, "two", null).identity().userName());
                assertEquals(
                        "one-compute",
                        CloudSessions.open(build, "one", null)
                                .computeServices()
                                .get(0)
                                .host());
                assertEquals(
                        "two-compute",
                        CloudSessions.open(build, "two", null)
                                .computeServices()
                                .get(0)
                                .host());
            }
            assertEquals(
                    "one login each", 1, one.audit().of("POST", "/auth/tokens").size());
            assertEquals(
                    "one login each", 1, two.audit().of("POST", "/auth/tokens").size());
        }
    }

    @Test
    public void noKeyAndNoMessageHoldsASecret() throws Exception {
        Transport transport = Transport.direct();
        Login login = new Login.Password("admin", "Default", SECRET, "ops", "Default");
        String key = new SessionKeys().of(new CloudEndpoint(A, null, Facing.PUBLIC), transport, login, null);
        assertFalse(key, key.contains(SECRET));
        assertNotEquals(
                "each process has its own",
                key,
                new SessionKeys().of(new CloudEndpoint(A, null, Facing.PUBLIC), transport, login, null));

        clouds.credential(new OpenStackPasswordCredentials(
                        CredentialsScope.GLOBAL, "c", "", null, Secret.fromString(SECRET), "ops"))
                .credential(CloudFixture.plain("up", "ann", SECRET, false))
                .cloud("lab", A, null, "c");
        for (String message : List.of(refusal(null, null), refusal(null, "up"), refusal(null, "nope"))) {
            assertFalse(message, message.contains(SECRET));
        }
        assertTrue(refusal(null, null).contains("the credential 'c' has no user"));
        assertFalse(sessions.toString().contains(SECRET));
        assertFalse(NovaClouds.get().getClouds().toString().contains(SECRET));
    }

    private String refusal(String cloud, String credentialsId) {
        return assertThrows(AbortException.class, () -> sessions.openFor(build, cloud, credentialsId))
                .getMessage();
    }

    private Nova connect(CloudEndpoint endpoint, Login login, Transport transport, SilenceSettings silences) {
        this.silences.add(silences);
        endpoints.add(endpoint);
        logins.add(login);
        return OpenStackNova.connect(endpoint, login, Transport.direct());
    }

    /** A kind that OpenStack knows nothing of. */
    private static final class Other extends BaseStandardCredentials {
        private static final long serialVersionUID = 1L;

        private Other(String id) {
            super(CredentialsScope.GLOBAL, id, "");
        }
    }
}
