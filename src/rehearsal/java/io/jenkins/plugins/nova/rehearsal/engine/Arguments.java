package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of one step call, as Jenkins sorts them: named ones, or one unnamed for the step's sole parameter, and
 * a block.
 */
public final class Arguments {
    private final StepSignature step;
    private final Map<String, Object> named;
    private Closure<?> body;

    private Arguments(StepSignature step, Map<String, Object> named, Closure<?> body) {
        this.step = step;
        this.named = named;
        this.body = body;
    }

    /**
     * Sorts what Groovy hands to {@code invokeMethod}.
     *
     * @param step the step called
     * @param packed an {@code Object[]}, or a single argument
     * @return the arguments
     * @throws IllegalArgumentException if the step has no such parameter, or cannot be called so
     */
    public static Arguments parse(StepSignature step, Object packed) {
        List<Object> given = packed instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(packed);
        Closure<?> body = null;
        if (step.takesBody() && !given.isEmpty() && given.get(given.size() - 1) instanceof Closure<?> block) {
            body = block;
            given = given.subList(0, given.size() - 1);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        if (given.size() == 1 && given.get(0) instanceof Map<?, ?> map && !map.containsKey("$class")) {
            map.forEach((key, value) -> named.put(String.valueOf(key), plain(value)));
        } else if (given.size() == 1 && step.sole() != null) {
            named.put(step.sole(), plain(given.get(0)));
        } else if (!given.isEmpty() && step.takesAnything()) {
            named.put(step.sole(), new ArrayList<>(given));
        } else if (!given.isEmpty()) {
            throw new IllegalArgumentException("Expected named arguments for " + step.name() + " but got " + given
                    + "; its parameters are " + step.parameters());
        }
        return new Arguments(step, named, body);
    }

    /** Those of another step, with the block of this one. */
    Arguments of(StepSignature other, Map<String, Object> others) {
        return new Arguments(other, others, body);
    }

    private static Object plain(Object value) {
        return value instanceof GString ? value.toString() : value;
    }

    /**
     * Holds the call to what the step has.
     *
     * @param names whether the names of the arguments are looked at
     * @throws IllegalArgumentException names the unknown parameter and those that exist
     */
    void check(boolean names) {
        if (step.takesAnything()) {
            return;
        }
        List<String> unknown = named.keySet().stream()
                .filter(name -> names && !step.parameters().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Unknown parameter" + (unknown.size() == 1 ? " " : "s ")
                    + unknown.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + " of step "
                    + step.name() + "; it has " + step.parameters());
        }
        if (step.takesBody() && body == null) {
            throw new IllegalStateException(step.name() + " step must be called with a body");
        }
    }

    /** All named arguments; a GString has become a String. */
    public Map<String, Object> named() {
        return named;
    }

    /** The blocks among them, by name; the one behind the call by none. */
    Map<String, Closure<?>> blocks() {
        Map<String, Closure<?>> blocks = new LinkedHashMap<>();
        named.forEach((name, value) -> {
            if (value instanceof Closure<?> block) {
                blocks.put(name, block);
            }
        });
        if (body != null) {
            blocks.put("", body);
        }
        return blocks;
    }

    /** Puts others in their place. */
    void replaceBlocks(Map<String, Closure<?>> others) {
        others.forEach((name, block) -> {
            if (name.isEmpty()) {
                body = block;
            } else {
                named.put(name, block);
            }
        });
    }

    /** The block, if one was given. */
    public Optional<Closure<?>> body() {
        return Optional.ofNullable(body);
    }

    /** Whether an argument was given, be it null. */
    public boolean isGiven(String name) {
        return named.containsKey(name);
    }

    /** Whether an argument was given and is not null. */
    public boolean has(String name) {
        return named.get(name) != null;
    }

    /** An argument as it came, or null. */
    public Object object(String name) {
        return named.get(name);
    }

    /** An argument as text, or {@code otherwise}. */
    public String text(String name, String otherwise) {
        Object value = named.get(name);
        return value == null ? otherwise : value.toString();
    }

    /**
     * An argument that must be there, as text.
     *
     * @throws IllegalArgumentException if it is missing
     */
    public String text(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException("step " + step.name() + " needs its parameter '" + name + "'");
        }
        return named.get(name).toString();
    }

    /** An argument as a truth value, or {@code otherwise}. */
    public boolean flag(String name, boolean otherwise) {
        Object value = named.get(name);
        return value == null
                ? otherwise
                : value instanceof Boolean flag ? flag : Boolean.parseBoolean(value.toString());
    }

    /**
     * An argument as a whole number, or {@code otherwise}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public long number(String name, long otherwise) {
        Object value = named.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(value.toString().trim());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "' of step " + step.name() + " must be a whole number, not '" + value + "'",
                    notANumber);
        }
    }
}
