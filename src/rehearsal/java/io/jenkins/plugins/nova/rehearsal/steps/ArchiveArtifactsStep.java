package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code archiveArtifacts}: copies files of the workspace beside the build. */
final class ArchiveArtifactsStep implements PipelineStep {
    private final Build build;

    ArchiveArtifactsStep(Build build) {
        this.build = build;
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
        String patterns = call.arguments().text("artifacts");
        List<Path> found = matching(patterns, call.arguments().text("excludes", ""));
        if (found.isEmpty() && !call.arguments().flag("allowEmptyArchive", false)) {
            throw new AbortException(
                    "No artifacts found that match the file pattern \"" + patterns + "\" in " + build.workspace());
        }
        Path artifacts = build.run().getArtifactsDir().toPath();
        for (Path file : found) {
            Path copy = artifacts.resolve(file.toString());
            Path folder = file.getParent();
            Files.createDirectories(folder == null ? artifacts : artifacts.resolve(folder.toString()));
            Files.copy(build.workspace().resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
            build.console().say(call.surroundings(), "Archived " + file + " as " + copy);
        }
        call.succeed(null);
    }

    private List<Path> matching(String patterns, String excludes) throws IOException {
        try (Stream<Path> files = Files.walk(build.workspace())) {
            return files.filter(Files::isRegularFile)
                    .map(build.workspace()::relativize)
                    .filter(file -> matchesOne(patterns, file) && !matchesOne(excludes, file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean matchesOne(String patterns, Path file) {
        return Arrays.stream(patterns.split(",")).anyMatch(each -> matches(each.trim(), file));
    }

    private static boolean matches(String pattern, Path file) {
        return Stream.of(pattern, pattern.replace("**/", ""))
                .anyMatch(each ->
                        FileSystems.getDefault().getPathMatcher("glob:" + each).matches(file));
    }
}
