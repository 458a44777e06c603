package io.jenkins.plugins.nova.report;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollReport;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reports of one run on disk, of drains and of rolls: {@code host-maintenance/<id>.json} in the run's directory, each replaced as a whole. */
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

    /**
     * @return how many bytes it took
     */
    int write(DrainReport drain) throws IOException {
        byte[] content = ReportJson.write(drain);
        AtomicFile.write(directory, name(drain.id()), content);
        return content.length;
    }

    DrainReport read(String id) throws IOException {
        return ReportJson.read(id, Files.readAllBytes(directory.resolve(name(id))));
    }

    /**
     * @return how many bytes it took
     */
    int write(RollReport roll) throws IOException {
        byte[] content = RollJson.write(roll);
        AtomicFile.write(directory, name(roll.id()), content);
        return content.length;
    }

    RollReport readRoll(String id) throws IOException {
        return RollJson.read(id, Files.readAllBytes(directory.resolve(name(id))));
    }

    private static String name(String id) {
        return id + ".json";
    }
}
