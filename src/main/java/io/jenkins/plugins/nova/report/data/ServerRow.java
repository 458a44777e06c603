package io.jenkins.plugins.nova.report.data;

import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One server as a drain's page shows it. Texts that are not known are {@code null} or empty; both show as nothing.
 *
 * @param id the server's id in Nova; never {@code null}
 * @param name its name; chosen by whoever made the server, so never to be trusted
 * @param project its project's id; a name in reports of early versions
 * @param projectName what that is called; {@code null} where it is not known
 * @param action what is done with it: live, cold, rebuild, confirm, revert, skip, …
 * @param from the host it was on
 * @param to the host it is on or goes to
 * @param outcome RUNNING or empty while it is not settled, else the drain's word for how it ended
 * @param reason why it ended so, in words
 * @param hint what the operator can do about it
 * @param seconds how long the move took or has taken
 * @param ramMiB the size of its memory in MiB; 0 where not known
 * @param percent how far its move is, 0 to 100; negative where not known
 * @param segments its time line in order; {@code null} is taken as none
 */
@ExportedBean
public record ServerRow(
        @Exported String id,
        @Exported String name,
        @Exported String project,
        @Exported String projectName,
        @Exported String action,
        @Exported String from,
        @Exported String to,
        @Exported String outcome,
        @Exported String reason,
        @Exported String hint,
        @Exported long seconds,
        @Exported long ramMiB,
        @Exported int percent,
        @Exported(inline = true) List<Segment> segments) {

    /**
     * @throws NullPointerException without id
     */
    public ServerRow {
        Objects.requireNonNull(id, "id");
        segments = segments == null ? List.of() : List.copyOf(segments);
    }
}
