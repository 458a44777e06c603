package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The steps that bring in more of the pipeline's own text: {@code load}, {@code library}, {@code libraryResource}. */
final class ScriptSteps {
    private final Build build;
    private final Places places;
    private final Libraries libraries;

    ScriptSteps(Build build, Places places, Libraries libraries) {
        this.build = build;
        this.places = places;
        this.libraries = libraries;
    }

    /** How a step of this kind begins. */
    private interface Work {
        void begin(StepCall call) throws IOException;
    }

    private record Simple(StepSignature signature, Work work) implements PipelineStep {
        @Override
        public void start(StepCall call) throws IOException {
            work.begin(call);
        }
    }

    List<PipelineStep> all() {
        return List.of(
                new Simple(StepSignature.of("load", "workflow-cps", "path").onNode(), this::load),
                new Simple(
                        StepSignature.of("library", "pipeline-groovy-lib", "identifier", "changelog", "retriever"),
                        this::library),
                new Simple(
                        StepSignature.of("libraryResource", "pipeline-groovy-lib", "resource", "encoding"),
                        this::resource));
    }

    private void load(StepCall call) throws IOException {
        String name = call.arguments().text("path");
        Path file = places.of(call.surroundings(), name);
        if (!Files.isRegularFile(file)) {
            throw new AbortException("file: '" + name + "' does not exist in the workspace " + build.workspace());
        }
        call.run(call.engine().load(Files.readString(file), name), call::end);
    }

    /** The library itself was found, or complained of, before anything ran. */
    private void library(StepCall call) {
        String name = call.arguments().text("identifier");
        if (!libraries.isAtHand(name)) {
            throw new NotRunnable(Libraries.missing(name));
        }
        build.console().say(call.surroundings(), "Loading library " + name);
        call.succeed(call.engine().loadedLibrary(name));
    }

    private void resource(StepCall call) throws IOException {
        String name = call.arguments().text("resource");
        Optional<Path> file = libraries.resource(name);
        if (file.isEmpty()) {
            throw new AbortException("No such library resource " + name + " could be found.");
        }
        call.succeed(
                Files.readString(file.get(), Charset.forName(call.arguments().text("encoding", "UTF-8"))));
    }
}
