package io.jenkins.plugins.nova.rehearsal.declarative;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.build.Stage;
import io.jenkins.plugins.nova.rehearsal.engine.Kept;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.rehearsal.steps.Failures;
import java.util.List;

/**
 * When the blocks of {@code post} run. Order and meaning as the ordinals and classes of pipeline-model-definition's
 * BuildCondition have them; a rehearsed build has no build before it.
 */
final class PostConditions {
    static final List<String> ORDER = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    private final RehearsedRun run;

    /** The build's result outside of a block, and the one its block was shown. */
    private record Entered(Result outside, Result shown) implements Kept {}

    PostConditions(RehearsedRun run) {
        this.run = run;
    }

    boolean holds(String condition, Throwable error, Stage stage) {
        Result result = combined(error, stage);
        return switch (condition) {
            case "always", "cleanup", "changed" -> true;
            case "fixed", "regression" -> false;
            case "aborted" -> result == Result.ABORTED;
            case "success" -> result == Result.SUCCESS;
            case "unsuccessful" -> result != Result.SUCCESS;
            case "unstable" -> result == Result.UNSTABLE;
            case "failure" -> result == Result.FAILURE;
            case "notBuilt" -> result == Result.NOT_BUILT;
            default -> throw new IllegalArgumentException(condition);
        };
    }

    private Result combined(Throwable error, Stage stage) {
        Result own = stage == null ? Result.SUCCESS : stage.mark();
        return run.currentResult().combine(error == null ? own : Failures.result(error));
    }

    Object enter(Throwable error, Stage stage) {
        Entered entered = new Entered(run.getResult(), combined(error, stage));
        run.replaceResult(entered.shown());
        return entered;
    }

    void leave(Object token) {
        Entered entered = (Entered) token;
        if (run.currentResult() == entered.shown()) {
            run.replaceResult(entered.outside());
        }
    }
}
