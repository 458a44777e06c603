package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.util.List;

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
        for (Object each : (List<?>) call.arguments().object("properties")) {
            Described property = (Described) each;
            if (property.symbol().equals("parameters")) {
                List<?> declared = (List<?>) property.arguments().get("value");
                build.parameters()
                        .declare(declared.stream().map(Described.class::cast).toList());
            } else {
                build.console().note(call.surroundings(), property.symbol() + ": a setting of the job, not rehearsed");
            }
        }
        call.succeed(null);
    }
}
