package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a clouds.yaml, of which anything may come in: only plain maps, lists and scalars are made of it, a long
 * or deep text and one with aliases is refused, and no message repeats a word of it but the clouds' names and keys, since any
 * other word may be a secret.
 */
final class CloudsYaml {

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

    private CloudsYaml() {}

    /**
     * The clouds of the file, in its order.
     *
     * @throws CloudProblem when it is no clouds.yaml; the message tells where and what to do
     */
    static List<CloudsYamlEntry> read(String text) {
        if (text == null || text.isBlank()) {
            throw new CloudProblem("There is nothing to import: paste the text of a clouds.yaml.");
        }
        if (text.length() > LONGEST) {
            throw new CloudProblem("The text is longer than " + LONGEST / 1024 + " KiB, which no clouds.yaml is.");
        }
        JsonNode clouds = tree(text).path("clouds");
        if (!clouds.isObject() || clouds.isEmpty()) {
            throw new CloudProblem("There is no cloud in it: a clouds.yaml has the key 'clouds' with a map of clouds by"
                    + " their names.");
        }
        List<CloudsYamlEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> cloud : clouds.properties()) {
            entries.add(CloudsYamlEntry.of(cloud.getKey(), cloud.getValue()));
        }
        return entries;
    }

    private static JsonNode tree(String text) {
        try {
            refuseAliases(text);
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // its message repeats lines of the text, so it is neither shown nor kept as the cause
            throw new CloudProblem("It cannot be read as YAML" + where(e.getLocation())
                    + ": look there for indentation, quotes, and a key that is there twice.");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private static void refuseAliases(String text) throws IOException {
        try (YAMLParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new CloudProblem("It has an alias (*name)" + where(parser.currentLocation())
                            + ", and aliases are not taken: write out what it stands for.");
                }
            }
        }
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr();
    }
}
