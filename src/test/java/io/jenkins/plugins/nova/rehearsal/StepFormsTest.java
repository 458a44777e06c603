package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Variables;
import io.jenkins.plugins.nova.rehearsal.declarative.BasicForms;
import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.steps.BasicSteps;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/** What Declarative's checks know of a step's parameters is what the step has. */
public class StepFormsTest {
    /** Sections of Declarative, or steps that it does not take. */
    private static final Set<String> WITHOUT = Set.of("stage", "script", "parallel", "properties", Variables.LENIENTLY);

    @Test
    public void everyStepHasTheFormOfItsSignature() {
        Build nothing = new Build(null, null, null, null, null, null, null);
        List<PipelineStep> steps = new BasicSteps(nothing)
                .all(new Reach(false, true, Stubs.of(List.of(), Map.of())), new Libraries(Map.of()));
        assertTrue(steps.size() > 25);
        for (PipelineStep step : steps) {
            StepSignature signature = step.signature();
            if (!WITHOUT.contains(signature.name()) && !signature.takesAnything()) {
                assertEquals(
                        signature.name(),
                        new TreeSet<>(signature.parameters()),
                        new TreeSet<>(BasicForms.of(signature.name())
                                .orElseThrow()
                                .types()
                                .keySet()));
            }
        }
    }
}
