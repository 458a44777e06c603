package io.jenkins.plugins.nova.simulator;

import java.util.Map;

/** A flavor. */
record SimFlavor(
        int number, String id, String name, int vcpus, long ramMiB, long diskGiB, Map<String, String> extraSpecs) {
    SimFlavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }
}
