package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What servers are described by: flavors, server groups, aggregates. */
final class CatalogueApi {
    private final World world;
    private final CatalogueCreation creation;
    private final int maxLimit;

    CatalogueApi(World world, int maxLimit) {
        this.world = world;
        this.creation = new CatalogueCreation(world);
        this.maxLimit = maxLimit;
    }

    Answer answer(Call call, List<String> path) {
        if (!call.request().is("GET")) {
            return change(call, path);
        }
        if (path.size() == 3 && path.get(2).equals("os-extra_specs")) {
            return extraSpecs(path.get(1));
        }
        if (path.size() > 2) {
            return null;
        }
        String id = path.size() == 2 ? path.get(1) : null;
        return switch (path.get(0)) {
            case "flavors" -> id == null || id.equals("detail") ? flavors(call, id != null) : flavor(call, id);
            case "os-server-groups" -> groups(call, id);
            default -> aggregates(call, id);
        };
    }

    private Answer change(Call call, List<String> path) {
        boolean delete = call.request().is("DELETE") && path.size() == 2;
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (path.get(0).equals("os-server-groups")) {
            if (delete) {
                if (!creation.removeGroup(path.get(1))) {
                    throw ApiError.notFound("Instance group " + path.get(1) + " could not be found.");
                }
                return Answer.empty(204);
            }
            SimGroup group = creation.group(call, path);
            if (group == null) {
                return null;
            }
            group(call, body.putObject("server_group"), group);
            return Answer.json(200, body);
        }
        if (path.get(0).equals("os-aggregates")) {
            call.needAdmin("os_compute_api:os-aggregates:" + (delete ? "delete" : "create"));
            if (delete) {
                creation.removeAggregate(path.get(1));
                return Answer.empty(200);
            }
            SimAggregate aggregate = creation.aggregate(call, path);
            if (aggregate == null) {
                return null;
            }
            aggregate(call, body.putObject("aggregate"), aggregate);
            return Answer.json(200, body);
        }
        return null;
    }

    private Answer flavors(Call call, boolean detail) {
        Queries.known(
                call, 75, Set.of("limit", "marker", "is_public", "minRam", "minDisk", "sort_key", "sort_dir", "name"));
        List<SimFlavor> all = new ArrayList<>(world.flavors.values());
        String marker = call.request().param("marker");
        Queries.Page<SimFlavor> page = Queries.page(
                call,
                detail ? "/flavors/detail" : "/flavors",
                all,
                SimFlavor::id,
                Queries.limit(call, maxLimit),
                "marker [" + marker + "] not found");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode flavors = body.putArray("flavors");
        page.items().forEach(f -> flavors.add(detail ? full(call, f) : brief(call, f)));
        if (page.next() != null) {
            body.putArray("flavors_links").addObject().put("rel", "next").put("href", page.next());
        }
        return Answer.json(200, body);
    }

    private Answer flavor(Call call, String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("flavor", full(call, find(id)));
        return Answer.json(200, body);
    }

    /** Where extra specs are told before 2.61. */
    private Answer extraSpecs(String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("extra_specs", ServerView.strings(find(id).extraSpecs()));
        return Answer.json(200, body);
    }

    private SimFlavor find(String id) {
        SimFlavor flavor = world.flavors.get(id);
        if (flavor == null) {
            throw ApiError.notFound("Flavor " + id + " could not be found.");
        }
        return flavor;
    }

    private static ObjectNode brief(Call call, SimFlavor flavor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", flavor.id()).put("name", flavor.name());
        ServerView.links(call, json, "flavors/" + flavor.id());
        if (call.atLeast(55)) {
            json.putNull("description");
        }
        return json;
    }

    private static ObjectNode full(Call call, SimFlavor flavor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", flavor.id()).put("name", flavor.name());
        json.put("ram", flavor.ramMiB()).put("disk", flavor.diskGiB());
        if (call.atLeast(75) || flavor.swapMiB() > 0) {
            json.put("swap", flavor.swapMiB());
        } else {
            json.put("swap", ""); // none is the empty string until 2.74
        }
        json.put("OS-FLV-EXT-DATA:ephemeral", flavor.ephemeralGiB())
                .put("OS-FLV-DISABLED:disabled", false)
                .put("vcpus", flavor.vcpus())
                .put("os-flavor-access:is_public", true)
                .put("rxtx_factor", 1.0);
        ServerView.links(call, json, "flavors/" + flavor.id());
        if (call.atLeast(55)) {
            json.putNull("description");
        }
        if (call.atLeast(61)) {
            json.set("extra_specs", ServerView.strings(flavor.extraSpecs()));
        }
        return json;
    }

    /** Only an admin sees every project's; for others all_projects is ignored. */
    private Answer groups(Call call, String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (id != null) {
            SimGroup group = world.groups.stream()
                    .filter(g -> g.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> ApiError.notFound("Instance group " + id + " could not be found."));
            group(call, body.putObject("server_group"), group);
            return Answer.json(200, body);
        }
        Queries.known(call, 75, Set.of("all_projects", "limit", "offset"));
        boolean all = call.request().query().containsKey("all_projects")
                && call.user().admin();
        int limit = Queries.limit(call, maxLimit);
        String offset = call.request().param("offset");
        ArrayNode groups = body.putArray("server_groups");
        world.groups.stream()
                .filter(g -> all || g.projectId.equals(call.user().projectId()))
                .skip(offset == null ? 0 : Integer.parseInt(offset))
                .limit(limit)
                .forEach(g -> group(call, groups.addObject(), g));
        return Answer.json(200, body);
    }

    private void group(Call call, ObjectNode json, SimGroup group) {
        json.put("id", group.id).put("name", group.name);
        if (call.atLeast(64)) {
            ObjectNode rules = json.put("policy", group.policy).putObject("rules");
            if (group.perHost != 1) {
                rules.put("max_server_per_host", group.perHost);
            }
        } else {
            json.putArray("policies").add(group.policy);
            json.putObject("metadata");
        }
        ArrayNode members = json.putArray("members");
        if (!group.members.stream().filter(world::exists).allMatch(world::answers)) {
            // nova/api/openstack/compute/server_groups.py, _get_not_deleted: asks each member's cell
            throw ApiError.unexpected("oslo_db.exception.DBConnectionError");
        }
        group.members.stream().filter(world::exists).forEach(s -> members.add(s.id));
        if (call.atLeast(13)) {
            json.put("project_id", group.projectId).put("user_id", group.userId);
        }
    }

    private Answer aggregates(Call call, String id) {
        call.needAdmin("os_compute_api:os-aggregates:" + (id == null ? "index" : "show"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (id != null) {
            aggregate(call, body.putObject("aggregate"), creation.find(id));
        } else {
            ArrayNode aggregates = body.putArray("aggregates");
            world.aggregates.forEach(a -> aggregate(call, aggregates.addObject(), a));
        }
        return Answer.json(200, body);
    }

    private void aggregate(Call call, ObjectNode json, SimAggregate aggregate) {
        json.put("id", aggregate.id());
        if (call.atLeast(41)) {
            json.put("uuid", aggregate.uuid());
        }
        json.put("name", aggregate.name());
        ArrayNode hosts = json.putArray("hosts");
        aggregate.hosts().forEach(hosts::add);
        ObjectNode metadata = ServerView.strings(aggregate.metadata());
        if (aggregate.zone() != null) {
            metadata.put("availability_zone", aggregate.zone());
        }
        json.set("metadata", metadata);
        json.put("created_at", Times.micros(world.now())).putNull("updated_at").putNull("deleted_at");
        json.put("deleted", false).put("availability_zone", aggregate.zone());
    }
}
