package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Making and removing server groups and aggregates, as far as contract tests need it. */
final class CatalogueCreation {
    private final World world;

    CatalogueCreation(World world) {
        this.world = world;
    }

    /** Null when there is no such resource. */
    SimGroup group(Call call, List<String> path) {
        JsonNode wanted = body(call, "server_group");
        if (!call.request().is("POST") || path.size() != 1) {
            return null;
        }
        SimGroup group =
                new SimGroup(wanted.path("name").asText(), wanted.path("policy").asText(), call.user());
        world.groups.add(group);
        return group;
    }

    /** Whether there was such a group. */
    boolean removeGroup(String id) {
        return world.groups.removeIf(group -> group.id.equals(id));
    }

    /** The aggregate made or changed; null when there is no such resource. */
    SimAggregate aggregate(Call call, List<String> path) {
        if (!call.request().is("POST")) {
            return null;
        }
        if (path.size() == 1) {
            String name = body(call, "aggregate").path("name").asText();
            int id = world.aggregates.stream().mapToInt(SimAggregate::id).max().orElse(0) + 1;
            SimAggregate made = new SimAggregate(id, World.uuid("aggregate " + name), name, null, List.of(), Map.of());
            world.aggregates.add(made);
            return made;
        }
        SimAggregate old = find(path.get(1));
        SimAggregate changed = changed(old, call.request().body());
        world.aggregates.set(world.aggregates.indexOf(old), changed);
        return changed;
    }

    void removeAggregate(String id) {
        SimAggregate aggregate = find(id);
        if (!aggregate.hosts().isEmpty()) {
            throw ApiError.badRequest(
                    "Cannot remove host from aggregate " + id + ". Reason: Host aggregate is not empty.");
        }
        world.aggregates.remove(aggregate);
    }

    SimAggregate find(String id) {
        return world.aggregates.stream()
                .filter(a -> Integer.toString(a.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Aggregate " + id + " could not be found."));
    }

    private SimAggregate changed(SimAggregate old, JsonNode action) {
        List<String> hosts = new ArrayList<>(old.hosts());
        Map<String, String> metadata = new LinkedHashMap<>(old.metadata());
        if (action.has("add_host")) {
            String host = action.path("add_host").path("host").asText();
            if (!world.hosts.containsKey(host)) {
                throw ApiError.notFound("Compute host " + host + " could not be found.");
            }
            hosts.add(host);
        } else if (action.has("remove_host")) {
            hosts.remove(action.path("remove_host").path("host").asText());
        } else if (action.has("set_metadata")) {
            action.path("set_metadata")
                    .path("metadata")
                    .fields()
                    .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
        } else {
            throw ApiError.badRequest("There is no such action: " + action);
        }
        return new SimAggregate(old.id(), old.uuid(), old.name(), old.zone(), hosts, metadata);
    }

    private static JsonNode body(Call call, String key) {
        JsonNode body = call.request().body();
        return body == null ? JsonNodeFactory.instance.missingNode() : body.path(key);
    }
}
