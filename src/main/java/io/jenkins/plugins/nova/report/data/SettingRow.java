package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a service beside Nova keeps of the host, and what became of it.
 *
 * @param service the service's word, such as {@code masakari}
 * @param id what the service calls it
 * @param name for people
 * @param state untouched, set, found, notSet, putBack or notPutBack
 * @param why why it could not be changed; {@code null} for nothing
 * @param changed when the service wrote its record, as it was seen last; {@code null} when not told
 * @param number what was changed of a setting that is a number; {@code null} for the others
 */
@ExportedBean
public record SettingRow(
        @Exported String service,
        @Exported String id,
        @Exported String name,
        @Exported String state,
        @Exported String why,
        Instant changed,
        Number number) {

    /**
     * A number that was changed.
     *
     * @param of whose it is, as the service calls it
     * @param before as it was found
     * @param ours what it was set to
     */
    public record Number(String of, int before, int ours) {}

    /**
     * @throws NullPointerException without service, id or state
     */
    public SettingRow {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
    }
}
