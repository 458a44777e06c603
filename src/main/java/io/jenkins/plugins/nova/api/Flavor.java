package io.jenkins.plugins.nova.api;

import java.util.Map;

/**
 * A flavor, alone or embedded in a server.
 *
 * @param id null when embedded (2.47 tells none)
 * @param name its name; {@code original_name} when embedded; empty when not told
 * @param vcpus virtual CPUs; 0 when not told, as the sizes are
 * @param ramMiB memory in MiB
 * @param diskGiB root disk in GiB
 * @param ephemeralGiB ephemeral disk in GiB
 * @param swapMiB swap in MiB
 * @param extraSpecs extra specs; empty when there are none
 */
public record Flavor(
        String id,
        String name,
        int vcpus,
        long ramMiB,
        long diskGiB,
        long ephemeralGiB,
        long swapMiB,
        Map<String, String> extraSpecs) {
    /** Of a server of whose flavor nothing is told. */
    public static final Flavor UNTOLD = new Flavor(null, "", 0, 0, 0, 0, 0, Map.of());

    public Flavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }
}
