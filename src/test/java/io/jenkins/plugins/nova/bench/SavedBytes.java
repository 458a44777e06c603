package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.step.controller.SavedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What a step writes of its state: with the program, and to the journal. What else is in the program is not counted. */
final class SavedBytes implements AutoCloseable {

    private final Path build;
    private final SavedState state;

    /** What went to the program in the save at work. */
    private long program;

    SavedBytes() {
        try {
            build = Files.createTempDirectory("saved");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = new SavedState("grow", () -> build);
    }

    /** Saves a drain's state; the bytes that this wrote. */
    long written(String text) {
        long before = journal();
        program = 0;
        state.save(
                        text,
                        DrainCodec.read(text).over(),
                        field -> program = field.getBytes(StandardCharsets.UTF_8).length,
                        () -> CompletableFuture.completedFuture(null))
                .toCompletableFuture()
                .join();
        return program > 0 ? program + journal() : journal() - before;
    }

    private long journal() {
        return files().stream()
                .filter(Files::isRegularFile)
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(build)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Path file : files()) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
