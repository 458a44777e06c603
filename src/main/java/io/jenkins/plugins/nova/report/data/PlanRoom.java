package io.jenkins.plugins.nova.report.data;

import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Whether the servers of a plan fit elsewhere together, as far as could be told.
 *
 * @param fits whether each has a place
 * @param source who told what is free: placement, hypervisors, nobody
 * @param summary the whole in a sentence
 * @param places how many have a place on which host; {@code null} is taken as none
 * @param shortages those that have none; {@code null} is taken as none
 */
@ExportedBean
public record PlanRoom(
        @Exported boolean fits,
        @Exported String source,
        @Exported String summary,
        @Exported(inline = true) List<Place> places,
        @Exported(inline = true) List<Shortage> shortages) {

    public PlanRoom {
        places = places == null ? List.of() : List.copyOf(places);
        shortages = shortages == null ? List.of() : List.copyOf(shortages);
    }

    /**
     * A host that takes some.
     *
     * @param host its name
     * @param servers how many have a place there
     */
    @ExportedBean
    public record Place(@Exported String host, @Exported int servers) {}

    /**
     * A server that has no place.
     *
     * @param id its id
     * @param name its name
     * @param needs what it asks for, in words
     * @param reason what is short, in words
     */
    @ExportedBean
    public record Shortage(
            @Exported String id,
            @Exported String name,
            @Exported String needs,
            @Exported String reason) {}
}
