package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** os-migrations, and the live migrations of one server: list, show, abort, force. */
final class MigrationsApi {
    private static final Set<String> IN_PROGRESS = Set.of("queued", "preparing", "running", "post-migrating");

    private final World world;
    private final LiveMigrator live;
    private final ServerView view;
    private final int maxLimit;

    MigrationsApi(World world, LiveMigrator live, int maxLimit) {
        this.world = world;
        this.live = live;
        this.view = new ServerView(world);
        this.maxLimit = maxLimit;
    }

    /** Newest first; paged from 2.59 on. Those of a deleted server go with it (nova/db/main/api.py, instance_destroy). */
    Answer index(Call call) {
        Queries.known(call, 59, parameters(call));
        int limit = call.atLeast(59) ? Queries.limit(call, maxLimit) : Integer.MAX_VALUE;
        call.needAdmin("os_compute_api:os-migrations:index");
        if (!call.atLeast(59) && !world.deadCells.isEmpty()) {
            throw ApiError.unexpected("oslo_db.exception.DBConnectionError"); // seen on Zed
        }
        List<SimMigration> found = new ArrayList<>(world.migrations);
        Collections.reverse(found);
        found.removeIf(m -> !world.exists(m.server));
        // nova/compute/migration_list.py: no word of those in a cell that does not answer
        found.removeIf(m -> !world.answers(m.source));
        keep(call, found, "instance_uuid", m -> m.server.id);
        keep(call, found, "source_compute", m -> m.source);
        keep(call, found, "status", m -> m.status);
        keep(call, found, "migration_type", m -> m.type);
        if (call.atLeast(80)) {
            keep(call, found, "user_id", m -> m.user.id());
            keep(call, found, "project_id", m -> m.user.projectId());
        }
        String host = call.request().param("host");
        found.removeIf(m -> host != null && !host.equals(m.source) && !host.equals(m.target));
        between(call, found);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode migrations = body.putArray("migrations");
        Queries.Page<SimMigration> page = call.atLeast(59)
                ? Queries.page(
                        call,
                        "/os-migrations",
                        found,
                        m -> m.uuid,
                        limit,
                        "Marker " + call.request().param("marker") + " could not be found.")
                : new Queries.Page<>(found, null);
        page.items().forEach(m -> migrations.add(record(call, m)));
        if (page.next() != null) {
            body.putArray("migrations_links").addObject().put("rel", "next").put("href", page.next());
        }
        return Answer.json(200, body);
    }

    private static Set<String> parameters(Call call) {
        Set<String> known = new TreeSet<>(Set.of(
                "hidden",
                "host",
                "instance_uuid",
                "source_compute",
                "status",
                "migration_type",
                "limit",
                "marker",
                "changes-since"));
        if (call.atLeast(66)) {
            known.add("changes-before");
        }
        if (call.atLeast(80)) {
            known.addAll(List.of("user_id", "project_id"));
        }
        return known;
    }

    private static void keep(Call call, List<SimMigration> found, String name, Function<SimMigration, String> value) {
        String wanted = call.request().param(name);
        found.removeIf(m -> wanted != null && !wanted.equals(value.apply(m)));
    }

    private static void between(Call call, List<SimMigration> found) {
        String since = call.request().param("changes-since");
        String before = call.request().param("changes-before");
        if (since != null && call.atLeast(59)) {
            Instant from = Times.parse("changes-since", since);
            found.removeIf(m -> m.updated == null || m.updated.isBefore(from));
        }
        if (before != null && call.atLeast(66)) {
            Instant to = Times.parse("changes-before", before);
            found.removeIf(m -> m.updated == null || m.updated.isAfter(to));
        }
    }

