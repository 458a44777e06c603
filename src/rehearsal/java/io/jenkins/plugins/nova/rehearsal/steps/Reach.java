package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.engine.Libraries;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How far a rehearsal reaches beyond its own build.
 *
 * @param commands whether sh really runs, and files outside the workspace are really read and written; otherwise both are
 *     shown only
 * @param sandbox whether calls of the script itself that a controller's sandbox refuses are refused: files, processes,
 *     connections, the environment
 * @param stubs the steps that do nothing, and what they return
 * @param checkout the folder that is copied in the place of what is checked out, if there is one
 * @param libraries the folders of shared libraries by name; by {@link Libraries#ANY} one that stands for any
 */
public record Reach(
        boolean commands, boolean sandbox, Stubs stubs, Optional<Path> checkout, Map<String, Path> libraries) {
    /** With neither a folder to check out nor libraries. */
    public Reach(boolean commands, boolean sandbox, Stubs stubs) {
        this(commands, sandbox, stubs, Optional.empty(), Map.of());
    }
}
