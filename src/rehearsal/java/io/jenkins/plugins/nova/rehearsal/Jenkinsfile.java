package io.jenkins.plugins.nova.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
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
        return path.isEmpty()
                ? new Jenkinsfile("docs/examples/" + EXAMPLE, null)
                : new Jenkinsfile(path, Path.of(path));
    }

    /**
     * Its text.
     *
     * @throws IllegalArgumentException if there is no such file, or none that can be read as text; names it
     */
    String text() throws IOException {
        if (file == null) {
            try (InputStream example = Jenkinsfile.class.getResourceAsStream(EXAMPLE)) {
                return new String(example.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("the Jenkinsfile " + name + " is a directory");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + name, missing);
        } catch (AccessDeniedException denied) {
            throw new IllegalArgumentException("the Jenkinsfile " + name + " may not be read", denied);
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException("the Jenkinsfile " + name + " is not text in UTF-8", binary);
        }
    }

    /** The name of the job that has it. */
    String job() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.endsWith(EXTENSION) ? last.substring(0, last.length() - EXTENSION.length()) : last;
    }
}
