package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * One JSON object of an answer, read strictly: a field that is missing or of another kind is a
 * {@link NovaException.Unintelligible} that names it.
 *
 * @param call the call in words, for messages
 * @param node an object
 */
record Fields(String call, JsonNode node) {

    boolean has(String name) {
        JsonNode field = node.get(name);
        return field != null && !field.isNull();
    }

    /** The field as an object. */
    Fields object(String name) {
        JsonNode field = node.get(name);
        if (field == null || !field.isObject()) {
            throw odd(name, "an object");
        }
        return new Fields(call, field);
    }

    /** The field as a list of objects. */
    List<Fields> objects(String name) {
        JsonNode field = node.get(name);
        if (field == null || !field.isArray()) {
            throw odd(name, "a list");
        }
        List<Fields> found = new ArrayList<>(field.size());
        for (JsonNode item : field) {
            if (!item.isObject()) {
                throw odd(name, "a list of objects");
            }
            found.add(new Fields(call, item));
        }
        return found;
    }

    /** The field as a list of objects; empty when it is missing or null. */
    List<Fields> objectsIfAny(String name) {
        return has(name) ? objects(name) : List.of();
    }

    /** The field as an object of objects, in order. */
    Map<String, Fields> objectsByName(String name) {
        Map<String, Fields> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(name).node.properties()) {
            if (!field.getValue().isObject()) {
                throw odd(name, "an object of objects");
            }
            found.put(field.getKey(), new Fields(call, field.getValue()));
        }
        return found;
    }

    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            throw odd(name, "a text");
        }
        return value;
    }

    /** Null when the field is missing or null. */
    String textOrNull(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode field = node.get(name);
        if (!field.isValueNode()) {
            throw odd(name, "a text");
        }
        return field.asText();
    }

    /** Empty when the field is missing or null. */
    String textOrEmpty(String name) {
        String value = textOrNull(name);
        return value == null ? "" : value;
    }

    long number(String name) {
        Long value = numberOrNull(name);
        if (value == null) {
            throw odd(name, "a whole number");
        }
        return value;
    }

    /** Null when the field is missing or null, or an empty text, as Nova writes no swap. */
    Long numberOrNull(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode field = node.get(name);
        if (field.isIntegralNumber() && field.canConvertToLong()) {
            return field.asLong();
        }
        if (field.isTextual() && field.asText().isEmpty()) {
            return null;
        }
        throw odd(name, "a whole number");
    }

    int count(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw odd(name, "a small whole number");
        }
        return (int) value;
    }

    /** Null when the field is missing or null. */
    Integer countOrNull(String name) {
        return numberOrNull(name) == null ? null : Integer.valueOf(count(name));
    }

    /** False when the field is missing or null. */
    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonNode field = node.get(name);
        if (!field.isBoolean()) {
            throw odd(name, "true or false");
        }
        return field.asBoolean();
    }

    /**
     * A point in time, or null when the field is missing or null. Nova writes {@code 2026-01-02T03:04:05Z} for servers
     * and {@code 2026-01-02T03:04:05.000000}, which is UTC too, nearly everywhere else.
     */
    Instant timeOrNull(String name) {
        String value = textOrNull(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            boolean zoned = value.endsWith("Z") || value.matches(".*[+-]\\d\\d:?\\d\\d$") && value.length() > 19;
            return zoned
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw odd(name, "a time");
        }
    }

    /** An object of texts; empty when the field is missing or null. */
    Map<String, String> texts(String name) {
        if (!has(name)) {
            return Map.of();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(name).node.properties()) {
            JsonNode value = field.getValue();
            found.put(field.getKey(), value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString());
        }
        return found;
    }

    /** A list of texts; empty when the field is missing or null. */
    List<String> words(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!node.get(name).isArray()) {
            throw odd(name, "a list of texts");
        }
        List<String> found = new ArrayList<>();
        for (JsonNode item : node.get(name)) {
            if (!item.isTextual()) {
                throw odd(name, "a list of texts");
            }
            found.add(item.asText());
        }
        return found;
    }

    /** The complaint that a field is not what it should be; tells the object's id, where it has one. */
    NovaException.Unintelligible odd(String name, String wanted) {
        JsonNode id = node.get("id");
        return new NovaException.Unintelligible(
                call + ": the answer's '" + name + "' is not " + wanted
                        + (id == null || !id.isValueNode() || "id".equals(name) ? "" : " (of " + id.asText() + ")")
                        + (has("status") && node.get("status").isTextual()
                                ? ", status " + node.get("status").asText()
                                : ""),
                null);
    }
}
