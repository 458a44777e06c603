package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the blocks around a step hand down to it: environment, node, stage, branch, and whatever a step of the plugin
 * gives to its body. Immutable; an inner block adds to it and hides what it repeats.
 */
public final class Surroundings {
    private final Surroundings outer;
    private final List<Object> own;

    private Surroundings(Surroundings outer, List<Object> own) {
        this.outer = outer;
        this.own = own;
    }

    /** The surroundings of a whole build. */
    public static Surroundings outermost(Object... objects) {
        return new Surroundings(null, List.of(objects));
    }

    /** These surroundings and, nearer, the given objects (a later one is nearer than an earlier one). */
    public Surroundings with(List<?> objects) {
        return objects.isEmpty() ? this : new Surroundings(this, List.copyOf(objects));
    }

    /** These surroundings and, nearer, one object. */
    public Surroundings with(Object object) {
        return with(List.of(object));
    }

    /** The nearest object of a type. */
    public <T> Optional<T> get(Class<T> type) {
        for (Surroundings level = this; level != null; level = level.outer) {
            for (int i = level.own.size() - 1; i >= 0; i--) {
                if (type.isInstance(level.own.get(i))) {
                    return Optional.of(type.cast(level.own.get(i)));
                }
            }
        }
        return Optional.empty();
    }

    /** All objects of a type, the outermost first. */
    public <T> List<T> all(Class<T> type) {
        Deque<Surroundings> levels = new ArrayDeque<>();
        for (Surroundings level = this; level != null; level = level.outer) {
            levels.push(level);
        }
        List<T> found = new ArrayList<>();
        for (Surroundings level : levels) {
            level.own.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        }
        return found;
    }
}
