package io.jenkins.plugins.nova.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, spans of time and sizes as people read them. */
final class Figures {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss z", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private Figures() {}

    static String dayAndTime(Instant instant, ZoneId zone) {
        // A zone that is UTC under any name is "Z" to the formatter, which few read.
        return DAY_AND_TIME.format(instant.atZone(zone)).replaceFirst("Z$", "UTC");
    }

    /** Such as {@code 5 Nov}. */
    static String day(Instant instant, ZoneId zone) {
        return DAY.format(instant.atZone(zone));
    }

    /** Hours and minutes. */
    static String minute(Instant instant, ZoneId zone) {
        return time(instant, zone).substring(0, "00:00".length());
    }

    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    /** Such as {@code 42 s}, {@code 3 min 05 s}, {@code 1 h 04 min}; what is below a second counts as 0 s. */
    static String span(Duration duration) {
        long seconds = Math.max(0, duration.getSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    /** Such as {@code 512 MiB}, {@code 1.5 GiB}, {@code 64 GiB}; empty for none. */
    static String mebibytes(long mebibytes) {
        if (mebibytes <= 0) {
            return "";
        }
        if (mebibytes < 1024) {
            return mebibytes + " MiB";
        }
        return mebibytes % 1024 == 0
                ? mebibytes / 1024 + " GiB"
                : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024.0);
    }

    /** Such as {@code 1 host}, {@code 12 hosts}. */
    static String hosts(long count) {
        return count == 1 ? "1 host" : count + " hosts";
    }

    /** Such as {@code 1 server}, {@code 12 servers}. */
    static String servers(long count) {
        return count == 1 ? "1 server" : count + " servers";
    }
}
