package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The steps a rehearsal has, by name. */
public final class StepTable {
    private final Map<String, PipelineStep> byName = new TreeMap<>();
    private final Function<String, PipelineStep> stubs;

    /** Without anything that is let pass. */
    public StepTable(Collection<? extends PipelineStep> steps) {
        this(steps, name -> {
            throw new IllegalStateException("nothing is let pass: " + name);
        });
    }

    /**
     * @param steps in order of precedence: the first of a name counts
     * @param stubs what is called of a global variable that is let pass, by such a name as docker.image
     */
    public StepTable(Collection<? extends PipelineStep> steps, Function<String, PipelineStep> stubs) {
        this.stubs = stubs;
        steps.forEach(step -> byName.putIfAbsent(step.signature().name(), step));
    }

    /** The step of that name. */
    public Optional<PipelineStep> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What does nothing in the place of a call of a global variable that is let pass. */
    PipelineStep stub(String name) {
        return stubs.apply(name);
    }

    /** All names, sorted. */
    public Collection<String> names() {
        return byName.keySet();
    }
}
