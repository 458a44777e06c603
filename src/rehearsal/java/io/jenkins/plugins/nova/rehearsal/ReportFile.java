package io.jenkins.plugins.nova.rehearsal;

import hudson.model.Run;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The build's page as one file. */
final class ReportFile {
    private ReportFile() {}

    /** Writes the page of a build's drains; nothing if there was none, nor a roll. */
    static Optional<Path> write(Run<?, ?> run, Path folder) throws IOException {
        HostMaintenanceAction action = run.getAction(HostMaintenanceAction.class);
        if (action == null
                || action.getDrains().isEmpty() && action.plannedRolls().isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve("host-maintenance.html");
        Files.writeString(
                file,
                ReportPage.selfContained(
                        action.plannedRolls(),
                        action.getDrains(),
                        run.getParent().getDisplayName() + " " + run.getDisplayName(),
                        Instant.now(),
                        ZoneId.systemDefault()));
        return Optional.of(file);
    }
}
