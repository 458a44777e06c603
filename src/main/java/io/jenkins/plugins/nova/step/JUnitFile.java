package io.jenkins.plugins.nova.step;

import hudson.FilePath;
import io.jenkins.plugins.nova.report.DrainReport;
import io.jenkins.plugins.nova.report.JUnitXml;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The file of {@code junitReport}, written into the workspace when a drain is over. */
final class JUnitFile {

    private JUnitFile() {}

    /**
     * Writes it. Whether that works has no say in what became of the servers, so a file that cannot be written (the agent went
     * away, its disk is full) is a line on the console and not the step's failure.
     *
     * @param path relative to the workspace
     * @return what to tell the operator
     */
    static String write(StepContext context, String path, DrainReport report) {
        try {
            FilePath workspace = context.get(FilePath.class);
            if (workspace == null) {
                return "junitReport: '" + path + "' was not written: the workspace is gone, its agent is offline.";
            }
            FilePath file = workspace.child(path);
            file.write(JUnitXml.of(report), "UTF-8");
            return "JUnit report: " + file.getRemote();
        } catch (IOException e) {
            return "junitReport: '" + path + "' was not written: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "junitReport: '" + path + "' was not written: interrupted.";
        }
    }
}
