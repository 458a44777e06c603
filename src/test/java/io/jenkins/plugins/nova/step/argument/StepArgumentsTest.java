package io.jenkins.plugins.nova.step.argument;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import hudson.model.Describable;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import net.sf.json.NullOfJson;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Test;

/** What Pipeline hands to the steps' descriptors: every step, every parameter, every kind of value that will not do. */
public class StepArgumentsTest {

    private static final Map<String, String> SYMBOLS =
            Map.of("budget", "budget", "deadHost", "deadHost", "canary", "canary");

    private static List<StepDescriptor> ours() {
        List<StepDescriptor> ours = StepDescriptor.all().stream()
                .filter(descriptor -> descriptor.clazz.getName().startsWith("io.jenkins.plugins.nova.step."))
                .map(StepDescriptor.class::cast)
                .toList();
        assertTrue(ours.toString(), ours.size() >= 9);
        return ours;
    }

    /** Each parameter of each step, and of each group in them. */
    private static void each(BiConsumer<Call, DescribableParameter> test) {
        int parameters = 0;
        for (StepDescriptor step : ours()) {
            for (DescribableParameter parameter :
                    DescribableModel.of(step.clazz).getParameters()) {
                test.accept(new Call(step, null), parameter);
                parameters++;
                if (isGroup(parameter)) {
                    for (DescribableParameter inner : inner(parameter)) {
                        test.accept(new Call(step, parameter.getName()), inner);
                        parameters++;
                    }
                }
            }
        }
        assertTrue("" + parameters, parameters > 100);
    }

    private static Iterable<DescribableParameter> inner(DescribableParameter group) {
        return DescribableModel.of((Class<?>) group.getErasedType()).getParameters();
    }

    private static boolean isGroup(DescribableParameter parameter) {
        return Describable.class.isAssignableFrom(parameter.getErasedType());
    }

    /** A call of a step with one argument, which stands in a group unless that is null. */
    private record Call(StepDescriptor step, String group) {

        Object with(String name, Object value) throws Exception {
            Map<String, Object> argument = new HashMap<>();
            argument.put(name, value);
            if (group == null) {
                return step.newInstance(argument);
            }
            Map<String, Object> outer = new HashMap<>();
            outer.put(group, new UninstantiatedDescribable(SYMBOLS.get(group), null, argument));
            return step.newInstance(outer);
        }

        String path(String name) {
            return group == null ? name : group + "." + name;
        }

        /** What is said of an argument that will not do, which is no stack trace. */
        String refusal(String name, Object value) {
            return assertThrows(this + " " + name + ": " + value, AbortException.class, () -> with(name, value))
                    .getMessage();
        }

        void takes(String name, Object value) {
            try {
                with(name, value);
            } catch (Exception e) {
                throw new AssertionError(this + " " + name + ": " + value, e);
            }
        }

        @Override
        public String toString() {
            return step.getFunctionName() + (group == null ? "" : " " + group);
        }
    }

    @Test
    public void aMisspeltNameIsRefusedWithTheNearestOne() {
        each((call, parameter) -> {
            String name = parameter.getName();
            for (String slip : List.of(
                    name.toUpperCase(Locale.ROOT), name + "s", name.substring(0, name.length() - 1), "x" + name)) {
                boolean known = DescribableModel.of(call.step().clazz).getParameters().stream()
                        .anyMatch(other -> other.getName().equals(slip));
                if (!known) {
                    String words = call.refusal(slip, true);
                    assertTrue(words, words.startsWith(call.step().getFunctionName() + ": "));
                    assertTrue(words, words.contains("there is no parameter '" + slip + "'; did you mean "));
                    assertTrue(words, words.contains(name));
                }
            }
        });
    }

    @Test
    public void aNameThatIsNearToNoneIsRefusedWithAllThereAre() {
        for (StepDescriptor step : ours()) {
            String words = new Call(step, null).refusal("mitigations", 1);
            assertTrue(words, words.contains("there is no parameter 'mitigations'. There are: "));
            DescribableModel.of(step.clazz)
                    .getParameters()
                    .forEach(parameter -> assertTrue(words, words.contains(parameter.getName())));
        }
    }

    @Test
    public void whatIsInAGroupIsToldWithItsGroup() {
        Call evacuate = new Call(StepDescriptor.byFunctionName("nodeEvacuate"), null);
        Map<String, String> meant = Map.of(
                "fenced", "deadHost: deadHost(fenced: …)",
                "sharedStorage", "deadHost: deadHost(sharedStorage: …)",
                "allowDiskLoss", "deadHost: deadHost(allowDiskLoss: …)",
                "minFreeHosts", "budget: budget(minFree: …)",
                "budgetAggregate", "budget: budget(aggregate: …)");
        meant.forEach((old, now) -> {
            String words = evacuate.refusal(old, true);
            assertTrue(words, words.contains("did you mean " + now + "?"));
        });
        String words = new Call(StepDescriptor.byFunctionName("nodeReturn"), null).refusal("canaryImage", "x");
        assertTrue(words, words.contains("did you mean canary: canary(image: …)?"));
    }

