package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Times as Nova writes and reads them. Its database keeps whole seconds. */
final class Times {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private Times() {}

    /** 2026-11-22T19:36:12.000000, or null. */
    static String micros(Instant time) {
        return time == null
                ? null
                : MICROS.format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    /** 2026-11-22T19:36:12Z. */
    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Reads a query parameter; without an offset it is UTC. */
    static Instant parse(String name, String value) {
        try {
            boolean offset = value.matches(".*(Z|[+-]\\d\\d:?\\d\\d)");
            return offset
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw ApiError.badRequest("Invalid input for query parameters " + name + ". Value: " + value + ". '" + value
                    + "' is not a 'date-time'");
        }
    }
}
