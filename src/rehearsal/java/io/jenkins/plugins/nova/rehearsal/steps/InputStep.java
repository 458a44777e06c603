package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.build.Operator;
import io.jenkins.plugins.nova.rehearsal.build.Parameters;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code input}: asks the operator, or takes the answer given beforehand. */
final class InputStep implements PipelineStep {
    private final Build build;

    InputStep(Build build) {
        this.build = build;
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of(
                "input",
                "pipeline-input-step",
                "message",
                "id",
                "ok",
                "cancel",
                "submitter",
                "submitterParameter",
                "parameters");
    }

    @Override
    public void start(StepCall call) {
        build.console().say(call.surroundings(), call.arguments().text("message"));
        List<Described> parameters = Described.all(call.arguments().object("parameters"));
        Map<String, Object> answers = new LinkedHashMap<>();
        Optional<Operator.Answer> ready = build.operator()
                .ready(call.arguments().text("id", null), call.arguments().text("message"));
        if (ready.isEmpty()) {
            ask(call, parameters, answers);
            return;
        }
        build.console().note(call.surroundings(), ready.get().why());
        Map<String, Object> given = new LinkedHashMap<>(ready.get().parameters());
        for (Described each : parameters) {
            String name = each.text("name");
            Object value = given.get(name);
            answers.put(
                    name,
                    given.containsKey(name) && value != null
                            ? Parameters.value(each, value.toString())
                            : Parameters.standard(each));
            given.remove(name);
        }
        if (!given.isEmpty()) {
            throw new NotRunnable(ready.get().why() + ", but the input has no parameter " + given.keySet() + "; it has "
                    + answers.keySet());
        }
        answer(call, ready.get().proceed(), answers);
    }

    private void ask(StepCall call, List<Described> open, Map<String, Object> answers) {
        if (call.isEnded()) {
            return;
        }
        if (open.isEmpty()) {
            build.console().say(call.surroundings(), call.arguments().text("ok", "Proceed") + " or abort? [p/a]");
            build.operator()
                    .read(line -> call.engine().vm().execute(() -> {
                        String word = line == null ? "abort" : line.trim().toLowerCase(Locale.ROOT);
                        if (word.matches("a|abort|n|no")) {
                            answer(call, false, answers);
                        } else if (word.matches("p|proceed|y|yes")) {
                            answer(call, true, answers);
                        } else {
                            ask(call, open, answers);
                        }
                    }));
            return;
        }
        Described next = open.get(0);
        build.console().say(call.surroundings(), question(next));
        build.operator()
                .read(line -> call.engine().vm().execute(() -> {
                    String text = line == null ? "" : line.trim();
                    try {
                        answers.put(
                                next.text("name"),
                                text.isEmpty() ? Parameters.standard(next) : Parameters.value(next, text));
                        ask(call, open.subList(1, open.size()), answers);
                    } catch (NotRunnable wrong) {
                        build.console().error(call.surroundings(), wrong.getMessage());
                        ask(call, open, answers);
                    }
                }));
    }

    private static String question(Described parameter) {
        String description = parameter.text("description");
        return parameter.text("name") + (description == null ? "" : " (" + description + ")") + " ["
                + (parameter.symbol().equals("password") ? "****" : Parameters.standard(parameter)) + "]:";
    }

    private void answer(StepCall call, boolean proceed, Map<String, Object> answers) {
        String who = build.operator().name();
        if (!proceed) {
            call.fail(new FlowInterruptedException(Result.ABORTED, true, new Rejected(who)));
            return;
        }
        build.console().say(call.surroundings(), "Approved by " + who);
        if (call.arguments().has("submitterParameter")) {
            answers.put(call.arguments().text("submitterParameter"), who);
        }
        call.succeed(
                answers.isEmpty()
                        ? null
                        : answers.size() == 1 ? answers.values().iterator().next() : answers);
    }

    /** The operator's no. */
    private static final class Rejected extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String who;

        Rejected(String who) {
            this.who = who;
        }

        @Override
        public String getShortDescription() {
            return "Rejected by " + who;
        }
    }
}
