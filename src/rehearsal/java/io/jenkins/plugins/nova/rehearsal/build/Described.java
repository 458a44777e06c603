package io.jenkins.plugins.nova.rehearsal.build;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something a Jenkinsfile describes by a symbol: {@code string(name: 'HOST')}, {@code usernamePassword(credentialsId: …)}.
 *
 * @param symbol its name
 * @param arguments by name; a single unnamed one is "value"
 */
public record Described(String symbol, Map<String, Object> arguments) {

    /** From what Groovy hands to a call. */
    public static Described of(String symbol, Object packed) {
        List<?> given = packed instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(packed);
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Object each : given) {
            if (each instanceof Map<?, ?> named) {
                named.forEach((key, value) -> arguments.put(String.valueOf(key), value));
            } else {
                arguments.put("value", each);
            }
        }
        return new Described(symbol, arguments);
    }

    /** An argument as text, or null. */
    public String text(String name) {
        Object value = arguments.get(name);
        return value == null ? null : value.toString();
    }
}
