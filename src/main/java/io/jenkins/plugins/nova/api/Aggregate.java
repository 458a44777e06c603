package io.jenkins.plugins.nova.api;

import java.util.List;
import java.util.Map;

/**
 * A host aggregate.
 *
 * @param id its number
 * @param name its name; empty when not told
 * @param availabilityZone null when it makes none
 * @param hosts compute services' hosts
 * @param metadata its metadata
 */
public record Aggregate(
        long id, String name, String availabilityZone, List<String> hosts, Map<String, String> metadata) {
    public Aggregate {
        hosts = List.copyOf(hosts);
        metadata = Map.copyOf(metadata);
    }
}
