package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of {@code cron} and {@code pollSCM}, as Jenkins's help of "Build periodically" describes them. */
final class CronSyntax {
    private static final Set<String> ALIASES =
            Set.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");
    private static final Pattern PART =
            Pattern.compile("(?:\\*|(H)(?:\\((\\d+)-(\\d+)\\))?|(\\d+)(?:-(\\d+))?)(?:/(\\d+))?");

    private record Field(String name, int from, int to) {}

    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59),
            new Field("hour", 0, 23),
            new Field("day of the month", 1, 31),
            new Field("month", 1, 12),
            new Field("day of the week", 0, 7));

    private CronSyntax() {}

    /** What is wrong with it, if anything is. Blank lines, comments and a time zone at the beginning are right. */
    static Optional<String> wrong(String spec) {
        for (String line : spec.split("\\r?\\n")) {
            String text = line.strip();
            boolean time = !text.isEmpty() && !text.startsWith("#") && !text.startsWith("TZ=");
            if (time && !ALIASES.contains(text)) {
                Optional<String> wrong = text.startsWith("@")
                        ? Optional.of("'" + text + "' is none of "
                                + ALIASES.stream().sorted().toList())
                        : line(text);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> line(String text) {
        String[] fields = text.split("\\s+");
        if (fields.length != FIELDS.size()) {
            return Optional.of("'" + text + "' has " + fields.length
                    + " fields; five are needed: minute, hour, day of the month, month, day of the week");
        }
        for (int i = 0; i < fields.length; i++) {
            for (String part : fields[i].split(",", -1)) {
                Field field = FIELDS.get(i);
                if (!isRight(part, field)) {
                    return Optional.of("'" + fields[i] + "' is no " + field.name() + " (" + field.from() + " to "
                            + field.to() + ", *, H, ranges and steps such as H/15)");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRight(String part, Field field) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            return false;
        }
        boolean hashed = matcher.group(1) != null;
        String low = hashed ? matcher.group(2) : matcher.group(4);
        String high = hashed ? matcher.group(3) : matcher.group(5);
        boolean ranged = low == null || high != null;
        int from = low == null ? field.from() : number(low);
        int to = low == null ? field.to() : high == null ? from : number(high);
        int step = matcher.group(6) == null ? 1 : number(matcher.group(6));
        return field.from() <= from
                && from <= to
                && to <= field.to()
                && step > 0
                && (matcher.group(6) == null || ranged)
                && (!hashed || step <= to - from + 1);
    }

    private static int number(String digits) {
        return digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
