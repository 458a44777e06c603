package io.jenkins.plugins.nova.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The reports of one run on disk: {@code host-maintenance/<id>.json} in the run's directory, each replaced as a whole. */
final class ReportFiles {

    private final Path directory;

    /**
     * @param runDirectory the run's own
     */
    ReportFiles(Path runDirectory) {
        directory = runDirectory.resolve("host-maintenance");
    }

    /** Whether there is a report, or the beginning of one, of a drain whose id begins so. */
    boolean hasAnyOf(String beginning) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, beginning + "*")) {
            return files.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    void write(DrainReport drain) throws IOException {
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, drain.id(), ".tmp");
        try {
            Files.write(fresh, ReportJson.write(drain));
            try {
                Files.move(
                        fresh, file(drain.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file(drain.id()), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    DrainReport read(String id) throws IOException {
        return ReportJson.read(id, Files.readAllBytes(file(id)));
    }

    private Path file(String id) {
        return directory.resolve(id + ".json");
    }
}
