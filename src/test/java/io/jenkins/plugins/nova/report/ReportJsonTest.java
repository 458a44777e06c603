package io.jenkins.plugins.nova.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import io.jenkins.plugins.nova.report.data.DrainReport;
import java.nio.charset.StandardCharsets;
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
}
