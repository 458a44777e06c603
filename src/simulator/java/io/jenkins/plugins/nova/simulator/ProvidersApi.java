package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Placement's GET /resource_providers and /resource_providers/{uuid}[/allocations|/inventories|/traits|/usages], for admins (placement/handlers). Each
 * host is one provider, the root of its tree. Microversion 1.3 added the parameter {@code member_of}, 1.4 {@code resources},
 * 1.14 {@code in_tree} and a provider's root and parent, 1.18 {@code required}, 1.28 the generations of consumers.
 */
final class ProvidersApi {
    private static final String UUID = "[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}";
    private static final int GENERATION = 2;
    private static final Set<String> DETAILS = Set.of("inventories", "traits", "usages");

    private final World world;
    private final Scheduler scheduler;

    ProvidersApi(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    Answer answer(Request request, SimUser user, int minor) {
        List<String> path = request.segments();
        if (path.size() == 1) {
            allow(user, "placement:resource_providers:list");
            return list(request, minor);
        }
        if (path.size() == 2) {
            allow(user, "placement:resource_providers:show");
            return Answer.json(
                    200, provider(request, find(path.get(1), "No resource provider with uuid %s found "), minor));
        }
        if (path.size() == 3 && path.get(2).equals("allocations")) {
            allow(user, "placement:resource_providers:allocations:list");
            String missing = "Resource provider '%1$s' not found: No resource provider with uuid %1$s found ";
            return allocations(find(path.get(1), missing), minor);
        }
        if (path.size() == 3
                && DETAILS.contains(path.get(2))
                && (minor >= 6 || !path.get(2).equals("traits"))) {
            allow(user, "placement:resource_providers:" + path.get(2) + ":list");
            SimHost host = find(path.get(1), "No resource provider with uuid %s found ");
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            switch (path.get(2)) {
                case "inventories" -> inventories(body.putObject("inventories"), host);
                case "usages" -> {
                    ObjectNode usages = body.putObject("usages");
                    host.classes().forEach(each -> usages.put(each, scheduler.used(host, each)));
                }
                default -> {
                    ArrayNode traits = body.putArray("traits");
                    PlacementApi.traits(host).forEach(traits::add);
                }
            }
            body.put("resource_provider_generation", GENERATION);
            return Answer.json(200, body);
        }
        throw ApiError.notFound("The resource could not be found.\n\n   ");
    }

    private static void inventories(ObjectNode json, SimHost host) {
        for (String each : host.classes()) {
            json.putObject(each)
                    .put("total", host.total(each))
                    .put("reserved", host.reserved(each))
                    .put("min_unit", 1)
                    .put("max_unit", host.total(each))
                    .put("step_size", 1)
                    .put("allocation_ratio", host.ratio(each));
        }
    }

    private static void allow(SimUser user, String policy) {
        if (!user.admin()) {
            throw PlacementApi.denied(policy);
        }
    }

    private SimHost find(String uuid, String missing) {
        return world.hosts.values().stream()
                .filter(host -> host.hypervisorId.equals(uuid))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound(
                        "The resource could not be found.\n\n " + String.format(missing, uuid) + "  "));
    }

    private Answer list(Request request, int minor) {
        Set<String> known = new TreeSet<>(Set.of("name", "uuid"));
        known.addAll(minor >= 3 ? Set.of("member_of") : Set.of());
        known.addAll(minor >= 4 ? Set.of("resources") : Set.of());
        known.addAll(minor >= 14 ? Set.of("in_tree") : Set.of());
        known.addAll(minor >= 18 ? Set.of("required") : Set.of());
        for (String name : request.query().keySet()) {
            if (!known.contains(name)) {
                throw invalid("Additional properties are not allowed ('" + name + "' was unexpected)");
            }
            if (!Set.of("name", "uuid", "in_tree").contains(name)) {
                throw new UnsupportedOperationException(
                        "no provider is in an aggregate here, and '" + name + "' is asked of /allocation_candidates");
            }
        }
        List<SimHost> found = new ArrayList<>(world.hosts.values());
        String name = request.param("name");
        found.removeIf(host -> name != null && !name.equals(host.hostname));
        for (String parameter : List.of("uuid", "in_tree")) {
            String uuid = request.param(parameter);
            if (uuid != null && !uuid.matches(UUID)) {
                throw invalid("'" + uuid + "' is not a 'uuid'");
            }
            found.removeIf(host -> uuid != null && !uuid.equals(host.hypervisorId));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode providers = body.putArray("resource_providers");
        found.forEach(host -> providers.add(provider(request, host, minor)));
        return Answer.json(200, body);
    }

    private static ApiError invalid(String why) {
        return ApiError.badRequest(PlacementApi.PREFIX + "Invalid query string parameters: " + why + "  ");
    }

    private static ObjectNode provider(Request request, SimHost host, int minor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uuid", host.hypervisorId).put("name", host.hostname).put("generation", GENERATION);
        List<String> rels = new ArrayList<>(List.of("inventories", "usages"));
        rels.addAll(minor >= 1 ? List.of("aggregates") : List.of());
        rels.addAll(minor >= 6 ? List.of("traits") : List.of());
        rels.addAll(minor >= 11 ? List.of("allocations") : List.of());
        String path = request.base().replaceFirst("^https?://[^/]+", "") + "/resource_providers/" + host.hypervisorId;
        ArrayNode links = json.putArray("links");
        links.addObject().put("rel", "self").put("href", path);
        rels.forEach(rel -> links.addObject().put("rel", rel).put("href", path + "/" + rel));
        if (minor >= 14) {
            json.putNull("parent_provider_uuid").put("root_provider_uuid", host.hypervisorId);
        }
        return json;
    }

    private Answer allocations(SimHost host, int minor) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode consumers = body.putObject("allocations");
        for (Holding held : world.holdings(host.name)) {
            ObjectNode consumer = consumers.putObject(held.consumer());
            ObjectNode resources = consumer.putObject("resources");
            Map<String, Long> demand = Scheduler.demand(held.server(), held.flavor());
            demand.entrySet().stream()
                    .filter(one -> one.getValue() > 0)
                    .forEach(one -> resources.put(one.getKey(), one.getValue()));
            if (minor >= 28) {
                consumer.put("consumer_generation", 1);
            }
        }
        body.put("resource_provider_generation", GENERATION);
        return Answer.json(200, body);
    }
}
