package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How the JVMs that are to be killed are started. One is needed for each point, and most of what it costs is to load and
 * compile the same classes again: so, where there are many, the first one leaves an archive of them (JEP 350), which takes jars only, and what it
 * compiles it compiles fast.
 */
final class ChildJvm {

    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=3",
            "-XX:+UseSerialGC",
            "-Xmn48m",
            "-Xshare:auto",
            // what the JVM says of its archive would stand among the lines of Child
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private final Path folder;
    private final String classPath;
    private final List<String> archived;

    private ChildJvm(Path folder, String classPath, List<String> archived) {
        this.folder = folder;
        this.classPath = classPath;
        this.archived = archived;
    }

    /**
     * Without an archive, which pays from a dozen of them on.
     *
     * @param folder where the build's files go
     */
    static ChildJvm plain(Path folder) {
        return new ChildJvm(folder, System.getProperty("java.class.path"), List.of());
    }

    /** @param folder where the jars, the archive and the build's files go */
    static ChildJvm archived(Path folder) throws IOException {
        Path archive = folder.resolve("classes.jsa");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            entries.add(
                    Files.isDirectory(path)
                            ? jar(path, folder.resolve("classes" + entries.size() + ".jar"))
                                    .toString()
                            : entry);
        }
        String classPath = String.join(File.pathSeparator, entries);
        new ChildJvm(folder, classPath, List.of("-XX:ArchiveClassesAtExit=" + archive)).archive(archive);
        return new ChildJvm(folder, classPath, List.of("-XX:SharedArchiveFile=" + archive));
    }

    /** One run that nobody disturbs, and one that takes its execution up: the classes that both need. */
    private void archive(Path archive) {
        Scenario scenario = Scenario.mixed();
        Path disk = folder.resolve("archived");
        try (SimulatedCloud cloud = scenario.cloud(none -> {});
                ChildProcess child = start()) {
            boolean over = child.run("begin", scenario, cloud, disk, () -> false)
                    && child.run("resume", scenario, cloud, disk, () -> false);
            if (!over || child.exit() != 0 || !Files.exists(archive)) {
                throw new IllegalStateException("the JVM that was to leave an archive of its classes left none");
            }
        }
    }

    /** One more. */
    ChildProcess start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(archived);
        command.addAll(List.of("-cp", classPath, Child.class.getName(), folder.toString()));
        return new ChildProcess(new ProcessBuilder(command));
    }

    private static Path jar(Path directory, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(directory);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }
}
