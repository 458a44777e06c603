package io.jenkins.plugins.nova.simulator;

import java.util.List;
import java.util.Map;

/** A host aggregate; {@code zone} is null when it makes none. */
record SimAggregate(int id, String uuid, String name, String zone, List<String> hosts, Map<String, String> metadata) {
    SimAggregate {
        hosts = List.copyOf(hosts);
        metadata = Map.copyOf(metadata);
    }
}
