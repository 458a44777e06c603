package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.io.File;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.openstack4j.openstack.internal.OSClientSession;

/** Logging in, staying logged in, and whose token goes where. */
public class SessionTest {

    private FakeCloud a;
    private FakeCloud b;

    @Before
    public void start() throws Exception {
        a = new FakeCloud("a");
        b = new FakeCloud("b");
        for (FakeCloud cloud : List.of(a, b)) {
            cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"))
                    .on("POST", "/v2.1/servers/1/action", new Reply(202, Map.of(), ""));
        }
    }

    @After
    public void stop() {
        a.close();
        b.close();
    }

    @Test
    public void nothingIsSentBeforeTheFirstCall() {
        a.connect();
        assertEquals(List.of(), a.seen);
    }

    @Test
    public void aPasswordIsSentAsKeystoneWantsIt() {
        Identity identity = a.connect().identity();
        assertEquals(
                new Identity(a.url() + "/v3", "RegionOne", "u1", "admin", "p1", "ops-a", List.of("admin")), identity);
        JsonNode auth = FakeCloud.json(a.seen.get(0).body()).path("auth");
        assertEquals(FakeCloud.json("""
                        {"identity": {"methods": ["password"], "password": {"user": {
                            "name": "admin", "domain": {"name": "Default"}, "password": "%s"}}},
                         "scope": {"project": {"name": "ops", "domain": {"name": "Default"}}}}""".formatted(FakeCloud.PASSWORD)), auth);
        assertNull(a.seen.get(0).header("Os4j-auth-command"));
    }

    @Test
    public void anApplicationCredentialIsSentWithoutAScope() {
        OpenStackNova nova = OpenStackNova.connect(
                new CloudEndpoint(URI.create(a.url()), "RegionOne", Facing.PUBLIC),
                new Login.ApplicationCredential("ac1", "ac-secret"),
                FakeCloud.quick());
        nova.identity();
        assertEquals(FakeCloud.json("""
                        {"identity": {"methods": ["application_credential"],
                            "application_credential": {"id": "ac1", "secret": "ac-secret"}}}"""), FakeCloud.json(a.seen.get(0).body()).path("auth"));
    }

    @Test
    public void theIdentityUrlMayEndAsItLikes() {
        for (String end : List.of("", "/", "/v3", "/v3/")) {
            OpenStackNova.connect(
                            new CloudEndpoint(URI.create(a.url() + end), null, Facing.PUBLIC),
                            FakeCloud.login(),
                            FakeCloud.quick())
                    .identity();
        }
        assertEquals(4, a.logins.get());
    }

    @Test
    public void identityLogsInOnceAndAsksNothingElse() {
        OpenStackNova nova = a.connect();
        nova.identity();
        nova.identity();
        assertEquals(1, a.seen.size());
    }

    @Test
    public void twoCloudsOnOneThreadDoNotMix() {
        OpenStackNova atA = a.connect();
        OpenStackNova atB = b.connect();
        atA.identity();
        atB.identity();
        for (int i = 0; i < 3; i++) {
            atA.aggregates();
            atB.aggregates();
            atA.confirmResize("1");
        }
        assertTokens(a, 9 - 3, a.token(1));
        assertTokens(b, 3, b.token(1));
    }

    @Test
    public void oneCloudOnManyThreadsLogsInOnce() throws Exception {
        OpenStackNova atA = a.connect();
        OpenStackNova atB = b.connect();
        inParallel(16, i -> (i % 2 == 0 ? atA : atB).aggregates());
        assertEquals(1, a.logins.get());
        assertEquals(1, b.logins.get());
        assertTokens(a, 8, a.token(1));
        assertTokens(b, 8, b.token(1));
    }

    @Test
    public void noTokenStaysOnTheThread() {
        a.connect().aggregates();
        assertNull(OSClientSession.getCurrent().getTokenId());
        a.accepted = "something else";
        OpenStackNova refused = a.connect();
        assertThrows(NovaException.NotAuthenticated.class, refused::aggregates);
        assertNull(OSClientSession.getCurrent().getTokenId());
    }

