package io.jenkins.plugins.nova.rehearsal.steps;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.engine.Body;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code parallel}: runs branches side by side, and fails when all have ended if one has failed. */
final class ParallelStep implements PipelineStep {
    private final Console console;

    ParallelStep(Console console) {
        this.console = console;
    }

    @Override
    public StepSignature signature() {
        return new StepSignature("parallel", "workflow-cps", "branches", null, false, false);
    }

    @Override
    public void start(StepCall call) {
        Map<String, Object> named = new LinkedHashMap<>(call.arguments().named());
        boolean failFast = Boolean.parseBoolean(String.valueOf(named.remove("failFast")));
        named.forEach((name, branch) -> {
            if (!(branch instanceof Closure)) {
                throw new IllegalArgumentException("parallel: branch '" + name + "' must be a closure, not " + branch);
            }
        });
        if (named.isEmpty()) {
            call.succeed(Map.of());
            return;
        }
        Branches branches = new Branches(call, failFast, named.size());
        named.forEach((name, branch) -> branches.bodies.put(
                name,
                call.invoke(
                        (Closure<?>) branch,
                        call.surroundings().with(new Console.Branch(name)),
                        outcome -> branches.ended(name, outcome))));
    }

    /** The branches of one call. */
    private final class Branches {
        private final StepCall call;
        private final boolean failFast;
        private final int count;
        private final Map<String, Body> bodies = new LinkedHashMap<>();
        private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
        private Throwable first;

        Branches(StepCall call, boolean failFast, int count) {
            this.call = call;
            this.failFast = failFast;
            this.count = count;
        }

        void ended(String name, Outcome outcome) {
            outcomes.put(name, outcome);
            if (outcome.isFailure()) {
                failed(name, outcome.getAbnormal());
            }
            if (outcomes.size() < count) {
                return;
            }
            if (first != null) {
                call.fail(first);
                return;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            bodies.keySet().forEach(each -> values.put(each, outcomes.get(each).getNormal()));
            call.succeed(values);
        }

        private void failed(String name, Throwable failure) {
            console.error(call.surroundings(), "Failed in branch " + name + ": " + Failures.words(failure));
            boolean worse = first instanceof FlowInterruptedException && !(failure instanceof FlowInterruptedException);
            if (first == null && failFast) {
                bodies.values().stream()
                        .filter(Body::isLive)
                        .forEach(body ->
                                body.cancel(new FlowInterruptedException(Result.ABORTED, true, new FailFast(name))));
            }
            if (first == null || worse) {
                first = failure;
            }
        }
    }

    /** Another branch has failed. */
    private static final class FailFast extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String branch;

        FailFast(String branch) {
            this.branch = branch;
        }

        @Override
        public String getShortDescription() {
            return "Failed in branch " + branch;
        }
    }
}
