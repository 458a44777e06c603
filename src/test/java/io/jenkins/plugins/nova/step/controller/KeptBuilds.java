package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds that a controller keeps, found by what they are called at the moment.
 *
 * @param builds all of them
 */
record KeptBuilds(List<RehearsedRun> builds) implements JobsHere {

    @Override
    public Run<?, ?> named(String build) {
        return builds.stream()
                .filter(run -> run.getExternalizableId().equals(build))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Run<?, ?>> keeping(int number, String step) {
        List<Run<?, ?>> found = new ArrayList<>();
        for (RehearsedRun run : builds) {
            try {
                if (run.getNumber() == number && StepTrace.isIn(run.getRootDir().toPath(), step)) {
                    found.add(run);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
