package io.jenkins.plugins.nova.plan.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether the servers of a drain will fit elsewhere: a forecast from what is free now. Nova's scheduler has the last word,
 * and chooses hosts by its own lights.
 *
 * @param source who told what is free
 * @param why why Placement did not; empty when it did
 * @param servers how many are to be moved
 * @param places how many of them have a place on which host, the fullest first
 * @param shortages those that have none
 * @param proven whether no other placement of those that fit alone leaves fewer of them over
 */
public record RoomReport(
        RoomFigures.Source source,
        String why,
        int servers,
        Map<String, Integer> places,
        List<RoomShortage> shortages,
        boolean proven) {

    /** More shortages than these are counted, not told. */
    private static final int MOST_TOLD = 10;

    public RoomReport {
        places = places == null ? Map.of() : new LinkedHashMap<>(places);
        shortages = shortages == null ? List.of() : List.copyOf(shortages);
    }

    /** Whether anybody told what is free. */
    @JsonIgnore
    public boolean known() {
        return source != RoomFigures.Source.NOBODY;
    }

    /** Whether each server has a place. */
    @JsonIgnore
    public boolean fits() {
        return shortages.isEmpty();
    }

    /** The whole in a few lines for an operator; none when nothing is moved. */
    @JsonIgnore
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (servers == 0) {
            return lines;
        }
        if (!known() && fits()) {
            lines.add("what is free on the other hosts is not known (" + why + ").");
            return lines;
        }
        lines.add(summary());
        shortages.stream().limit(MOST_TOLD).map(RoomShortage::words).forEach(lines::add);
        if (shortages.size() > MOST_TOLD) {
            lines.add("and " + (shortages.size() - MOST_TOLD) + " more.");
        }
        if (!proven) {
            lines.add("there may be a better placement: not all were tried.");
        }
        return lines;
    }

    private String summary() {
        int placed = servers - shortages.size();
        String where = places.entrySet().stream()
                .map(place -> place.getKey() + " (" + place.getValue() + ")")
                .collect(Collectors.joining(", "));
        String how = (fits()
                        ? (servers == 1 ? "1 server fits" : servers + " servers fit")
                        : placed + " of " + servers + " servers fit")
                + (placed == 0 ? "" : " on " + where);
        return switch (source) {
            case PLACEMENT -> how + ".";
            case HYPERVISORS ->
                how + ", by the hypervisors' memory alone; overcommit, CPUs and disks are not known (" + why + ").";
            case NOBODY -> how + ", by zones, aggregates and groups alone; what is free is not known (" + why + ").";
        };
    }
}
