package io.jenkins.plugins.nova.rehearsal.build;

import io.jenkins.plugins.nova.rehearsal.engine.ClassNames;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something a Jenkinsfile describes by a symbol, {@code string(name: 'HOST')}, or by its class,
 * {@code [$class: 'StringParameterDefinition', name: 'HOST']}. No record: a program is saved with it.
 */
public final class Described implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the symbol's single argument is called where the class is written out. */
    private static final Map<String, String> UNNAMED =
            Map.of("parameters", "parameterDefinitions", "pipelineTriggers", "triggers");

    private final String symbol;
    private final LinkedHashMap<String, Object> arguments;

    /**
     * @param symbol its name
     * @param arguments by name; a single unnamed one is "value"
     */
    public Described(String symbol, Map<String, Object> arguments) {
        this.symbol = symbol;
        this.arguments = new LinkedHashMap<>(arguments);
    }

    /** From what Groovy hands to a call. */
    public static Described of(String symbol, Object packed) {
        List<?> given = packed instanceof Object[] array ? Arrays.asList(array) : Collections.singletonList(packed);
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Object each : given) {
            if (each instanceof Map<?, ?> named && !named.containsKey("$class")) {
                named.forEach((key, value) -> arguments.put(String.valueOf(key), value));
            } else {
                arguments.put("value", each);
            }
        }
        return new Described(symbol, arguments);
    }

    /**
     * From what stands where a description is asked for.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Described from(Object given) {
        if (given instanceof Described described) {
            return described;
        }
        if (given instanceof Map<?, ?> map && map.get("$class") != null) {
            String symbol = ClassNames.symbol(map.get("$class").toString());
            Map<String, Object> arguments = ClassNames.arguments(map);
            String unnamed = UNNAMED.get(symbol);
            if (unnamed != null && arguments.containsKey(unnamed)) {
                arguments.put("value", arguments.remove(unnamed));
            }
            return new Described(symbol, arguments);
        }
        throw new IllegalArgumentException("Expected a symbol such as string(name: 'HOST') or a map with '$class', not "
                + (given == null ? "null" : given + " (" + given.getClass().getName() + ")"));
    }

    /** A row of them; none for null. What a call that is let pass has returned, null, is none of them. */
    public static List<Described> all(Object given) {
        List<?> row = given == null ? List.of() : given instanceof List<?> list ? list : List.of(given);
        return row.stream().filter(Objects::nonNull).map(Described::from).toList();
    }

    /** Its name. */
    public String symbol() {
        return symbol;
    }

    /** Its arguments by name, to be read only. */
    public Map<String, Object> arguments() {
        return Collections.unmodifiableMap(arguments);
    }

    /** An argument as text, or null. */
    public String text(String name) {
        Object value = arguments.get(name);
        return value == null ? null : value.toString();
    }

    @Override
    public String toString() {
        return symbol + arguments;
    }
}
