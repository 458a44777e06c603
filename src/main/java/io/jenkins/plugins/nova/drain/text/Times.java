package io.jenkins.plugins.nova.drain.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** How moments are written for people: to the second, as {@code 2026-01-01T02:03:04Z}. */
public final class Times {

    private static final Pattern FRACTION = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\.\\d+Z");

    private Times() {}

    /** A moment. */
    public static String at(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A text with all the moments that it has, as {@link Instant} writes them, to the second. */
    public static String toTheSecond(String text) {
        return FRACTION.matcher(text).replaceAll("$1Z");
    }
}
