package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a step leaves in its build: its report on the page, from when its first request was answered, and its journal, from before
 * that was sent.
 */
final class StepTrace {

    private StepTrace() {}

    /**
     * Whether a step is, or was, one of this build.
     *
     * @param step what it is called in its claims
     * @throws IOException when the build's directory cannot be read
     */
    static boolean isIn(Run<?, ?> build, String step) throws IOException {
        HostMaintenanceAction page = build.getAction(HostMaintenanceAction.class);
        return page != null && page.hasStep(step) || isIn(build.getRootDir().toPath(), step);
    }

    /** The same of a build that need not be loaded, by its directory, where nothing need be. */
    static boolean isIn(Path directory, String step) throws IOException {
        return HostMaintenanceAction.keepsStep(directory, step) || Journal.isOf(directory, step);
    }
}
