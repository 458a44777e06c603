package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code checkout} and {@code git}: a folder is copied in the place of what is checked out. */
public final class CheckoutSteps {
    /** Their names. */
    public static final List<String> NAMES = List.of("checkout", "git");

    private final Build build;
    private final Optional<Path> source;

    CheckoutSteps(Build build, Optional<Path> source) {
        this.build = build;
        this.source = source;
    }

    /** What there is to say of one of these steps where there is no folder to copy. */
    public static String hindrance(String step) {
        return "'" + step
                + "' needs a folder to copy in the place of what is checked out, which the rehearsal does not have:"
                + " -Dcheckout=DIR names it; -Dstub=" + step + " lets it pass without doing anything";
    }

    List<PipelineStep> all() {
        return List.of(
                new Checkout(new StepSignature("checkout", "workflow-scm-step", "scm", null, false, true)),
                new Checkout(new StepSignature("git", "git", "url", null, false, true)));
    }

    private final class Checkout implements PipelineStep {
        private final StepSignature signature;

        Checkout(StepSignature signature) {
            this.signature = signature;
        }

        @Override
        public StepSignature signature() {
            return signature;
        }

        @Override
        public void start(StepCall call) throws IOException {
            Path from = source.orElseThrow(() -> new NotRunnable(hindrance(signature.name())))
                    .toAbsolutePath()
                    .normalize();
            Path to = Build.directory(call.surroundings());
            build.console().note(call.surroundings(), signature.name() + ": " + from + " is copied to " + to);
            copy(from, to);
            call.succeed(told(from));
        }
    }

    /** Copies all but what the rehearsal itself writes, which may lie in it; links as links. */
    private void copy(Path from, Path to) throws IOException {
        Path own = build.workspace().toAbsolutePath().normalize().getParent();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(own)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What a checkout returns: what the folder, if it is a clone, tells of itself. */
    private static Map<String, String> told(Path from) throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        Path head = from.resolve(".git/HEAD");
        if (Files.isRegularFile(head)) {
            String text = Files.readString(head).strip();
            if (text.startsWith("ref: ")) {
                String reference = text.substring("ref: ".length());
                told.put("GIT_BRANCH", "origin/" + reference.replaceFirst("^refs/heads/", ""));
                Path commit = from.resolve(".git").resolve(reference);
                text = Files.isRegularFile(commit) ? Files.readString(commit).strip() : "";
            }
            if (!text.isEmpty()) {
                told.put("GIT_COMMIT", text);
            }
        }
        return told;
    }
}
