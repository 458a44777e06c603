package io.jenkins.plugins.nova.cloud;

import hudson.model.Run;
import java.util.Objects;

/** A step of a running build that works on a cloud. */
public final class CloudUse {

    private final String cloud;
    private final String step;
    private final Run<?, ?> run;

    /**
     * @param cloud the cloud's name in the configuration
     * @param step the step's name in the Pipeline
     * @param run its build
     */
    public CloudUse(String cloud, String step, Run<?, ?> run) {
        this.cloud = Objects.requireNonNull(cloud);
        this.step = Objects.requireNonNull(step);
        this.run = Objects.requireNonNull(run);
    }

    /** The cloud's name in the configuration. */
    public String getCloud() {
        return cloud;
    }

    /** The step's name in the Pipeline. */
    public String getStep() {
        return step;
    }

    /** The step's build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The same for every look at the same use. */
    String key() {
        return run.getExternalizableId() + ' ' + step + ' ' + cloud;
    }
}
