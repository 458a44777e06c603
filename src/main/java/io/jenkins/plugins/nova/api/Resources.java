package io.jenkins.plugins.nova.api;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server asks of Placement.
 *
 * @param amounts by resource class, in Placement's units (MEMORY_MB is MiB, DISK_GB is GiB); an amount of 0 asks for
 *     nothing and is left out. In a fixed order: the three that every server has, then the others by name
 */
public record Resources(SortedMap<String, Long> amounts) {

    private static final List<String> FIRST = List.of("VCPU", "MEMORY_MB", "DISK_GB");

    private static final Comparator<String> ORDER = Comparator.comparingInt(
                    (String name) -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
            .thenComparing(Comparator.naturalOrder());

    public Resources {
        SortedMap<String, Long> some = new TreeMap<>(ORDER);
        amounts.forEach((name, amount) -> {
            if (amount > 0) {
                some.put(name, amount);
            }
        });
        amounts = Collections.unmodifiableSortedMap(some);
    }

    /** Of these classes so much. */
    public static Resources of(Map<String, Long> amounts) {
        return new Resources(new TreeMap<>(amounts));
    }

    /**
     * What most servers ask for.
     *
     * @param vcpus VCPU
     * @param memoryMiB MEMORY_MB
     * @param diskGiB DISK_GB, 0 for none
     */
    public Resources(int vcpus, long memoryMiB, long diskGiB) {
        this(new TreeMap<>(Map.of("VCPU", (long) vcpus, "MEMORY_MB", memoryMiB, "DISK_GB", diskGiB)));
    }
}
