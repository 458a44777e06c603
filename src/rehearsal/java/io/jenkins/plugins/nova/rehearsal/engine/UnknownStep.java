package io.jenkins.plugins.nova.rehearsal.engine;

/** A name that no step has: it stops the rehearsal and says so, for guessing what it does would be pretending. */
final class UnknownStep implements PipelineStep {
    private final String name;

    UnknownStep(String name) {
        this.name = name;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.anything(name);
    }

    @Override
    public void start(StepCall call) {
        throw new NotRunnable(KnownPlugins.unknown(name, call.line()));
    }
}
