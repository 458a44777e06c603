package io.jenkins.plugins.nova.rehearsal.build;

import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The build's parameters: those given on the command line, and the defaults of those that the Jenkinsfile declares. */
public final class Parameters {
    private final Map<String, String> given;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * @param given what the operator gave
     */
    public Parameters(Map<String, String> given) {
        this.given = Map.copyOf(given);
        values.putAll(given);
    }

    /** The values by name, read-only: texts, and truth values for {@code booleanParam}. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Declares what the build takes.
     *
     * @throws NotRunnable if one was given that is not declared, or that it cannot be
     */
    public void declare(List<Described> declared) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Described parameter : declared) {
            String name = parameter.text("name");
            all.put(name, given.containsKey(name) ? value(parameter, given.get(name)) : standard(parameter));
        }
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(all.keySet());
        if (!unknown.isEmpty()) {
            throw new NotRunnable("-Dparams: the pipeline has no parameter " + String.join(", ", unknown) + "; it has "
                    + String.join(", ", all.keySet()));
        }
        values.clear();
        values.putAll(all);
    }

    /** The value that a parameter takes from a text. */
    public static Object value(Described parameter, String text) {
        if (parameter.symbol().equals("booleanParam")) {
            if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                throw new NotRunnable(
                        "parameter " + parameter.text("name") + " must be true or false, not '" + text + "'");
            }
            return Boolean.valueOf(text);
        }
        if (parameter.symbol().equals("choice") && !choices(parameter).contains(text)) {
            throw new NotRunnable("parameter " + parameter.text("name") + " must be one of " + choices(parameter)
                    + ", not '" + text + "'");
        }
        return text;
    }

    /** The value of a parameter that nobody gave. */
    public static Object standard(Described parameter) {
        String value = parameter.text("defaultValue");
        return switch (parameter.symbol()) {
            case "booleanParam" -> Boolean.valueOf(value);
            case "choice" ->
                choices(parameter).isEmpty() ? "" : choices(parameter).get(0);
            default -> value == null ? "" : value;
        };
    }

    private static List<String> choices(Described parameter) {
        Object choices = parameter.arguments().get("choices");
        return choices instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : Arrays.asList(String.valueOf(choices).split("\\R"));
    }
}
