package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.Samples;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRow;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The plan on the build's page. */
public class PlanSectionTest {
    private static final View STILL = View.still(Samples.START, Samples.UTC);

    private static Element page(DrainReport drain) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(ReportPage.fragment(List.of(drain), STILL))))
                .getDocumentElement();
    }

    private static Element byId(Element root, String id) {
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("id").equals(id)) {
                return (Element) all.item(i);
            }
        }
        throw new AssertionError("no element " + id);
    }

    private static List<Element> planned(Element page) {
        NodeList rows = page.getElementsByTagName("tbody");
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < rows.getLength(); i++) {
            if (((Element) rows.item(i)).hasAttribute("data-planned")) {
                found.add((Element) rows.item(i));
            }
        }
        return found;
    }

    private static List<String> titles(Element row) {
        NodeList all = row.getElementsByTagName("*");
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            titles.add(((Element) all.item(i)).getAttribute("title"));
        }
        return titles;
    }

    private static int ofClass(Element page, String name) {
        NodeList all = page.getElementsByTagName("*");
        int found = 0;
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("class").equals(name)) {
                found++;
            }
        }
        return found;
    }

    private static String text(Element element) {
        return element.getTextContent().replaceAll("\\s+", " ");
    }

    @Test
    public void everyServerIsThereWithItsVerdictHintAndParameter() throws Exception {
        List<Element> rows = planned(page(Samples.planned()));
        assertEquals(7, rows.size());
        String blocked = text(rows.get(4));
        assertTrue(blocked, blocked.startsWith("gpu-train"));
        assertTrue(blocked, blocked.contains("payments"));
        assertTrue(blocked, blocked.contains("owner c51b8e4f…"));
        List<String> titles = titles(rows.get(4));
        assertTrue(titles.toString(), titles.contains("project payments, id 8f6a0d6c0e2f4b6f9a1e7d7a4b0c5d11"));
        assertTrue(titles.toString(), titles.contains("owner c51b8e4f7d2a4c0f8e9b6a3d2c1f0e55"));
        assertTrue(blocked, blocked.contains("blocked"));
        assertTrue(blocked, blocked.contains("which cannot move live"));
        assertTrue(blocked, blocked.endsWith("shut its guest down meanwhile. Parameter: approve"));
        assertFalse("no parameter overrides this", text(rows.get(5)).contains("Parameter"));
    }

    @Test
    public void theForecastIsOfOrderBeginningAndLength() throws Exception {
        List<Element> rows = planned(page(Samples.planned()));
        assertTrue(text(rows.get(0)), text(rows.get(0)).contains("1. at once41 s"));
        assertTrue(text(rows.get(2)), text(rows.get(2)).contains("3. after 41 s9 min 21 s"));
        assertFalse("what stays has no time", text(rows.get(3)).contains("at once"));
        assertTrue(text(byId(page(Samples.planned()), "nova-maintenancePlan-1-plan"))
                .contains("Takes about10 min 02 s"));
    }

    @Test
    public void whatIsShortIsToldByName() throws Exception {
        String room = text(byId(page(Samples.planned()), "nova-maintenancePlan-1-room"));
        assertEquals(
                "Room elsewhere: not for all2 of 3 servers fit on compute2 (1), compute3 (1).db-main (16 VCPU, 65536"
                        + " MEMORY_MB): no host has 65536 MEMORY_MB free; the most is 49152 on compute3",
                room);
    }

    @Test
    public void theBudgetAndTheDriftAreTold() throws Exception {
        Element page = page(Samples.planned());
        assertTrue(text(byId(page, "nova-maintenancePlan-1-budget")).contains("budget.maxAway 2: with"));
        String drift = text(byId(page, "nova-maintenancePlan-1-drift"));
        assertEquals(
                "Changed since plan 0f3e5d6a7b81 was approved~ batch-7: LIVE -> COLD (is SHUTOFF now)- LIVE web-9"
                        + " (gone)",
                drift);
        assertTrue(text(byId(page, "nova-maintenancePlan-1-plan")).contains("7c1f9b2e5a40 (not the one approved)"));
    }

    @Test
    public void whereOnlyThePlanIsToldNoEmptyTimelineStandsBeside() throws Exception {
        assertEquals(0, ofClass(page(Samples.planned()), "nova-time"));
        Element drained = page(Samples.with(Samples.drained(), Samples.planned().plan()));
        assertEquals(1, ofClass(drained, "nova-time"));
        assertEquals(
                "closed beside the moves",
                "",
                byId(drained, "nova-nodeEvacuate-1-plan-d").getAttribute("open"));
    }

    @Test
    public void ofAVeryLongPlanTheBlockedOnesComeFirstAndNumbersAreThoseOfTheWhole() throws Exception {
        List<PlanRow> some = Samples.planned().plan().rows();
        List<PlanRow> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            // the last ones cannot be moved
            PlanRow like = some.get(i < 4_900 ? 0 : 4);
            rows.add(new PlanRow(
                    "id-" + i,
                    "server-" + i,
                    like.project(),
                    like.projectName(),
                    like.owner(),
                    like.ownerName(),
                    like.flavor(),
                    like.status(),
                    like.ramMiB(),
                    like.action(),
                    like.reason(),
                    like.hint(),
                    like.override(),
                    like.startSeconds(),
                    like.endSeconds()));
        }
        PlanReport known = Samples.planned().plan();
        PlanReport plan = new PlanReport(
                known.hash(),
                known.approved(),
                known.terms(),
                known.seconds(),
                rows,
                known.room(),
                known.budget(),
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "- LIVE server-" + i + " (gone)")
                        .toList());
        Element page = page(Samples.with(Samples.planned(), plan));
        List<Element> shown = planned(page);
        assertEquals(Shown.MOST, shown.size());
        assertTrue(text(shown.get(0)), text(shown.get(0)).startsWith("server-4900"));
        assertTrue(text(shown.get(99)), text(shown.get(99)).startsWith("server-4999"));
        assertTrue(text(shown.get(100)), text(shown.get(100)).startsWith("server-0"));
        assertTrue(text(shown.get(199)), text(shown.get(199)).contains("100. at once"));
        String whole = text(byId(page, "nova-maintenancePlan-1-plan"));
        assertTrue(whole, whole.contains("Plan: 4900 live, 100 blocked"));
        assertTrue(whole, whole.contains("200 of 5000 servers are listed here"));
        assertTrue(whole, whole.contains("and 4900 more"));
    }

    @Test
    public void aReportWithoutAPlanShowsNone() throws Exception {
        assertEquals(0, planned(page(Samples.drained())).size());
        assertEquals("", text(byId(page(Samples.drained()), "nova-nodeEvacuate-1-plan")));
    }
}
