package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Set;

/** A step that the rehearsal can run. */
public interface PipelineStep {
    /** The steps whose executions are synchronous on a controller (SynchronousStepExecution, or what ends in start). */
    Set<String> AT_ONCE = Set.of(
            "echo",
            "error",
            "unstable",
            "isUnix",
            "pwd",
            "properties",
            "libraryResource",
            "environmentValue",
            "getContext");

    /** How it is called. */
    StepSignature signature();

    /** Whether it says itself, when it is started, what is wrong with the names of its arguments. */
    default boolean judgesItsArguments() {
        return false;
    }

    /**
     * Whether a controller waits for it, though it may end at once here: it runs in the background there, or on an agent. Those
     * that a controller runs at once are few.
     */
    default boolean waits() {
        return !AT_ONCE.contains(signature().name());
    }

    /**
     * Starts it, on the VM thread, which must not be held.
     *
     * @param call what to complete with {@link StepCall#succeed} or {@link StepCall#fail}, now or later
     * @throws Exception fails the step
     */
    void start(StepCall call) throws Exception;
}
