package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a cloud's file with the way to it. Each of its methods refuses what does not belong there with that way, what is
 * there and what may be.
 *
 * @param file the file's name
 * @param path the way, such as {@code servers.web1.host}; empty for the whole
 * @param value what is there; missing or null for nothing
 */
record FileNode(String file, String path, JsonNode value) {
    private static final int LONGEST = 60;
    private static final int MOST_NAMED = 12;
    private static final int TOO_FAR = 3;

    /** What is wrong with it. */
    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    boolean isSaid() {
        return !value.isMissingNode() && !value.isNull();
    }

    boolean isNull() {
        return value.isNull();
    }

    boolean isObject() {
        return value.isObject();
    }

    FileNode at(String key) {
        return new FileNode(file, way(key), value.path(key));
    }

    private String way(String key) {
        boolean plain = key.matches("[A-Za-z0-9_-]+");
        return (path.isEmpty() || !plain ? path : path + ".") + (plain ? key : "[\"" + key + "\"]");
    }

    /** An object whose keys are these, or some of them. */
    FileNode of(String... keys) {
        object();
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            if (!List.of(keys).contains(each.getKey())) {
                throw at(each.getKey()).wrong("there is no such key" + meant(each.getKey(), List.of(keys)));
            }
        }
        return this;
    }

    private void object() {
        if (!value.isObject()) {
            throw wrong(shown() + " is no object in braces");
        }
    }

    /** The values of an object by their keys; empty where nothing is said. */
    Map<String, FileNode> entries() {
        Map<String, FileNode> entries = new LinkedHashMap<>();
        if (isSaid()) {
            object();
            value.properties().forEach(each -> entries.put(each.getKey(), at(each.getKey())));
        }
        return entries;
    }

    /** The same of a list of texts, each with nothing behind it. */
    Map<String, FileNode> entriesOrNames() {
        if (!value.isArray()) {
            return entries();
        }
        Map<String, FileNode> entries = new LinkedHashMap<>();
        for (FileNode each : items()) {
            String name = each.text();
            if (entries.put(name, new FileNode(file, way(name), JsonNodeFactory.instance.objectNode())) != null) {
                throw each.wrong("'" + name + "' is there twice");
            }
        }
        return entries;
    }

    List<FileNode> items() {
        List<FileNode> items = new ArrayList<>();
        if (isSaid() && !value.isArray()) {
            throw wrong(shown() + " is no list in brackets");
        }
        for (int i = 0; i < value.size(); i++) {
            items.add(new FileNode(file, path + "[" + i + "]", value.get(i)));
        }
        return items;
    }

    List<String> texts() {
        return items().stream().map(FileNode::text).toList();
    }

    /** Texts by their keys; numbers and truth values are taken as they are written. */
    Map<String, String> textsByKey() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries().forEach((key, each) -> {
            if (each.value.isContainerNode() || each.value.isNull()) {
                throw each.wrong(each.shown() + " is no text");
            }
            texts.put(key, each.value.asText());
        });
        return texts;
    }

    String text() {
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw wrong((isSaid() ? shown() + " is" : "there is") + " no text");
        }
        return value.asText();
    }

    String text(String otherwise) {
        return isSaid() ? text() : otherwise;
    }

    /** One of these. */
    String oneOf(Collection<String> words, String otherwise) {
        String text = text(otherwise);
        if (isSaid() && !words.contains(text)) {
            throw wrong("'" + text + "' is not one of " + String.join(", ", words) + meant(text, words));
        }
        return text;
    }

    /** The name of something that the file has. */
    String name(String what, Collection<String> known, String otherwise) {
        String text = text(otherwise);
        if (text != null && !known.contains(text)) {
            List<String> some = known.stream().sorted().limit(MOST_NAMED).toList();
            throw wrong((isSaid()
                            ? "there is no " + what + " '" + text + "'"
                            : "no " + what + " is named, and there is no '" + text + "'")
                    + meant(text, known)
                    + (known.isEmpty()
                            ? ""
                            : "; there " + (known.size() == 1 ? "is " : "are ") + String.join(", ", some)
                                    + (known.size() > some.size()
                                            ? " and " + (known.size() - some.size()) + " more"
                                            : "")));
        }
        return text;
    }

    long number(long least, long otherwise) {
        if (!isSaid()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least) {
            throw wrong(shown() + " is no whole number" + (least == Long.MIN_VALUE ? "" : " from " + least + " on"));
        }
        return value.asLong();
    }

    double quantity(double otherwise) {
        if (!isSaid()) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.asDouble() >= 0) || Double.isInfinite(value.asDouble())) {
            throw wrong(shown() + " is no number from 0 on");
        }
        return value.asDouble();
    }

    boolean flag() {
        if (isSaid() && !value.isBoolean()) {
            throw wrong(shown() + " is neither true nor false");
        }
        return value.asBoolean(false);
    }

    /** Null where nothing is said. */
    Instant time() {
        try {
            return isSaid() ? Instant.parse(text()) : null;
        } catch (DateTimeParseException odd) {
            throw wrong(shown() + " is no time such as 2026-01-31T22:00:00Z");
        }
    }

    private String shown() {
        String text = value.isTextual() ? "'" + value.asText() + "'" : isSaid() ? value.toString() : "nothing";
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String meant(String word, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(each -> distance(word, each) <= Math.min(TOO_FAR, Math.max(1, word.length() / 2)))
                .min(Comparator.comparingInt(each -> distance(word, each)));
        return nearest.map(each -> ": is it '" + each + "'?").orElse("");
    }

    /** In how many letters two words differ (Levenshtein), capitals aside. */
    private static int distance(String one, String other) {
        String word = one.toLowerCase(Locale.ROOT);
        String goal = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[word.length() + 1][goal.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            for (int j = 0; j <= goal.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    int kept = cost[i - 1][j - 1] + (word.charAt(i - 1) == goal.charAt(j - 1) ? 0 : 1);
                    cost[i][j] = Math.min(kept, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        return cost[word.length()][goal.length()];
    }
}
