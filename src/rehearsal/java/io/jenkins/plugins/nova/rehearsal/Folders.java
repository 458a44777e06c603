package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders that options name. */
final class Folders {
    private Folders() {}

    /**
     * Of -Dcheckout.
     *
     * @throws IllegalArgumentException if there is no such folder
     */
    static Optional<Path> checkout(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(folder("-Dcheckout", text));
    }

    /**
     * Of -Dlibrary: DIR, or NAME=DIR, more of them behind commas.
     *
     * @throws IllegalArgumentException if there is no such folder, it is none of a library, or two have one name
     */
    static Map<String, Path> libraries(String text) {
        Map<String, Path> libraries = new LinkedHashMap<>();
        for (String each : text.split(",")) {
            if (!each.isBlank()) {
                int equals = each.indexOf('=');
                String name =
                        equals < 0 ? Libraries.ANY : each.substring(0, equals).trim();
                Path folder = folder("-Dlibrary", each.substring(equals + 1).trim());
                if (Stream.of("vars", "src", "resources").noneMatch(part -> Files.isDirectory(folder.resolve(part)))) {
                    throw new IllegalArgumentException("-Dlibrary: the folder " + folder
                            + " has neither vars, src nor resources, as a library has");
                }
                if (libraries.put(name, folder) != null) {
                    throw new IllegalArgumentException("-Dlibrary: "
                            + (name.isEmpty() ? "more than one folder without a name" : name + " is there twice")
                            + "; give each as NAME=DIR");
                }
            }
        }
        return libraries;
    }

    private static Path folder(String option, String text) {
        try {
            Path folder = Path.of(text).toAbsolutePath().normalize();
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(option + ": '" + text + "' is no path of a folder", wrong);
        }
        throw new IllegalArgumentException(option + ": there is no folder " + text);
    }
}
