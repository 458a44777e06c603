package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.Samples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

public class ReportPageTest {

    private static final Instant NOW = Samples.START.plusSeconds(300);
    private static final View STILL = View.still(NOW, Samples.UTC);

    @Test
    public void theVerdictComesFirstInWords() throws Exception {
        Element page = fragment(STILL, Samples.drained());
        String verdict = text(page, "nova-verdict");
        assertTrue(verdict, verdict.contains("incomplete"));
        assertTrue(verdict, verdict.contains("compute1 is not empty: 2 servers are still on it. It stays cordoned."));
        assertTrue(verdict, verdict.contains("9 of 12 servers done"));
        assertTrue(verdict, verdict.contains("2 need attention"));
    }

    @Test
    public void whoNeedsAttentionIsToldWithReasonAndHint() throws Exception {
        Element page = fragment(STILL, Samples.drained());
        String box = text(page, "nova-edge-bad nova-box");
        assertTrue(box, box.contains("legacy-vpn – blocked: it is SUSPENDED; Nova moves no suspended server"));
        assertTrue(box, box.contains("Resume it, or ask its owner to."));
        assertTrue(text(page, "nova-edge-confirm").contains("batch-7"));
    }

    @Test
    public void everyServerHasARowAndEveryMovedOneALane() throws Exception {
        Element page = fragment(STILL, Samples.drained());
        assertEquals(12, rows(page, "tbody").size());
        assertEquals(10, rows(page, "li").size());
        String web = rows(page, "tbody").get(0).getTextContent();
        assertTrue(
                web,
                web.contains("moved") && web.contains("compute2") && web.contains("24 s") && web.contains("4 GiB"));
        assertTrue(text(page, "nova-time").contains("2 servers without a move not drawn."));
    }

    @Test
    public void theTimelineIsToldToThoseWhoDoNotSeeIt() throws Exception {
        Element lane = rows(fragment(STILL, Samples.drained()), "li").get(0);
        Element svg = (Element) lane.getElementsByTagName("svg").item(0);
        assertEquals("img", svg.getAttribute("role"));
        assertEquals(
                "waiting 23:04:15 to 23:04:19 (4 s); live migration 23:04:19 to 23:04:43 (24 s); moved",
                svg.getAttribute("aria-label"));
    }

    @Test
    public void barsAreWhereTheyBelongInTime() throws Exception {
        DrainReport drain = one(List.of(Samples.segment("waiting", 0, 50), Samples.segment("live", 50, 75)), 100);
        NodeList bars = rows(fragment(STILL, drain), "li").get(0).getElementsByTagName("rect");
        assertEquals("0", ((Element) bars.item(0)).getAttribute("x"));
        assertEquals("50", ((Element) bars.item(0)).getAttribute("width"));
        assertEquals("50", ((Element) bars.item(1)).getAttribute("x"));
        assertEquals("25", ((Element) bars.item(1)).getAttribute("width"));
        Element svg = (Element) bars.item(0).getParentNode().getParentNode();
        assertEquals("0 0 100 18", svg.getAttribute("viewBox"));
    }

    @Test
    public void aDrainThatGoesOnSaysSoAndWhatItDoes() throws Exception {
        Element page = fragment(Samples.live(Samples.START.plusSeconds(75)), Samples.running());
        assertEquals("true", page.getAttribute("data-nova-live"));
        String verdict = text(page, "nova-verdict");
        assertTrue(verdict, verdict.contains("in progress") && verdict.contains("2 of 7 servers done"));
        assertTrue(verdict, verdict.contains("3 waiting"));
        assertTrue(rows(page, "tbody").get(2).getTextContent().contains("61 %"));
        assertTrue(text(page, "nova-trail").contains("for 1 min 15 s"));
    }

    @Test
    public void aDrainWithoutAnEndInABuildThatIsOverIsNotShownAsRunning() throws Exception {
        Element page = fragment(STILL, Samples.running());
        String verdict = text(page, "nova-verdict");
        assertTrue(verdict, verdict.contains("interrupted") && verdict.contains("Look at the servers"));
        assertFalse(verdict, verdict.contains("in progress"));
        assertTrue(rows(page, "tbody").get(2).getTextContent().contains("not known"));
        assertEquals("false", page.getAttribute("data-nova-live"));
    }

    @Test
    public void noNameBecomesMarkup() throws Exception {
        for (String markup : List.of(
                ReportPage.fragment(List.of(Samples.hostile()), STILL),
                ReportPage.selfContained(List.of(Samples.hostile()), "<script>alert(0)</script>", NOW, Samples.UTC))) {
            assertFalse(
                    markup,
                    Pattern.compile("<(script|img|b|i)\\b[^>]*>(alert|no)")
                            .matcher(markup)
                            .find());
            assertFalse(markup.contains("<img"));
            assertFalse(markup.contains("<!-- "));
        }
        Element page = fragment(STILL, Samples.hostile());
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertTrue(rows(page, "tbody").get(0).getTextContent().contains("<script>alert(1)</script>"));
    }

