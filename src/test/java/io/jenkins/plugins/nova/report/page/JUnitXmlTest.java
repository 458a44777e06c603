package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

public class JUnitXmlTest {

    private static final Instant BEGAN = Instant.parse("2026-11-22T01:00:00Z");

    private static ServerRow row(String name, String outcome, String reason) {
        return new ServerRow(
                "id-" + name.hashCode(),
                name,
                "8f6a0d6c0e2f4b6f9a1e7d7a4b0c5d11",
                "ops",
                "live",
                "compute1",
                "compute2",
                outcome,
                reason,
                "",
                7,
                512,
                -1,
                List.of());
    }

    private static Element parsed(String outcome, ServerRow... rows) throws Exception {
        String text = JUnitXml.of(new DrainReport(
                "d1",
                "nodeEvacuate",
                "prod",
                "compute1",
                outcome,
                "abc",
                BEGAN,
                BEGAN.plusSeconds(90),
                "said",
                List.of(rows),
                List.of(),
                List.of()));
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
        return document.getDocumentElement();
    }

    @Test
    public void eachServerIsACaseAndTheWholeIsOne() throws Exception {
        Element suite = parsed(
                "INCOMPLETE",
                row("web1", "MOVED", ""),
                row("erp", "BLOCKED", "is SUSPENDED"),
                row("old", "GONE", "was deleted"));
        assertEquals("nodeEvacuate.compute1", suite.getAttribute("name"));
        assertEquals("4", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("skipped"));
        assertEquals("90", suite.getAttribute("time"));
        assertEquals(4, suite.getElementsByTagName("testcase").getLength());
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertEquals("blocked", failure.getAttribute("message"));
        assertTrue(failure.getTextContent().contains("is SUSPENDED"));
    }

    @Test
    public void namesAreEscapedAndWhatXmlCannotHoldIsReplaced() throws Exception {
        Element suite = parsed("DONE", row("<script>\u0000\"&", "MOVED", ""));
        Element one = (Element) suite.getElementsByTagName("testcase").item(0);
        assertTrue(one.getAttribute("name"), one.getAttribute("name").startsWith("<script>\uFFFD\"& ("));
        assertEquals("0", suite.getAttribute("failures"));
    }
}
