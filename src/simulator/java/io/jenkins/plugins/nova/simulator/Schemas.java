package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Request bodies checked as Nova's JSON schemas check them, with Nova's 400 messages (values as Python prints them). */
final class Schemas {
    private static final String BOOLEANS = "True, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes', "
            + "False, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'";
    private static final Pattern TRUE = Pattern.compile("True|TRUE|true|1|ON|On|on|YES|Yes|yes");
    private static final Pattern FALSE = Pattern.compile("False|FALSE|false|0|OFF|Off|off|NO|No|no");
    private static final Pattern HOST = Pattern.compile("^[a-zA-Z0-9-._]*$");

    /** Looks at a value and returns what is wrong with it, or null. */
    interface Type extends Function<JsonNode, String> {}

    static final Type BOOLEAN = value -> isBoolean(value) ? null : python(value) + " is not one of [" + BOOLEANS + "]";
    static final Type BOOLEAN_OR_AUTO =
            value -> isBoolean(value) || value.asText().equals("auto")
                    ? null
                    : python(value) + " is not one of [" + BOOLEANS + ", 'auto']";
    static final Type HOST_OR_NULL = value -> value.isNull() ? null : host(value, "'string', 'null'");
    static final Type HOST_NAME = value -> host(value, "'string'");
    static final Type STRING = value -> value.isTextual() ? null : python(value) + " is not of type 'string'";
    static final Type ANY = value -> null;
    static final Type ARRAY = value -> value.isArray() ? null : python(value) + " is not of type 'array'";
    static final Type ARRAY_OR_WORD = value -> value.isArray() || value.asText().matches("none|auto")
            ? null
            : python(value) + " is not valid under any of the given schemas";
    /** What an image is named by; nothing for a server that boots from a volume. */
    static final Type UUID_OR_EMPTY =
            value -> value.asText().matches("|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                    ? null
                    : python(value) + " is not valid under any of the given schemas";

    static final Type REBOOT = value -> value.asText().matches("HARD|Hard|hard|SOFT|Soft|soft")
            ? null
            : python(value) + " is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']";
    static final Type TEXT_OF_255 = value -> !value.isTextual()
            ? python(value) + " is not of type 'string'"
            : value.asText().isEmpty()
                    ? "'' is too short"
                    : value.asText().length() > 255 ? python(value) + " is too long" : null;
    static final Type RESET_STATE = value ->
            value.asText().matches("active|error") ? null : python(value) + " is not one of ['active', 'error']";
    /** A number, or a text of one, from -1 on; null, too. */
    static final Type LENGTH = value -> value.isNull() || value.asText().matches("-1|\\d+")
            ? null
            : python(value) + " is not of type 'integer', 'string', 'null'";

    static final Type STATUS = value -> value.asText().matches("enabled|disabled")
            ? null
            : python(value) + " is not one of ['enabled', 'disabled']";

    private Schemas() {}

    private static boolean isBoolean(JsonNode value) {
        return value.isBoolean()
                || value.isTextual()
                        && (TRUE.matcher(value.asText()).matches()
                                || FALSE.matcher(value.asText()).matches());
    }

    /** The meaning of a value that {@link #BOOLEAN} lets through. */
    static boolean bool(JsonNode value) {
        return value.isBoolean()
                ? value.asBoolean()
                : TRUE.matcher(value.asText()).matches();
    }

    private static String host(JsonNode value, String types) {
        if (!value.isTextual()) {
            return python(value) + " is not of type " + types;
        }
        if (value.asText().isEmpty()) {
            return "'' is too short";
        }
        return HOST.matcher(value.asText()).matches() ? null : python(value) + " does not match '" + HOST + "'";
    }

    /**
     * Checks an object in the order in which Nova's validator does: each value, required keys, no other keys.
     *
     * @param field its name in messages; null for the body itself, which Nova does not name
     */
    static void object(String field, JsonNode value, Map<String, Type> properties, List<String> required) {
        if (!value.isObject()) {
            throw invalid(field, value, python(value) + " is not of type 'object'");
        }
        properties.forEach((name, type) -> {
            String wrong = value.has(name) ? type.apply(value.get(name)) : null;
            if (wrong != null) {
                throw invalid(name, value.get(name), wrong);
            }
        });
        for (String name : new TreeSet<>(required)) {
            if (!value.has(name)) {
                throw invalid(field, value, "'" + name + "' is a required property");
            }
        }
        List<String> extra = new ArrayList<>();
        value.fieldNames().forEachRemaining(extra::add);
        extra.removeAll(properties.keySet());
        if (!extra.isEmpty()) {
            String names = extra.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
            String were = extra.size() == 1 ? "was" : "were";
            throw invalid(
                    field, value, "Additional properties are not allowed (" + names + " " + were + " unexpected)");
        }
    }

    static ApiError invalid(String field, JsonNode value, String wrong) {
        if (field == null) {
            return ApiError.badRequest(wrong);
        }
        String shown = value.isTextual() ? value.asText() : python(value);
        return ApiError.badRequest("Invalid input for field/attribute " + field + ". Value: " + shown + ". " + wrong);
    }

    /** A value as Python prints it. */
    static String python(JsonNode value) {
        if (value.isNull()) {
            return "None";
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isTextual()) {
            return "'" + value.asText() + "'";
        }
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.fields().forEachRemaining(e -> entries.add("'" + e.getKey() + "': " + python(e.getValue())));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Schemas::python)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.asText();
    }
}