    @Test
    public void anExpiredTokenIsReplacedAndTheCallSentOnceMore() {
        OpenStackNova nova = a.connect();
        nova.aggregates();
        a.accepted = a.token(2);
        Receipt receipt = nova.confirmResize("1");
        assertEquals(202, receipt.status());
        assertEquals(2, a.logins.get());
        List<FakeCloud.Seen> posts =
                a.calls().stream().filter(call -> call.method().equals("POST")).toList();
        assertEquals(
                List.of(a.token(1), a.token(2)),
                posts.stream().map(call -> call.header("X-Auth-Token")).toList());
        assertEquals(posts.get(0).body(), posts.get(1).body());
    }

    @Test
    public void aTokenThatIsRefusedEvenWhenFreshIsNotAuthenticated() {
        a.accepted = "nobody's";
        OpenStackNova nova = a.connect();
        NovaException.NotAuthenticated e = assertThrows(NovaException.NotAuthenticated.class, nova::aggregates);
        assertEquals(2, a.logins.get());
        assertTrue(e.getMessage(), e.getMessage().contains("user admin (Default) of project ops (Default)"));
    }

    @Test
    public void aTokenThatExpiresForManyThreadsIsReplacedOnce() throws Exception {
        OpenStackNova nova = a.connect();
        nova.aggregates();
        a.accepted = a.token(2);
        inParallel(8, i -> nova.aggregates());
        assertEquals(2, a.logins.get());
    }

    @Test
    public void aRefusedLoginIsNotAuthenticatedAndNamesWhoAndWhere() {
        a.loginReply = Reply.json(401, "{\"error\": {\"code\": 401, \"message\": \"The password is expired.\"}}")
                .with("X-OpenStack-Request-Id", "req-9");
        NovaException.NotAuthenticated e = assertThrows(
                NovaException.NotAuthenticated.class, () -> a.connect().identity());
        assertEquals(
                "log in at " + a.url() + "/v3: HTTP 401: The password is expired. (req-9): the credential is not"
                        + " accepted: user admin (Default) of project ops (Default)",
                e.getMessage());
    }

    /** Keystone answers 404 and not 401 to an application credential that has been deleted (seen on Zed). */
    @Test
    public void anApplicationCredentialThatIsGoneIsNotAuthenticated() {
        a.loginReply = Reply.json(
                404, "{\"error\": {\"code\": 404, \"message\": \"Could not find Application Credential: ac1.\"}}");
        OpenStackNova nova = OpenStackNova.connect(
                new CloudEndpoint(URI.create(a.url()), null, Facing.PUBLIC),
                new Login.ApplicationCredential("ac1", "ac-secret"),
                FakeCloud.quick());
        assertTrue(assertThrows(NovaException.NotAuthenticated.class, nova::identity)
                .getMessage()
                .endsWith("Could not find Application Credential: ac1.: the credential is not accepted:"
                        + " application credential ac1"));
        a.loginReply = new Reply(404, Map.of("Content-Type", "text/html"), "<html>no Keystone here</html>");
        assertThrows(NovaException.Refused.class, nova::identity);
    }

    @Test
    public void aLoginThatKeystoneCannotServeNowIsRefused() {
        a.loginReply = new Reply(503, Map.of("Retry-After", "7", "Content-Type", "text/html"), "<html>");
        NovaException.Refused e =
                assertThrows(NovaException.Refused.class, () -> a.connect().identity());
        assertEquals(503, e.status());
        assertEquals("", e.novaMessage());
        assertEquals(7, e.retryAfter().toSeconds());
    }

    @Test
    public void aLoginThatIsNoKeystoneIsUnintelligible() {
        for (Reply odd : List.of(
                new Reply(200, Map.of("Content-Type", "text/html"), "<html>welcome</html>"),
                Reply.json(201, "{\"token\": {\"user\": {\"id\": \"u1\"").with("X-Subject-Token", "t"),
                Reply.json(201, "{\"token\": {\"user\": {\"id\": \"u1\", \"name\": \"n\"}}}"),
                Reply.json(201, "null"),
                new Reply(302, Map.of("Location", "http://elsewhere.example/"), ""))) {
            a.loginReply = odd;
            assertThrows(
                    odd.body(),
                    NovaException.Unintelligible.class,
                    () -> a.connect().identity());
        }
    }

