package io.jenkins.plugins.nova.report.data;

import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One server of a plan. Texts that are not known are {@code null} or empty; both show as nothing.
 *
 * @param id the server's id in Nova; never {@code null}
 * @param name its name; chosen by whoever made the server, so never to be trusted
 * @param project its project's id
 * @param projectName what that is called; {@code null} where it is not known
 * @param owner the id of the user who made it
 * @param ownerName what that is called; {@code null} where it is not known
 * @param flavor its flavor's name
 * @param status its status when the plan was made
 * @param ramMiB the size of its memory in MiB; 0 where not known
 * @param action what was to be done: live, cold, rebuild, confirm, revert, skip, blocked, residue
 * @param reason why, in words
 * @param hint what to do about it
 * @param override the step's parameter that would change the verdict; {@code null} when none may
 * @param startSeconds when its move is likely to begin, counted from the first one; negative where it is not moved
 * @param endSeconds when it is likely to end; negative where it is not moved
 */
@ExportedBean
public record PlanRow(
        @Exported String id,
        @Exported String name,
        @Exported String project,
        @Exported String projectName,
        @Exported String owner,
        @Exported String ownerName,
        @Exported String flavor,
        @Exported String status,
        @Exported long ramMiB,
        @Exported String action,
        @Exported String reason,
        @Exported String hint,
        @Exported String override,
        @Exported long startSeconds,
        @Exported long endSeconds) {

    /**
     * @throws NullPointerException without id
     */
    public PlanRow {
        Objects.requireNonNull(id, "id");
    }

    /** Whether it was to be moved or settled. */
    public boolean acts() {
        return endSeconds >= 0;
    }
}
