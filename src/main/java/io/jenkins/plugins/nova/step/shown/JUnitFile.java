package io.jenkins.plugins.nova.step.shown;

import hudson.FilePath;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.page.JUnitXml;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The file of {@code junitReport}, written into the workspace when a drain is over. */
public final class JUnitFile {

    /** How the file is to be named. */
    public static final String WAY_OUT = "give the path of a file inside the workspace, such as drain.xml";

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private JUnitFile() {}

    /**
     * The names on the way from the workspace to the file, without {@code .} and {@code ..}. What the path means may not depend
     * on the agent, which need not be there yet: both kinds of slash separate, and a drive's letter is absolute anywhere.
     *
     * @param path as the pipeline gives it
     * @return empty where it does not name a file inside the workspace
     */
    private static Optional<List<String>> names(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.replace('\\', '/').split("/+", -1)) {
            // empty at the beginning of an absolute path, and at the end of a folder's
            boolean odd = name.isEmpty() || DRIVE.matcher(name).lookingAt() || name.indexOf('\0') >= 0;
            if (odd || name.equals("..") && names.pollLast() == null) {
                return Optional.empty();
            }
            if (!name.equals(".") && !name.equals("..")) {
                names.addLast(name);
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(names));
    }

    /** Whether the path can be seen to name a file inside the workspace; links are known at writing time alone. */
    public static boolean isInside(String path) {
        return names(path).isPresent();
    }

    /**
     * Writes it. Whether that works has no say in what became of the servers, so a file that cannot be written (the agent went
     * away, its disk is full) is a line on the console and not the step's failure. So is one whose way leads over a symbolic
     * link: whoever writes into the workspace, such as a checkout, could have it written anywhere.
     *
     * @param path relative to the workspace
     * @return what to tell the operator
     */
    public static String write(StepContext context, String path, DrainReport report) {
        try {
            FilePath workspace = context.get(FilePath.class);
            if (workspace == null) {
                return "junitReport: '" + path + "' was not written: the workspace is gone, its agent is offline.";
            }
            FilePath file = workspace;
            // builds that go on from an earlier version were not asked for the path at their start
            for (String name : names(path).orElseThrow(() -> new IOException("it is not inside the workspace"))) {
                file = file.child(name);
                if (file.readLink() != null) {
                    throw new IOException(
                            file.getRemote() + " is a symbolic link, which may lead out of the workspace; " + WAY_OUT);
                }
            }
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
