package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a pipeline needs and the rehearsal does not have, each of which could be let pass by its name. */
public final class Needs {
    private final Set<String> names = new TreeSet<>();
    private final Set<String> messages = new LinkedHashSet<>();

    /**
     * One more.
     *
     * @param name by which it could be let pass
     * @param message where it is, what it is of, and how it is let pass
     */
    public void add(String name, String message) {
        names.add(name);
        messages.add(message);
    }

    /** One more, of which is said elsewhere where it is. */
    void add(String name) {
        names.add(name);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** What there is to say of each. */
    public Collection<String> messages() {
        return messages;
    }

    /**
     * The option that lets pass all of them, on a line of its own.
     *
     * @param given the names that are let pass already: the option takes the place of theirs
     */
    public Optional<String> option(Collection<String> given) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Set<String> all = new TreeSet<>(given);
        all.addAll(names);
        return Optional.of("All that it needs is let pass, without doing anything, with the option\n-Dstub="
                + String.join(",", all));
    }
}
