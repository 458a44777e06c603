package io.jenkins.plugins.nova.drain.text;

import java.time.Duration;
import java.util.Locale;

/** How quantities are written for people. */
public final class Quantity {

    private Quantity() {}

    /** {@code 45 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    public static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds % 60 == 0
                    ? seconds / 60 + " min"
                    : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return seconds % 3600 < 60
                ? seconds / 3600 + " h"
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    /** {@code 512 MiB}, {@code 1.5 GiB}. */
    public static String bytes(long bytes) {
        double mib = bytes / 1048576.0;
        return mib < 1024
                ? String.format(Locale.ROOT, "%.0f MiB", mib)
                : String.format(Locale.ROOT, "%.1f GiB", mib / 1024);
    }

    /** {@code 1.2 of 8.0 GiB}, {@code 0 of 512 MiB}. */
    public static String of(long part, long whole) {
        return whole < 1L << 30
                ? String.format(Locale.ROOT, "%.0f of %.0f MiB", part / 1048576.0, whole / 1048576.0)
                : String.format(Locale.ROOT, "%.1f of %.1f GiB", part / 1073741824.0, whole / 1073741824.0);
    }

    /** {@code 117 MiB/s}, {@code 0.3 MiB/s}. */
    public static String rate(long bytesPerSecond) {
        double mib = bytesPerSecond / 1048576.0;
        return String.format(Locale.ROOT, mib < 10 ? "%.1f MiB/s" : "%.0f MiB/s", mib);
    }

    /** {@code 1 server}, {@code 3 servers}. */
    public static String servers(long count) {
        return count == 1 ? "1 server" : count + " servers";
    }
}
