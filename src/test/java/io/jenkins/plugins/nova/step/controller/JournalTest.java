package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A journal whose end is torn at any byte, or that is damaged at any. */
public class JournalTest {

    private static final String BASE = "{\"n\":0}";
    private static final List<String> CHANGES = List.of("{\"n\":\"é\"}", "{\"n\":22}", "{\"n\":333}");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path build;
    private Path file;
    private byte[] whole;

    /** Where the last line begins. */
    private int last;

    @Before
    public void begin() throws IOException {
        build = folder.getRoot().toPath();
        file = build.resolve("nova-maintenance/one.7.journal");
        Journal journal = Journal.begin(new JournalFiles(), build, "one", 7, BASE);
        for (String change : CHANGES) {
            last = (int) Files.size(file);
            journal.append(build, change);
        }
        whole = Files.readAllBytes(file);
    }

    private List<String> read() {
        return Journal.read(build, "one", 7, BASE);
    }

    @Test
    public void whatWasAppendedIsRead() {
        assertEquals(CHANGES, read());
    }

    @Test
    public void aLastLineTornAtAnyByteWasNeverSaved() throws IOException {
        for (int length = last; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertEquals("of " + length + " bytes", CHANGES.subList(0, 2), read());
        }
    }

    /** A file system may have given the file its new length before its new content. */
    @Test
    public void aLastLineThatIsNotAllThereYetWasNeverSaved() throws IOException {
        for (int length = last; length < whole.length; length++) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            Files.write(file, zeros);
            assertEquals("of " + length + " bytes", CHANGES.subList(0, 2), read());
        }
    }

    @Test
    public void damageBeforeTheLastLineIsRefusedAtAnyByte() throws IOException {
        for (int at = 0; at < last; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                refused(damaged, "byte " + at + " bit " + bit);
            }
        }
    }

    /** It may have been told of as saved. What looks like a byte that was not written yet may not. */
    @Test
    public void damageOfTheLastLineIsRefusedToo() throws IOException {
        for (int at = last; at < whole.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                if (damaged[at] != 0) {
                    refused(damaged, "byte " + at + " bit " + bit);
                }
            }
        }
    }

    @Test
    public void aMiddleLineTornAtAnyByteIsRefused() throws IOException {
        int begin = middle();
        for (int kept = begin; kept < last; kept++) {
            byte[] damaged = Arrays.copyOf(whole, kept + whole.length - last);
            System.arraycopy(whole, last, damaged, kept, whole.length - last);
            if (kept > begin) {
                refused(damaged, "torn at " + kept);
            }
        }
    }

    private int middle() {
        String text = new String(whole, 0, last - 1, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf('\n') + 1;
    }

    @Test
    public void aJournalThatIsMissingOrOfAnotherBaseIsRefused() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> Journal.read(build, "one", 7, BASE + " "));
        Files.write(file, new byte[0]);
        refused(new byte[0], "empty");
        Files.delete(file);
        IllegalArgumentException missing = assertThrows(IllegalArgumentException.class, this::read);
        assertTrue(missing.getMessage(), missing.getMessage().contains(file + " is missing"));
        assertTrue(missing.getMessage(), missing.getMessage().contains("Run the step anew"));
    }

    private void refused(byte[] content, String how) throws IOException {
        Files.write(file, content);
        IllegalArgumentException refusal = assertThrows(how, IllegalArgumentException.class, this::read);
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(file.toString()));
    }
}
