package io.jenkins.plugins.nova.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a benchmark: {@code name key=value …}.
 *
 * @param name what was measured, without blanks
 * @param values in the order in which they are printed
 */
record Figure(String name, Map<String, String> values) {

    Figure {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Figure of(String name) {
        return new Figure(name, Map.of());
    }

    /** The same with a whole number more. */
    Figure with(String key, long value) {
        return with(key, Long.toString(value));
    }

    /** The same with a number of one decimal more. */
    Figure with(String key, double value) {
        return with(key, String.format(Locale.ROOT, "%.1f", value));
    }

    /** The same with a word more. */
    Figure with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Figure(name, more);
    }

    /** A value that is a whole number. */
    long number(String key) {
        return Long.parseLong(values.get(key));
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(name);
        values.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.toString();
    }
}
