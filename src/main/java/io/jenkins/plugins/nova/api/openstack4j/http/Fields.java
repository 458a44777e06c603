package io.jenkins.plugins.nova.api.openstack4j.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One JSON object of an answer. What cannot be done without is read strictly: a field that is missing or of another kind is a
 * {@link NovaException.Unintelligible} that names it. What can (methods that end in OrNull or OrEmpty, lists and objects "if
 * any", flags, times) is read as not told when it is missing, null or of another kind.
 *
 * @param call the call in words, for messages; empty for a row of a list, of which they say {@code its 'id' is not a text}
 * @param node an object
 */
public record Fields(String call, JsonNode node) {

    /** What tells a time that is of a zone from one that ends with the day of its date. */
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:?\\d\\d\\z");

    /** One row of a list. */
    public static Fields row(JsonNode row) {
        return new Fields("", row);
    }

    boolean has(String name) {
        JsonNode field = node.get(name);
        return field != null && !field.isNull();
    }

    /** The field as an object. */
    public Fields object(String name) {
        JsonNode field = node.get(name);
        if (field == null || !field.isObject()) {
            throw odd(name, "an object");
        }
        return new Fields(call, field);
    }

    /** The field as an object; null when it is missing or something else. */
    public Fields objectOrNull(String name) {
        JsonNode field = node.get(name);
        return field != null && field.isObject() ? new Fields(call, field) : null;
    }

    /** The rows of the field, which is a list, whatever they are. */
    public List<JsonNode> items(String name) {
        JsonNode field = node.get(name);
        if (field == null || !field.isArray()) {
            throw odd(name, "a list");
        }
        List<JsonNode> found = new ArrayList<>(field.size());
        field.forEach(found::add);
        return found;
    }

    /** The objects in the field, which is a list; empty when it is missing or something else. */
    public List<Fields> objectsIfAny(String name) {
        List<Fields> found = new ArrayList<>();
        for (JsonNode item : node.path(name)) {
            if (node.get(name).isArray() && item.isObject()) {
                found.add(new Fields(call, item));
            }
        }
        return found;
    }

    /** The fields of the field, which is an object, in order, whatever they are. */
    public Map<String, JsonNode> itemsByName(String name) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        object(name).node.properties().forEach(field -> found.put(field.getKey(), field.getValue()));
        return found;
    }

    /** Not empty. */
    public String text(String name) {
        String value = textOrNull(name);
        if (value == null || value.isBlank()) {
            throw odd(name, "a text");
        }
        return value;
    }

    /** Null when the field is missing or no text, number or truth value; harmless, see {@link ForeignText#name}. */
    public String textOrNull(String name) {
        return ForeignText.name(raw(name));
    }

    /** A sentence or more; null where {@link #textOrNull} is; harmless, see {@link ForeignText#words}. */
    public String proseOrNull(String name) {
        return ForeignText.words(raw(name));
    }

    /** What must be compared or sent back exactly as it is: not empty, and with nothing in it that cannot be shown. */
    public String exact(String name) {
        String value = raw(name);
        if (value == null || value.isBlank()) {
            throw odd(name, "a text");
        }
        if (!ForeignText.harmless(value)) {
            throw odd(name, "an identifier: it is too long, or holds characters that cannot be shown");
        }
        return value;
    }

    /** Null when the field is missing, empty or no text. */
    public String exactOrNull(String name) {
        String value = raw(name);
        return value == null || value.isBlank() ? null : exact(name);
    }

    /** Null where {@link #exact} complains. */
    public String exactIfAny(String name) {
        String value = raw(name);
        return value != null && !value.isBlank() && ForeignText.harmless(value) ? value : null;
    }

    /** As it came. */
    public String raw(String name) {
        JsonNode field = node.get(name);
        return has(name) && field.isValueNode() ? field.asText() : null;
    }

    /** Empty where {@link #textOrNull} is null. */
    public String textOrEmpty(String name) {
        String value = textOrNull(name);
        return value == null ? "" : value;
    }

    /** A whole number; where it is missing or none, the answer is odd. */
    public long number(String name) {
        Long value = numberOrNull(name);
        if (value == null) {
            throw odd(name, "a whole number");
        }
        return value;
    }

    /** Null when the field is missing or no whole number; Nova writes no swap as an empty text. */
    public Long numberOrNull(String name) {
        JsonNode field = node.get(name);
        return has(name) && field.isIntegralNumber() && field.canConvertToLong() ? Long.valueOf(field.asLong()) : null;
    }

    /** 0 where {@link #numberOrNull} is null. */
    public long numberOrZero(String name) {
        Long value = numberOrNull(name);
        return value == null ? 0 : value;
    }

    /** Null when the field is missing or no small whole number. */
    public Integer countOrNull(String name) {
        Long value = numberOrNull(name);
        return value == null || value != value.intValue() ? null : Integer.valueOf(value.intValue());
    }

    /** 0 where {@link #countOrNull} is null. */
    public int countOrZero(String name) {
        Integer value = countOrNull(name);
        return value == null ? 0 : value;
    }

    /** False when the field is missing or no truth value. */
    public boolean flag(String name) {
        return has(name) && node.get(name).isBoolean() && node.get(name).asBoolean();
    }

    /**
     * A point in time, or null when the field is missing or no time. Nova writes {@code 2026-01-02T03:04:05Z} for servers
     * and {@code 2026-01-02T03:04:05.000000}, which is UTC too, nearly everywhere else.
     */
    public Instant timeOrNull(String name) {
        String value = textOrNull(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            boolean zoned = value.endsWith("Z")
                    || value.length() > 19 && OFFSET.matcher(value).find();
            return zoned
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // what is no time tells none; nothing rests on one alone
            return null;
        }
    }

    /** An object of texts; empty when the field is missing or something else. */
    public Map<String, String> texts(String name) {
        Fields texts = objectOrNull(name);
        if (texts == null) {
            return Map.of();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : texts.node.properties()) {
            JsonNode value = field.getValue();
            found.put(
                    ForeignText.name(field.getKey()),
                    value.isNull() ? "" : ForeignText.name(value.isValueNode() ? value.asText() : value.toString()));
        }
        return found;
    }

    /** The texts in a list; empty when the field is missing or something else. */
    public List<String> words(String name) {
        List<String> found = new ArrayList<>();
        for (JsonNode item : node.path(name)) {
            if (node.get(name).isArray() && item.isTextual()) {
                found.add(ForeignText.name(item.asText()));
            }
        }
        return found;
    }

    /** The complaint that a field is not what it should be; tells the object's id, where it has one. */
    public NovaException.Unintelligible odd(String name, String wanted) {
        if (call.isEmpty()) {
            return new NovaException.Unintelligible("its '" + name + "' is not " + wanted, null);
        }
        JsonNode id = node.get("id");
        return new NovaException.Unintelligible(
                call + ": the answer's '" + name + "' is not " + wanted
                        + (id == null || !id.isValueNode() || "id".equals(name) ? "" : " (of " + id.asText() + ")"),
                null);
    }
}