    private static ObjectNode record(Call call, SimMigration migration) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", migration.id);
        if (call.atLeast(59)) {
            json.put("uuid", migration.uuid);
        }
        hosts(json, migration);
        boolean evacuation = migration.type.equals("evacuation");
        json.put("old_instance_type_id", evacuation ? null : (Integer) migration.oldFlavor.number());
        json.put("new_instance_type_id", evacuation ? null : (Integer) migration.newFlavor.number());
        json.put("instance_uuid", migration.server.id).put("status", migration.status);
        if (call.atLeast(23)) {
            json.put("migration_type", migration.type);
            if (migration.live() && IN_PROGRESS.contains(migration.status)) {
                ServerView.links(call, json, "servers/" + migration.server.id + "/migrations/" + migration.id);
            }
        }
        return owner(call, json, migration);
    }

    private static void hosts(ObjectNode json, SimMigration migration) {
        boolean named = migration.target != null;
        json.put("source_compute", migration.source).put("dest_compute", migration.target);
        json.put("source_node", migration.live() && !named ? null : migration.source)
                .put("dest_node", migration.target);
        json.put("dest_host", named && !migration.live() ? "192.0.2.1" : null);
    }

    private static ObjectNode owner(Call call, ObjectNode json, SimMigration migration) {
        if (call.atLeast(80)) {
            json.put("user_id", migration.user.id()).put("project_id", migration.user.projectId());
        }
        return json.put("created_at", Times.micros(migration.created))
                .put("updated_at", Times.micros(migration.updated));
    }

    /** /servers/{id}/migrations[/{migration}[/action]]. */
    Answer answer(Call call, List<String> path) {
        boolean get = call.request().is("GET");
        if (path.size() == 3 && get && call.atLeast(23)) {
            return list(call, path.get(1));
        }
        if (path.size() == 4 && get && call.atLeast(23)) {
            return show(call, path.get(1), path.get(3));
        }
        if (path.size() == 4 && call.request().is("DELETE") && call.atLeast(24)) {
            return abort(call, path.get(1), path.get(3));
        }
        if (path.size() == 5 && path.get(4).equals("action") && call.request().is("POST") && call.atLeast(22)) {
            return force(call, path.get(1), path.get(3));
        }
        throw ApiError.notFound("The resource could not be found.");
    }

    private Answer list(Call call, String serverId) {
        SimServer server = adminsServer(call, serverId, "index");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode migrations = body.putArray("migrations");
        world.migrations.stream()
                .filter(m -> m.server == server && m.live() && IN_PROGRESS.contains(m.status))
                .forEach(m -> migrations.add(progress(call, m)));
        return Answer.json(200, body);
    }

    private Answer show(Call call, String serverId, String id) {
        SimServer server = adminsServer(call, serverId, "show");
        SimMigration migration = find(server, id);
        if (migration == null) {
            throw ApiError.notFound("In-progress live migration " + id + " is not found for server " + server.id + ".");
        }
        if (!migration.live()) {
            throw ApiError.notFound("Migration " + id + " for server " + server.id + " is not live-migration.");
        }
        if (!IN_PROGRESS.contains(migration.status)) {
            throw ApiError.notFound("Live migration " + id + " for server " + server.id + " is not in progress.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("migration", progress(call, migration));
        return Answer.json(200, body);
    }

    private ObjectNode progress(Call call, SimMigration migration) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        hosts(json, migration);
        json.put("id", migration.id).put("server_uuid", migration.server.id).put("status", migration.status);
        bytes(json, migration);
        if (call.atLeast(59)) {
            json.put("uuid", migration.uuid);
        }
        return owner(call, json, migration);
    }

    /** Null before the hypervisor's first report. */
    private void bytes(ObjectNode json, SimMigration migration) {
        PreCopy.Counters counters = migration.copying == null ? steady(migration) : migration.copying.counters();
        boolean told = counters != null;
        json.put("memory_total_bytes", told ? (Long) counters.memoryTotal() : null)
                .put("memory_processed_bytes", told ? (Long) counters.memoryProcessed() : null)
                .put("memory_remaining_bytes", told ? (Long) counters.memoryRemaining() : null)
                .put("disk_total_bytes", told ? (Long) counters.diskTotal() : null)
                .put("disk_processed_bytes", told ? (Long) counters.diskProcessed() : null)
                .put("disk_remaining_bytes", told ? (Long) counters.diskRemaining() : null);
    }

    /** Of a copying that goes evenly. A guest that does not converge is copied again and again. */
    private PreCopy.Counters steady(SimMigration migration) {
        if (migration.running == null
                || Duration.between(migration.running, world.now()).toMillis() < 250) {
            return null;
        }
        long total = migration.server.flavor.ramMiB() << 20;
        double done = view.fraction(migration);
        double rounds = migration.server.behaviour.converges()
                ? done
                : Duration.between(migration.running, world.now()).toMillis()
                        / 1000.0
                        / migration.server.behaviour.liveSeconds();
        return new PreCopy.Counters(
                total, (long) (total * Math.max(done, rounds)), total - (long) (total * done), 0, 0, 0);
    }

    private Answer abort(Call call, String serverId, String id) {
        SimServer server = adminsServer(call, serverId, "delete");
        checkMigrating(server, "abort live migration", Set.of(server.vmState));
        SimMigration migration = find(server, id);
        if (migration == null || !migration.live()) {
            throw ApiError.notFound("Migration " + id + " not found for instance " + server.id);
        }
        Set<String> allowed = call.atLeast(65) ? Set.of("queued", "preparing", "running") : Set.of("running");
        checkStatus(server, migration, allowed, "abort live migration");
        live.abort(
                migration,
                world.act(server, "live_migration_cancel", call.request().id(), call.user()));
        return Answer.empty(202);
    }

    private Answer force(Call call, String serverId, String id) {
        JsonNode body = call.request().body();
        if (body == null || !body.isObject() || body.size() != 1) {
            throw ApiError.badRequest("Malformed request body");
        }
        if (!body.has("force_complete")) {
            throw ApiError.badRequest(
                    "There is no such action: " + body.fieldNames().next());
        }
        JsonNode value = body.get("force_complete");
        if (!value.isNull()) {
            throw Schemas.invalid("force_complete", value, Schemas.python(value) + " is not of type 'null'");
        }
        SimServer server = adminsServer(call, serverId, "force_complete");
        checkMigrating(server, "force_complete", Set.of("active"));
        SimMigration migration = find(server, id);
        if (migration == null || !migration.live()) {
            throw ApiError.badRequest("Migration " + id + " not found for instance " + server.id);
        }
        checkStatus(server, migration, Set.of("running"), "force complete");
        live.force(
                migration,
                world.act(
                        server, "live_migration_force_complete", call.request().id(), call.user()));
        return Answer.empty(202);
    }

    private SimServer adminsServer(Call call, String serverId, String policy) {
        SimServer server = ServersApi.find(world, call, serverId);
        call.needAdmin("os_compute_api:servers:migrations:" + policy);
        return server;
    }

    /** Nova names the state that is wrong, unless it is that there is no task (api/openstack/common.py). */
    private static void checkMigrating(SimServer server, String what, Set<String> allowed) {
        if (!"migrating".equals(server.taskState) && server.taskState != null || !allowed.contains(server.vmState)) {
            ActionsApi.checkState(server, what, allowed, true);
        }
        if (server.taskState == null) {
            throw ApiError.conflict("Instance " + server.id + " is in an invalid state for '" + what + "'");
        }
    }

    private static void checkStatus(SimServer server, SimMigration migration, Set<String> allowed, String what) {
        if (!allowed.contains(migration.status)) {
            throw ApiError.badRequest("Migration " + migration.id + " state of instance " + server.id + " is "
                    + migration.status + ". Cannot " + what + " while the migration is in this state.");
        }
    }

    private SimMigration find(SimServer server, String id) {
        return world.migrations.stream()
                .filter(m -> m.server == server && Integer.toString(m.id).equals(id))
                .findFirst()
                .orElse(null);
    }
}
