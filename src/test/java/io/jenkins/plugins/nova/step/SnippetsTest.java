package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Describable;
import io.jenkins.plugins.nova.cloud.DataBound;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Test;

/** What the snippet generator goes by: defaults are left out of a snippet, and what was set is told back as it was. */
public class SnippetsTest {

    @Test
    public void aStepLeftAsItIsHasNoParameters() throws Exception {
        for (StepDescriptor descriptor : ours()) {
            assertEquals(
                    descriptor.getFunctionName(), 0, snippet(descriptor.clazz).size());
        }
    }

    @Test
    public void everyParameterIsToldBackAndNoOtherWithIt() throws Exception {
        for (StepDescriptor descriptor : ours()) {
            assertToldBack(descriptor.clazz.asSubclass(Step.class));
        }
    }

    /** Declarative Pipeline refuses a step without each of them, before the build begins. */
    @Test
    public void onlyWhatAStepCannotDoWithoutIsRequired() {
        for (StepDescriptor descriptor : ours()) {
            List<String> required = DescribableModel.of(descriptor.clazz).getParameters().stream()
                    .filter(DescribableParameter::isRequired)
                    .map(DescribableParameter::getName)
                    .toList();
            assertEquals(
                    descriptor.getFunctionName(),
                    switch (descriptor.getFunctionName()) {
                        case "liveMigrate", "coldMigrate" -> List.of("server");
                        case "confirmResize", "revertResize", "withOpenStack", "hosts", "rollPlan" -> List.of();
                        default -> List.of("host");
                    },
                    required);
        }
    }

    /** Stapler binds an emptied number field to null where the setter takes an Integer, and to 0 where it takes an int. */
    @Test
    public void anEmptiedFieldIsTheDefault() {
        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setConcurrency(null);
        back.setReadyTimeout(null);
        assertEquals("auto", back.getConcurrency());
        assertEquals(30, back.getReadyTimeout().intValue());
        NodeMaintenanceStep maintenance = new NodeMaintenanceStep("compute1");
        maintenance.setReadyTimeout(null);
        assertEquals(30, maintenance.getReadyTimeout().intValue());
        RollPlanStep roll = new RollPlanStep();
        roll.setBlockMinutes(null);
        assertEquals(20, roll.getBlockMinutes().intValue());
    }

    @Test
    public void everyStepHasAPageTextAndAName() {
        for (StepDescriptor descriptor : ours()) {
            assertTrue(descriptor.getFunctionName(), descriptor.getDisplayName().contains("OpenStack"));
            assertNotNull(
                    descriptor.getFunctionName(),
                    descriptor.clazz.getResource(descriptor.clazz.getSimpleName() + "/help.html"));
        }
    }

    private static <S> void assertToldBack(Class<S> step) throws ReflectiveOperationException {
        DataBound<S> bound = DataBound.of(step);
        for (String name : bound.setters()) {
            S instance = bound.configure(JsonNodeFactory.instance.objectNode());
            Object other = other(bound.type(name), bound.get(instance, name));
            bound.set(instance, name, other);
            assertEquals(step + " " + name, other, bound.get(instance, name));
            assertEquals(step + " " + name, Set.of(name), DataBound.names(bound.export(instance)));
        }
    }

    private static Object other(Class<?> type, Object usual) {
        if (type == boolean.class || type == Boolean.class) {
            return !Boolean.TRUE.equals(usual);
        }
        if (type == int.class || type == Integer.class) {
            return usual == null ? 7 : (Integer) usual + 7;
        }
        if (Describable.class.isAssignableFrom(type)) {
            return DescribableModel.of(type).instantiate(Map.of());
        }
        return type == List.class ? List.of("other") : "other";
    }

    private static <S> ObjectNode snippet(Class<S> step) throws ReflectiveOperationException {
        DataBound<S> bound = DataBound.of(step);
        return bound.export(bound.configure(JsonNodeFactory.instance.objectNode()));
    }

    private static List<StepDescriptor> ours() {
        List<StepDescriptor> ours = StepDescriptor.all().stream()
                .filter(descriptor -> descriptor.clazz.getName().startsWith("io.jenkins.plugins.nova.step."))
                .map(StepDescriptor.class::cast)
                .toList();
        assertTrue(ours.toString(), ours.size() >= 6);
        return ours;
    }
}
