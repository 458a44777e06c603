package io.jenkins.plugins.nova.step.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.nova.cloud.SomeJenkins;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

public class FieldRemarksTest {

    /** Paths that name no file inside a workspace, on whatever agent. */
    public static final List<String> OUTSIDE = List.of(
            "/srv/drain.xml",
            "//server/share/drain.xml",
            "/srv\n/drain.xml",
            "../drain.xml",
            "a/../../drain.xml",
            "a/b/../../../drain.xml",
            "..",
            ".",
            "a/..",
            "reports/",
            "C:\\drain.xml",
            "c:drain.xml",
            "a/c:drain.xml",
            "\\\\server\\share\\drain.xml",
            "\\drain.xml",
            "..\\drain.xml",
            "a\\..\\..\\drain.xml",
            "a\0.xml");

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    @Test
    public void aListInOneFieldIsWarnedOfWithWhatToWriteInstead() {
        FormValidation remark = FieldRemarks.servers(null, "approve", "web1, web2", null);

        assertEquals(FormValidation.Kind.WARNING, remark.kind);
        assertTrue(remark.getMessage(), remark.getMessage().endsWith("approve: ['web1', 'web2']."));
        assertEquals(FormValidation.Kind.OK, FieldRemarks.servers(null, "approve", "web1", null).kind);
        assertEquals(FormValidation.Kind.OK, FieldRemarks.servers(null, "approve", "true", null).kind);
        assertEquals(
                "all!",
                FieldRemarks.servers(null, "allowDiskLoss", " true ", "all!").getMessage());
    }

    @Test
    public void aFileIsInsideTheWorkspace() {
        for (String good : new String[] {
            "", "drain.xml", "reports/drain.xml", "a/../drain.xml", "./drain.xml", "a//drain.xml", "..drain"
        }) {
            assertEquals(good, FormValidation.Kind.OK, FieldRemarks.file(null, good).kind);
        }
        for (String bad : OUTSIDE) {
            assertEquals(bad, FormValidation.Kind.ERROR, FieldRemarks.file(null, bad).kind);
        }
    }

    @Test
    public void namesAreExactAndResultsAreVariables() {
        assertEquals(FormValidation.Kind.OK, FieldRemarks.exact(null, "rack 1").kind);
        assertEquals(FormValidation.Kind.ERROR, FieldRemarks.exact(null, "rack 1 ").kind);
        assertEquals(FormValidation.Kind.OK, FieldRemarks.result(null, "manifest", " ").kind);
        assertEquals(FormValidation.Kind.WARNING, FieldRemarks.result(null, "manifest", "drained").kind);
    }

    @Test
    public void nothingIsSaidToThoseWhoMayNotConfigure() {
        jenkins.deny();

        assertEquals(FormValidation.Kind.OK, FieldRemarks.file(null, "/srv/drain.xml").kind);
        assertEquals(FormValidation.Kind.OK, FieldRemarks.servers(null, "approve", "a,b", null).kind);
    }
}
