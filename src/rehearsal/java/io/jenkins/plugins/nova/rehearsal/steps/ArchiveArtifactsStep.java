package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code archiveArtifacts}: copies files of the workspace beside the build. */
final class ArchiveArtifactsStep implements PipelineStep {
    private final Build build;

    ArchiveArtifactsStep(Build build) {
        this.build = build;
    }

    /** {@code archive}, its forerunner, which takes what there is. */
    static PipelineStep archive(Build build) {
        ArchiveArtifactsStep step = new ArchiveArtifactsStep(build);
        StepSignature signature = StepSignature.of("archive", "workflow-basic-steps", "includes", "excludes")
                .onNode();
        return new PipelineStep() {
            @Override
            public StepSignature signature() {
                return signature;
            }

            @Override
            public void start(StepCall call) throws IOException {
                step.archive(call, call.arguments().text("includes"), true, false);
            }
        };
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of(
                        "archiveArtifacts",
                        "Jenkins core",
                        "artifacts",
                        "allowEmptyArchive",
                        "fingerprint",
                        "onlyIfSuccessful",
                        "caseSensitive",
                        "defaultExcludes",
                        "excludes",
                        "followSymlinks")
                .onNode();
    }

    @Override
    public void start(StepCall call) throws IOException {
        archive(
                call,
                call.arguments().text("artifacts"),
                call.arguments().flag("allowEmptyArchive", false),
                call.arguments().flag("defaultExcludes", true));
    }

    private void archive(StepCall call, String patterns, boolean mayBeEmpty, boolean defaultExcludes)
            throws IOException {
        Path from = Build.directory(call.surroundings());
        List<Path> found = new FileSet(patterns, call.arguments().text("excludes", ""), defaultExcludes).in(from);
        if (found.isEmpty() && !mayBeEmpty) {
            throw new AbortException("No artifacts found that match the file pattern \"" + patterns + "\" in " + from);
        }
        Path artifacts = build.run().getArtifactsDir().toPath();
        FolderSteps.copy(found, from, artifacts);
        for (Path file : found) {
            build.console().say(call.surroundings(), "Archived " + file + " as " + artifacts.resolve(file.toString()));
        }
        call.succeed(null);
    }
}
