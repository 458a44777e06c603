package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;

/** A step that runs its block once, in other surroundings. */
final class BlockStep implements PipelineStep {
    private final StepSignature signature;
    private final Entry entry;

    /** What surroundings the block gets. */
    interface Entry {
        Surroundings around(StepCall call) throws Exception;
    }

    BlockStep(StepSignature signature, Entry entry) {
        this.signature = signature.withBody();
        this.entry = entry;
    }

    @Override
    public StepSignature signature() {
        return signature;
    }

    @Override
    public void start(StepCall call) throws Exception {
        call.invokeBody(entry.around(call));
    }
}
