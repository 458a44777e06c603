package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A cloud that is not there, not trusted or behind something is said within seconds, by the variable that names it. */
public class FirstLoginTest {

    private static final String PASSWORD = "hunter2-of-the-robot";

    /** Connecting takes 5 s at most. */
    private static final long SECONDS = 12;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ProxySelector proxies = ProxySelector.getDefault();

    @After
    public void proxiesAsBefore() {
        ProxySelector.setDefault(proxies);
    }

    private static String refused(String url, String... more) {
        Map<String, String> env = new LinkedHashMap<>(
                Map.of("OS_AUTH_URL", url, "OS_USERNAME", "robot", "OS_PASSWORD", PASSWORD, "OS_PROJECT_NAME", "ops"));
        for (String pair : more) {
            env.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        ProxySelector.setDefault(new ClientProxies(env::get));
        long begun = System.nanoTime();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> FirstLogin.at(ClientCloud.ofEnvironment(env::get, Path.of(""))))
                .getMessage();
        assertTrue(message, System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS));
        assertFalse(message, message.contains(PASSWORD));
        return message;
    }

    private static void says(String message, String... words) {
        for (String word : words) {
            assertTrue(message, message.contains(word));
        }
    }

    private static int nobodysPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    public void nothingListens() throws Exception {
        says(
                refused("http://127.0.0.1:" + nobodysPort() + "/v3"),
                "OS_AUTH_URL: cannot reach http://127.0.0.1:",
                "nothing listens there");
    }

    @Test
    public void aHostThatThereIsNot() {
        says(refused("https://keystone.invalid:5000/v3"), "OS_AUTH_URL: cannot reach", "the host name is unknown");
    }

    /** Linux drops what comes when the queue of a socket that nobody accepts from is full, as a firewall would. */
    @Test
    public void aFirewallThatDrops() throws Exception {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) {
                queue.add(new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort()));
            }
            says(
                    refused("http://127.0.0.1:" + silent.getLocalPort() + "/v3"),
                    "OS_AUTH_URL: cannot reach",
                    "no connection in time (5 s): a firewall may drop");
        } finally {
            for (Socket each : queue) {
                each.close();
            }
        }
    }

    @Test
    public void whatIsNoKeystone() throws Exception {
        Map<Integer, String> answers = Map.of(404, "is that Keystone's address?", 302, "answers with a redirect to");
        for (Map.Entry<Integer, String> each : answers.entrySet()) {
            HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            other.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Location", "https://elsewhere.example/");
                exchange.sendResponseHeaders(each.getKey(), -1);
                exchange.close();
            });
            other.start();
            try {
                says(refused("http://127.0.0.1:" + other.getAddress().getPort()), "OS_AUTH_URL: ", each.getValue());
            } finally {
                other.stop(0);
            }
        }
    }

    @Test
    public void aCertificateOfAnAuthorityOfTheirOwn() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Path pem = certified(server, "cloud");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/v3";
            says(refused(url), "OS_AUTH_URL: cannot reach", "TLS", "OS_CACERT names the file with the certificate");
            says(refused(url, "OS_INSECURE=true"), "OS_CACERT names the file");
            says(refused(url, "OS_CACERT=" + pem), "is that Keystone's address?");
            Path other = certified(HttpsServer.create(), "other");
            says(refused(url, "OS_CACERT=" + other), "the certificates of OS_CACERT are not those of its authority");
            says(refused(url, "REQUESTS_CA_BUNDLE=" + pem), "is that Keystone's address?");
            says(
                    refused(url.replace("127.0.0.1", "localhost"), "OS_CACERT=" + pem),
                    "its certificate is for another name than the one in the URL");
        } finally {
            server.stop(0);
        }
    }

    /** Servers of plain HTTP hang up on a greeting of TLS, wait for more of it, or refuse it in plain words. */
    @Test
    public void httpsWhereHttpIs() throws Exception {
        try (SimulatedCloud cloud = SimulatedCloud.builder().host("compute1").start()) {
            String url = cloud.identityUrl().toString().replace("http:", "https:");
            says(refused(url), "OS_AUTH_URL: cannot reach", "is it http, not https, there?");
        }
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            says(
                    refused("https://127.0.0.1:" + silent.getLocalPort() + "/v3"),
                    "OS_AUTH_URL: cannot reach",
                    "no connection in time",
                    "is it http, not https, there?");
        }
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread refusing = new Thread(() -> refuse(plain));
            refusing.start();
            says(
                    refused("https://127.0.0.1:" + plain.getLocalPort() + "/v3"),
                    "OS_AUTH_URL: ",
                    "is it http, not https, there?");
            refusing.join();
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    public void aProxyIsGoneThroughAndNamed() throws Exception {
        int closed = nobodysPort();
        says(
                refused("http://keystone.invalid/v3", "http_proxy=http://127.0.0.1:" + closed),
                "through the proxy 127.0.0.1:" + closed + " that http_proxy names");
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<URI> asked = new ArrayList<>();
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI());
            byte[] words = "{\"error\": {\"message\": \"come in by another door\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, words.length);
            exchange.getResponseBody().write(words);
            exchange.close();
        });
        proxy.start();
        try {
            String there = "ALL_PROXY=127.0.0.1:" + proxy.getAddress().getPort();
            says(
                    refused("http://keystone.invalid/v3", there),
                    "does not accept OS_USERNAME and its password",
                    "come in by another door",
                    "that ALL_PROXY names");
            assertEquals(List.of(URI.create("http://keystone.invalid/v3/auth/tokens")), asked);
            says(refused("http://keystone.invalid/v3", there, "no_proxy=.invalid"), "the host name is unknown");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    public void whichProxyForWhichAddress() {
        String proxy = "http://proxy.example:3128";
        Object[][] rows = {
            {Map.of("https_proxy", proxy), "https://k.example/", "https_proxy"},
            {Map.of("HTTPS_PROXY", proxy), "https://k.example/", "HTTPS_PROXY"},
            {Map.of("https_proxy", proxy, "HTTPS_PROXY", "http://other:1"), "https://k.example/", "https_proxy"},
            {Map.of("https_proxy", proxy), "http://k.example/", null},
            {Map.of("https_proxy", ""), "https://k.example/", null},
            {Map.of("all_proxy", proxy), "http://k.example/", "all_proxy"},
            {Map.of("all_proxy", proxy, "no_proxy", "*"), "http://k.example/", null},
            {Map.of("all_proxy", proxy, "NO_PROXY", "a, example"), "http://k.example/", null},
            {Map.of("all_proxy", proxy, "no_proxy", ".example"), "http://K.EXAMPLE/", null},
            {Map.of("all_proxy", proxy, "no_proxy", "other.example"), "http://k.example/", "all_proxy"},
            {Map.of("all_proxy", proxy, "no_proxy", "k.example:5000"), "http://k.example:5000/", null},
            {Map.of("all_proxy", proxy, "no_proxy", "k.example:5000"), "http://k.example:35357/", "all_proxy"},
            {Map.of("all_proxy", proxy, "no_proxy", "10.0.0.0/8"), "http://10.9.8.7/", null},
            {Map.of("all_proxy", proxy, "no_proxy", "10.0.0.0/8"), "http://11.9.8.7/", "all_proxy"},
            {Map.of("all_proxy", proxy, "no_proxy", "127.0.0.1,localhost"), "http://127.0.0.1:5000/", null},
        };
        for (Object[] row : rows) {
            Map<?, ?> env = (Map<?, ?>) row[0];
            ClientProxies proxies = new ClientProxies(name -> (String) env.get(name));
            assertEquals(
                    env + " " + row[1],
                    row[2],
                    proxies.to(URI.create((String) row[1]))
                            .map(ClientProxies.Way::variable)
                            .orElse(null));
        }
    }

    @Test
    public void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword() {
        for (String proxy : List.of("http://me:" + PASSWORD + "@proxy:3128", "socks5://proxy:1080", "http://:3128")) {
            says(
                    refused("https://keystone.invalid/v3", "https_proxy=" + proxy),
                    "https_proxy: only a proxy such as http://");
        }
    }

    /** Gives a server a key of its own; the certificate in PEM. */
    private Path certified(HttpsServer server, String name) throws Exception {
        Path store = folder.getRoot().toPath().resolve(name + ".p12");
        Path pem = folder.getRoot().toPath().resolve(name + ".pem");
        String[] common = {"-alias", "cloud", "-keystore", store.toString(), "-storepass", "changeit"};
        keytool(
                common,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("cloud").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return pem;
    }

    private static void keytool(String[] common, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "keytool");
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(more));
        command.addAll(List.of(common));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8), 0, process.exitValue());
    }
}
