package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where an instant is drawn, in seconds from the beginning. An hour or a night in which only waited was for a person would leave
 * no room for the minutes in which servers moved: such a pause is drawn as long as a third of what came before it.
 */
final class TimeScale {

    /** Shorter pauses are drawn as they are. */
    private static final Duration LEAST_PAUSE = Duration.ofMinutes(5);

    private static final Duration LEAST_DRAWN = Duration.ofSeconds(10);

    /**
     * A pause that is drawn shorter than it is.
     *
     * @param start when it began
     * @param end when something went on
     * @param drawn how long it is drawn
     */
    record Pause(Instant start, Instant end, Duration drawn) {

        private Duration whole() {
            return Duration.between(start, end);
        }
    }

    private final Instant from;
    private final List<Pause> pauses = new ArrayList<>();

    /**
     * @param from the beginning
     * @param busy stretches of time in which something was at work, in any order; one without an end goes on
     */
    TimeScale(Instant from, List<Segment> busy) {
        this.from = from;
        List<Segment> sorted =
                busy.stream().sorted(Comparator.comparing(Segment::start)).toList();
        Instant last = null;
        for (Segment each : sorted) {
            if (last != null && each.start().isAfter(last)) {
                pause(last, each.start());
            }
            if (each.end() == null) {
                return;
            }
            last = last == null || each.end().isAfter(last) ? each.end() : last;
        }
    }

    private void pause(Instant start, Instant end) {
        Duration third = Duration.ofMillis((long) (seconds(start) * 1000 / 3));
        Duration drawn = third.compareTo(LEAST_DRAWN) < 0 ? LEAST_DRAWN : third;
        Duration whole = Duration.between(start, end);
        if (whole.compareTo(LEAST_PAUSE) > 0 && whole.compareTo(drawn.multipliedBy(2)) > 0) {
            pauses.add(new Pause(start, end, drawn));
        }
    }

    /** Pauses that are drawn shorter than they are, in the order of time. */
    List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    /** Where it is drawn, in seconds. */
    double seconds(Instant instant) {
        double seconds = Duration.between(from, instant).toMillis() / 1000.0;
        for (Pause pause : pauses) {
            if (instant.isAfter(pause.start())) {
                Instant reached = instant.isBefore(pause.end()) ? instant : pause.end();
                double real = Duration.between(pause.start(), reached).toMillis() / 1000.0;
                seconds -= real
                        * (1 - (double) pause.drawn().toMillis() / pause.whole().toMillis());
            }
        }
        return seconds;
    }

    /** The pause that it falls into; null for none. */
    Pause within(Instant instant) {
        return pauses.stream()
                .filter(pause -> instant.isAfter(pause.start()) && instant.isBefore(pause.end()))
                .findFirst()
                .orElse(null);
    }
}
