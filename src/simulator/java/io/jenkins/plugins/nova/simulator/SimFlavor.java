package io.jenkins.plugins.nova.simulator;

import java.util.Map;

/** A flavor. */
record SimFlavor(
        int number,
        String id,
        String name,
        int vcpus,
        long ramMiB,
        long diskGiB,
        long ephemeralGiB,
        long swapMiB,
        Map<String, String> extraSpecs) {
    private static final long MIB = 1024;

    SimFlavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }

    /** What of a server of it lies on its host's own disks, as Nova asks Placement for it. */
    long localDisks(boolean bootsFromVolume) {
        return (bootsFromVolume ? 0 : diskGiB) + ephemeralGiB + (swapMiB + MIB - 1) / MIB;
    }
}
