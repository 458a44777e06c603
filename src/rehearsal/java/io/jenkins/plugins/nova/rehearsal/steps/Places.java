package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the files of a pipeline lie. One outside the workspace is on a controller the agent's own; where commands are only
 * shown it lies in a folder beside the workspace instead, under its full path, and the machine's own is neither read nor
 * written.
 */
final class Places {
    private final Build build;
    private final boolean real;

    /** @param real whether a file outside the workspace is the machine's own */
    Places(Build build, boolean real) {
        this.build = build;
        this.real = real;
    }

    /** Where a file is that the pipeline names on a node. */
    Path of(Surroundings around, String name) throws IOException {
        Path file = Build.directory(around).toAbsolutePath().resolve(name).normalize();
        if (real || isOurs(file) || isOutside(file)) {
            return file;
        }
        Path root = file.getRoot();
        return outside().resolve(root == null ? file : root.relativize(file));
    }

    /** Whether it lies in one of the build's own workspaces. */
    boolean isOurs(Path file) throws IOException {
        Path workspace = build.workspace().toAbsolutePath().normalize();
        return isIn(workspace, file)
                || isIn(Build.temporary(workspace), file)
                || isIn(workspace.resolveSibling("workspaces"), file);
    }

    private Path outside() {
        return build.workspace().toAbsolutePath().normalize().resolveSibling("outside");
    }

    /** Whether it lies in a folder, and no link on the way to it leads out. */
    private static boolean isIn(Path folder, Path file) throws IOException {
        Path there = file;
        while (there != null && there.startsWith(folder) && !Files.exists(there)) {
            if (Files.isSymbolicLink(there)) {
                return false;
            }
            there = there.getParent();
        }
        return there != null
                && file.startsWith(folder)
                && (!there.startsWith(folder) || there.toRealPath().startsWith(folder.toRealPath()));
    }

    /** Whether that is a place beside the workspace. */
    boolean isOutside(Path place) {
        return place.startsWith(outside());
    }
}
