package io.jenkins.plugins.nova.step.controller;

import hudson.model.Run;
import java.util.List;

/** The builds that this controller keeps of its jobs. */
interface JobsHere {

    /**
     * The build of this name.
     *
     * @param build such as {@code ops/drain#12}
     * @return null where there is none, or it is no name of a build
     */
    Run<?, ?> named(String build);

    /**
     * The builds that keep something of a step, of whichever job; running ones are brought to life by this, as they are whenever
     * somebody looks at them.
     *
     * @param number the build's number, which a job that is moved or renamed leaves as it is
     * @param step what the step is called in its claims
     */
    List<Run<?, ?>> keeping(int number, String step);
}
