package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Arguments;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The steps that are about the folders of a node. */
final class FolderSteps {
    private static final String BASIC = "workflow-basic-steps";

    private final Build build;
    private final Places places;

    FolderSteps(Build build, Places places) {
        this.build = build;
        this.places = places;
    }

    /** What a step of this kind returns. */
    private interface Work {
        Object of(StepCall call) throws IOException;
    }

    private record Quick(StepSignature signature, Work work) implements PipelineStep {
        @Override
        public void start(StepCall call) throws IOException {
            call.succeed(work.of(call));
        }
    }

    List<PipelineStep> all() {
        return List.of(
                new BlockStep(StepSignature.of("dir", BASIC, "path").onNode(), this::dir),
                new BlockStep(
                        StepSignature.of("ws", "workflow-durable-task-step", "dir")
                                .onNode(),
                        this::workspace),
                new Quick(StepSignature.of("isUnix", BASIC).onNode(), call -> true),
                new Quick(StepSignature.of("pwd", BASIC, "tmp").onNode(), this::pwd),
                new Quick(StepSignature.of("deleteDir", BASIC).onNode(), this::delete),
                new Quick(
                        StepSignature.of(
                                        "stash",
                                        BASIC,
                                        "name",
                                        "includes",
                                        "excludes",
                                        "allowEmpty",
                                        "useDefaultExcludes")
                                .onNode(),
                        this::stash),
                new Quick(StepSignature.of("unstash", BASIC, "name").onNode(), this::unstash),
                new Quick(StepSignature.of("tool", BASIC, "name", "type").onNode(), this::tool));
    }

    private Surroundings dir(StepCall call) throws IOException {
        Path folder = places.of(call.surroundings(), call.arguments().text("path"));
        Files.createDirectories(folder);
        build.console().say(call.surroundings(), "Running in " + folder);
        return Build.at(call.surroundings(), folder);
    }

    private Surroundings workspace(StepCall call) throws IOException {
        return workspace(call.surroundings(), call.arguments().text("dir"));
    }

    /** Another workspace of the node: below the folder of the first, where the name is no full path. */
    Surroundings workspace(Surroundings around, String name) throws IOException {
        Path home = build.workspace().toAbsolutePath().normalize().resolveSibling("workspaces");
        Path folder = Path.of(name).isAbsolute()
                ? places.of(around, name)
                : home.resolve(name).normalize();
        Files.createDirectories(folder);
        build.console().say(around, "Running in " + folder);
        return around.with(List.of(new Build.OnNode(folder, folder), new FilePath(folder.toFile())));
    }

    private Object pwd(StepCall call) {
        Build.OnNode node = call.surroundings().get(Build.OnNode.class).orElseThrow();
        return call.arguments().flag("tmp", false)
                ? Build.temporary(node.workspace()).toString()
                : node.directory().toString();
    }

    private Object delete(StepCall call) throws IOException {
        Path folder = Build.directory(call.surroundings());
        if (places.isOurs(folder)) {
            deleteAll(folder);
        } else {
            build.console()
                    .note(call.surroundings(), "deleteDir: " + folder + " is outside of the workspace and stays");
        }
        return null;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }

    private Path stashes(String name) {
        if (!name.matches("[^\\\\/]+") || name.matches("\\.+")) {
            throw new IllegalArgumentException("the name of a stash must be one of a file, not '" + name + "'");
        }
        return build.run().getRootDir().toPath().resolve("stashes").resolve(name);
    }

    private Object stash(StepCall call) throws IOException {
        Arguments arguments = call.arguments();
        String name = arguments.text("name");
        Path from = Build.directory(call.surroundings());
        List<Path> files = new FileSet(
                        arguments.text("includes", ""),
                        arguments.text("excludes", ""),
                        arguments.flag("useDefaultExcludes", true))
                .in(from);
        if (files.isEmpty() && !arguments.flag("allowEmpty", false)) {
            throw new AbortException("No files included in stash ‘" + name + "’");
        }
        Path to = stashes(name);
        deleteAll(to);
        Files.createDirectories(to);
        copy(files, from, to);
        build.console().say(call.surroundings(), "Stashed " + files.size() + " file(s)");
        return null;
    }

    private Object unstash(StepCall call) throws IOException {
        String name = call.arguments().text("name");
        Path from = stashes(name);
        if (!Files.isDirectory(from)) {
            throw new AbortException("No such saved stash ‘" + name + "’");
        }
        copy(new FileSet("", "", false).in(from), from, Build.directory(call.surroundings()));
        return null;
    }

    static void copy(List<Path> files, Path from, Path to) throws IOException {
        for (Path file : files) {
            Path copy = to.resolve(file.toString());
            Path folder = copy.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.copy(
                    from.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Object tool(StepCall call) {
        String name = call.arguments().text("name");
        build.console()
                .note(call.surroundings(), "tool '" + name + "' is not installed: the path is where it would be");
        return build.workspace()
                .toAbsolutePath()
                .resolveSibling("tools")
                .resolve(name)
                .toString();
    }
}
