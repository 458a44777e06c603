package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Ctrl-C, and a locale with plain letters alone, in a process of their own. */
public class InterruptTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Process process;
    private File out;

    @After
    public void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void start(String jenkinsfile, String... options) throws Exception {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("x.Jenkinsfile"), jenkinsfile);
        out = new File(folder.getRoot(), "out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Rehearse.class.getName(),
                file.toString(),
                "-Dworkspace=" + folder.newFolder()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        process = builder.redirectErrorStream(true).redirectOutput(out).start();
    }

    private String console() {
        try {
            return Files.readString(out.toPath(), StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private void awaits(String part) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> console().contains(part) || !process.isAlive());
        assertTrue(console(), console().contains(part));
    }

    private void interrupt() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor());
    }

    private void endsWith(int status) throws Exception {
        assertTrue(console(), process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(console(), status, process.exitValue());
    }

    @Test
    public void theFirstAbortsTheBuild() throws Exception {
        start("try { sleep 600 } finally { echo 'tidied' }");
        awaits("Sleeping for");
        interrupt();
        endsWith(Ending.ABORTED.status());
        for (String part : new String[] {"Aborting; ctrl-C once more", "tidied", "Aborted by ", "Finished: ABORTED"}) {
            assertTrue(console(), console().contains(part));
        }
    }

    @Test
    public void itEndsALoopToo() throws Exception {
        start("echo 'begun'\nwhile (true) { }");
        awaits("begun");
        interrupt();
        endsWith(Ending.ABORTED.status());
        assertTrue(console(), console().contains("Finished: ABORTED"));
    }

    @Test
    public void theSecondEndsWhatDoesNotGiveWay() throws Exception {
        start("@NonCPS def f() { while (true) { } }\necho 'begun'\nf()");
        awaits("begun");
        interrupt();
        awaits("Aborting; ctrl-C once more");
        interrupt();
        endsWith(Ending.ABORTED.status());
    }

    @Test
    public void underALocaleWithPlainLettersItRunsAndWritesThem() throws Exception {
        start("echo 'Gr\u00fc\u00dfe \u2026 \u2192'");
        endsWith(Ending.SUCCESS.status());
        assertTrue(console(), console().contains("Gr??e ... ->"));
    }
}
