package io.jenkins.plugins.nova.drain.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What changed from one state to the next, both as {@link StateJson} writes them. A tick changes a few of many servers: what is
 * written of it is about these alone.
 *
 * <p>A change is a JSON object: {@code v} is a value to take instead; {@code o} has a change for each field of an object that
 * differs; {@code a} has a change for each element of a list that differs, by its index, and {@code t} what follows at its end.
 * States write all fields of a record, nulls included. Objects whose fields are not the same in the same order, which maps may be,
 * and lists that became shorter are taken as a whole, so a field is never left out and none is ever taken away.
 */
public final class StateDelta {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String VALUE = "v";
    private static final String FIELDS = "o";
    private static final String ELEMENTS = "a";
    private static final String TAIL = "t";

    private StateDelta() {}

    /**
     * What makes the later state of the earlier one.
     *
     * @return one line; null where the states are the same
     */
    public static String between(String before, String after) {
        ObjectNode change = change(tree(before), tree(after));
        return change == null ? null : text(change);
    }

    /**
     * The state after changes, one after the other.
     *
     * @param state as text
     * @param changes as {@link #between} gave them, the first being that from {@code state}
     * @throws IllegalArgumentException when one of them is no change of the state that it meets
     */
    public static String apply(String state, List<String> changes) {
        if (changes.isEmpty()) {
            return state;
        }
        JsonNode tree = tree(state);
        for (String change : changes) {
            tree = changed(tree, tree(change));
        }
        return text(tree);
    }

    private static ObjectNode change(JsonNode before, JsonNode after) {
        if (before instanceof ObjectNode
                && after instanceof ObjectNode
                && names(before).equals(names(after))) {
            return fields(before, after);
        }
        if (before instanceof ArrayNode && after instanceof ArrayNode && before.size() <= after.size()) {
            return elements(before, after);
        }
        return !after.isContainerNode() && before.equals(after)
                ? null
                : JSON.createObjectNode().set(VALUE, after);
    }

    private static ObjectNode fields(JsonNode before, JsonNode after) {
        ObjectNode fields = JSON.createObjectNode();
        for (String name : names(after)) {
            ObjectNode change = change(before.get(name), after.get(name));
            if (change != null) {
                fields.set(name, change);
            }
        }
        return fields.isEmpty() ? null : JSON.createObjectNode().set(FIELDS, fields);
    }

    private static ObjectNode elements(JsonNode before, JsonNode after) {
        ObjectNode elements = JSON.createObjectNode();
        ArrayNode tail = JSON.createArrayNode();
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size()) {
                tail.add(after.get(i));
                continue;
            }
            ObjectNode change = change(before.get(i), after.get(i));
            if (change != null) {
                elements.set(String.valueOf(i), change);
            }
        }
        if (elements.isEmpty() && tail.isEmpty()) {
            return null;
        }
        ObjectNode both = JSON.createObjectNode();
        both.set(ELEMENTS, elements);
        both.set(TAIL, tail);
        return both;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode changed(JsonNode from, JsonNode change) {
        if (from != null && change.has(VALUE)) {
            return change.get(VALUE);
        }
        if (from instanceof ObjectNode object && change.get(FIELDS) instanceof ObjectNode fields) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                object.set(field.getKey(), changed(object.get(field.getKey()), field.getValue()));
            }
            return object;
        }
        if (from instanceof ArrayNode list
                && change.get(ELEMENTS) instanceof ObjectNode elements
                && change.get(TAIL) instanceof ArrayNode tail) {
            for (Map.Entry<String, JsonNode> element : elements.properties()) {
                int index = Integer.parseInt(element.getKey());
                list.set(index, changed(list.get(index), element.getValue()));
            }
            return list.addAll(tail);
        }
        throw new IllegalArgumentException("a change of a saved state does not fit the state before it");
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a saved state cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }
}
