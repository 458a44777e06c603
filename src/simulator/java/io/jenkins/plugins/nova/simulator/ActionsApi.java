package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * POST /servers/{id}/action. The order of the checks is Nova's: body, server, policy, host, lock, vm_state, task_state,
 * services; what passes is recorded as an instance action before the answer and goes on by itself.
 */
final class ActionsApi {
    private static final Set<String> ACTIONS = Set.of(
            "os-migrateLive",
            "migrate",
            "resize",
            "confirmResize",
            "revertResize",
            "evacuate",
            "lock",
            "unlock",
            "os-resetState",
            "os-getConsoleOutput");

    private static final Set<String> MOVES =
            Set.of("os-migrateLive", "migrate", "resize", "confirmResize", "revertResize", "evacuate");

    private final World world;
    private final Scheduler scheduler;
    private final Movers movers;
    private final PowerActions power;

    ActionsApi(World world, Scheduler scheduler, Movers movers) {
        this.world = world;
        this.scheduler = scheduler;
        this.movers = movers;
        this.power = new PowerActions(world);
    }

    Answer act(Call call, String serverId) {
        boolean overloaded = world.load.overloaded(Overload.GATEWAY_TIMEOUT);
        Answer answer = done(call, serverId);
        return overloaded && answer.status() < 300 && moves(call)
                ? Answer.text(504, "text/html", "<html><body><h1>504 Gateway Time-out</h1></body></html>")
                : answer;
    }

    private static boolean moves(Call call) {
        return MOVES.contains(call.request().body().fieldNames().next());
    }

    private Answer done(Call call, String serverId) {
        JsonNode body = body(call);
        String action = body.fieldNames().next();
        JsonNode value = body.get(action);
        if (!ACTIONS.contains(action) && !power.knows(action)) {
            throw ApiError.badRequest("There is no such action: " + action);
        }
        ActionSchemas.check(action, value, call);
        SimServer server = ServersApi.find(world, call, serverId);
        if (MOVES.contains(action) && world.load.overloaded(Overload.MESSAGING_TIMEOUT)) {
            throw ApiError.unexpected("oslo_messaging.exceptions.MessagingTimeout");
        }
        return switch (action) {
            case "os-migrateLive" -> live(call, server, value);
            case "migrate" -> migrate(call, server, value);
            case "resize" -> resize(call, server, value);
            case "confirmResize" -> confirm(call, server);
            case "revertResize" -> revert(call, server);
            case "evacuate" -> evacuate(call, server, value);
            case "lock" -> lock(call, server, value);
            case "unlock" -> unlock(call, server);
            case "os-resetState" -> reset(call, server, value);
            case "os-getConsoleOutput" -> console(server, value);
            default -> power.act(call, server, action);
        };
    }

    private static JsonNode body(Call call) {
        String type = call.request().header("content-type");
        if (type == null || !type.startsWith("application/json")) {
            throw new ApiError(415, "Unsupported Content-Type");
        }
        JsonNode body = call.request().body();
        if (body == null || !body.isObject() || body.size() != 1) {
            throw ApiError.badRequest("Malformed request body");
        }
        return body;
    }

    private Answer live(Call call, SimServer server, JsonNode value) {
        call.needAdmin("os_compute_api:os-migrate-server:migrate_live");
        String host = value.path("host").asText(null);
        boolean force = value.has("force") && Schemas.bool(value.get("force"));
        if (force && value.path("host").isNull()) {
            throw ApiError.badRequest("Can't force to a non-provided destination");
        }
        Features.check(server);
        checkState(server, "os-migrateLive", Set.of("active", "paused"), true);
        String requested = value.path("host").isNull() ? null : host;
        if (requested != null && !world.hosts.containsKey(requested)) {
            throw ApiError.badRequest("Compute host " + requested + " could not be found.");
        }
        SimAction action = world.act(server, "live-migration", call.request().id(), call.user());
        if (!call.atLeast(34) && !force && scheduler.choose(server, requested) == null) {
            // until 2.33 the conductor is waited for and its refusal is the answer
            world.migrate(server, "live-migration", "error", call.user());
            SimAction.Event event = action.begin("conductor_live_migrate_instance", World.CONTROLLER, world.now());
            String refusal = scheduler.refusal(server, requested);
            action.fail(event, refusal, world.now());
            throw ApiError.badRequest(refusal);
        }
        movers.live().start(server, requested, force, action);
        return Answer.empty(202);
    }

    private Answer migrate(Call call, SimServer server, JsonNode value) {
        call.needAdmin("os_compute_api:os-migrate-server:migrate");
        String host = call.atLeast(56) && value.path("host").isTextual()
                ? value.get("host").asText()
                : null;
        SharesApi.check(server);
        checkState(server, "migrate", Set.of("active", "stopped"), true);
        checkUp(server.host);
        if (host != null && !world.hosts.containsKey(host)) {
            throw ApiError.badRequest("Compute host " + host + " could not be found.");
        }
        if (host != null && host.equals(server.host)) {
            throw ApiError.badRequest("Cannot migrate to the host where the server exists.");
        }
        movers.cold()
                .start(server, host, world.act(server, "migrate", call.request().id(), call.user()));
        return Answer.empty(202);
    }

