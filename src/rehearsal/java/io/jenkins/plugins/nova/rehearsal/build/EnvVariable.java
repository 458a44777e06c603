package io.jenkins.plugins.nova.rehearsal.build;

import groovy.lang.GroovyObjectSupport;
import hudson.EnvVars;
import io.jenkins.plugins.nova.rehearsal.engine.Kept;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.util.function.Supplier;

/** The variable {@code env}: reads the environment around the step that runs, assigns for the rest of the build. */
public final class EnvVariable extends GroovyObjectSupport implements Kept {
    private final Build build;
    private final Supplier<Surroundings> around;

    /**
     * @param around where Groovy runs at this moment
     */
    public EnvVariable(Build build, Supplier<Surroundings> around) {
        this.build = build;
        this.around = around;
    }

    /** All variables. */
    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return build.environment(around.get());
    }

    @Override
    public Object getProperty(String name) {
        try {
            return name.equals("environment")
                    ? getEnvironment()
                    : getEnvironment().get(name);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the environment cannot be read", failure);
        }
    }

    @Override
    public void setProperty(String name, Object value) {
        build.variables().put(name, String.valueOf(value));
    }
}
