package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who moved when: a lane for each server, drawn in SVG on one axis of time over all steps of a card. A lane's units are seconds
 * since the beginning; what is seen of it, its view box, is the same for all lanes and grows with time.
 */
final class Timeline {

    private static final List<String> IDLE = List.of("waiting", "queued");
    private static final List<String> PAUSES = List.of("waiting", "verify");
    private static final List<String> NARROW = List.of("queued", "delete");
    private static final List<String> STRIPED = List.of("cold", "rebuild", "failover", "verify", "revert", "reboot");
    private static final List<String> KNOWN = List.of(
            "waiting",
            "queued",
            "live",
            "cold",
            "rebuild",
            "failover",
            "verify",
            "confirm",
            "revert",
            "abort",
            "failed",
            "boot",
            "reboot",
            "delete");
    private static final Duration LEAST_TRAIL = Duration.ofSeconds(10);
    private final Story story;
    private final View view;
    private final List<Lane> lanes;
    private final List<Lane> drawn;
    private final Instant from;
    private final Instant until;
    private final TimeScale scale;
    private final TimeAxis axis;

    /**
     * What is drawn in one line.
     *
     * @param key names it on the page
     * @param id the server's id
     * @param label its name
     * @param standing how it stands
     * @param words the same in words
     * @param asked when it began; where it stands among the others
     * @param segments what is drawn
     */
    private record Lane(
            String key,
            String id,
            String label,
            Standing standing,
            String words,
            Instant asked,
            List<Segment> segments) {}

    /**
     * @param shown those of its servers that are shown
     */
    Timeline(Story story, List<StoryRow> shown, View view) {
        this.story = story;
        this.view = view;
        lanes = new ArrayList<>();
        List<Lane> seen = new ArrayList<>();
        // The script hides the lane of a server without a row.
        Set<StoryRow> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        listed.addAll(shown);
        for (StoryRow row : story.rows()) {
            if (row.askedSince() != null) {
                Lane lane = lane(row);
                lanes.add(lane);
                if (listed.contains(row)) {
                    seen.add(lane);
                }
            }
        }
        canaries().forEach(canary -> {
            lanes.add(canary);
            seen.add(canary);
        });
        seen.sort(Comparator.comparing(Lane::asked));
        drawn = List.copyOf(seen);
        List<Segment> all =
                lanes.stream().flatMap(lane -> lane.segments().stream()).toList();
        Instant began = all.stream()
                .map(Segment::start)
                .min(Comparator.naturalOrder())
                .orElse(story.steps().get(0).started());
        from = began;
        until = until(all);
        scale = new TimeScale(
                from,
                all.stream().filter(segment -> !PAUSES.contains(segment.kind())).toList());
        axis = new TimeAxis(from, until, scale, view.zone());
    }

    private static Lane lane(StoryRow row) {
        return new Lane(
                ServerTable.key(row),
                row.id(),
                row.label(),
                row.standing(),
                row.words(),
                row.askedSince(),
                row.segments());
    }

    private List<Lane> canaries() {
        List<Lane> found = new ArrayList<>();
        for (DrainReport step : story.steps()) {
            ServerRow row = step.canary();
            if (row != null && !row.segments().isEmpty()) {
                found.add(new Lane(
                        "canary-" + found.size(),
                        row.id(),
                        "canary " + ServerTable.label(row),
                        Standing.of(row, step, view),
                        Standing.words(row, step, view),
                        row.segments().get(0).start(),
                        row.segments()));
            }
        }
        return found;
    }

