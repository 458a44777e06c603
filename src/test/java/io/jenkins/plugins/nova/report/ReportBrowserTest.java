package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The page in a real browser: as Jenkins serves it, with style and script beside it under a strict Content Security Policy, and
 * as the file that stands alone.
 */
public class ReportBrowserTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Browser browser;
    private static HttpServer jenkins;
    private static volatile String fragment;
    private static volatile int status;

    @BeforeClass
    public static void begin() throws Exception {
        if (!Files.isExecutable(Browser.CHROMIUM)) {
            System.out.println("ReportBrowserTest is skipped: there is no " + Browser.CHROMIUM
                    + " (apt-get install chromium, or -Dchromium=<path>)");
            Assume.assumeTrue(false);
        }
        browser = new Browser(FOLDER.newFolder("profile").toPath());
        jenkins = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jenkins.createContext("/", ReportBrowserTest::answer);
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
        status = 200;
        browser.size(1280, 900);
        browser.prefers("light");
    }

    @Test
    public void theFilterFindsServersByWordsAndByState() {
        serve(STILL, Samples.drained());
        assertEquals("false", browser.text("document.querySelector('.nova-filter').hidden"));
        browser.ask("document.querySelector('.nova-filter input').focus()");
        browser.type("compute3 CACHE");
        assertEquals("cache-a", shown());
        assertEquals("1 of 12 shown", browser.text("document.querySelector('.nova-shown').textContent"));
        assertEquals(
                "the timeline follows",
                1,
                browser.ask("document.querySelectorAll('li[data-server]:not([hidden])').length")
                        .asInt());
        browser.ask("document.querySelector('.nova-filter input').select()");
        browser.press("Backspace", 8);
        assertEquals(12, visibleRows());
        press("bad");
        assertEquals("build-agent,legacy-vpn", shown());
        press("");
        assertEquals(12, visibleRows());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void theFilterIsWorkedByKeyboardAlone() {
        serve(STILL, Samples.drained());
        browser.ask("document.querySelector('.nova-filter input').focus()");
        browser.press("Tab", 9);
        browser.press("Tab", 9);
        assertEquals("bad", browser.text("document.activeElement.dataset.novaShow"));
        assertNotEquals("none", browser.text("getComputedStyle(document.activeElement).outlineStyle"));
        browser.press("Enter", 13);
        assertEquals("true", browser.text("document.activeElement.getAttribute('aria-pressed')"));
        assertEquals("build-agent,legacy-vpn", shown());
    }

    @Test
    public void thePolicyHoldsAndNamesStayNames() {
        serve(STILL, Samples.hostile(), Samples.drained());
        assertEquals(List.of(), browser.complaints());
        assertEquals(
                0,
                browser.ask("document.querySelectorAll('main script, main img').length")
                        .asInt());
        assertEquals("<script>alert(1)</script>", browser.text("document.querySelector('tbody th bdi').textContent"));
    }

    @Test
    public void thePolicyOfTheTestIsInForce() {
        serve(STILL, Samples.drained());
        browser.ask("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> browser.complaints().stream()
                        .anyMatch(complaint -> complaint.contains("Content Security Policy")));
    }

    @Test
    public void aRunningPageRenewsItselfAndKeepsWhatTheReaderDid() {
        View live = Samples.live(Samples.START.plusSeconds(75));
        serve(live, Samples.running());
        browser.ask("document.querySelector('.nova-notes').open = true");
        browser.ask("document.querySelector('.nova-filter input').focus()");
        browser.type("web");
        assertEquals("web-1,web-2,web-3", shown());
        assertTrue(browser.text("document.querySelector('.nova-verdict').textContent")
                .contains("2 of 7"));

        fragment = ReportPage.fragment(
                List.of(Samples.drained(), Samples.large()),
                new View(live.now(), live.zone(), false, "fragment", null));
        browser.await("document.querySelector('.nova-verdict').textContent.includes('12 of 12')");

        assertEquals("web-1,web-2,web-3", browser.text(SHOWN.formatted("#nova-nodeEvacuate-1 ")));
        assertEquals("true", browser.text("document.querySelector('.nova-notes').open"));
        assertEquals("nova-nodeEvacuate-1-f", browser.text("document.activeElement.id"));
        assertEquals(
                "a new drain appears",
                2,
                browser.ask("document.querySelectorAll('section').length").asInt());
        assertTrue(
                browser.text("document.querySelector('#nova-said').textContent").contains("12 of 12"));
        assertEquals("true", browser.text("document.querySelector('#nova-fresh').hidden"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void aPageThatCannotBeRenewedSaysSoAndTriesAgain() {
        serve(Samples.live(Samples.START.plusSeconds(75)), Samples.running());
        status = 503;
        browser.await("document.querySelector('#nova-stale').textContent.startsWith('Not refreshed')");
        status = 200;
        browser.await("document.querySelector('#nova-stale').textContent === ''");
    }

    @Test
    public void theFileThatStandsAloneWorksInLightAndDark() throws Exception {
        Path file = FOLDER.newFile("report.html").toPath();
        Files.writeString(
                file,
                ReportPage.selfContained(
                        List.of(Samples.drained(), Samples.hostile()), "nightly #212", Samples.START, Samples.UTC));
        browser.open(file.toUri());
        assertEquals(List.of(), browser.complaints());
        press("bad");
        assertEquals("build-agent,legacy-vpn", browser.text(SHOWN.formatted("#nova-nodeEvacuate-1 ")));
        double light = contrast();
        browser.prefers("dark");
        assertTrue("dark", brightness("document.body", "backgroundColor") < 0.05);
        double dark = contrast();
        assertTrue("contrast " + light + " and " + dark, light >= 4.5 && dark >= 4.5);
    }

    @Test
    public void thePlanIsOpenedAndClosedByKeyboardAndIsAllThatAPlanShows() {
        serve(STILL, Samples.planned());
        assertEquals(List.of(), browser.complaints());
        assertEquals("the plan's own table alone: " + browser.text(SHOWN.formatted("")), 7, visibleRows());
        browser.press("Tab", 9);
        assertEquals("SUMMARY", browser.text("document.activeElement.tagName"));
        assertNotEquals("none", browser.text("getComputedStyle(document.activeElement).outlineStyle"));
        browser.press("Enter", 13);
        assertEquals("false", browser.text("document.activeElement.parentElement.open"));
        browser.press("Enter", 13);
        assertEquals("true", browser.text("document.activeElement.parentElement.open"));
    }

    @Test
    public void aPlanThatComesWhileThePageIsOpenStaysAsTheReaderHasIt() {
        View live = Samples.live(Samples.START.plusSeconds(75));
        serve(live, Samples.running());
        DrainReport planned = Samples.with(Samples.running(), Samples.planned().plan());
        fragment = ReportPage.fragment(List.of(planned), live);
        browser.await("document.querySelector('.nova-planned') !== null");
        assertEquals("closed beside moves", "false", browser.text("document.querySelector('.nova-planned').open"));
        browser.ask("document.querySelector('.nova-planned').open = true");
        fragment = ReportPage.fragment(
                List.of(Samples.with(Samples.drained(), Samples.planned().plan())), live);
        browser.await("document.querySelector('.nova-verdict').textContent.includes('12 of 12')");
        assertEquals("true", browser.text("document.querySelector('.nova-planned').open"));
    }

    @Test
    public void narrowScreensNeedNoSidewaysScrolling() {
        browser.size(360, 800);
        serve(STILL, Samples.drained(), Samples.large(), Samples.planned());
        assertTrue(browser.ask("document.documentElement.scrollWidth <= 360").asBoolean());
        assertTrue(
                browser.ask("[...document.querySelectorAll('.nova-scroll')].every(e => e.scrollWidth <= e.clientWidth)")
                        .asBoolean());
    }

    @Test
    public void twoHundredServersAreFilteredAtOnce() {
        serve(STILL, Samples.large());
        double took = browser.ask("(() => { const start = performance.now(); "
                        + "document.querySelector('[data-nova-show=bad]').click(); "
                        + "document.body.offsetHeight; return performance.now() - start; })()")
                .asDouble();
        assertEquals(10, visibleRows());
        assertFalse("took " + took + " ms", took > 1000);
    }

    private static final View STILL = View.still(Samples.START.plusSeconds(300), Samples.UTC);

    private static final String SHOWN =
            "[...document.querySelectorAll('%stbody tr:not([hidden]) th > bdi')].map(e => e.textContent).join()";

    private static String shown() {
        return browser.text(SHOWN.formatted(""));
    }

    private static int visibleRows() {
        return browser.ask("[...document.querySelectorAll('tbody tr')].filter(e => e.offsetHeight > 0).length")
                .asInt();
    }

    private static void press(String state) {
        browser.ask("document.querySelector('[data-nova-show=\"" + state + "\"]').click()");
    }

    /** The least contrast of any state's word against its ground, as WCAG counts it. */
    private static double contrast() {
        double ground = brightness("document.querySelector('.nova-scroll')", "backgroundColor");
        double least = 21;
        for (String kind : List.of("bad", "confirm", "good", "quiet")) {
            double word = brightness("document.querySelector('td .nova-is-" + kind + "')", "color");
            least = Math.min(least, (Math.max(word, ground) + 0.05) / (Math.min(word, ground) + 0.05));
        }
        return least;
    }

    private static double brightness(String element, String property) {
        return browser.ask("(() => { const [r, g, b] = getComputedStyle(" + element + ")." + property
                        + ".match(/[\\d.]+/g).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); "
                        + "return 0.2126 * r + 0.7152 * g + 0.0722 * b; })()")
                .asDouble();
    }

    private static void serve(View view, DrainReport... drains) {
        fragment = ReportPage.fragment(List.of(drains), view);
        browser.open(
                URI.create("http://127.0.0.1:" + jenkins.getAddress().getPort() + "/job/nightly/1/host-maintenance/"));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = "text/html;charset=UTF-8";
        byte[] body;
        int code = 200;
        if (path.endsWith("page.css") || path.endsWith("page.js")) {
            type = path.endsWith("css") ? "text/css" : "text/javascript";
            try (InputStream in = ReportPage.class.getResourceAsStream(path.substring(path.lastIndexOf('/') + 1))) {
                body = in.readAllBytes();
            }
        } else if (path.endsWith("/fragment")) {
            code = status;
            body = fragment.getBytes(StandardCharsets.UTF_8);
        } else {
            body = ("<!DOCTYPE html><html lang=\"en\"><head><title>nightly</title><link rel=\"icon\" href=\"data:,\">"
                            + "<meta name=\"viewport\" content=\"width=device-width\">"
                            + "<link rel=\"stylesheet\" href=\"page.css\"><script src=\"page.js\"></script></head>"
                            + "<body><main>" + fragment + "</main></body></html>")
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
}
