package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Arguments;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** The steps that run a command on a node: {@code sh} and its like. */
final class Commands {
    static final List<String> NAMES = List.of("sh", "bat", "powershell", "pwsh");

    private Commands() {}

    /** Those that a rehearsal has: all of them shown; or sh alone, if commands really run. */
    static List<PipelineStep> all(Build build, Reach reach) {
        List<PipelineStep> steps = new ArrayList<>();
        for (String name : NAMES) {
            if (!reach.commands() || reach.stubs().answers(name)) {
                steps.add(new Shown(signature(name), build, reach.stubs()));
            } else if (name.equals("sh")) {
                steps.add(new ShStep(signature(name), build));
            }
        }
        return steps;
    }

    private static StepSignature signature(String name) {
        List<String> parameters =
                new ArrayList<>(List.of("script", "returnStdout", "returnStatus", "label", "encoding"));
        if (name.equals("powershell") || name.equals("pwsh")) {
            parameters.add("loadProfile");
        }
        return StepSignature.of(name, "workflow-durable-task-step", parameters.toArray(String[]::new))
                .onNode();
    }

    /** What a command that has ended gives to the pipeline. */
    static Object value(Arguments arguments, int status, String out) throws AbortException {
        if (arguments.flag("returnStatus", false)) {
            return status;
        }
        if (status != 0) {
            throw new AbortException("script returned exit code " + status);
        }
        return arguments.flag("returnStdout", false) ? out : null;
    }

    /** A command that is shown, and ends as the operator said. */
    private record Shown(StepSignature signature, Build build, Stubs stubs) implements PipelineStep {
        @Override
        public void start(StepCall call) {
            String script = call.arguments().text("script");
            Stubs.Ended ended = stubs.command(call.name(), script);
            script.strip()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> build.console().say(call.surroundings(), "+ " + line));
            build.console()
                    .note(
                            call.surroundings(),
                            call.name() + " is shown, not run: "
                                    + (ended.given()
                                            ? "-Dstub." + call.name() + " says that it ends with " + ended.status()
                                                    + (ended.seconds() == 0 ? "" : " after " + ended.seconds() + " s")
                                            : "as if it wrote nothing and ended with 0 (-Dstub." + call.name()
                                                    + "=… for another end)"));
            if (ended.seconds() == 0) {
                end(call, ended);
                return;
            }
            Future<?> end = call.engine().vm().schedule(Duration.ofSeconds(ended.seconds()), () -> end(call, ended));
            call.onStop(cause -> {
                end.cancel(false);
                call.fail(cause);
            });
        }

        private void end(StepCall call, Stubs.Ended ended) {
            if (!ended.stdout().isEmpty() && !call.arguments().flag("returnStdout", false)) {
                build.console().say(call.surroundings(), ended.stdout());
            }
            try {
                call.succeed(value(call.arguments(), ended.status(), ended.stdout()));
            } catch (AbortException failed) {
                call.fail(failed);
            }
        }
    }
}
