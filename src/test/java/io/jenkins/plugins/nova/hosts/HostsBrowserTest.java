package io.jenkins.plugins.nova.hosts;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.nova.report.AnyBrowser;
import io.jenkins.plugins.nova.report.page.ReportPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The page in a real browser, as Jenkins serves it: under a strict Content Security Policy, with style and script beside it. */
public class HostsBrowserTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final AtomicInteger NEWS = new AtomicInteger();
    private static final AtomicInteger FRAGMENTS = new AtomicInteger();

    private static AnyBrowser browser;
    private static HttpServer jenkins;
    private static volatile HostsOfCloud page;
    private static volatile String fragment;
    private static volatile int status;

    @Rule
    public final SomeController controller = new SomeController();

    @BeforeClass
    public static void begin() throws Exception {
        browser = new AnyBrowser(FOLDER.newFolder("profile").toPath());
        jenkins = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jenkins.createContext("/", HostsBrowserTest::answer);
        jenkins.start();
    }

    @AfterClass
    public static void end() throws Exception {
        if (jenkins != null) {
            jenkins.stop(0);
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Before
    public void ordinary() {
        SamplePage.jobs(controller);
        status = 200;
        browser.size(1280, 900);
        browser.prefers("light");
    }

    @Test
    public void thePolicyHoldsAndNamesStayNames() {
        serve(SamplePage.of(40, "<script>alert(1)</script>"));
        assertEquals(List.of(), browser.complaints());
        assertEquals("0", browser.text("document.querySelectorAll('main script, main img').length"));
        assertEquals(
                "<script>alert(1)</script>",
                browser.text("document.querySelector('[data-host^=\"<script\"] th').textContent"));
    }

    @Test
    public void theFilterFindsHostsByWords() {
        serve(SamplePage.of(40, "compute1.rack7.example.org"));
        assertEquals("12", browser.text(SHOWN));
        browser.text("document.querySelector('#nova-hosts-words').focus()");
        browser.type("INC-4711 DISABLED");
        assertEquals("1", browser.text(SHOWN));
        assertEquals("1 of 12 shown", browser.text("document.querySelector('#nova-hosts-shown').textContent"));
    }

    @Test
    public void thePageShowsTheFirstReadingByItself() {
        serve(SamplePage.first());
        assertTrue(browser.text("document.querySelector('#nova-hosts-state').textContent")
                .contains("is being read, for 3 s"));
        tell(SamplePage.of(0, "compute1"));
        browser.await("document.querySelectorAll('tr[data-host]').length === 12");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void aNewReadingKeepsWhatTheReaderDid() {
        serve(SamplePage.of(40, "compute1"));
        browser.text("document.querySelector('[data-host=\"compute1\"] details').open = true");
        browser.text("document.querySelector('[data-host=\"compute1\"] details a').focus()");
        tell(SamplePage.of(0, "compute1"));
        browser.await("document.querySelector('#nova-hosts-age').textContent === '0 s'");
        assertEquals("true", browser.text("document.querySelector('[data-host=\"compute1\"] details').open"));
        assertEquals(
                "Maintain compute1 with the job maintenance/one-host",
                browser.text("document.activeElement.getAttribute('aria-label')"));
    }

    @Test
    public void aPageWithoutNewsFetchesNoMoreThanTheNews() {
        serve(SamplePage.of(40, "compute1"));
        int news = NEWS.get();
        int fragments = FRAGMENTS.get();
        Awaitility.await().until(() -> NEWS.get() > news + 3);
        assertEquals(fragments, FRAGMENTS.get());
    }

    @Test
    public void aControllerThatDoesNotAnswerIsSaidUntilItDoes() {
        serve(SamplePage.of(40, "compute1"));
        status = 503;
        browser.await("document.querySelector('#nova-hosts-lost').textContent.startsWith('Not refreshed')");
        status = 200;
        browser.await("document.querySelector('#nova-hosts-lost').textContent === ''");
    }

    @Test
    public void noWidthNeedsScrollingSidewaysNorBreaksAWord() {
        for (int width : List.of(360, 600, 700, 1300, 1920)) {
            browser.size(width, 900);
            serve(SamplePage.of(200, "compute1.rack7.example.org"));
            browser.text("document.querySelectorAll('details').forEach(each => each.open = true)");
            if (width > 360) { // there the address of a cloud that does not answer is wider than the page
                assertEquals("broken words at " + width, "", browser.brokenWords(".nova-hosts"));
            }
            assertEquals(
                    width + " px",
                    "true",
                    browser.text("document.documentElement.scrollWidth <= " + width
                            + " && [...document.querySelectorAll('.nova-hosts :not(thead, thead *)')].every(e => e.getBoundingClientRect().right <= "
                            + width + ")"));
        }
    }

    @Test
    public void axeCoreFindsNothingSerious() {
        Map<String, HostsOfCloud> pages = new LinkedHashMap<>();
        pages.put("fresh", SamplePage.of(4, "compute1.rack7.example.org"));
        pages.put("old", SamplePage.of(200, "compute1.rack7.example.org"));
        pages.put("first", SamplePage.first());
        pages.forEach((name, hosts) -> {
            serve(hosts);
            browser.text("document.querySelectorAll('details').forEach(each => each.open = true)");
            for (int width : List.of(700, 1300)) {
                browser.size(width, 900);
                for (String colours : List.of("light", "dark")) {
                    browser.prefers(colours);
                    assertEquals(name + " at " + width + ", " + colours, List.of(), browser.barriers());
                    picture(name + "-" + width + "-" + colours);
                }
            }
        });
    }

    /** With {@code -Dpage.pictures=<directory>} each is also written there as a picture, for people to look at. */
    private static void picture(String name) {
        String directory = System.getProperty("page.pictures");
        if (directory != null) {
            try {
                Files.createDirectories(Path.of(directory));
                Files.write(Path.of(directory, "hosts-" + name + ".png"), browser.picture());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    public void lightAndDarkDiffer() {
        serve(SamplePage.of(40, "compute1"));
        String light = browser.text(COLOUR);
        browser.prefers("dark");
        assertNotEquals(light, browser.text(COLOUR));
    }

    private static final String SHOWN = "document.querySelectorAll('tr[data-host]:not([hidden])').length";
    private static final String COLOUR = "getComputedStyle(document.querySelector('.nova-hosts-good')).color";

    /** What Jenkins has to tell from now on. */
    private static void tell(HostsOfCloud next) {
        fragment = next.getFragment();
        page = next;
    }

    private static void serve(HostsOfCloud first) {
        tell(first);
        browser.open(URI.create("http://127.0.0.1:" + jenkins.getAddress().getPort() + "/openstack-hosts/cloud/lab/"));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = "text/html;charset=UTF-8";
        byte[] body;
        int code = 200;
        if (path.endsWith(".css") || path.endsWith(".js")) {
            type = path.endsWith("css") ? "text/css" : "text/javascript";
            String file = path.substring(path.lastIndexOf('/') + 1);
            Class<?> beside = file.startsWith("standalone") ? ReportPage.class : HostsPage.class;
            try (InputStream in = beside.getResourceAsStream(file)) {
                body = in.readAllBytes();
            }
        } else if (path.endsWith("/fragment")) {
            FRAGMENTS.incrementAndGet();
            body = fragment.getBytes(StandardCharsets.UTF_8);
        } else if (path.endsWith("/api/json")) {
            NEWS.incrementAndGet();
            code = status;
            type = "application/json";
            body = ("{\"readAt\":" + quoted(page.getReadAt()) + ",\"ageSeconds\":" + page.getAgeSeconds()
                            + ",\"reading\":" + page.isReading() + ",\"problemAt\":" + quoted(page.getProblemAt())
                            + "}")
                    .getBytes(StandardCharsets.UTF_8);
        } else {
            body =
                    ("<!DOCTYPE html><html lang=\"en\" class=\"nova-standalone\"><head><title>Hosts of lab</title><link rel=\"icon\" href=\"data:,\">"
                                    + "<meta name=\"viewport\" content=\"width=device-width\">"
                                    + "<meta name=\"color-scheme\" content=\"light dark\">"
                                    + "<link rel=\"stylesheet\" href=\"standalone.css\"><link rel=\"stylesheet\" href=\"page.css\">"
                                    + "<script src=\"page.js\"></script></head><body><main>" + fragment
                                    + "</main></body></html>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:");
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