    @Test
    public void aNullIsNoTruthValueAndNoNumberAndNoApprovedPlan() {
        each((call, parameter) -> {
            String name = parameter.getName();
            Class<?> type = parameter.getErasedType();
            for (Object nothing : Arrays.asList(null, new NullOfJson())) {
                if (type == boolean.class
                        || type == int.class
                        || type == Integer.class
                        || name.equals("plan")
                        || name.equals("roll")) {
                    String words = call.refusal(name, nothing);
                    assertTrue(words, words.startsWith(call.path(name) + ": "));
                    assertTrue(words, words.contains("null") && words.contains("leave the parameter out"));
                } else {
                    call.takes(name, nothing);
                }
            }
        });
    }

    @Test
    public void aValueOfAnotherTypeIsRefusedWithItsParameter() {
        each((call, parameter) -> {
            String name = parameter.getName();
            Class<?> type = parameter.getErasedType();
            List<Object> bad = new ArrayList<>();
            if (type == boolean.class) {
                bad.addAll(List.of("yes", "", 1, List.of(true), Map.of()));
            } else if (type == int.class || type == Integer.class) {
                bad.addAll(List.of("many", "", "1.5", 1.5, true, List.of(1), 1L << 40));
            } else if (type == String.class) {
                bad.addAll(List.of(List.of("a"), Map.of("a", 1), true));
            } else if (isGroup(parameter)) {
                bad.addAll(List.of(
                        true,
                        "text",
                        List.of(),
                        new UninstantiatedDescribable("cron", null, Map.of()),
                        new UninstantiatedDescribable(
                                SYMBOLS.get(name), null, Map.of(UninstantiatedDescribable.ANONYMOUS_KEY, "2"))));
            }
            for (Object value : bad) {
                String words = call.refusal(name, value);
                assertTrue(words, words.startsWith(call.path(name) + ": "));
                assertTrue(words, words.contains("will not do; "));
            }
        });
    }

    @Test
    public void valuesAsTextOrJsonHasThemAreUnderstood() {
        each((call, parameter) -> {
            String name = parameter.getName();
            Class<?> type = parameter.getErasedType();
            if (type == boolean.class) {
                List.of(true, "true", "False", text("true")).forEach(value -> call.takes(name, value));
            } else if (type == int.class || type == Integer.class) {
                List.of(7, 7L, "7", " 7 ", 7.0, text("7")).forEach(value -> call.takes(name, value));
            } else if (type == String.class) {
                List.of("7", 7, text("7")).forEach(value -> call.takes(name, value));
            } else if (isGroup(parameter)) {
                call.takes(name, Map.of());
                call.takes(name, new UninstantiatedDescribable(SYMBOLS.get(name), null, Map.of()));
            }
        });
    }

    private static Object text(String interpolated) {
        return new GStringImpl(new Object[] {interpolated}, new String[] {"", ""});
    }

    @Test
    public void whatIsTakenIsWhatWasSaid() throws Exception {
        StepDescriptor descriptor = StepDescriptor.byFunctionName("nodeMaintenance");
        NodeMaintenanceStep step = (NodeMaintenanceStep) descriptor.newInstance(Map.of(
                "host",
                text("compute1"),
                "dryRun",
                "true",
                "timeout",
                "90",
                "concurrency",
                3L,
                "budget",
                new UninstantiatedDescribable("budget", null, Map.of("maxAway", "2", "aggregate", "rack7")),
                "canary",
                Map.of("image", "an-id", "flavor", 1)));
        assertEquals("compute1", step.getHost());
        assertTrue(step.isDryRun());
        assertEquals(90, step.getTimeout());
        assertEquals(3, step.getConcurrency());
        assertEquals(2, step.getBudget().getMaxAway());
        assertEquals("rack7", step.getBudget().getAggregate());
        assertEquals("1", step.getCanary().getFlavor());
    }

    // --- values of several types

    private static Map<String, Object> json(Object... keysAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    public void aNullOfJsonIsNoHostAndNoName() throws Exception {
        Object none = new NullOfJson();
        Object server = json("id", "8bcc0000-0000-4000-8000-000000000001", "name", none, "to", none, "outcome", none);
        assertEquals(null, Manifest.read("manifest", List.of(server)).get(0).to());
        assertEquals("", Manifest.read("manifest", List.of(server)).get(0).name());
        assertEquals(List.of(), Manifest.read("manifest", none));
        assertEquals(
                List.of(),
                Manifest.read(
                        "manifest",
                        json(
                                "servers",
                                List.of(json(
                                        "id",
                                        "8bcc0000-0000-4000-8000-000000000002",
                                        "outcome",
                                        "MOVED",
                                        "to",
                                        none)))));
        assertThrows(AbortException.class, () -> Manifest.read("manifest", json("servers", none)));
        assertThrows(AbortException.class, () -> Manifest.read("manifest", List.of(none)));
        assertEquals(null, Approvals.hash(none));
        assertThrows(AbortException.class, () -> Approvals.hash(json("planHash", none)));
        assertEquals(List.of(), Arguments.names("server", none));
        assertThrows(AbortException.class, () -> Arguments.names("server", List.of("web1", none)));
        assertThrows(AbortException.class, () -> Arguments.names("server", List.of(json("id", "1"))));
        assertThrows(AbortException.class, () -> Arguments.names("server", json("id", "1")));
        assertEquals(List.of("1", "2"), Arguments.names("server", List.of(1, text("2"))));
        assertEquals(List.of(), Arguments.namesOrAll("approve", none));
        assertEquals(List.of("*"), Arguments.namesOrAll("approve", true));
        assertEquals(Collections.singletonMap("a", null), Plain.of(json("a", none)));
        assertEquals(null, Plain.text(none));
    }
}
