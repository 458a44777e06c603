package io.jenkins.plugins.nova.step.controller;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The jobs of Jenkins, seen as the system: a drain's thread is nobody, and whoever runs this step need not be allowed to see the
 * other job.
 */
final class JobsOfController implements JobsHere {

    private static final Logger LOGGER = Logger.getLogger(JobsOfController.class.getName());

    @Override
    public Run<?, ?> named(String build) {
        if (Jenkins.getInstanceOrNull() == null) {
            return null;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(build);
        } catch (IllegalArgumentException e) {
            return null; // somebody has written into the reason
        }
    }

    /** {@inheritDoc} Two folders are looked for in each job; no build is loaded but those that are found. */
    @Override
    public List<Run<?, ?>> keeping(int number, String step) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        List<Run<?, ?>> found = new ArrayList<>();
        if (jenkins == null) {
            return found;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : jenkins.getAllItems(Job.class)) {
                Path directory = job.getBuildDir().toPath().resolve(String.valueOf(number));
                Run<?, ?> run = keeps(directory, step) ? job.getBuildByNumber(number) : null;
                if (run != null) {
                    found.add(run);
                }
            }
        }
        return found;
    }

    private static boolean keeps(Path directory, String step) {
        try {
            return StepTrace.isIn(directory, step);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not look for the step " + step + " in " + directory);
            return false;
        }
    }
}
