package io.jenkins.plugins.nova.rehearsal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the command line asks for.
 *
 * @param jenkinsfile what to run
 * @param parameters the build's parameters
 * @param answer the answer to every input, if it is given beforehand
 * @param realCloud whether the cloud is the one that OS_* variables name
 * @param stubs steps that are let pass
 * @param workspace where files go
 */
record Settings(
        Jenkinsfile jenkinsfile,
        Map<String, String> parameters,
        Optional<Boolean> answer,
        boolean realCloud,
        List<String> stubs,
        Path workspace) {

    /**
     * Reads the options.
     *
     * @param property the value of an option by its name, null for one that is not given
     * @throws IllegalArgumentException names the option, its value and what it may be
     */
    static Settings read(UnaryOperator<String> property) {
        return new Settings(
                Jenkinsfile.named(or(property.apply("jenkinsfile"), "")),
                parameters(or(property.apply("params"), "")),
                answer(or(property.apply("answer"), "")),
                cloud(or(property.apply("cloud"), "")),
                Arrays.stream(or(property.apply("stub"), "").split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                Path.of(or(property.apply("workspace"), "target/rehearsal")));
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("(?<!\\\\),")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).replace("\\,", ","));
            } else if (!pair.isBlank()) {
                throw new IllegalArgumentException(
                        "-Dparams: '" + pair + "' must be NAME=value; pairs are separated by commas");
            }
        }
        return parameters;
    }

    private static Optional<Boolean> answer(String text) {
        return switch (text) {
            case "" -> Optional.empty();
            case "proceed" -> Optional.of(true);
            case "abort" -> Optional.of(false);
            default -> throw new IllegalArgumentException("-Danswer must be proceed or abort, not '" + text + "'");
        };
    }

    private static boolean cloud(String text) {
        return switch (text) {
            case "" -> false;
            case "env" -> true;
            default ->
                throw new IllegalArgumentException("-Dcloud must be env (the cloud of the OS_* variables), not '" + text
                        + "'; leave it out for the simulated one");
        };
    }
}
