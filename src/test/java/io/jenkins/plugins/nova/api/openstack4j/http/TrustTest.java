package io.jenkins.plugins.nova.api.openstack4j.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.nova.api.NovaException;
import java.io.File;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A cloud with a certificate of its own CA. */
public class TrustTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private static HttpsServer server;
    private static String pem;

    @BeforeClass
    public static void start() throws Exception {
        Path store = FOLDER.getRoot().toPath().resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "cloud",
                "-keyalg",
                "EC",
                "-dname",
                "CN=nova.test",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(STORE_PASSWORD));
        Path certificate = FOLDER.getRoot().toPath().resolve("cloud.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "cloud",
                "-file",
                certificate.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                new String(STORE_PASSWORD));
        pem = Files.readString(certificate);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterClass
    public static void stop() {
        server.stop(0);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "keytool");
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(new String(process.getInputStream().readAllBytes()), 0, process.exitValue());
    }

    private static Answer get(String caPem, String host) {
        Transport transport =
                new Transport(HttpClient::newBuilder, Duration.ofSeconds(10), Duration.ofSeconds(20), caPem);
        return new Wire(transport)
                .send(
                        "GET",
                        URI.create("https://" + host + ":" + server.getAddress().getPort() + "/"),
                        Map.of(),
                        null);
    }

    @Test
    public void withItsCaTheCloudIsTrusted() {
        assertEquals(204, get("# the CA of our cloud\n" + pem, "127.0.0.1").status());
    }

    @Test
    public void withoutItsCaTheCloudIsNotTrustedAndTheWayOutIsTold() {
        NovaException.Unreachable e = assertThrows(NovaException.Unreachable.class, () -> get(null, "127.0.0.1"));
        assertTrue(e.getMessage(), e.getMessage().contains("PKIX path building failed"));
        assertTrue(e.getMessage(), e.getMessage().contains("a private CA must be given with the cloud"));
    }

    @Test
    public void aCertificateForAnotherNameIsNotTrusted() {
        NovaException.Unreachable e = assertThrows(NovaException.Unreachable.class, () -> get(pem, "localhost"));
        assertTrue(e.getMessage(), e.getMessage().contains("localhost"));
    }

    @Test
    public void theJvmsAuthoritiesStayTrusted() throws Exception {
        TrustManagerFactory jvm = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jvm.init((KeyStore) null);
        int known = ((X509TrustManager) jvm.getTrustManagers()[0]).getAcceptedIssuers().length;
        assertEquals(known + 1, Trust.authorities(pem).size());
    }

    @Test
    public void whatIsNoCertificateIsRefusedWithTheParametersName() {
        for (String odd : new String[] {
            "no certificate",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMII"
        }) {
            IllegalArgumentException e = assertThrows(odd, IllegalArgumentException.class, () -> get(odd, "127.0.0.1"));
            assertTrue(e.getMessage(), e.getMessage().startsWith("caPem: "));
        }
    }
}
