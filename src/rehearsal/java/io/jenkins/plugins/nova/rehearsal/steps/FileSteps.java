package io.jenkins.plugins.nova.rehearsal.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Arguments;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The steps that read or write one file of the workspace. */
final class FileSteps {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Build build;
    private final Places places;

    FileSteps(Build build, Places places) {
        this.build = build;
        this.places = places;
    }

    /** What a step of this kind returns. */
    private interface Work {
        Object of(Surroundings around, Arguments arguments) throws IOException;
    }

    private record Quick(StepSignature signature, Work work) implements PipelineStep {
        @Override
        public void start(StepCall call) throws IOException {
            call.succeed(work.of(call.surroundings(), call.arguments()));
        }
    }

    List<PipelineStep> all() {
        String basic = "workflow-basic-steps";
        String utility = "pipeline-utility-steps";
        return List.of(
                quick(
                        StepSignature.of("writeFile", basic, "file", "text", "encoding")
                                .namedOnly(),
                        this::write),
                quick(StepSignature.of("readFile", basic, "file", "encoding"), this::read),
                quick(
                        StepSignature.of("fileExists", basic, "file"),
                        (around, a) -> Files.exists(places.of(around, a.text("file")))),
                quick(
                        StepSignature.of("readJSON", utility, "file", "text", "returnPojo")
                                .namedOnly(),
                        this::readJson),
                quick(
                        StepSignature.of("writeJSON", utility, "file", "json", "pretty", "returnText")
                                .namedOnly(),
                        this::writeJson));
    }

    private static Quick quick(StepSignature signature, Work work) {
        return new Quick(signature.onNode(), work);
    }

    private Path existing(Surroundings around, String name) throws IOException {
        Path file = places.of(around, name);
        if (!Files.isRegularFile(file)) {
            throw new AbortException("file: '" + name + "' does not exist in the workspace " + build.workspace()
                    + (places.isOutside(file) ? "; a file outside of it is looked for as " + file : ""));
        }
        return file;
    }

    private static Charset charset(Arguments arguments) {
        return Charset.forName(arguments.text("encoding", "UTF-8"));
    }

    private Object write(Surroundings around, Arguments arguments) throws IOException {
        save(around, arguments.text("file"), arguments.text("text"), charset(arguments));
        return null;
    }

    private void save(Surroundings around, String name, String text, Charset charset) throws IOException {
        Path file = places.of(around, name);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text, charset);
    }

    private Object read(Surroundings around, Arguments arguments) throws IOException {
        return Files.readString(existing(around, arguments.text("file")), charset(arguments));
    }

    private Object readJson(Surroundings around, Arguments arguments) throws IOException {
        if (arguments.has("file") == arguments.has("text")) {
            throw new IllegalArgumentException("readJSON needs either 'file' or 'text'");
        }
        return JSON.readValue(
                arguments.has("text")
                        ? arguments.text("text")
                        : Files.readString(existing(around, arguments.text("file"))),
                Object.class);
    }

    private Object writeJson(Surroundings around, Arguments arguments) throws IOException {
        boolean pretty = arguments.number("pretty", 0) > 0;
        String text = (pretty ? JSON.writerWithDefaultPrettyPrinter() : JSON.writer())
                .writeValueAsString(arguments.object("json"));
        if (arguments.flag("returnText", false)) {
            return text;
        }
        save(around, arguments.text("file"), text, StandardCharsets.UTF_8);
        return null;
    }
}
