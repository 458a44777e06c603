package io.jenkins.plugins.nova.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What is rehearsed.
 *
 * @param name its path, for the operator
 * @param file where it lies; null for the example that the rehearsal brings along
 */
record Jenkinsfile(String name, Path file) {
    private static final String EXTENSION = ".Jenkinsfile";
    private static final String EXAMPLE = "host-maintenance" + EXTENSION;

    /** The file of that path; empty for docs/examples/host-maintenance.Jenkinsfile, which is on the class path. */
    static Jenkinsfile named(String path) {
        if (path.isEmpty()) {
            return new Jenkinsfile("docs/examples/" + EXAMPLE, null);
        }
        try {
            return new Jenkinsfile(path, Path.of(path));
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(
                    "the Jenkinsfile " + path + ": that is no path here (" + wrong.getReason()
                            + "); under a locale without UTF-8 (LC_ALL=C) a name may have plain letters only",
                    wrong);
        }
    }

    /**
     * Its text.
     *
     * @throws IllegalArgumentException if there is no such file, none that can be read as text, or none that a controller takes;
     *     names it and says why
     */
    String text() throws IOException {
        if (file == null) {
            try (InputStream example = Jenkinsfile.class.getResourceAsStream(EXAMPLE)) {
                return new String(example.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        String text = decoded(bytes());
        if (text.startsWith("\uFEFF")) {
            throw new IllegalArgumentException("the Jenkinsfile " + name
                    + " begins with a byte order mark (U+FEFF), which a controller does not take; save it without");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "the Jenkinsfile " + name + " is empty; a controller would do nothing, and end as SUCCESS");
        }
        return text;
    }

    private byte[] bytes() {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("the Jenkinsfile " + name + " is a directory"
                    + (hasOne() ? "; did you mean " + file.resolve("Jenkinsfile") + "?" : ""));
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + name, missing);
        } catch (AccessDeniedException denied) {
            throw new IllegalArgumentException("the Jenkinsfile " + name + " may not be read", denied);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the Jenkinsfile " + name + " cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    unreadable);
        }
    }

    private boolean hasOne() {
        return Files.isRegularFile(file.resolve("Jenkinsfile"));
    }

    private String decoded(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer given = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(given, text, true);
        if (result.isError()) {
            int at = given.position();
            long line = new String(bytes, 0, at, StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(each -> each == '\n')
                            .count()
                    + 1;
            throw new IllegalArgumentException("the Jenkinsfile " + name + " is not text in UTF-8: line " + line
                    + " has the byte 0x" + Integer.toHexString(bytes[at] & 0xff)
                    + ", in Latin-1 a '" + (char) (bytes[at] & 0xff) + "'; save it in UTF-8");
        }
        return text.flip().toString();
    }

    /** The name of the job that has it. */
    String job() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.endsWith(EXTENSION) ? last.substring(0, last.length() - EXTENSION.length()) : last;
    }
}
