package io.jenkins.plugins.nova.rehearsal.steps;

import io.jenkins.plugins.nova.rehearsal.engine.Arguments;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The parameters {@code time} and {@code unit} that several steps have. */
final class Times {
    private Times() {}

    static Duration of(Arguments arguments, String standardUnit) {
        arguments.text("time");
        String unit = arguments.text("unit", standardUnit);
        TimeUnit known = Arrays.stream(TimeUnit.values())
                .filter(each -> each.name().equals(unit))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("parameter 'unit' must be one of "
                        + Arrays.toString(TimeUnit.values()) + ", not '" + unit + "'"));
        return Duration.of(arguments.number("time", 0), known.toChronoUnit());
    }

    static String words(Duration time) {
        if (time.toSeconds() == 0) {
            return time.toMillis() + " ms";
        }
        return time.toString().substring(2).replaceAll("([HMS])", "$1 ").trim().toLowerCase(Locale.ROOT);
    }
}