    /**
     * Where the drawing ends: now, while something is at work. Where nothing is, a wait for a confirm or the block of a
     * nodeMaintenance may take hours beside moves of minutes: a third of the time before it is drawn of that at most.
     */
    private Instant until(List<Segment> all) {
        Instant last = all.stream()
                .map(segment -> segment.end() == null ? segment.start() : segment.end())
                .reduce(from, Timeline::later);
        boolean open = all.stream().anyMatch(segment -> segment.end() == null);
        boolean atWork = view.live()
                && all.stream().anyMatch(segment -> segment.end() == null && !PAUSES.contains(segment.kind()));
        Instant ends = open || story.goesOn()
                ? view.now()
                : story.steps().stream()
                        .map(DrainReport::ended)
                        .filter(Objects::nonNull)
                        .reduce(last, Timeline::later);
        Duration more = Duration.between(from, last).dividedBy(3);
        Instant trail = last.plus(more.compareTo(LEAST_TRAIL) < 0 ? LEAST_TRAIL : more);
        last = later(last, atWork || ends.isBefore(trail) ? ends : trail);
        return last.isAfter(from.plusSeconds(1)) ? last : from.plusSeconds(1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    void write(Markup markup) {
        String anchor = story.anchor();
        markup.openPiece("div", anchor + "-legend");
        if (lanes.isEmpty()) {
            markup.leaf(
                    "p",
                    story.goesOn() ? "No server has begun to move." : "No server was moved.",
                    "class",
                    "nova-none");
        } else {
            legend(markup);
        }
        markup.closePiece();
        markup.open("div", "class", "nova-lanes");
        markup.openPiece("div", anchor + "-axis", "data-nova-box", lanes.isEmpty() ? null : axis.box());
        if (!lanes.isEmpty()) {
            axis.write(markup);
        }
        markup.closePiece();
        markup.open("ul", "class", "nova-lane-list", "id", anchor + "-lanes");
        drawn.forEach(lane -> draw(lane, markup));
        markup.close().close();
        markup.openPiece("div", anchor + "-undrawn");
        long more = lanes.size() - drawn.size();
        if (more > 0) {
            markup.leaf("p", Figures.servers(more) + " more not drawn.", "class", "nova-none");
        }
        long left =
                story.rows().stream().filter(row -> row.askedSince() == null).count();
        if (left > 0 && !lanes.isEmpty()) {
            markup.leaf("p", Figures.servers(left) + " without a move not drawn.", "class", "nova-none");
        }
        markup.closePiece();
    }

    private void legend(Markup markup) {
        Set<String> kinds = new LinkedHashSet<>();
        Set<String> there = new LinkedHashSet<>();
        drawn.forEach(
                lane -> lane.segments().stream().filter(this::isSeen).forEach(segment -> there.add(segment.kind())));
        KNOWN.stream().filter(there::contains).forEach(kinds::add);
        kinds.addAll(there);
        markup.open("ul", "class", "nova-legend", "aria-label", "Legend");
        for (String kind : kinds) {
            markup.open("li");
            markup.open(
                    "svg", "class", "nova-key", "viewBox", "0 0 28 18", "aria-hidden", "true", "focusable", "false");
            bar(kind, 0, 28, null, markup);
            markup.close().text(Standing.kindWords(kind)).close();
        }
        markup.close();
    }

    private boolean isSeen(Segment segment) {
        return segment.end() == null || segment.end().isAfter(segment.start());
    }

    private void draw(Lane lane, Markup markup) {
        markup.openPiece(
                "li",
                story.anchor() + "-l" + lane.key(),
                "data-nova-in",
                story.anchor() + "-lanes",
                "data-nova-at",
                String.valueOf(lane.asked().toEpochMilli()),
                "class",
                "nova-lane",
                "data-server",
                lane.id());
        markup.open("span", "class", "nova-lane-name", "title", lane.label());
        markup.name(lane.label()).close();
        markup.open(
                "svg",
                "class",
                "nova-plot",
                "viewBox",
                axis.box(),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                spoken(lane),
                "focusable",
                "false");
        lane.segments().stream()
                .filter(this::isSeen)
                .forEach(segment ->
                        bar(segment.kind(), seconds(segment.start()), drawnUntil(segment), told(segment), markup));
        markup.close();
        markup.open("span", "class", "nova-lane-end nova-is-" + lane.standing().key());
        markup.text(lane.words()).close().closePiece();
    }

    private double seconds(Instant instant) {
        return scale.seconds(instant);
    }

    /** What goes on is drawn beyond the lane's end, which cuts it: so the lane stays the same while time passes. */
    private double drawnUntil(Segment segment) {
        if (segment.end() != null) {
            return seconds(segment.end());
        }
        double start = seconds(segment.start());
        long length = 256;
        while (length <= 4 * (seconds(later(until, view.now())) - start)) {
            length *= 4;
        }
        return start + length;
    }

    /** Idle time is a thin line; work is a bar, striped where the guest does not run or waits for a person. */
    private static void bar(String kind, double from, double until, String title, Markup markup) {
        boolean idle = IDLE.contains(kind);
        boolean narrow = NARROW.contains(kind);
        String y = narrow ? "7" : idle ? "8" : "3";
        String height = narrow ? "4" : idle ? "2" : "12";
        String name = KNOWN.contains(kind) ? kind : "other";
        markup.open("g", "class", "nova-bar nova-kind-" + name);
        if (title != null && !idle) {
            markup.leaf("title", title);
        }
        markup.open(
                "rect",
                "x",
                TimeAxis.number(from),
                "width",
                TimeAxis.number(Math.max(0, until - from)),
                "y",
                y,
                "height",
                height);
        markup.close();
        if (STRIPED.contains(kind)) {
            markup.open("path", "d", "M" + TimeAxis.number(from) + " 9H" + TimeAxis.number(until))
                    .close();
        }
        markup.close();
    }

    private String spoken(Lane lane) {
        StringBuilder spoken = new StringBuilder();
        lane.segments().stream()
                .filter(this::isSeen)
                .forEach(segment -> spoken.append(told(segment)).append("; "));
        return spoken.append(lane.words()).toString();
    }

    private String told(Segment segment) {
        String since = Standing.kindWords(segment.kind()) + " " + (segment.end() == null ? "since " : "")
                + Figures.time(segment.start(), view.zone());
        return segment.end() == null
                ? since
                : since + " to " + Figures.time(segment.end(), view.zone()) + " ("
                        + Figures.span(Duration.between(segment.start(), segment.end())) + ")";
    }
}
