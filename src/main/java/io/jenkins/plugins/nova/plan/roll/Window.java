package io.jenkins.plugins.nova.plan.roll;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When hosts may be worked on: each of these days from one time to another, which is on the next day where it is not later. Windows
 * that meet or overlap are one.
 *
 * @param from when it opens, by the clock of the zone; where clocks go forward over this time, when they do; where they go back
 *     over it, the first time
 * @param to when it closes, with the same rules; the same time as {@code from} for 24 hours
 * @param days those on which it opens; never empty
 * @param zone whose clock and calendar count
 */
public record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) {

    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}):(\\d{2})\\s*-\\s*(\\d{1,2}):(\\d{2})");
    private static final Pattern DAYS = Pattern.compile("(\\p{Alpha}+)(?:\\s*-\\s*(\\p{Alpha}+))?");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int SHORTEST_NAME = 3;
    private static final int END_OF_DAY = 24;

    /** Each day of the week is among these, and each twice, whatever else is added. */
    private static final int HORIZON_DAYS = 15;

    public Window {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window needs a day");
        }
        days = Set.copyOf(days);
    }

    /**
     * A window as a pipeline writes it.
     *
     * @param hours such as {@code 22:00-05:00}; {@code 24:00} is the end of the day
     * @param days days and ranges of days by their English names, three letters at least, such as {@code MON-FRI} or
     *     {@code SAT, SUN}; null or empty for every day
     * @param zone the name of a time zone, such as {@code Europe/Berlin}; null or empty for this machine's
     * @throws IllegalArgumentException naming the parameter, its value and the way out
     */
    public static Window of(String hours, String days, String zone) {
        Matcher times = HOURS.matcher(hours == null ? "" : hours.strip());
        if (!times.matches()) {
            throw bad("hours", hours, "give the times it opens and closes, as '22:00-05:00'");
        }
        return new Window(
                time(hours, times.group(1), times.group(2)),
                time(hours, times.group(3), times.group(4)),
                days(days),
                zone(zone));
    }

    private static LocalTime time(String hours, String hour, String minute) {
        int h = Integer.parseInt(hour);
        int m = Integer.parseInt(minute);
        if (h == END_OF_DAY && m == 0) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.of(h, m);
        } catch (DateTimeException e) {
            throw bad("hours", hours, "there is no time " + hour + ":" + minute + "; the last of a day is 24:00");
        }
    }

    private static Set<DayOfWeek> days(String days) {
        if (days == null || days.isBlank()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> found = EnumSet.noneOf(DayOfWeek.class);
        for (String part : days.split(",", -1)) {
            Matcher range = DAYS.matcher(part.strip());
            if (!range.matches()) {
                throw bad("days", days, "give days and ranges of days, as 'MON-FRI' or 'SAT, SUN'");
            }
            DayOfWeek first = day(days, range.group(1));
            DayOfWeek last = range.group(2) == null ? first : day(days, range.group(2));
            found.add(first);
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                found.add(day.plus(1));
            }
        }
        return found;
    }

    private static DayOfWeek day(String days, String name) {
        String asked = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> asked.length() >= SHORTEST_NAME && day.name().startsWith(asked))
                .findFirst()
                .orElseThrow(() -> bad("days", days, "'" + name + "' is none of MON, TUE, WED, THU, FRI, SAT, SUN"));
    }

    private static ZoneId zone(String zone) {
        if (zone == null || zone.isBlank()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw bad("zone", zone, "give the name of a time zone, as 'Europe/Berlin' or 'UTC'");
        }
    }

    private static IllegalArgumentException bad(String parameter, String value, String wayOut) {
        return new IllegalArgumentException(
                "window." + parameter + ": '" + (value == null ? "" : value) + "' will not do: " + wayOut + ".");
    }

    /**
     * When something may begin that is to end in the window in which it begins.
     *
     * @param now not before this
     * @param takes how long it takes
     * @return {@code now} itself where that is in the window and leaves time enough; else when a later window opens; empty where
     *     no window is as long
     */
    public Optional<Instant> opening(Instant now, Duration takes) {
        for (Span span : spans(now, takes)) {
            Instant begins = span.opens.isBefore(now) ? now : span.opens;
            if (!begins.plus(takes).isAfter(span.closes) && begins.isBefore(span.closes)) {
                return Optional.of(begins);
            }
        }
        return Optional.empty();
    }

    /** One that is open once, or several that meet. */
    private record Span(Instant opens, Instant closes) {}

    private List<Span> spans(Instant now, Duration takes) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<Span> spans = new ArrayList<>();
        for (long ahead = -HORIZON_DAYS; ahead <= HORIZON_DAYS + takes.toDays(); ahead++) {
            LocalDate day = today.plusDays(ahead);
            if (!days.contains(day.getDayOfWeek())) {
                continue;
            }
            Instant opens = at(day.atTime(from));
            Instant closes = at((to.isAfter(from) ? day : day.plusDays(1)).atTime(to));
            Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && !opens.isAfter(last.closes)) {
                spans.set(spans.size() - 1, new Span(last.opens, closes));
            } else if (opens.isBefore(closes)) {
                spans.add(new Span(opens, closes));
            }
        }
        return spans;
    }

    /** When clocks show a time first; where they never do, when they pass it. */
    private Instant at(LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** As a pipeline may write it, but for days, which stand one by one: {@code 22:00-05:00 on MON, TUE, Europe/Berlin}. */
    public String words() {
        String on = days.size() == DayOfWeek.values().length
                ? "every day"
                : "on "
                        + new TreeSet<>(days)
                                .stream()
                                        .map(day -> day.name().substring(0, SHORTEST_NAME))
                                        .collect(Collectors.joining(", "));
        return CLOCK.format(from) + "-" + CLOCK.format(to) + " " + on + ", " + zone;
    }
}