    @Test
    public void nothingNeedsInlineStyleOrScript() throws Exception {
        Element page = fragment(Samples.live(NOW), Samples.drained(), Samples.planned());
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertFalse(
                    element.getTagName().equals("style") || element.getTagName().equals("script"));
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                String name = element.getAttributes().item(a).getNodeName();
                assertFalse(name, name.equals("style") || name.startsWith("on"));
            }
        }
    }

    @Test
    public void idsAreUniqueAndEveryReferenceLeadsSomewhere() throws Exception {
        Element page = fragment(Samples.live(NOW), Samples.drained(), Samples.planned());
        Set<String> ids = new HashSet<>();
        List<String> references = new ArrayList<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("id")) {
                assertTrue(element.getAttribute("id"), ids.add(element.getAttribute("id")));
            }
            for (String reference : List.of("aria-labelledby", "aria-controls", "for")) {
                if (element.hasAttribute(reference)) {
                    references.add(element.getAttribute(reference));
                }
            }
        }
        assertTrue(references.toString(), references.size() >= 5);
        references.forEach(reference -> assertTrue(reference, ids.contains(reference)));
    }

    @Test
    public void twoHundredServersWithOneTroubleAreOneThingToKnow() throws Exception {
        Element page = fragment(STILL, Samples.large());
        assertEquals(200, rows(page, "tbody").size());
        String box = text(page, "nova-edge-bad nova-box");
        assertEquals(box, box.indexOf("PCI device"), box.lastIndexOf("PCI device"));
        assertTrue(
                "a page of 200 servers stays below half a megabyte",
                ReportPage.fragment(List.of(Samples.large()), STILL).length() < 500_000);
    }

    /** Five thousand servers: each 50th could not move, and the last still moves. */
    private static DrainReport fiveThousand() {
        List<ServerRow> rows = new ArrayList<>();
        for (int i = 0; i < 4_999; i++) {
            boolean blocked = i % 50 == 49;
            rows.add(Samples.row(
                    "server-" + i,
                    "LIVE",
                    "compute2",
                    blocked ? "BLOCKED" : "MOVED",
                    blocked ? "it is the " + i + "th" : "",
                    "",
                    1,
                    1024,
                    -1,
                    List.of(Samples.segment("live", i, i + 1))));
        }
        rows.add(
                Samples.row("mover", "LIVE", "", "", "", "", 1, 1024, 61, List.of(Samples.segment("live", 5_000, -1))));
        List<ServerRow> waiting = rows.stream().limit(20).toList();
        return new DrainReport(
                "nodeEvacuate-9",
                "nodeEvacuate",
                "production",
                "compute1",
                DrainReport.RUNNING,
                "sha256:0f3e",
                Samples.START,
                null,
                "Moving 1 at a time.",
                rows,
                waiting.stream().map(ServerRow::id).toList(),
                List.of());
    }

    @Test
    public void ofFiveThousandServersThoseAreShownThatMoveOrNeedAttention() throws Exception {
        View live = Samples.live(Samples.START.plusSeconds(5_001));
        Element page = fragment(live, fiveThousand());
        List<String> shown = rows(page, "tbody").stream()
                .map(row -> row.getAttribute("data-standing"))
                .toList();
        assertEquals(Shown.MOST, shown.size());
        assertEquals("moving", shown.get(0));
        assertEquals(List.of("bad"), shown.subList(1, 100).stream().distinct().toList());
        assertEquals(
                List.of("good"), shown.subList(100, 200).stream().distinct().toList());
        Set<String> listed = new HashSet<>();
        rows(page, "tbody").forEach(row -> listed.add(row.getAttribute("data-server")));
        List<Element> lanes = rows(page, "li");
        assertEquals(Shown.MOST, lanes.size());
        lanes.forEach(lane -> assertTrue(listed.contains(lane.getAttribute("data-server"))));
        assertTrue(text(page, "nova-time").contains("4800 servers more not drawn."));
        assertTrue(text(page, "nova-edge-bad nova-box").contains("Needs attention: 99 servers"));
        assertTrue(text(page, "nova-edge-bad nova-box").contains("49 servers more, for other reasons"));
        assertTrue(text(page, "nova-verdict").contains("of 5000 servers done"));
        String all = page.getTextContent();
        assertTrue(all.contains("200 of 5000 servers are listed here, those that move or need attention first."));
        assertTrue(ReportPage.fragment(List.of(fiveThousand()), live).contains("<a href=\"api/json\">"));
        assertFalse(
                "a file has no JSON beside it",
                ReportPage.fragment(List.of(fiveThousand()), STILL).contains("api/json"));
    }

    @Test
    public void aPageOfFiveThousandServersIsNoLargerThanOneOfAFewHundred() {
        assertTrue(ReportPage.fragment(List.of(fiveThousand()), STILL).length() < 500_000);
        assertEquals(
                "the JSON's list stays whole", 5_000, fiveThousand().servers().size());
    }

    @Test
    public void whatALaterStepConfirmedWaitsNoMore() throws Exception {
        DrainReport first = Samples.drained();
        Instant later = first.ended().plusSeconds(60);
        ServerRow waiting = first.servers().get(8);
        ServerRow confirmed =
                Samples.row(waiting.name(), "CONFIRM", "compute3", "CONFIRMED", "", "", 2, 16384, -1, List.of());
        DrainReport second = new DrainReport(
                "confirmResize-2",
                "confirmResize",
                null,
                null,
                "DONE",
                null,
                later,
                later,
                "",
                List.of(confirmed),
                null,
                null);
        assertEquals(waiting.id(), confirmed.id());

        Element page = fragment(STILL, first, second);
        assertEquals("one story", 1, elements(page, "section").size());
        assertEquals(12, rows(page, "tbody").size());
        assertTrue(rows(page, "tbody").get(8).getTextContent().contains("confirmed"));
        assertFalse(ReportPage.fragment(List.of(first, second), STILL).contains("Awaiting confirmation: "));
    }

    @Test
    public void aPlanIsNotShownAsWorkDone() throws Exception {
        ServerRow row = Samples.row(
                "web-1", "LIVE", "", "PLANNED", "", "", 0, 1, -1, List.of(Samples.segment("waiting", 0, 1)));
        Element page = fragment(
                STILL,
                new DrainReport(
                        "p",
                        "nodeEvacuate",
                        "",
                        "compute1",
                        "PLANNED",
                        "h",
                        Samples.START,
                        Samples.START.plusSeconds(1),
                        "1 would be acted on.",
                        List.of(row),
                        null,
                        null));
        assertFalse(page.getTextContent().contains("servers done"));
        assertTrue(text(page, "nova-verdict").contains("1 planned"));
        assertTrue(text(page, "nova-time").contains("No server was moved."));
    }

    @Test
    public void theVerdictLeavesSingleServersToTheBox() throws Exception {
        DrainReport drain = new DrainReport(
                "m",
                "nodeEvacuate",
                "",
                "compute1",
                "INCOMPLETE",
                "",
                NOW,
                NOW,
                "compute1 is not empty.\n  legacy-vpn: BLOCKED\nIt stays cordoned.",
                Samples.drained().servers(),
                null,
                null);
        String verdict = text(fragment(STILL, drain), "nova-sentence");
        assertTrue(verdict, verdict.contains("compute1 is not empty.\nIt stays cordoned."));
    }

    @Test
    public void nothingYetIsSaid() throws Exception {
        assertTrue(fragment(STILL).getTextContent().contains("Nothing has been reported yet."));
        DrainReport empty =
                new DrainReport("e", "nodeEvacuate", null, "compute9", "DONE", null, NOW, NOW, null, null, null, null);
        Element page = fragment(STILL, empty);
        assertTrue(page.getTextContent().contains("No server was concerned."));
        assertTrue(text(page, "nova-verdict").contains("done"));
    }

    @Test
    public void theFileNamesItsStyleAndScriptByTheirHashes() throws Exception {
        String file = ReportPage.selfContained(List.of(Samples.drained()), "nightly #212", NOW, Samples.UTC);
        Matcher policy = Pattern.compile("content=\"(default-src[^\"]*)\"").matcher(file);
        assertTrue(policy.find());
        assertFalse(policy.group(1), policy.group(1).contains("unsafe"));
        assertEquals(1, file.split("<style>", -1).length - 1);
        assertEquals(1, file.split("<script>", -1).length - 1);
        assertFalse(
                "nothing is loaded",
                Pattern.compile("(src|href)=\"(https?:)?//").matcher(file).find());
    }

    @Test
    public void figuresReadWell() {
        assertEquals("0 s", Figures.span(java.time.Duration.ofMillis(-5)));
        assertEquals("3 min 05 s", Figures.span(java.time.Duration.ofSeconds(185)));
        assertEquals("1 h 04 min", Figures.span(java.time.Duration.ofSeconds(3840)));
        assertEquals("512 MiB", Figures.mebibytes(512));
        assertEquals("1.5 GiB", Figures.mebibytes(1536));
        assertEquals("", Figures.mebibytes(0));
        assertEquals("22 Nov 2026, 23:04:10 UTC", Figures.dayAndTime(Samples.START, Samples.UTC));
    }

    private static DrainReport one(List<Segment> segments, int seconds) {
        ServerRow row = Samples.row("web-1", "LIVE", "compute2", "MOVED", "", "", 1, 1, -1, segments);
        return new DrainReport(
                "one",
                "liveMigrate",
                null,
                null,
                "DONE",
                null,
                Samples.START,
                Samples.START.plusSeconds(seconds),
                null,
                List.of(row),
                List.of(),
                List.of());
    }

    private static Element fragment(View view, DrainReport... drains) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String markup = ReportPage.fragment(List.of(drains), view);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)))
                .getDocumentElement();
    }

    private static List<Element> rows(Element page, String name) {
        return elements(page, name).stream()
                .filter(element -> element.hasAttribute("data-server"))
                .toList();
    }

    private static String text(Element page, String classes) {
        return elements(page, "*").stream()
                .filter(element ->
                        List.of(element.getAttribute("class").split(" ")).containsAll(List.of(classes.split(" "))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of the class " + classes))
                .getTextContent();
    }

    private static List<Element> elements(Element page, String name) {
        NodeList found = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
