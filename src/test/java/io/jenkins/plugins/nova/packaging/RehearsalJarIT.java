package io.jenkins.plugins.nova.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Runs target/nova-rehearsal.jar as somebody without Maven or a clone does: in a folder that has nothing of the project. */
public class RehearsalJarIT {
    private static final Path JAR = Path.of(System.getProperty("rehearsal.jar", "target/nova-rehearsal.jar"));

    @ClassRule
    public static final TemporaryFolder EXAMPLE = new TemporaryFolder();

    /** The one that takes its time, for it waits for a cloud in real time: begun before the others. */
    private static FutureTask<Run> example;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private record Run(int status, String output) {}

    @BeforeClass
    public static void begin() {
        example = new FutureTask<>(
                () -> run(EXAMPLE, List.of("-Danswer=proceed"), "-Dparams=HOST=compute2", "-Dworkspace=here"));
        Thread thread = new Thread(example, "example");
        thread.setDaemon(true);
        thread.start();
    }

    private Run run(List<String> beforeJar, String... arguments) throws Exception {
        return run(folder, beforeJar, arguments);
    }

    private static Run run(TemporaryFolder folder, List<String> beforeJar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(beforeJar);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        File output = folder.newFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.getRoot())
                .redirectInput(ProcessBuilder.Redirect.from(folder.newFile()))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertTrue("it goes on: " + Files.readString(output.toPath()), process.waitFor(5, TimeUnit.MINUTES));
            return new Run(process.exitValue(), Files.readString(output.toPath()));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    public void withoutAFileItEmptiesAHostByTheExample() throws Exception {
        Run run = example.get(6, TimeUnit.MINUTES);

        assertTrue(run.output(), run.output().contains("compute2 is empty and cordoned."));
        assertTrue(run.output(), run.output().contains("Finished: SUCCESS"));
        assertFalse(run.output(), run.output().contains("SLF4J"));
        // of the optional plugins, whose libraries are not inside
        assertFalse(
                run.output(), run.output().contains("WARNING") || run.output().contains("NoClassDefFoundError"));
        assertTrue(new File(EXAMPLE.getRoot(), "here/host-maintenance.html").isFile());
        assertEquals(0, run.status());
    }

    @Test
    public void aBuildThatFailsSaysWhyAndInItsExitStatus() throws Exception {
        Files.writeString(
                folder.getRoot().toPath().resolve("wrong.Jenkinsfile"),
                "echo params.A\nnodeEvacuate host: 'compute9'\n");
        Run run = run(List.of("-Dparams=A=before"), "wrong.Jenkinsfile", "-Dparams=A=behind");

        assertTrue(run.output(), run.output().contains("\nbehind\n"));
        assertTrue(run.output(), run.output().contains("compute9"));
        assertTrue(run.output(), run.output().contains("(Jenkinsfile line 2)"));
        assertTrue(run.output(), run.output().contains("Finished: FAILURE"));
        assertFalse(run.output(), run.output().contains("\tat "));
        assertEquals(1, run.status());
    }

    @Test
    public void whatCannotBeRunIsOneLineAndExitStatusFour() throws Exception {
        Map<List<String>, String> refusals = Map.of(
                List.of("missing.Jenkinsfile"), "there is no file missing.Jenkinsfile\n",
                List.of("--fast"), "there is no option --fast; --help shows those that there are\n",
                List.of("-Danswer=yes"), "-Danswer must be proceed or abort, not 'yes'\n",
                List.of("-Dworkspace=/dev/null/x"),
                        "-Dworkspace: the folder /dev/null/x cannot be made (FileSystemException)\n");
        for (Map.Entry<List<String>, String> refusal : refusals.entrySet()) {
            assertEquals(
                    new Run(4, refusal.getValue()),
                    run(List.of(), refusal.getKey().toArray(String[]::new)));
        }
    }

    @Test
    public void helpSaysHowToCallIt() throws Exception {
        Run run = run(List.of(), "--help");

        assertTrue(run.output(), run.output().contains("java -jar nova-rehearsal.jar [JENKINSFILE]"));
        assertEquals(0, run.status());
        assertEquals(run, run(List.of(), "-h"));
    }

    /** And nothing of the tests or their libraries, though Maven has all on one class path. */
    @Test
    public void everyLibraryInsideIsListedWithItsLicenceAndKeepsItsText() throws IOException {
        Set<String> inside = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String list = text(jar, "META-INF/licences/licences.txt");
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (entry.endsWith(".jar")) {
                    String name = library(entry);
                    if (holds(jar, entry)) {
                        inside.add(name);
                        textsAreKept(jar, entry, name);
                    }
                }
            }
            Set<String> listed =
                    list.lines().skip(2).map(line -> line.split(" ")[0]).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(listed, inside);
        }
    }

    @Test
    public void theServicesOfTwoLibrariesAreBothThere() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String factories = text(jar, "META-INF/services/com.fasterxml.jackson.core.JsonFactory");
            assertTrue(factories, factories.contains("com.fasterxml.jackson.core.JsonFactory"));
            assertTrue(factories, factories.contains("com.fasterxml.jackson.dataformat.yaml.YAMLFactory"));
        }
    }

    /** The artifact of a file as {@code …/jackson-core-2.20.2.jar}. */
    private static String library(String path) {
        return new File(path).getName().replaceFirst("-\\d.*\\.jar$", "");
    }

    private static boolean holds(JarFile jar, String path) throws IOException {
        try (JarFile library = new JarFile(path)) {
            return library.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .anyMatch(name -> jar.getEntry(name) != null);
        }
    }

    private static void textsAreKept(JarFile jar, String path, String name) throws IOException {
        try (JarFile library = new JarFile(path)) {
            List<String> texts = library.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.matches("(?i)META-INF/[^/]*(LICENSE|NOTICE)[^/]*"))
                    .toList();
            for (String text : texts) {
                assertEquals(text(library, text), text(jar, "META-INF/licences/" + name + "/" + text));
            }
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        assertNotNull(entry + " is missing", jar.getEntry(entry));
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