    @Test
    public void aTokenWithoutAProjectIsMissingOne() {
        a.loginReply = Reply.json(201, "{\"token\": {\"user\": {\"id\": \"u1\", \"name\": \"n\"}}}")
                .with("X-Subject-Token", "t");
        NovaException.Missing e =
                assertThrows(NovaException.Missing.class, () -> a.connect().identity());
        assertTrue(e.getMessage(), e.getMessage().contains("not scoped to a project"));
    }

    /**
     * As inside Jenkins: the plugin has a class loader of its own, and the thread's is anybody's. Everything is loaded
     * afresh here, so that openstack4j has to find the connector again.
     */
    @Test
    public void theThreadsClassLoaderDoesNotMatter() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        for (ClassLoader threads : new ClassLoader[] {null, platform}) {
            try (URLClassLoader plugin = new URLClassLoader(classPath.toArray(new URL[0]), platform)) {
                Function<?, ?> asking = (Function<?, ?>) plugin.loadClass(Asking.class.getName())
                        .getConstructor()
                        .newInstance();
                thread.setContextClassLoader(threads);
                assertEquals("ops-a", ask(asking));
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Object ask(Function<?, ?> asking) {
        return ((Function<String, Object>) asking).apply(a.url());
    }

    /** Logs in and asks Nova something; loaded by a class loader of its own. */
    public static final class Asking implements Function<String, String> {
        @Override
        public String apply(String url) {
            OpenStackNova nova = OpenStackNova.connect(
                    new CloudEndpoint(URI.create(url), null, Facing.PUBLIC), FakeCloud.login(), FakeCloud.quick());
            nova.aggregates();
            return nova.identity().projectName();
        }
    }

    /** Jenkins gives a client with its proxy, an authenticator for it and redirects followed. */
    @Test
    public void theGivenClientsProxyIsUsedItsRedirectsAreNotAndItsAuthenticatorIsNotInTheWay() {
        InetSocketAddress proxy =
                new InetSocketAddress("127.0.0.1", URI.create(a.url()).getPort());
        Transport throughProxy = new Transport(
                () -> HttpClient.newBuilder()
                        .proxy(ProxySelector.of(proxy))
                        .followRedirects(HttpClient.Redirect.ALWAYS)
                        .authenticator(new Authenticator() {}),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                null);
        a.catalogue = a.catalogue.replace("%1$s", "http://nova.invalid");
        OpenStackNova nova = OpenStackNova.connect(
                new CloudEndpoint(URI.create("http://keystone.invalid/v3"), null, Facing.PUBLIC),
                FakeCloud.login(),
                throughProxy);
        nova.aggregates();
        assertEquals(
                "http://nova.invalid/v2.1/os-aggregates",
                a.seen.get(a.seen.size() - 1).uri());
        a.accepted = a.token(2);
        nova.aggregates();
        assertEquals(2, a.logins.get());
        a.on("GET", "/v2.1/os-aggregates", new Reply(302, Map.of("Location", "http://nova.invalid/v2.1/"), ""));
        int before = a.seen.size();
        assertThrows(NovaException.Unintelligible.class, nova::aggregates);
        assertEquals(before + 1, a.seen.size());
    }

    private interface Use {
        Object with(int i);
    }

    private static void inParallel(int n, Use use) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(n);
        try {
            CyclicBarrier together = new CyclicBarrier(n);
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int number = i;
                tasks.add(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return use.with(number);
                });
            }
            for (Future<Object> done : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertTokens(FakeCloud cloud, int calls, String token) {
        assertEquals(calls, cloud.calls().size());
        for (FakeCloud.Seen call : cloud.calls()) {
            assertEquals(call.toString(), token, call.header("X-Auth-Token"));
        }
    }
}
