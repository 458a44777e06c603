package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How something is called: a step, an option, a trigger, a parameter, a condition.
 *
 * @param name its name
 * @param types its parameters with their types, in order; Object for one whose literals are not looked at
 * @param required those that a call cannot be without
 */
public record Form(String name, Map<String, Class<?>> types, Set<String> required) {

    /** Makes the collections unmodifiable. */
    public Form {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
    }

    /** The parameter that a single unnamed argument means; null if there is none. */
    String sole() {
        return required.size() == 1
                ? required.iterator().next()
                : required.isEmpty() && types.size() == 1
                        ? types.keySet().iterator().next()
                        : null;
    }
}
