package io.jenkins.plugins.nova.rehearsal.engine;

/** A name that no step has: it stops the rehearsal and says so, for guessing what it does would be pretending. */
final class UnknownStep implements PipelineStep {
    private final String name;
    private final Needs needs;

    UnknownStep(String name, Needs needs) {
        this.name = name;
        this.needs = needs;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.anything(name);
    }

    @Override
    public void start(StepCall call) {
        needs.add(name);
        throw new NotRunnable(call.place().before() + KnownPlugins.unknown(name));
    }
}
