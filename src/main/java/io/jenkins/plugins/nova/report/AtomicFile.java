package io.jenkins.plugins.nova.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced as a whole: who reads it finds the old content or the new one. */
final class AtomicFile {

    private AtomicFile() {}

    /** Writes it; makes its directory where that is missing. */
    static void write(Path directory, String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(name);
        Path fresh = Files.createTempFile(directory, name, ".tmp");
        try {
            Files.write(fresh, content);
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
