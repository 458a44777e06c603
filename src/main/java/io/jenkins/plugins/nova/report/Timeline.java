package io.jenkins.plugins.nova.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who moved when: a lane for each server, drawn in SVG on one axis of time. Lengths are parts of a hundred of the lane's width,
 * so that the drawing fits any screen without being scaled, and the texts stay as they are.
 */
final class Timeline {

    private static final List<String> IDLE = List.of("waiting", "queued");
    private static final List<String> STRIPED = List.of("cold", "rebuild", "verify", "revert");
    private static final List<String> KNOWN =
            List.of("waiting", "queued", "live", "cold", "rebuild", "verify", "confirm", "revert", "abort", "failed");
    private static final int MOST_TICKS = 6;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7));

    private final DrainReport drain;
    private final View view;
    private final List<ServerRow> lanes;
    private final List<ServerRow> drawn;
    private final Instant from;
    private final Instant until;
    private final List<Instant> ticks;

    /**
     * @param shown those of its servers that are shown
     */
    Timeline(DrainReport drain, List<ServerRow> shown, View view) {
        this.drain = drain;
        this.view = view;
        boolean goesOn = drain.running() && view.live();
        lanes = drain.servers().stream()
                .filter(row ->
                        askedSince(row) != null || goesOn && !row.segments().isEmpty())
                .sorted(Comparator.comparing(Timeline::askedSince, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        // The script hides the lane of a server without a row.
        Set<ServerRow> listed = new HashSet<>(shown);
        drawn = lanes.stream().filter(listed::contains).toList();
        List<Segment> all =
                lanes.stream().flatMap(row -> row.segments().stream()).toList();
        from = all.stream().map(Segment::start).reduce(drain.started(), (a, b) -> a.isBefore(b) ? a : b);
        Instant open = drain.ended() != null ? drain.ended() : view.now();
        Instant last = all.stream()
                .map(segment -> segment.end() == null ? segment.start() : segment.end())
                .reduce(open, (a, b) -> a.isAfter(b) ? a : b);
        until = last.isAfter(from.plusSeconds(1)) ? last : from.plusSeconds(1);
        ticks = ticks();
    }

    void write(Markup markup) {
        if (lanes.isEmpty()) {
            markup.leaf(
                    "p",
                    drain.running() ? "No server has begun to move." : "No server was moved.",
                    "class",
                    "nova-none");
            return;
        }
        legend(markup);
        markup.open("div", "class", "nova-lanes");
        axis(markup);
        markup.open("ul", "class", "nova-lane-list");
        drawn.forEach(row -> lane(row, markup));
        markup.close().close();
        int more = lanes.size() - drawn.size();
        if (more > 0) {
            markup.leaf("p", Figures.servers(more) + " more not drawn.", "class", "nova-none");
        }
        int left = drain.servers().size() - lanes.size();
        if (left > 0) {
            markup.leaf("p", Figures.servers(left) + " without a move not drawn.", "class", "nova-none");
        }
    }

    private void legend(Markup markup) {
        Set<String> kinds = new LinkedHashSet<>();
        KNOWN.forEach(kind -> {
            if (lanes.stream()
                    .anyMatch(row ->
                            row.segments().stream().anyMatch(s -> s.kind().equals(kind)))) {
                kinds.add(kind);
            }
        });
        lanes.forEach(row -> row.segments().forEach(segment -> kinds.add(segment.kind())));
        markup.open("ul", "class", "nova-legend", "aria-label", "Legend");
        for (String kind : kinds) {
            markup.open("li");
            markup.open("svg", "class", "nova-key", "aria-hidden", "true", "focusable", "false");
            bar(kind, 0, 100, null, markup);
            markup.close().text(Standing.kindWords(kind)).close();
        }
        markup.close();
    }

    private void axis(Markup markup) {
        markup.open("div", "class", "nova-lane nova-axis", "aria-hidden", "true");
        markup.leaf("span", "", "class", "nova-lane-name");
        markup.open("svg", "class", "nova-plot", "focusable", "false");
        for (Instant tick : ticks) {
            String label = Figures.time(tick, view.zone());
            boolean whole = ticks.stream().allMatch(t -> t.atZone(view.zone()).getSecond() == 0);
            markup.leaf("text", whole ? label.substring(0, 5) : label, "x", percent(at(tick)), "y", "13");
        }
        markup.close();
        markup.leaf("span", "", "class", "nova-lane-end").close();
    }

    private void lane(ServerRow row, Markup markup) {
        Standing standing = Standing.of(row, drain, view);
        markup.open("li", "class", "nova-lane", "data-standing", standing.key(), "data-server", row.id());
        markup.open("span", "class", "nova-lane-name", "title", ServerTable.label(row));
        markup.name(ServerTable.label(row)).close();
        markup.open("svg", "class", "nova-plot", "role", "img", "aria-label", spoken(row), "focusable", "false");
        for (Instant tick : ticks) {
            String x = percent(at(tick));
            markup.open("line", "class", "nova-grid", "x1", x, "x2", x, "y1", "0", "y2", "100%");
            markup.close();
        }
        for (Segment segment : row.segments()) {
            double start = at(segment.start());
            bar(segment.kind(), start, at(end(segment)) - start, told(segment), markup);
        }
        markup.close();
        markup.open("span", "class", "nova-lane-end nova-is-" + standing.key());
        markup.text(Standing.words(row, drain, view)).close().close();
    }

    /** Idle time is a thin line; work is a bar, striped where the guest does not run or waits for a person. */
    private static void bar(String kind, double x, double width, String title, Markup markup) {
        boolean idle = IDLE.contains(kind);
        String y = idle ? (kind.equals("queued") ? "7" : "8") : "3";
        String height = idle ? (kind.equals("queued") ? "4" : "2") : "12";
        String name = KNOWN.contains(kind) ? kind : "other";
        markup.open("g", "class", "nova-bar nova-kind-" + name);
        if (title != null) {
            markup.leaf("title", title);
        }
        box("nova-fill", x, width, y, height, null, markup);
        if (STRIPED.contains(kind)) {
            box("nova-stripes", x, width, y, height, "url(#nova-stripes)", markup);
        }
        markup.close();
    }

    private static void box(String kind, double x, double width, String y, String height, String fill, Markup markup) {
        markup.open(
                "rect",
                "class",
                kind,
                "x",
                percent(x),
                "width",
                percent(width),
                "y",
                y,
                "height",
                height,
                "fill",
                fill);
        markup.close();
    }

    private String spoken(ServerRow row) {
        StringBuilder spoken = new StringBuilder();
        row.segments().forEach(segment -> spoken.append(told(segment)).append("; "));
        return spoken.append(Standing.words(row, drain, view)).toString();
    }

    private String told(Segment segment) {
        String end = segment.end() == null && drain.running() && view.live()
                ? "now"
                : Figures.time(end(segment), view.zone());
        return Standing.kindWords(segment.kind()) + " " + Figures.time(segment.start(), view.zone()) + " to " + end
                + " (" + Figures.span(Duration.between(segment.start(), end(segment))) + ")";
    }

    private Instant end(Segment segment) {
        return segment.end() != null ? segment.end() : until;
    }

    private double at(Instant instant) {
        double whole = Duration.between(from, until).toMillis();
        double part = Duration.between(from, instant).toMillis();
        return Math.max(0, Math.min(100, 100 * part / whole));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f%%", part);
    }

    /** A move that failed before it copied anything has its lane too: its request was sent. */
    private static Instant askedSince(ServerRow row) {
        return row.segments().stream()
                .filter(segment -> !segment.kind().equals("waiting"))
                .map(Segment::start)
                .findFirst()
                .orElse(null);
    }

    private List<Instant> ticks() {
        Duration whole = Duration.between(from, until);
        Duration step = STEPS.stream()
                .filter(s -> whole.dividedBy(s) <= MOST_TICKS)
                .findFirst()
                .orElse(whole.dividedBy(MOST_TICKS));
        List<Instant> found = new ArrayList<>();
        Instant midnight =
                from.atZone(view.zone()).toLocalDate().atStartOfDay(view.zone()).toInstant();
        long passed = Duration.between(midnight, from).dividedBy(step);
        Instant tick = midnight.plus(step.multipliedBy(passed));
        while (!tick.isAfter(until)) {
            if (!tick.isBefore(from)) {
                found.add(tick);
            }
            tick = tick.plus(step);
        }
        return found;
    }
}
