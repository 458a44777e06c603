package io.jenkins.plugins.nova.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Who holds what of a host in Placement: ids of servers, and uuids of migrations. */
final class Holders {

    private Holders() {}

    /** The consumers of the resource provider that has a host's name. */
    static Set<String> of(CloudUnderTest cloud, String host) {
        JsonNode providers = cloud.onTheWire()
                .placement("1.29", "/resource_providers?name=" + host)
                .body()
                .path("resource_providers");
        Set<String> consumers = new TreeSet<>();
        providers.forEach(provider -> cloud.onTheWire()
                .placement(
                        "1.29", "/resource_providers/" + provider.path("uuid").asText() + "/allocations")
                .body()
                .path("allocations")
                .fieldNames()
                .forEachRemaining(consumers::add));
        return consumers;
    }
}
