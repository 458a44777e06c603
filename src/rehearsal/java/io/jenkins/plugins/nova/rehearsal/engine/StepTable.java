package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The steps a rehearsal has, by name. */
public final class StepTable {
    private final Map<String, PipelineStep> byName = new TreeMap<>();

    /**
     * @param steps in order of precedence: the first of a name counts
     */
    public StepTable(Collection<? extends PipelineStep> steps) {
        steps.forEach(step -> byName.putIfAbsent(step.signature().name(), step));
    }

    /** The step of that name. */
    public Optional<PipelineStep> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names, sorted. */
    public Collection<String> names() {
        return byName.keySet();
    }
}
