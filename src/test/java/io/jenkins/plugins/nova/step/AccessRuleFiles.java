package io.jenkins.plugins.nova.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The access rules of docs/examples, as the simulated cloud takes them. */
final class AccessRuleFiles {

    private AccessRuleFiles() {}

    /** All rules of these files, each as {@code service METHOD path}. */
    static String[] rules(String... files) throws IOException {
        List<String> rules = new ArrayList<>();
        for (String file : files) {
            for (JsonNode rule :
                    new ObjectMapper().readTree(Path.of("docs/examples", file).toFile())) {
                rules.add(rule.get("service").asText() + " "
                        + rule.get("method").asText() + " " + rule.get("path").asText());
            }
        }
        return rules.toArray(String[]::new);
    }
}
