package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the text of a clouds.yaml, of which anything may come in: only plain maps, lists and scalars are made of it; a long or
 * deep text, and one with aliases, merges, tags or a second document is refused; and no message repeats a word of it but the
 * clouds' names and keys, since any other word may be a secret.
 *
 * @param entries the clouds of the file, in its order
 * @param others keys of the file beside {@code clouds}
 */
record CloudsYaml(List<CloudsYamlEntry> entries, List<String> others) {

    private static final int LONGEST = 256 * 1024;
    private static final int DEEPEST = 20;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST)
                    .build())
            .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(YAML).enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** What stands for no value where it is not quoted; nothing at all does, too. */
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");

    /** Tags that say of a value what it is anyway. */
    private static final Set<String> HARMLESS_TAGS = Set.of("str", "map", "seq");

    private static final String YAML_TAG = "tag:yaml.org,2002:";

    /**
     * What an unquoted word is to PyYAML, which openstacksdk reads with, where it is no text: YAML 1.1's truth values, integers
     * (binary, octal, hexadecimal, in sixties), floats, dates and the value key (yaml.org/type).
     */
    private static final Pattern NO_TEXT = Pattern.compile("(?i:yes|no|on|off|true|false)|="
            + "|[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?"
            + "|[-+]?(?:[0-9][0-9_]*)?\\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\\.(?i:inf)|\\.(?i:nan)"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \\t].*)?");

    /**
     * Reads a file.
     *
     * @throws CloudProblem when it is no clouds.yaml; the message tells where and what to do
     */
    static CloudsYaml read(String text) {
        if (text == null || text.isBlank()) {
            throw new CloudProblem("There is nothing to import: paste the text of a clouds.yaml.");
        }
        if (text.length() > LONGEST) {
            throw new CloudProblem("The text is longer than " + LONGEST / 1024 + " KiB, which no clouds.yaml is.");
        }
        JsonNode file = tree(text);
        JsonNode clouds = file.path("clouds");
        if (!clouds.isObject() || clouds.isEmpty()) {
            throw new CloudProblem("There is no cloud in it: a clouds.yaml has the key 'clouds' with a map of clouds by"
                    + " their names.");
        }
        List<CloudsYamlEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> cloud : clouds.properties()) {
            entries.add(CloudsYamlEntry.of(cloud.getKey(), cloud.getValue()));
        }
        List<String> others = file.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("clouds"))
                .toList();
        return new CloudsYaml(List.copyOf(entries), others);
    }

    /**
     * The text as a tree, in which nothing of the above is left: what is there by openstacksdk's reading, a value that is no
     * text by it is no text here.
     *
     * @throws CloudProblem when it cannot be read so; the message tells where
     */
    static JsonNode tree(String text) {
        try {
            List<JsonPointer> doubtful = look(text);
            JsonNode tree = MAPPER.readTree(text);
            doubtful.forEach(place -> mark(tree.at(place.head()), place.last(), tree.at(place)));
            return tree;
        } catch (JsonProcessingException e) {
            // its message repeats lines of the text, so it is neither shown nor kept as the cause
            throw new CloudProblem("It cannot be read as YAML" + where(e.getLocation())
                    + ": look there for indentation, quotes, and a key that is there twice.");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    /** Refuses what openstacksdk reads in another way than it is read here; finds the words that it takes for no text. */
    private static List<JsonPointer> look(String text) throws IOException {
        int[] characters = text.codePoints().toArray();
        List<JsonPointer> doubtful = new ArrayList<>();
        boolean ended = false;
        try (YAMLParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (ended) {
                    throw new CloudProblem("It has a second document (---)" + where(parser.currentTokenLocation())
                            + ", and openstacksdk takes nothing of such a file: leave one document in it.");
                }
                refuseOdd(parser);
                if (parser.currentToken() == JsonToken.VALUE_STRING
                        && (NOTHING.matcher(parser.getText()).matches()
                                || NO_TEXT.matcher(parser.getText()).matches())
                        && isPlain(characters, parser.currentTokenLocation().getCharOffset())) {
                    doubtful.add(parser.getParsingContext().pathAsPointer());
                }
                ended = parser.getParsingContext().inRoot()
                        && !parser.currentToken().isStructStart();
            }
        }
        return doubtful;
    }

    private static void refuseOdd(YAMLParser parser) throws IOException {
        if (parser.isCurrentAlias()) {
            throw new CloudProblem("It has an alias (*name)" + where(parser.currentLocation())
                    + ", and aliases are not taken: write out what it stands for.");
        }
        if (parser.currentToken() == JsonToken.FIELD_NAME
                && parser.currentName().equals("<<")) {
            throw new CloudProblem("It has a merge (<<)" + where(parser.currentLocation())
                    + ", and merges are not taken: write out what it stands for.");
        }
        String tag = parser.getTypeId();
        if (tag != null && !HARMLESS_TAGS.contains(tag.replace(YAML_TAG, ""))) {
            throw new CloudProblem("It has a tag (!name)" + where(parser.currentTokenLocation())
                    + ", and tags are not taken: write the value without it.");
        }
    }

    private static boolean isPlain(int[] characters, long offset) {
        return offset < 0 || offset >= characters.length || "'\"|>!".indexOf(characters[(int) offset]) < 0;
    }

    /** Puts something in the place of a word that no reader of texts takes for one. */
    private static void mark(JsonNode parent, JsonPointer last, JsonNode word) {
        JsonNode mark = NOTHING.matcher(word.textValue()).matches() ? NullNode.instance : new POJONode(NO_TEXT);
        if (parent instanceof ObjectNode map) {
            map.set(last.getMatchingProperty(), mark);
        } else if (parent instanceof ArrayNode list) {
            list.set(last.getMatchingIndex(), mark);
        }
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr();
    }
}
