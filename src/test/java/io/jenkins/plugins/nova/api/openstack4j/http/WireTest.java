package io.jenkins.plugins.nova.api.openstack4j.http;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud;
import io.jenkins.plugins.nova.api.openstack4j.RawServer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** How one request travels, and what becomes of it when the network misbehaves. */
public class WireTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final Wire wire = new Wire(FakeCloud.quick());

    /** A wire that waits less long has its patience, or that of the wire that it is made of where that is less. */
    @Test
    public void anImpatientWireWaitsLessLongAndNeverLonger() throws Exception {
        Wire brisk =
                new Wire(new Transport(HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofMillis(300), null));
        try (RawServer server = new RawServer((connection, n) -> true)) {
            for (Wire impatient :
                    List.of(wire.impatient(Duration.ofMillis(300)), brisk.impatient(Duration.ofMinutes(5)))) {
                NovaException.NoAnswer e = assertThrows(
                        NovaException.NoAnswer.class,
                        () -> impatient.send("GET", URI.create(server.url() + "/"), Map.of(), null));
                assertTrue(e.getMessage(), e.getMessage().endsWith("no answer within 300 ms"));
            }
        }
    }

    private static Answer post(Wire wire, String url) {
        return wire.send("POST", URI.create(url + "/servers/1/action"), Map.of(), "{\"migrate\": null}");
    }

    @Test
    public void aPostWhoseConnectionIsResetIsNotSentAgain() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> RawServer.reset(connection))) {
            NovaException.NoAnswer e = assertThrows(NovaException.NoAnswer.class, () -> post(wire, server.url()));
            assertTrue(e.outcomeUnknown());
            assertEquals(List.of("POST /servers/1/action HTTP/1.1"), server.requests);
        }
    }

    @Test
    public void aPostOnAPooledConnectionThatTheServerDropsIsNotSentAgain() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> {
            if (n > 1) {
                return RawServer.reset(connection);
            }
            RawServer.write(connection, OK);
            return true;
        })) {
            assertEquals(
                    200,
                    wire.send("GET", URI.create(server.url() + "/"), Map.of(), null)
                            .status());
            assertThrows(NovaException.NoAnswer.class, () -> post(wire, server.url()));
            assertEquals(List.of("GET / HTTP/1.1", "POST /servers/1/action HTTP/1.1"), server.requests);
        }
    }

    @Test
    public void aDeleteAndAPutAreNotSentAgainEither() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> {
            connection.close();
            return false;
        })) {
            assertThrows(
                    NovaException.NoAnswer.class,
                    () -> wire.send("DELETE", URI.create(server.url() + "/d"), Map.of(), null));
            assertThrows(
                    NovaException.NoAnswer.class,
                    () -> wire.send("PUT", URI.create(server.url() + "/p"), Map.of(), "{}"));
            assertEquals(List.of("DELETE /d HTTP/1.1", "PUT /p HTTP/1.1"), server.requests);
        }
    }

    /** The JVM reads the flag once, so this needs a JVM of its own. */
    @Test
    public void nothingIsChangedTwiceEvenWhenTheJvmIsToldToRetryEverything() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> {
            if (n == 1 || n == 3) {
                RawServer.write(connection, OK);
                return true;
            }
            connection.close();
            return false;
        })) {
            Process probe = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djdk.httpclient.enableAllMethodRetry=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RetryingJvm.class.getName(),
                            server.url())
                    .redirectErrorStream(true)
                    .start();
            assertTrue(probe.waitFor(60, TimeUnit.SECONDS));
            String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    said,
                    List.of(
                            "GET / HTTP/1.1",
                            "POST /servers/1/action HTTP/1.1",
                            "GET / HTTP/1.1",
                            "DELETE /servers/1/migrations/2 HTTP/1.1"),
                    server.requests);
            assertEquals(said, 2, said.split("NoAnswer", -1).length - 1);
        }
    }

    /** Twice a GET, to fill the pool, and then a change. */
    public static final class RetryingJvm {
        public static void main(String[] arguments) {
            Wire wire = new Wire(FakeCloud.quick());
            String url = arguments[0];
            for (Runnable change : List.<Runnable>of(
                    () -> post(wire, url),
                    () -> wire.send("DELETE", URI.create(url + "/servers/1/migrations/2"), Map.of(), null))) {
                wire.send("GET", URI.create(url + "/"), Map.of(), null);
                try {
                    change.run();
                } catch (NovaException e) {
                    System.out.println(e);
                }
            }
        }
    }

    @Test
    public void noAnswerInTimeIsNoAnswer() throws Exception {
        Wire impatient =
                new Wire(new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), Duration.ofMillis(300), null));
        try (RawServer server = new RawServer((connection, n) -> true)) {
            NovaException.NoAnswer e = assertThrows(NovaException.NoAnswer.class, () -> post(impatient, server.url()));
            assertEquals("POST " + server.url() + "/servers/1/action: no answer within 300 ms", e.getMessage());
        }
    }

    @Test
    public void aBodyThatStallsIsBoundedInTimeToo() throws Exception {
        Wire impatient =
                new Wire(new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), Duration.ofSeconds(3), null));
        try (RawServer server = new RawServer((connection, n) -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"serv");
            return true;
        })) {
            Answer answer = impatient.send("GET", URI.create(server.url() + "/"), Map.of(), null);
            assertThrows(NovaException.NoAnswer.class, answer::body);
            assertThrows(NovaException.NoAnswer.class, () -> answer.json("list"));
        }
    }

    @Test
    public void aStatusCountsEvenWhenItsBodyIsCutOff() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> {
            RawServer.write(
                    connection,
                    "HTTP/1.1 202 Accepted\r\nX-OpenStack-Request-Id: req-7\r\n" + "Content-Length: 100\r\n\r\n{\"cut");
            connection.close();
            return false;
        })) {
            Answer answer = post(wire, server.url());
            assertEquals(202, answer.status());
            assertEquals("req-7", answer.requestId());
            assertThrows(NovaException.NoAnswer.class, answer::body);
        }
    }

    @Test
    public void aClosedPortIsUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        NovaException.Unreachable e =
                assertThrows(NovaException.Unreachable.class, () -> post(wire, "http://127.0.0.1:" + port));
        assertFalse(e.outcomeUnknown());
        assertTrue(e.getMessage(), e.getMessage().startsWith("cannot reach http://127.0.0.1:" + port + ": "));
    }

    @Test
    public void anUnknownHostIsUnreachableAndSaysSo() {
        NovaException.Unreachable e =
                assertThrows(NovaException.Unreachable.class, () -> post(wire, "http://no-such-host.invalid:8774"));
        assertEquals("cannot reach http://no-such-host.invalid:8774: the host name is unknown", e.getMessage());
    }

    @Test
    public void somethingThatIsNotHttpIsNoAnswer() throws Exception {
        try (RawServer server = new RawServer((connection, n) -> {
            RawServer.write(connection, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
            connection.close();
            return false;
        })) {
            assertThrows(NovaException.NoAnswer.class, () -> post(wire, server.url()));
        }
    }

    @Test
    public void anAnswerIsReadUpToTheLimitAndNotBeyond() throws Exception {
        Wire small = new Wire(FakeCloud.quick(), 10);
        try (FakeCloud cloud = new FakeCloud("a")) {
            cloud.on("GET", "/fits", FakeCloud.Reply.json(200, "0123456789"))
                    .on("GET", "/large", FakeCloud.Reply.json(200, "0123456789A"));
            assertArrayEquals(
                    "0123456789".getBytes(StandardCharsets.UTF_8),
                    small.send("GET", URI.create(cloud.url() + "/fits"), Map.of(), null)
                            .body());
            Answer large = small.send("GET", URI.create(cloud.url() + "/large"), Map.of(), null);
            NovaException.Unintelligible e = assertThrows(NovaException.Unintelligible.class, large::body);
            assertEquals("GET " + cloud.url() + "/large: the answer is larger than 10 bytes", e.getMessage());
        }
    }

    @Test
    public void aThreadThatIsInterruptedStopsWaitingAndStaysInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, n) -> {
            asked.countDown();
            return true;
        })) {
            FutureTask<Boolean> waiting = new FutureTask<>(() -> {
                assertThrows(NovaException.NoAnswer.class, () -> post(wire, server.url()));
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(waiting);
            thread.start();
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            thread.interrupt();
            assertTrue(result(waiting));
        }
    }

    private static boolean result(FutureTask<Boolean> task) throws Exception {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
