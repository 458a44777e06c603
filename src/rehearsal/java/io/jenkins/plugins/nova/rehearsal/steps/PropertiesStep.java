package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;

/** {@code properties([parameters([…]), …])}: declares the parameters; the job's other settings are only told. */
final class PropertiesStep implements PipelineStep {
    private final Build build;

    PropertiesStep(Build build) {
        this.build = build;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of("properties", "workflow-multibranch", "properties");
    }

    @Override
    public void start(StepCall call) {
        for (Described property : Described.all(call.arguments().object("properties"))) {
            if (property.symbol().equals("parameters")) {
                build.parameters().declare(Described.all(property.arguments().get("value")));
            } else if (property.symbol().equals("durabilityHint")) {
                Durability.set(call.engine(), build, call.surroundings(), property);
            } else {
                build.console().note(call.surroundings(), property.symbol() + ": a setting of the job, not rehearsed");
            }
        }
        call.succeed(null);
    }
}
