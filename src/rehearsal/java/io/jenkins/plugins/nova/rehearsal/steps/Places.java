package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.build.Build;
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

    /** Where a file is that the pipeline names. */
    Path of(String name) throws IOException {
        Path workspace = build.workspace().toAbsolutePath().normalize();
        Path file = workspace.resolve(name).normalize();
        boolean inside = file.startsWith(workspace) && !leadsOut(workspace, file)
                || file.startsWith(Build.temporary(workspace)) && !leadsOut(Build.temporary(workspace), file);
        return real || inside
                ? file
                : workspace.resolveSibling("outside").resolve(file.getRoot().relativize(file));
    }

    /** Whether a link on the way to it leads out of the workspace. */
    private static boolean leadsOut(Path workspace, Path file) throws IOException {
        Path there = file;
        while (!Files.exists(there)) {
            if (Files.isSymbolicLink(there)) {
                return true;
            }
            there = there.getParent();
        }
        return there.startsWith(workspace) && !there.toRealPath().startsWith(workspace.toRealPath());
    }

    /** Whether that is a place beside the workspace. */
    boolean isOutside(Path place) {
        return place.startsWith(build.workspace().toAbsolutePath().normalize().resolveSibling("outside"));
    }
}
