package io.jenkins.plugins.nova.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The axis of time above lanes, and its lines behind them. */
final class TimeAxis {

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

    private final Instant from;
    private final Instant until;
    private final TimeScale scale;
    private final ZoneId zone;
    private final List<Instant> ticks;

    /**
     * @param from where the lanes begin
     * @param until where they end, after that
     * @param scale from the same beginning
     * @param zone of the times that it shows
     */
    TimeAxis(Instant from, Instant until, TimeScale scale, ZoneId zone) {
        this.from = from;
        this.until = until;
        this.scale = scale;
        this.zone = zone;
        ticks = ticks();
    }

    /** The view box of all lanes. A lane's own units are seconds, so that a lane stays the same while the axis grows. */
    String box() {
        return "0 0 " + number(scale.seconds(until)) + " 18";
    }

    /** Seconds, to a tenth. */
    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** Writes it, with its lines. */
    void write(Markup markup) {
        boolean days = Duration.between(from, until).compareTo(Duration.ofDays(1)) > 0;
        boolean whole = ticks.stream().allMatch(t -> t.atZone(zone).getSecond() == 0);
        markup.open("div", "class", "nova-lane nova-axis", "aria-hidden", "true");
        markup.leaf("span", "", "class", "nova-lane-name");
        markup.open("svg", "class", "nova-plot", "focusable", "false");
        for (TimeScale.Pause pause : scale.pauses()) {
            double middle = (at(pause.start()) + at(pause.end())) / 2;
            String length = "… " + Figures.span(Duration.between(pause.start(), pause.end())) + " …";
            markup.leaf("text", length, "x", percent(middle), "y", "13");
        }
        for (Instant tick : ticks) {
            String label = Figures.time(tick, zone);
            String told = whole ? label.substring(0, 5) : label;
            double at = at(tick);
            String anchor = at < 1 ? "start" : at > 99 ? "end" : null;
            markup.leaf(
                    "text",
                    days && told.equals("00:00") ? Figures.day(tick, zone) : told,
                    "x",
                    percent(at),
                    "y",
                    "13",
                    "class",
                    anchor == null ? null : "nova-" + anchor);
        }
        markup.close().leaf("span", "", "class", "nova-lane-end").close();
        markup.open("div", "class", "nova-lane nova-gridlines", "aria-hidden", "true");
        markup.leaf("span", "", "class", "nova-lane-name").open("svg", "focusable", "false");
        for (TimeScale.Pause pause : scale.pauses()) {
            double start = at(pause.start());
            markup.open(
                    "rect",
                    "class",
                    "nova-pause",
                    "x",
                    percent(start),
                    "width",
                    percent(at(pause.end()) - start),
                    "y",
                    "0",
                    "height",
                    "100%");
            markup.close();
        }
        for (Instant tick : ticks) {
            String x = percent(at(tick));
            markup.open("line", "class", "nova-grid", "x1", x, "x2", x, "y1", "0", "y2", "100%");
            markup.close();
        }
        markup.close().leaf("span", "", "class", "nova-lane-end").close();
    }

    /** A line at one time, through all lanes, in a piece of its own. */
    void line(String id, Instant time, Markup markup) {
        markup.openPiece("div", id, "class", "nova-lane nova-gridlines", "aria-hidden", "true");
        markup.leaf("span", "", "class", "nova-lane-name").open("svg", "focusable", "false");
        String x = percent(at(time));
        markup.open("line", "class", "nova-now", "x1", x, "x2", x, "y1", "0", "y2", "100%")
                .close();
        markup.close().leaf("span", "", "class", "nova-lane-end").closePiece();
    }

    private double at(Instant instant) {
        return Math.max(0, Math.min(100, 100 * scale.seconds(instant) / scale.seconds(until)));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f%%", part);
    }

    private List<Instant> ticks() {
        Duration whole = Duration.ofMillis((long) (scale.seconds(until) * 1000));
        Duration step = STEPS.stream()
                .filter(s -> whole.dividedBy(s) <= MOST_TICKS)
                .findFirst()
                .orElse(whole.dividedBy(MOST_TICKS));
        List<Instant> found = new ArrayList<>();
        Instant tick = notBefore(from, step);
        while (!tick.isAfter(until)) {
            TimeScale.Pause pause = scale.within(tick);
            if (pause == null) {
                found.add(tick);
                tick = tick.plus(step);
            } else {
                tick = notBefore(pause.end(), step);
            }
        }
        return found;
    }

    /** The first whole step of the day that is not before. */
    private Instant notBefore(Instant instant, Duration step) {
        Instant midnight = instant.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        Instant tick = midnight.plus(
                step.multipliedBy(Duration.between(midnight, instant).dividedBy(step)));
        return tick.isBefore(instant) ? tick.plus(step) : tick;
    }
}
