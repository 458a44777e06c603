package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Holds the named arguments of a step, and of the groups in them such as {@code budget(maxAway: 2)}, to the parameters that
 * there are. Jenkins itself only prints a warning for a name that it does not know (DescribableModel.instantiate of the
 * plugin structs), takes any text but "true" for false, and has no words for a null: a misspelt {@code dryrun: true} would
 * be a real drain.
 */
public final class StepArguments {

    /** In a map that stands for a nested object: its class (DescribableModel.CLAZZ). */
    private static final String CLASS = "$class";

    /** Letters that may be wrong in a name for it still to be taken for a slip. */
    private static final int SLIPS = 2;

    /** Letters that a name has to begin with for the rest not to matter. */
    private static final int TELLING = 6;

    /** What the words are about: the step's name, or the step's name and a group's. */
    private final String subject;

    private final Map<String, DescribableParameter> parameters = new TreeMap<>();

    private StepArguments(String subject, Class<?> type) {
        this.subject = subject;
        DescribableModel.of(type).getParameters().forEach(parameter -> parameters.put(parameter.getName(), parameter));
    }

    /**
     * The arguments with each value in the type of its parameter.
     *
     * @param step the step's name in the Pipeline
     * @param type the step's class
     * @param given by name, as Pipeline has sorted them
     * @throws AbortException names the first parameter that does not exist, or whose value will not do, and the way out
     */
    public static Map<String, Object> checked(String step, Class<?> type, Map<String, ?> given) throws AbortException {
        return new StepArguments(step, type).checked(given, "");
    }

