package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** Reports as they are kept in files. */
public class ReportJsonTest {

    /** What was written before names were is read as it was. */
    @Test
    public void aReportOfAnEarlierVersionHasIdsAlone() throws Exception {
        String now = new String(ReportJson.write(Samples.planned()), StandardCharsets.UTF_8);
        String earlier = now.replaceAll(",\"(projectName|ownerName)\":(null|\"[^\"]*\")", "");
        assertFalse(earlier.contains("Name\""));
        DrainReport read = ReportJson.read("maintenancePlan-1", earlier.getBytes(StandardCharsets.UTF_8));
        assertNull(read.servers().get(0).projectName());
        assertNull(read.plan().rows().get(0).ownerName());
        assertEquals(Samples.PROJECT, read.plan().rows().get(0).project());
        assertEquals(Samples.planned(), ReportJson.read("maintenancePlan-1", now.getBytes(StandardCharsets.UTF_8)));
    }

    /** What was written before there were rolls has none. */
    @Test
    public void aReportOfARollSaysSo() throws Exception {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        DrainReport report = new DrainReport(
                "one",
                "nodeMaintenance",
                "sim",
                "compute1",
                "NOT_BEGUN",
                null,
                start,
                start,
                "not begun",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                new RollMark("roll-1", "aggregate:rack7", 4, false));
        byte[] written = ReportJson.write(report);
        assertEquals(report, ReportJson.read("one", written));
        String earlier = new String(written, StandardCharsets.UTF_8).replaceAll(",\"roll\":\\{[^}]*}", "");
        assertFalse(earlier.contains("roll"));
        assertNull(
                ReportJson.read("one", earlier.getBytes(StandardCharsets.UTF_8)).roll());
    }
}
