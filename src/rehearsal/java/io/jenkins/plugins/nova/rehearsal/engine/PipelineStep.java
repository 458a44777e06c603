package io.jenkins.plugins.nova.rehearsal.engine;

/** A step that the rehearsal can run. */
public interface PipelineStep {
    /** How it is called. */
    StepSignature signature();

    /** Whether it says itself, when it is started, what is wrong with the names of its arguments. */
    default boolean judgesItsArguments() {
        return false;
    }

    /**
     * Starts it, on the VM thread, which must not be held.
     *
     * @param call what to complete with {@link StepCall#succeed} or {@link StepCall#fail}, now or later
     * @throws Exception fails the step
     */
    void start(StepCall call) throws Exception;
}
