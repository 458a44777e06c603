package io.jenkins.plugins.nova.docs;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.model.Describable;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOutcome;
import io.jenkins.plugins.nova.drain.turn.TurnOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Test;

/** docs/steps.md names every step, every parameter and every outcome, and none that there is not. */
public class StepsPageTest {

    private static final Pattern WORD = Pattern.compile("`([A-Za-z_]+)`");

    private static List<StepDescriptor> steps() {
        return StepDescriptor.all().stream()
                .filter(descriptor -> descriptor.clazz.getName().startsWith("io.jenkins.plugins.nova.step."))
                .map(StepDescriptor.class::cast)
                .toList();
    }

    /** The words in the first columns of the tables below a heading, up to the next of its kind. */
    private static Set<String> words(String heading, int columns) throws Exception {
        String page = Files.readString(Path.of("docs/steps.md"));
        String section = page.substring(page.indexOf("\n" + heading + "\n") + heading.length() + 2);
        int end = section.indexOf("\n## ");
        Set<String> words = new TreeSet<>();
        section.substring(0, end < 0 ? section.length() : end)
                .lines()
                .filter(line -> line.startsWith("|"))
                .forEach(line -> {
                    String cells = Arrays.stream(line.split("\\|"))
                            .skip(1)
                            .limit(columns)
                            .collect(Collectors.joining("|"));
                    Matcher word = WORD.matcher(cells);
                    while (word.find()) {
                        words.add(word.group(1));
                    }
                });
        return words;
    }

    @Test
    public void everyStepIsThere() throws Exception {
        String page = Files.readString(Path.of("docs/steps.md"));
        for (StepDescriptor step : steps()) {
            assertTrue(step.getFunctionName(), page.matches("(?s).*\\| `" + step.getFunctionName() + "\\b.*"));
        }
    }

    @Test
    public void everyParameterIsThereAndNoOther() throws Exception {
        Set<String> known = new TreeSet<>(Set.of("host", "server"));
        for (StepDescriptor step : steps()) {
            for (DescribableParameter parameter :
                    DescribableModel.of(step.clazz).getParameters()) {
                known.add(parameter.getName());
                if (Describable.class.isAssignableFrom(parameter.getErasedType())) {
                    DescribableModel.of((Class<?>) parameter.getErasedType())
                            .getParameters()
                            .forEach(inner -> known.add(inner.getName()));
                }
            }
        }
        Set<String> told = words("## Parameters", 2);
        told.addAll(Set.of("host", "server"));
        assertEquals(known, told);
    }

    @Test
    public void everyOutcomeIsThere() throws Exception {
        Set<String> possible = new TreeSet<>();
        Arrays.stream(HostOutcome.values()).forEach(outcome -> possible.add(outcome.name()));
        Arrays.stream(Outcome.values()).forEach(outcome -> possible.add(outcome.name()));
        // the others become DONE, PLANNED, or the drain's own outcome
        possible.addAll(Set.of(ReturnOutcome.NOT_READY.name(), ReturnOutcome.BODY_FAILED.name()));
        possible.addAll(Set.of(TurnOutcome.NOT_BEGUN.name(), TurnOutcome.DONE_BEFORE.name()));
        Set<String> told = words("## What they return", 1);
        told.removeIf(word -> !word.equals(word.toUpperCase(java.util.Locale.ROOT)));
        assertEquals(possible, told);
    }
}
