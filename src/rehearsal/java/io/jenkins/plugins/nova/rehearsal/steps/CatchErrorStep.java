package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Stage;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code catchError} and {@code warnError}: a failure of the block marks build and stage, and the pipeline goes on. */
final class CatchErrorStep implements PipelineStep {
    private final Build build;
    private final StepSignature signature;
    private final Result ofBuild;
    private final Result ofStage;

    private CatchErrorStep(Build build, StepSignature signature, Result ofBuild, Result ofStage) {
        this.build = build;
        this.signature = signature.withBody();
        this.ofBuild = ofBuild;
        this.ofStage = ofStage;
    }

    static CatchErrorStep catchError(Build build) {
        return new CatchErrorStep(
                build,
                StepSignature.of(
                        "catchError",
                        "workflow-basic-steps",
                        "message",
                        "buildResult",
                        "stageResult",
                        "catchInterruptions"),
                Result.FAILURE,
                Result.SUCCESS);
    }

    static CatchErrorStep warnError(Build build) {
        return new CatchErrorStep(
                build,
                StepSignature.of("warnError", "workflow-basic-steps", "message", "catchInterruptions"),
                Result.UNSTABLE,
                Result.UNSTABLE);
    }

    @Override
    public StepSignature signature() {
        return signature;
    }

    @Override
    public void start(StepCall call) {
        Result buildResult = result(call, "buildResult", ofBuild);
        Result stageResult = result(call, "stageResult", ofStage);
        call.invoke(call.arguments().body().orElseThrow(), call.surroundings(), outcome -> {
            boolean interrupted = outcome.getAbnormal() instanceof FlowInterruptedException;
            if (outcome.isSuccess() || interrupted && !call.arguments().flag("catchInterruptions", true)) {
                call.end(outcome);
                return;
            }
            Throwable failure = outcome.getAbnormal();
            if (call.arguments().has("message")) {
                build.console().say(call.surroundings(), call.arguments().text("message"));
            }
            build.console().error(call.surroundings(), "ERROR: " + Failures.words(failure));
            build.run().setResult(interrupted ? Failures.result(failure) : buildResult);
            call.surroundings()
                    .get(Stage.class)
                    .ifPresent(stage -> stage.mark(interrupted ? Failures.result(failure) : stageResult));
            call.succeed(null);
        });
    }

    private static Result result(StepCall call, String parameter, Result otherwise) {
        boolean none = call.arguments().isGiven(parameter) && !call.arguments().has(parameter);
        String text = none ? Result.SUCCESS.toString() : call.arguments().text(parameter, otherwise.toString());
        Result result = Result.fromString(text);
        if (!result.toString().equals(text)) {
            throw new IllegalArgumentException("parameter '" + parameter
                    + "' must be SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED, not '" + text + "'");
        }
        return result;
    }
}
