package io.jenkins.plugins.nova.api.openstack4j;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** How often a credential is tried, who waits for whom, how long a token must live, and what becomes of it. */
public class LoginTest {

    private static final Reply REFUSED = Reply.json(
            401,
            "{\"error\": {\"code\": 401, \"message\": \"The request you have made requires" + " authentication.\"}}");
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private final Connections connections = new Connections(clock);
    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"))
                .on("PUT", "/v2.1/os-services/1", Reply.json(200, "{}"))
                .on("POST", "/v2.1/servers/1/action", new Reply(202, Map.of(), ""));
    }

    @After
    public void stop() {
        connections.close();
        cloud.close();
    }

    private OpenStackNova connect() {
        return cloud.connect(connections, FakeCloud.login());
    }

    private static Login.Password with(String password) {
        return new Login.Password("admin", "Default", password, "ops", "Default");
    }

    // --- a refused secret

    @Test
    public void aRefusedSecretIsTriedTwiceWhateverTheNumberOfSessionsAndCalls() {
        cloud.loginReply = REFUSED;
        for (int i = 0; i < 10; i++) {
            OpenStackNova session = connect();
            NovaException.NotAuthenticated e = assertThrows(NovaException.NotAuthenticated.class, session::identity);
            assertThrows(NovaException.NotAuthenticated.class, session::aggregates);
            assertEquals(i > 0, e.getMessage().contains("is not tried again"));
            assertFalse(e.outcomeUnknown());
            assertFalse(e.getMessage(), e.getMessage().contains(FakeCloud.PASSWORD));
        }
        assertEquals(2, cloud.logins.get());
    }

    @Test
    public void manyStepsAtOnceTryItTwiceTogether() throws Exception {
        cloud.loginReply = REFUSED;
        inParallel(
                12,
                () -> assertThrows(
                        NovaException.NotAuthenticated.class, () -> connect().identity()));
        assertTrue("logins: " + cloud.logins.get(), cloud.logins.get() <= 2);
    }

    @Test
    public void aChangedSecretIsTriedAtOnceAndTheOldOneStaysRefused() {
        cloud.loginReply = REFUSED;
        for (int i = 0; i < 3; i++) {
            assertThrows(NovaException.NotAuthenticated.class, () -> connect().identity());
        }
        cloud.loginReply = null;
        assertEquals(
                "admin",
                cloud.connect(connections, with("a new one")).identity().userName());
        assertEquals(
                "p1",
                cloud.connect(connections, new Login.ApplicationCredential("ac1", "x"))
                        .identity()
                        .projectId());
        assertThrows(NovaException.NotAuthenticated.class, () -> connect().identity());
        assertEquals(4, cloud.logins.get());
    }

    @Test
    public void anAdministratorMayHaveItTriedAgain() {
        cloud.loginReply = REFUSED;
        for (int i = 0; i < 3; i++) {
            assertThrows(NovaException.NotAuthenticated.class, () -> connect().identity());
        }
        cloud.loginReply = null;
        connections.forget();
        assertEquals("admin", connect().identity().userName());
    }

    @Test
    public void aLoginThatSucceedsInBetweenBeginsTheCountAnew() {
        for (int i = 0; i < 4; i++) {
            cloud.loginReply = REFUSED;
            assertThrows(NovaException.NotAuthenticated.class, () -> connect().identity());
            cloud.loginReply = null;
            connect().identity();
        }
        assertEquals(8, cloud.logins.get());
    }

    @Test
    public void whatKeystoneCannotServeIsNoRefusal() {
        cloud.loginReply = Reply.json(503, "");
        for (int i = 0; i < 5; i++) {
            assertThrows(NovaException.Refused.class, () -> connect().identity());
        }
        assertEquals(5, cloud.logins.get());
    }

    // --- who waits for whom

    /** A Keystone that answers a byte now and then, for ever. */
    private static RawServer dribbler(CountDownLatch asked) throws Exception {
        return new RawServer((connection, n) -> {
            RawServer.write(connection, "HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n{");
            asked.countDown();
            return true;
        });
    }

    private static Transport patient(Duration answer) {
        return new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), answer, null);
    }

    @Test
    public void waitersShareOneLoginAndItsFailure() throws Exception {
        try (RawServer keystone = dribbler(new CountDownLatch(1))) {
            CloudEndpoint endpoint = new CloudEndpoint(URI.create(keystone.url()), null, Facing.PUBLIC);
            OpenStackNova session = connections.connect(endpoint, FakeCloud.login(), patient(Duration.ofSeconds(4)));
            long before = System.nanoTime();
            inParallel(9, () -> assertThrows(NovaException.Unreachable.class, session::identity));
            // one after the other would take nine times four seconds; who came late may begin a second one
            assertTrue(
                    "took " + Duration.ofNanos(System.nanoTime() - before),
                    System.nanoTime() - before < Duration.ofSeconds(20).toNanos());
            assertTrue(keystone.requests.toString(), keystone.requests.size() <= 2);
        }
    }

    @Test
    public void whoWaitsForAnothersLoginCanBeInterruptedAndSoCanTheOther() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer keystone = dribbler(asked)) {
            CloudEndpoint endpoint = new CloudEndpoint(URI.create(keystone.url()), null, Facing.PUBLIC);
            OpenStackNova session = connections.connect(endpoint, FakeCloud.login(), patient(Duration.ofMinutes(10)));
            FutureTask<NovaException> first = asking(session);
            Thread one = begin(first);
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            FutureTask<NovaException> second = asking(session);
            Thread two = begin(second);
            await().atMost(BOUND).until(() -> two.getState() == Thread.State.TIMED_WAITING);
            two.interrupt();
            assertEquals(
                    NovaException.Unreachable.class,
                    second.get(20, TimeUnit.SECONDS).getClass());
            assertFalse("the other waits on", first.isDone());
            one.interrupt();
            assertEquals(
                    NovaException.Unreachable.class,
                    first.get(20, TimeUnit.SECONDS).getClass());
        }
    }

    private static Thread begin(FutureTask<NovaException> asking) {
        Thread thread = new Thread(asking);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static FutureTask<NovaException> asking(OpenStackNova session) {
        return new FutureTask<>(() -> assertThrows(NovaException.class, session::identity));
    }

    // --- how long a token lives

    @Test
    public void aTokenThatWouldNotOutliveAMoveIsRenewedBeforeIt() {
        cloud.expires = "2026-01-01T01:00:00Z"; // one hour
        OpenStackNova session = connect();
        assertEquals(Duration.ofHours(1), session.renewIfExpiringWithin(Duration.ofMinutes(50)));
        clock.advance(Duration.ofMinutes(20));
        assertEquals(
                "lives long enough", Duration.ofMinutes(40), session.renewIfExpiringWithin(Duration.ofMinutes(30)));
        assertEquals(1, cloud.logins.get());
        assertEquals("renewed", Duration.ofHours(1), session.renewIfExpiringWithin(Duration.ofMinutes(50)));
        session.confirmResize("1");
        assertEquals(2, cloud.logins.get());
        assertEquals(cloud.token(2), cloud.seen.get(cloud.seen.size() - 1).header("X-Auth-Token"));
    }

    @Test
    public void aCloudWhoseTokensAllLiveTooShortIsAskedForOneAMinuteAtMost() {
        cloud.expires = "2026-01-01T00:30:00Z";
        OpenStackNova session = connect();
        for (int i = 0; i < 20; i++) {
            session.renewIfExpiringWithin(Duration.ofHours(6));
            clock.advance(Duration.ofSeconds(6));
        }
        assertTrue("logins: " + cloud.logins.get(), cloud.logins.get() <= 3);
    }

    @Test
    public void aTokenOfWhichNothingIsSaidIsLeftAlone() {
        cloud.expires = "some day";
        OpenStackNova session = connect();
        assertNull(session.renewIfExpiringWithin(Duration.ofHours(6)));
        clock.advance(Duration.ofHours(1));
        assertNull(session.renewIfExpiringWithin(Duration.ofHours(6)));
        assertEquals(1, cloud.logins.get());
    }

    // --- what becomes of it

    @Test
    public void aTokenThatIsLetGoIsRevokedOnceNobodyUsesIt() {
        OpenStackNova session = connect();
        session.aggregates();
        session.disableService("1", "tried");
        session.letGo();
        connections.sweep(Session.QUIET);
        assertEquals("somebody may be in the middle of a tick", List.of(), cloud.revoked);
        clock.advance(Session.QUIET.plusSeconds(1));
        connections.sweep(Session.QUIET);
        await().atMost(BOUND).until(() -> cloud.revoked.equals(List.of(cloud.token(1))));
        session.aggregates();
        assertEquals("who comes back logs in anew", 2, cloud.logins.get());
    }

    /** Nova goes on with the token of a move: revoked, the move fails where Neutron or Cinder are asked. */
    @Test
    public void aTokenThatBeganSomethingIsLeftToExpire() {
        OpenStackNova moving = connect();
        moving.confirmResize("1");
        moving.letGo();
        OpenStackNova looking = cloud.connect(connections, with("another"));
        looking.aggregates();
        looking.letGo();
        clock.advance(Session.QUIET.plusSeconds(1));
        connections.sweep(Session.QUIET);
        await().atMost(BOUND).until(() -> !cloud.revoked.isEmpty());
        assertEquals(List.of(cloud.token(2)), cloud.revoked);
    }

    @Test
    public void aKeystoneThatHangsKeepsNobodyFromLettingGo() throws Exception {
        OpenStackNova session = connect();
        session.aggregates();
        cloud.close();
        session.letGo();
        clock.advance(Session.QUIET.plusSeconds(1));
        connections.sweep(Session.QUIET); // returns
        cloud = new FakeCloud("b");
    }

    // --- clients

    @Test
    public void sessionsOfOneCloudShareAClientAndItEndsWithThem() {
        Transport transport = FakeCloud.quick();
        // an idle thread of another client lives on for seconds
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        List<OpenStackNova> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(connections.connect(cloud.endpoint(), with("secret " + i), transport));
            sessions.get(i).identity();
        }
        assertEquals(1, connections.clients());
        assertTrue(httpThreads(others) > 0);
        sessions.forEach(OpenStackNova::letGo);
        clock.advance(Connections.CLIENT_KEPT.plusSeconds(1));
        connections.sweep(Session.QUIET);
        connections.forget();
        assertEquals(0, connections.clients());
        await().atMost(BOUND).until(() -> httpThreads(others) == 0);
    }

    private static long httpThreads(Set<Thread> butThese) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("openstack-http") && !butThese.contains(thread))
                .count();
    }

    private static void inParallel(int n, Callable<?> what) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(n);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                tasks.add(what::call);
            }
            for (Future<Object> done : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