    private Map<String, Object> checked(Map<String, ?> given, String prefix) throws AbortException {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<String, ?> argument : given.entrySet()) {
            String name = argument.getKey();
            DescribableParameter parameter = parameters.get(name);
            if (parameter == null) {
                throw new AbortException(unknown(name));
            }
            checked.put(name, value(prefix + name, parameter, argument.getValue()));
        }
        return checked;
    }

    private Object value(String name, DescribableParameter parameter, Object given) throws AbortException {
        Class<?> type = parameter.getErasedType();
        Object plain = Plain.of(given);
        if (type == boolean.class || type == Boolean.class) {
            return truth(name, plain);
        }
        if (type == int.class || type == Integer.class) {
            return number(name, plain);
        }
        if (type == String.class) {
            return text(name, plain);
        }
        if (Describable.class.isAssignableFrom(type)) {
            return group(name, type, given);
        }
        if (plain == null && parameter.getName().equals("plan")) {
            // an approval that has got lost on its way must not pass for none being asked for
            throw new AbortException(
                    name + ": is null; give the map that maintenancePlan returned, or its planHash, or leave"
                            + " the parameter out.");
        }
        if (parameter.getName().equals("roll")
                && (plain == null || plain.toString().isBlank())) {
            // a roll that has got lost on its way must not pass for none: the host would not wait for its turn
            throw new AbortException(name + ": is " + (plain == null ? "null" : "empty")
                    + "; give the map that rollPlan returned, or leave the parameter out.");
        }
        return given;
    }

    private static Object truth(String name, Object given) throws AbortException {
        String word = String.valueOf(given).strip().toLowerCase(Locale.ROOT);
        Arguments.check(
                name,
                word.equals("true") || word.equals("false"),
                given,
                "give true or false, or leave the parameter out");
        return Boolean.valueOf(word);
    }

    private static Object number(String name, Object given) throws AbortException {
        try {
            return new BigDecimal(String.valueOf(given).strip()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new AbortException(
                    name + ": '" + given + "' will not do; give a whole number, or leave the parameter out.");
        }
    }

    private static Object text(String name, Object given) throws AbortException {
        Arguments.check(
                name, given == null || given instanceof String || given instanceof Number, given, "give a text");
        return given == null ? null : given.toString();
    }

    private Object group(String name, Class<?> type, Object given) throws AbortException {
        StepArguments inner = new StepArguments(subject + ": " + name, type);
        if (given instanceof UninstantiatedDescribable described) {
            String symbol = symbol(type);
            Arguments.check(
                    name,
                    described.getSymbol() == null || symbol.equals(described.getSymbol()),
                    described.getSymbol() + "(…)",
                    "give " + inner.form(symbol));
            Arguments.check(
                    name,
                    !described.getArguments().containsKey(UninstantiatedDescribable.ANONYMOUS_KEY),
                    described.getArguments().get(UninstantiatedDescribable.ANONYMOUS_KEY),
                    "name each argument: " + inner.form(symbol));
            return new UninstantiatedDescribable(symbol, null, inner.checked(described.getArguments(), name + "."));
        }
        if (Plain.of(given) instanceof Map<?, ?> map) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((key, value) -> named.put(String.valueOf(key), value));
            Object described = named.remove(CLASS);
            Arguments.check(
                    name,
                    described == null
                            || Set.of(type.getName(), type.getSimpleName()).contains(described.toString()),
                    "[$class: '" + described + "']",
                    "give " + inner.form(symbol(type)));
            return inner.checked(named, name + ".");
        }
        Object plain = Plain.of(given);
        Arguments.check(name, plain == null || type.isInstance(plain), plain, "give " + inner.form(symbol(type)));
        return plain;
    }

    /** The name by which a Pipeline makes such an object. */
    private static String symbol(Class<?> type) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            Symbol symbol = descriptor.getClass().getAnnotation(Symbol.class);
            if (descriptor.clazz == type && symbol != null) {
                return symbol.value()[0];
            }
        }
        throw new IllegalStateException(type + " has no symbol");
    }

    /** {@code budget(aggregate:, maxAway:, minFree:)}. */
    private String form(String symbol) {
        return symbol + "("
                + String.join(
                        ", ",
                        parameters.keySet().stream().map(name -> name + ":").toList()) + ")";
    }

    private String unknown(String name) {
        String meant = nearest(name);
        return subject + ": there is no parameter '" + name + "'"
                + (meant == null ? "." : "; did you mean " + meant + "?")
                + " There are: "
                + String.join(
                        ", ",
                        parameters.values().stream().map(StepArguments::shown).toList()) + ".";
    }

    /** A parameter's name, that of a group with what it takes. */
    private static String shown(DescribableParameter parameter) {
        return isGroup(parameter)
                ? parameter.getName() + " ("
                        + String.join(", ", new StepArguments("", parameter.getErasedType()).parameters.keySet()) + ")"
                : parameter.getName();
    }

    private static boolean isGroup(DescribableParameter parameter) {
        return Describable.class.isAssignableFrom(parameter.getErasedType());
    }

    /** How what was meant is written; null when nothing is near. */
    private String nearest(String name) {
        List<Near> candidates = new ArrayList<>();
        parameters.forEach((own, parameter) -> {
            candidates.add(new Near(own, distance(name, own)));
            if (isGroup(parameter)) {
                for (String inner : new StepArguments("", parameter.getErasedType()).parameters.keySet()) {
                    candidates.add(new Near(
                            own + ": " + symbol(parameter.getErasedType()) + "(" + inner + ": …)",
                            Math.min(distance(name, inner), distance(name, own + inner))));
                }
            }
        });
        return candidates.stream()
                .filter(near -> near.slips() <= SLIPS)
                .min(Comparator.comparingInt(Near::slips))
                .map(Near::written)
                .orElse(null);
    }

    /** How a parameter is written, and how many letters of what was given are other than its. */
    private record Near(String written, int slips) {}

    /** Letters to be put in, taken away or changed to get from one name to the other; upper or lower case does not matter. */
    private static int distance(String given, String known) {
        String one = given.toLowerCase(Locale.ROOT);
        String other = known.toLowerCase(Locale.ROOT);
        if (other.length() >= TELLING && one.length() > other.length() && one.startsWith(other)) {
            return SLIPS;
        }
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        // a short name is not meant by each other short name
        return row[other.length()] < Math.min(one.length(), other.length()) ? row[other.length()] : Integer.MAX_VALUE;
    }
}
