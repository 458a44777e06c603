package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list in an answer, and what can be made of it. A server that is asked for alone is a list of one row, without which the
 * answer would be none; the events of an instance action are a list, too, and so are the consumers of a provider.
 */
final class Rows {

    private static final String FAR = "fa000000-0000-4000-8000-00000000fa01";

    /** Names of lists, and the fields of their rows that Nova may leave null (its API reference, or its columns). */
    private static final Map<String, Set<String>> NULLABLE = Map.of(
            "servers",
            Set.of(
                    "name",
                    "flavor.original_name",
                    "flavor.ephemeral",
                    "flavor.swap",
                    "OS-EXT-AZ:availability_zone",
                    "OS-SRV-USG:launched_at",
                    "OS-EXT-SRV-ATTR:hostname",
                    "locked_reason",
                    "description",
                    "key_name"),
            "services",
            Set.of("updated_at", "zone"),
            "migrations",
            Set.of(
                    "dest_compute",
                    "dest_node",
                    "dest_host",
                    "source_node",
                    "updated_at",
                    "old_instance_type_id",
                    "new_instance_type_id",
                    "memory_total_bytes",
                    "memory_processed_bytes",
                    "memory_remaining_bytes"),
            "hypervisors",
            Set.of(
                    "vcpus",
                    "vcpus_used",
                    "memory_mb",
                    "memory_mb_used",
                    "local_gb",
                    "disk_available_least",
                    "free_ram_mb",
                    "cpu_info",
                    "host_ip"),
            "aggregates",
            Set.of("availability_zone", "updated_at"),
            "instanceActions",
            Set.of("message", "updated_at", "user_id", "project_id"),
            "events",
            Set.of("finish_time", "result", "details", "traceback", "host"),
            "interfaceAttachments",
            Set.of("fixed_ips", "mac_addr"),
            "server_groups",
            Set.of("policy", "rules"),
            "resource_providers",
            Set.of("parent_provider_uuid"));

    /** What tells a row from the others, and is left of a row of which nothing else is known. */
    private static final Set<String> IDENTITY = Set.of(
            "id",
            "uuid",
            "host",
            "binary",
            "hypervisor_hostname",
            "instance_uuid",
            "request_id",
            "event",
            "port_id",
            "tenant_id",
            "created",
            "links");

    private final JsonNode body;
    private final JsonNode list;
    private final String name;

    private Rows(JsonNode body, JsonNode list, String name) {
        this.body = body;
        this.list = list;
        this.name = name;
    }

    /** The list of an answer of Nova's or Placement's; empty when it has none. */
    static Optional<Rows> of(JsonNode body) {
        if (body.path("server").isObject()) {
            return Optional.of(new Rows(body, null, "servers"));
        }
        if (body.path("instanceAction").path("events").isArray()) {
            return Optional.of(new Rows(body, body.path("instanceAction").path("events"), "events"));
        }
        if (body.path("allocations").isObject()) {
            return Optional.of(new Rows(body, body.path("allocations"), "allocations"));
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = body.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            boolean meant =
                    NULLABLE.containsKey(field.getKey()) || field.getKey().equals("allocation_requests");
            if (field.getValue().isArray() && meant) {
                return Optional.of(new Rows(body, field.getValue(), field.getKey()));
            }
        }
        return Optional.empty();
    }

    /** Whether it is one thing that was asked for alone. */
    boolean alone() {
        return list == null;
    }

    String name() {
        return alone() ? "server" : name;
    }

    int count() {
        return alone() ? 1 : list.size();
    }

    /** Whether its rows have fields, so that some of them can be missing. */
    boolean hasFields() {
        return NULLABLE.containsKey(name);
    }

    /** Whether there is anything in this row that may be null and is not. */
    boolean hasOptionalFields(int row) {
        JsonNode one = row(row);
        return hasFields()
                && NULLABLE.get(name).stream().anyMatch(field -> {
                    JsonNode value = one.at("/" + field.replace("flavor.", "flavor/"));
                    return !value.isMissingNode() && !value.isNull();
                });
    }

    JsonNode empty() {
        if (list instanceof ObjectNode object) {
            object.removeAll();
        } else {
            ((ArrayNode) list).removeAll();
        }
        return body;
    }

    JsonNode without(int row) {
        if (list instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            object.remove(names.get(row));
        } else {
            ((ArrayNode) list).remove(row);
        }
        return body;
    }

    /** As Nova shows a row of a cell that does not answer (2.69), where it has such rows. */
    JsonNode minimal(int row) {
        ObjectNode one = (ObjectNode) row(row);
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        Set<String> kept = alone()
                ? Set.of("id", "tenant_id", "created", "links", "image", "flavor", "user_id", "server_groups")
                : IDENTITY;
        one.fields().forEachRemaining(field -> {
            boolean hidden = name.equals("services") && field.getKey().equals("id");
            if (kept.contains(field.getKey()) && !hidden) {
                left.set(field.getKey(), field.getValue());
            }
        });
        if (one.has("status") || name.equals("servers")) {
            left.put("status", "UNKNOWN");
        }
        if (alone()) {
            left.put("OS-EXT-AZ:availability_zone", "UNKNOWN").put("OS-EXT-STS:power_state", 0);
            ((ObjectNode) body).set("server", left);
        } else {
            ((ArrayNode) list).set(row, left);
        }
        return body;
    }

    JsonNode withNulls(int row) {
        ObjectNode one = (ObjectNode) row(row);
        for (String field : NULLABLE.get(name)) {
            boolean nested = field.startsWith("flavor.");
            JsonNode owner = nested ? one.path("flavor") : one;
            String last = nested ? field.substring("flavor.".length()) : field;
            if (owner.has(last)) {
                ((ObjectNode) owner).putNull(last);
            }
        }
        return body;
    }

    /** A row of something that nobody knows, of another cell or service. */
    JsonNode withAForeignRow() {
        ObjectNode far = JsonNodeFactory.instance.objectNode();
        switch (name) {
            case "servers" ->
                far.put("id", FAR)
                        .put("status", "UNKNOWN")
                        .put("tenant_id", "fa00")
                        .put("created", "2025-01-01T00:00:00Z")
                        .putArray("links");
            case "services" ->
                far.put("binary", "nova-compute").put("host", "far-cell-host9").put("status", "UNKNOWN");
            case "allocations" -> far.putObject("resources").put("VCPU", 1);
            case "migrations" ->
                far.put("id", 990_001)
                        .put("uuid", FAR)
                        .put("instance_uuid", FAR)
                        .put("status", "UNKNOWN");
            case "hypervisors" ->
                far.put("id", FAR).put("hypervisor_hostname", "far-cell-host9").put("status", "UNKNOWN");
            default -> far.put("id", FAR).put("status", "UNKNOWN");
        }
        if (list instanceof ObjectNode object) {
            object.set(FAR, far);
        } else {
            ((ArrayNode) list).add(far);
        }
        return body;
    }

    private JsonNode row(int row) {
        return alone() ? body.path("server") : list.get(row);
    }
}
