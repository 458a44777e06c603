package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.nova.report.Browser;
import io.jenkins.plugins.nova.report.RollSamples;
import io.jenkins.plugins.nova.report.Samples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private static volatile Markup page;
    private static volatile View view;
    private static volatile Changes changes;
    private static volatile int status;
    private static volatile boolean sidePanel;
    private static final List<Integer> TICKS = new CopyOnWriteArrayList<>();

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
        TICKS.clear();
        sidePanel = false;
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

        show(new View(live.now(), live.zone(), false, "changes", null), Samples.drained(), Samples.large());
        browser.await("document.querySelector('.nova-verdict').textContent.includes('9 of 12')");

        assertEquals("web-1,web-2,web-3", browser.text(SHOWN.formatted("#nova-nodeEvacuate-1 ")));
        assertEquals("true", browser.text("document.querySelector('.nova-notes').open"));
        assertEquals("nova-nodeEvacuate-1-f", browser.text("document.activeElement.id"));
        assertEquals(
                "a new drain appears",
                2,
                browser.ask("document.querySelectorAll('section').length").asInt());
        assertTrue(
                browser.text("document.querySelector('#nova-said').textContent").contains("9 of 12"));
        assertEquals("true", browser.text("document.querySelector('#nova-fresh').hidden"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void aPageThatNobodyLooksAtAsksForNothing() {
        View live = Samples.live(Samples.START.plusSeconds(75));
        serve(live, Samples.running());
        awaitTicks(2);
        browser.ask("Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.novaHidden })");
        browser.ask("window.novaHidden = true; document.dispatchEvent(new Event('visibilitychange'))");
        // one may be on its way; the page's timers are done with what they had when the last of a dozen pauses is over
        browser.ask("new Promise(done => setTimeout(done, 5000))");
        int before = TICKS.size();
        browser.ask("new Promise(done => setTimeout(done, 60000))");
        assertEquals("nothing was asked in twelve pauses", before, TICKS.size());
        browser.ask("window.novaHidden = false; document.dispatchEvent(new Event('visibilitychange'))");
        awaitTicks(before + 2);
    }

    @Test
    public void afterTheEndNothingIsAsked() {
        View live = Samples.live(Samples.START.plusSeconds(75));
        serve(live, Samples.running());
        awaitTicks(1);
        show(new View(live.now(), live.zone(), false, "changes", null), Samples.drained());
        browser.await("document.querySelector('#nova-report').dataset.novaLive === 'false'");
        int before = TICKS.size();
        browser.ask("new Promise(done => setTimeout(done, 60000))");
        assertEquals(before, TICKS.size());
    }

    @Test
    public void whatChangesOnAPageOfTwoHundredIsAllThatIsFetched() {
        View live = Samples.live(Samples.START.plusSeconds(1900));
        DrainReport all = Samples.large();
        List<ServerRow> rows = new ArrayList<>(all.servers());
        serve(live, going(all, rows));
        browser.ask("document.querySelectorAll('tbody').forEach(row => { row.novaSame = true; })");
        ServerRow moved = Samples.moved(rows.get(7).name(), "compute4", 8192, 1850, 1890);
        rows.set(7, moved);
        awaitTicks(1);
        int before = TICKS.size();
        show(live, going(all, rows));
        browser.await("document.querySelectorAll('tbody')[7].textContent.includes('compute4')");
        assertEquals(
                "the other rows were left alone",
                199,
                browser.ask("[...document.querySelectorAll('tbody')].filter(row => row.novaSame).length")
                        .asInt());
        assertEquals(
                "its lane is where its beginning says",
                moved.name(),
                browser.text("document.querySelector('.nova-lane-list > li:last-child bdi').textContent"));
        List<Integer> fetched = List.copyOf(TICKS);
        fetched.subList(before, fetched.size()).forEach(bytes -> assertTrue(bytes + " bytes", bytes < 10_000));
        assertEquals(List.of(), browser.complaints());
    }

    private static DrainReport going(DrainReport like, List<ServerRow> rows) {
        return new DrainReport(
                like.id(),
                like.step(),
                like.cloud(),
                like.host(),
                DrainReport.RUNNING,
                like.planHash(),
                like.started(),
                null,
                "Moving.",
                rows,
                null,
                null);
    }

    private static void awaitTicks(int many) {
        Awaitility.await(many + " ticks").atMost(Duration.ofSeconds(60)).until(() -> TICKS.size() >= many);
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
        show(live, planned);
        browser.await("document.querySelector('.nova-planned') !== null");
        assertEquals("closed beside moves", "false", browser.text("document.querySelector('.nova-planned').open"));
        browser.ask("document.querySelector('.nova-planned').open = true");
        show(live, Samples.with(Samples.drained(), Samples.planned().plan()));
        browser.await("document.querySelector('.nova-verdict').textContent.includes('9 of 12')");
        assertEquals("true", browser.text("document.querySelector('.nova-planned').open"));
    }

    /**
     * With {@code -Dpage.pictures=<directory>} each is also written there as a picture, for people to look at.
     */
    @Test
    public void everySizeShowsEveryLaneAndBreaksNoWord() throws Exception {
        List<DrainReport> story = new ArrayList<>(Samples.story());
        story.add(Samples.returned());
        Map<String, List<DrainReport>> pages = new LinkedHashMap<>();
        pages.put("story", story);
        List<DrainReport> morning = new ArrayList<>(Samples.story().subList(0, 2));
        morning.add(Samples.step(
                "confirmResize-3",
                "confirmResize",
                "DONE",
                29_999,
                30_012,
                "2 servers confirmed.",
                List.of(
                        Samples.row(
                                "batch-7",
                                "confirm",
                                "compute3",
                                "CONFIRMED",
                                "",
                                "",
                                9,
                                2048,
                                -1,
                                List.of(Samples.segment("confirm", 30_000, 30_009))),
                        Samples.row(
                                "batch-8",
                                "confirm",
                                "compute3",
                                "CONFIRMED",
                                "",
                                "",
                                9,
                                2048,
                                -1,
                                List.of(Samples.segment("confirm", 30_002, 30_011)))),
                null));
        pages.put("morning", morning);
        pages.put("awaiting", Samples.story().subList(0, 2));
        pages.put(
                "incomplete",
                List.of(Samples.with(Samples.drained(), Samples.planned().plan())));
        pages.put("plan", List.of(Samples.planned()));
        pages.put("large", List.of(Samples.large()));
        for (Map.Entry<String, List<DrainReport>> each : pages.entrySet()) {
            for (boolean panel : new boolean[] {false, true}) {
                sidePanel = panel;
                serve(STILL, each.getValue().toArray(DrainReport[]::new));
                for (int width : new int[] {360, 600, 700, 1300, 1920}) {
                    browser.size(width, 900);
                    String where = each.getKey() + " at " + width + (panel ? " with the side panel" : "");
                    assertEquals(where, List.of(), browser.complaints());
                    assertTrue(
                            where,
                            browser.ask("document.documentElement.scrollWidth <= " + width)
                                    .asBoolean());
                    assertEquals(
                            where + ": nothing is scrolled within the page",
                            "",
                            browser.text("[...document.querySelectorAll('.nova-report *')].filter(e => "
                                    + "getComputedStyle(e).overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1"
                                    + " && e.clientHeight > 20 || e.matches('.nova-scroll') && e.scrollWidth >"
                                    + " e.clientWidth).map(e => e.className || e.tagName).join()"));
                    assertEquals(where + ": broken words", "", browser.brokenWords(".nova-report"));
                    picture(each.getKey() + "-" + width + (panel ? "-panel" : ""));
                }
            }
        }
    }

    @Test
    public void axeCoreFindsNothingSerious() {
        List<DrainReport> story = new ArrayList<>(Samples.story());
        story.add(Samples.returned());
        Map<String, List<DrainReport>> pages = new LinkedHashMap<>();
        pages.put("story", story);
        pages.put("awaiting", Samples.story().subList(0, 2));
        pages.put(
                "incomplete",
                List.of(Samples.with(Samples.drained(), Samples.planned().plan())));
        pages.put("plan", List.of(Samples.planned()));
        pages.put("running", List.of(Samples.running()));
        pages.forEach((name, drains) -> {
            serve(STILL, drains.toArray(DrainReport[]::new));
            browser.ask("document.querySelectorAll('details').forEach(each => each.open = true)");
            for (int width : new int[] {700, 1300}) {
                browser.size(width, 900);
                for (String colours : List.of("light", "dark")) {
                    browser.prefers(colours);
                    assertEquals(name + " at " + width + ", " + colours, List.of(), browser.barriers());
                }
            }
        });
    }

    /** The check itself: what nobody can read is found. */
    @Test
    public void axeCoreFindsWhatCannotBeRead() {
        serve(STILL, Samples.running());
        browser.ask("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')");
        assertTrue(
                browser.barriers().toString(),
                browser.barriers().stream().anyMatch(found -> found.startsWith("button-name: 1 ")));
    }

    @Test
    public void aRollIsReadAtEverySizeInLightAndDark() throws Exception {
        RollReport plan = RollSamples.plan(30, 3, 3);
        long second = 12_000;
        View live = Samples.live(RollSamples.time(second));
        changes = new Changes();
        showRoll(live, plan, RollSamples.at(plan, second, 1.1, 6));
        browser.open(address());
        browser.await("document.querySelector('.nova-filter').hidden === false");
        for (int width : new int[] {360, 600, 700, 1300, 1920}) {
            browser.size(width, 900);
            String where = "roll at " + width;
            assertTrue(
                    where,
                    browser.ask("document.documentElement.scrollWidth <= " + width)
                            .asBoolean());
            assertEquals(where + ": broken words", "", browser.brokenWords(".nova-report"));
            assertEquals(
                    where + ": each lane is as wide as the others",
                    1,
                    browser.ask("new Set([...document.querySelectorAll('.nova-hosts li .nova-plot')].map(plot =>"
                                    + " Math.round(plot.getBoundingClientRect().width))).size")
                            .asInt());
            picture("roll-" + width);
            if (width == 700 || width == 1300) {
                for (String colours : List.of("light", "dark")) {
                    browser.prefers(colours);
                    assertEquals(where + ", " + colours, List.of(), browser.barriers());
                }
            }
        }
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void theLanesOfARollAreFilteredAndFollowedByKeyboardAndRenewedOneByOne() {
        RollReport plan = RollSamples.plan(30, 3, 3);
        View live = Samples.live(RollSamples.time(12_000));
        changes = new Changes();
        showRoll(live, plan, RollSamples.at(plan, 12_000, 1, 6));
        browser.open(address());
        browser.ask("document.querySelector('.nova-filter input').focus()");
        browser.press("Tab", 9);
        browser.press("Tab", 9);
        assertEquals("bad", browser.text("document.activeElement.dataset.novaShow"));
        browser.press("Enter", 13);
        String seen = "[...document.querySelectorAll('.nova-hosts li[data-host]:not([hidden]) a')].map(e =>"
                + " e.textContent).join()";
        assertEquals(RollSamples.host(6), browser.text(seen));
        browser.ask("document.querySelector('[data-nova-show=\"\"]').click()");
        browser.ask("document.querySelector('#r0-5 a').focus()");
        assertNotEquals("none", browser.text("getComputedStyle(document.activeElement).outlineStyle"));
        assertEquals("drain/" + RollSamples.id(5) + "/", browser.text("document.activeElement.getAttribute('href')"));
        browser.ask("document.querySelectorAll('.nova-hosts li').forEach(lane => { lane.novaSame = true; })");
        String first = browser.text("document.querySelector('#r0-verdict').textContent");
        showRoll(Samples.live(RollSamples.time(13_000)), plan, RollSamples.at(plan, 13_000, 1, 6));
        browser.await("document.querySelector('#r0-verdict').textContent !== '" + first + "'");
        int same = browser.ask("[...document.querySelectorAll('.nova-hosts li[data-host]')].filter(lane =>"
                        + " lane.novaSame).length")
                .asInt();
        assertTrue(same + " lanes were left alone", same >= 20 && same < 30);
        assertEquals("drain/" + RollSamples.id(5) + "/", browser.text("document.activeElement.getAttribute('href')"));
        assertEquals(List.of(), browser.complaints());
    }

    private static void showRoll(View now, RollReport plan, List<DrainReport> drains) {
        page = ReportPage.page(List.of(plan), drains, List.of(), now);
        view = now;
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + jenkins.getAddress().getPort() + "/job/nightly/1/host-maintenance/");
    }

    private static void picture(String name) throws IOException {
        String directory = System.getProperty("page.pictures");
        if (directory != null) {
            Files.createDirectories(Path.of(directory));
            for (String colours : List.of("dark", "light")) {
                browser.prefers(colours);
                Files.write(Path.of(directory, name + "-" + colours + ".png"), browser.picture());
            }
        }
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

    /**
     * Of Jenkins as much as changes how the page looks: the side panel, which stands above the page on narrow screens
     * (war/src/main/scss/base/_layout-commons.scss), the padding and the font, and what a dark theme sets.
     */
    private static final String JENKINS = """
            body { margin: 0; font-family: system-ui, "Noto Sans", "DejaVu Sans", sans-serif; background: var(--background, #fff); color: var(--text-color, #14141f); }
            main { padding: 24px; min-width: 0; }
            aside { padding: 24px; box-sizing: border-box; }
            @media (min-width: 900px) { .panel { display: grid; grid-template-columns: 340px minmax(0, 1fr); } }
            @media (prefers-color-scheme: dark) {
              :root { color-scheme: dark; --background: #18191f; --card-background: #1f2029; --text-color: #f0f0f5; --text-color-secondary: #a6a9bb;
                --jenkins-border-color: #3b3d4a; --link-color: #82b1ff; --red: #ff7b86; --orange: #ffb25c; --green: #62d28b; --blue: #72aaff; --purple: #c79bff; }
            }
            """;

    private static final String SHOWN =
            "[...document.querySelectorAll('%stbody:not([hidden]) th > bdi')].map(e => e.textContent).join()";

    private static String shown() {
        return browser.text(SHOWN.formatted(""));
    }

    private static int visibleRows() {
        return browser.ask("[...document.querySelectorAll('tbody')].filter(e => e.offsetHeight > 0).length")
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

    /** What the page that is open gets at its next look. */
    private static void show(View now, DrainReport... drains) {
        page = ReportPage.page(List.of(drains), List.of(), now);
        view = now;
    }

    private static void serve(View now, DrainReport... drains) {
        changes = new Changes();
        show(now, drains);
        browser.open(address());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = "text/html;charset=UTF-8";
        byte[] body;
        int code = 200;
        if (path.endsWith("jenkins.css")) {
            type = "text/css";
            body = JENKINS.getBytes(StandardCharsets.UTF_8);
        } else if (path.endsWith("page.css") || path.endsWith("page.js")) {
            type = path.endsWith("css") ? "text/css" : "text/javascript";
            try (InputStream in = ReportPage.class.getResourceAsStream(path.substring(path.lastIndexOf('/') + 1))) {
                body = in.readAllBytes();
            }
        } else if (path.endsWith("/changes")) {
            code = status;
            type = "text/plain;charset=UTF-8";
            String query = exchange.getRequestURI().getQuery();
            body = changes.since(query.substring("since=".length()), page, view).getBytes(StandardCharsets.UTF_8);
            TICKS.add(body.length);
        } else {
            body = ("<!DOCTYPE html><html lang=\"en\"><head><title>nightly</title><link rel=\"icon\" href=\"data:,\">"
                            + "<meta name=\"viewport\" content=\"width=device-width\">"
                            + "<link rel=\"stylesheet\" href=\"jenkins.css\"><link rel=\"stylesheet\" href=\"page.css\"><script src=\"page.js\"></script></head>"
                            + (sidePanel
                                    ? "<body class=\"panel\"><aside>Status<br>Changes<br>Console Output</aside><main>"
                                    : "<body><main>")
                            + changes.whole(page, view) + "</main></body></html>")
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
