package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** {@code sh}: really runs the script, in the workspace. The operator's own OS_* variables are not handed to it. */
final class ShStep implements PipelineStep {
    private final StepSignature signature;
    private final Build build;

    ShStep(StepSignature signature, Build build) {
        this.signature = signature;
        this.build = build;
    }

    @Override
    public StepSignature signature() {
        return signature;
    }

    @Override
    public void start(StepCall call) throws IOException, InterruptedException {
        String script = call.arguments().text("script");
        boolean capture = call.arguments().flag("returnStdout", false);
        Path file = Files.createTempFile("rehearsal", ".sh");
        Files.writeString(file, script);
        ProcessBuilder builder = script.startsWith("#!")
                ? new ProcessBuilder("/bin/sh", "-c", "chmod u+x \"$0\" && exec \"$0\"", file.toString())
                : new ProcessBuilder("/bin/sh", "-xe", file.toString());
        builder.directory(Build.directory(call.surroundings()).toFile()).redirectErrorStream(!capture);
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_") || name.startsWith("CREDENTIAL_"));
        String path = builder.environment().getOrDefault("PATH", Build.PATH);
        builder.environment().putAll(build.environment(call.surroundings()));
        builder.environment().computeIfPresent("PATH", (name, seen) -> seen.replace(Build.PATH, path));
        Process process = builder.start();
        process.getOutputStream().close();
        call.onStop(cause -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            call.fail(cause);
        });
        PrintStream console = build.console().stream(call.surroundings());
        CompletableFuture<String> out =
                CompletableFuture.supplyAsync(() -> read(process.getInputStream(), capture ? null : console));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream(), console));
        CompletableFuture.allOf(process.onExit(), out, err).whenComplete((nothing, broken) -> {
            console.close();
            if (!file.toFile().delete()) {
                file.toFile().deleteOnExit();
            }
            if (broken != null) {
                call.fail(broken);
            } else {
                end(call, process.exitValue(), out.join());
            }
        });
    }

    private static String read(InputStream in, PrintStream to) {
        try (in) {
            if (to == null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            in.transferTo(to);
            return "";
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private static void end(StepCall call, int status, String out) {
        try {
            call.succeed(Commands.value(call.arguments(), status, out));
        } catch (AbortException failed) {
            call.fail(failed);
        }
    }
}