    /** An owner's, too. The server goes to another host, as it does without allow_resize_to_same_host. */
    private Answer resize(Call call, SimServer server, JsonNode value) {
        SharesApi.check(server);
        checkLock(call, server);
        checkState(server, "resize", Set.of("active", "stopped"), true);
        checkUp(server.host);
        String id = value.path("flavorRef").asText();
        SimFlavor flavor = world.flavors.get(id);
        if (flavor == null) {
            throw ApiError.badRequest("Flavor " + id + " could not be found.");
        }
        if (flavor == server.flavor) {
            throw ApiError.badRequest("When resizing, instances must change flavor!");
        }
        if (flavor.diskGiB() == 0 && server.flavor.diskGiB() != 0 && !server.bootsFromVolume()) {
            throw ApiError.badRequest("Unable to resize disk: Resize to zero disk flavor is not allowed.");
        }
        movers.cold()
                .start(
                        server,
                        flavor,
                        world.act(server, "resize", call.request().id(), call.user()));
        return Answer.empty(202);
    }

    private Answer confirm(Call call, SimServer server) {
        checkLock(call, server);
        checkState(server, "confirmResize", Set.of("resized"), true);
        SimMigration migration = finished(server);
        checkUp(migration.source);
        movers.cold()
                .confirm(
                        migration,
                        world.act(server, "confirmResize", call.request().id(), call.user()));
        return Answer.empty(204);
    }

    private Answer revert(Call call, SimServer server) {
        checkLock(call, server);
        checkState(server, "revertResize", Set.of("resized"), true);
        SimMigration migration = finished(server);
        movers.cold()
                .revert(
                        migration,
                        world.act(server, "revertResize", call.request().id(), call.user()));
        return Answer.empty(202);
    }

    private SimMigration finished(SimServer server) {
        SimMigration migration = world.newest(server, "finished");
        if (migration == null) {
            throw ApiError.badRequest("Instance has not been resized.");
        }
        return migration;
    }

    /** Nova looks neither at the lock nor at the task: a server stuck in MIGRATING may be evacuated. */
    private Answer evacuate(Call call, SimServer server, JsonNode value) {
        call.needAdmin("os_compute_api:os-evacuate");
        String host = value.path("host").asText(null);
        if (value.has("force") && Schemas.bool(value.get("force")) && host == null) {
            throw ApiError.badRequest("Can't force to a non-provided destination");
        }
        if (host != null && !world.hosts.containsKey(host)) {
            throw ApiError.notFound("Compute host " + host + " not found.");
        }
        if (host != null && host.equals(server.host)) {
            throw ApiError.badRequest("The target host can't be the same one.");
        }
        SharesApi.check(server);
        checkState(server, "evacuate", Set.of("active", "stopped", "error"), false);
        if (world.hosts.get(server.host).up(world.now())) {
            throw ApiError.badRequest("Compute service of " + server.host + " is still in use.");
        }
        SimAction action = world.act(server, "evacuate", call.request().id(), call.user());
        movers.evacuator().start(server, host, call.atLeast(95), action);
        if (call.atLeast(14)) {
            return Answer.empty(200);
        }
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("adminPass", "simulated"));
    }

    private Answer lock(Call call, SimServer server, JsonNode value) {
        server.locked = true;
        server.lockedReason = value.path("locked_reason").asText(null);
        world.act(server, "lock", call.request().id(), call.user());
        return Answer.empty(202);
    }

    private Answer unlock(Call call, SimServer server) {
        server.locked = false;
        server.lockedReason = null;
        world.act(server, "unlock", call.request().id(), call.user());
        return Answer.empty(202);
    }

    private Answer reset(Call call, SimServer server, JsonNode value) {
        call.needAdmin("os_compute_api:os-admin-actions:reset_state");
        world.state(server, value.get("state").asText().toLowerCase(Locale.ROOT), null);
        return Answer.empty(202);
    }

    /** The last lines; all of them without a length. No instance action is recorded. */
    private static Answer console(SimServer server, JsonNode value) {
        String[] lines = server.console.stripTrailing().split("\n");
        int length = value.path("length").asInt(lines.length);
        String[] tail = Arrays.copyOfRange(lines, Math.max(0, lines.length - Math.max(0, length)), lines.length);
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("output", String.join("\n", tail)));
    }

    /** An admin may do anything to a locked server (nova/compute/api.py, check_instance_lock). */
    static void checkLock(Call call, SimServer server) {
        if (server.locked && !call.user().admin()) {
            throw ApiError.conflict("Instance " + server.id + " is locked");
        }
    }

    static void checkState(SimServer server, String action, Set<String> allowed, boolean idle) {
        String state = null;
        if (!allowed.contains(server.vmState)) {
            state = "vm_state " + server.vmState;
        } else if (idle && server.taskState != null) {
            state = "task_state " + server.taskState;
        }
        if (state != null) {
            throw ApiError.conflict("Cannot '" + action + "' instance " + server.id + " while it is in " + state);
        }
    }

    private void checkUp(String host) {
        if (!world.hosts.get(host).up(world.now())) {
            throw ApiError.conflict("Service is unavailable at this time.");
        }
    }
}
