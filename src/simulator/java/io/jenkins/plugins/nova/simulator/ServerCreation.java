package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** POST /servers, as far as canaries and contract tests need it; who makes servers makes them on a real Nova, too. */
final class ServerCreation {
    private final World world;
    private final Scheduler scheduler;

    ServerCreation(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    Answer create(Call call) {
        JsonNode wanted = call.request().body() == null
                ? JsonNodeFactory.instance.missingNode()
                : call.request().body().path("server");
        checkSchema(call, wanted);
        String name = wanted.path("name").asText();
        SimFlavor flavor = world.flavors.get(wanted.path("flavorRef").asText());
        if (flavor == null) {
            throw ApiError.badRequest("Flavor " + wanted.path("flavorRef").asText() + " could not be found.");
        }
        checkPlaces(wanted);
        int number = world.nextServerNumber();
        String id = World.uuid("created server " + number + " " + name);
        SimServer server = new SimServer(number, id, name, call.user(), flavor, world.now());
        wanted.path("metadata")
                .fields()
                .forEachRemaining(
                        e -> server.metadata.put(e.getKey(), e.getValue().asText()));
        server.configDrive = wanted.path("config_drive").asBoolean();
        server.pinnedZone = wanted.path("availability_zone").asText(null);
        if (wanted.path("imageRef").asText().isEmpty()) {
            server.imageId = null;
            server.volumes.add(World.uuid("root volume of " + id));
        }
        String group =
                call.request().body().path("os:scheduler_hints").path("group").asText(null);
        world.groups.stream().filter(g -> g.id.equals(group)).forEach(g -> g.members.add(server));
        world.servers.put(id, server);
        server.powerState = 0;
        world.state(server, "building", "scheduling");
        SimAction action = world.act(server, "create", call.request().id(), call.user());
        String host = wanted.path("host").asText(null);
        world.time.after(0.3, () -> spawn(server, host, action));
        return accepted(call, server);
    }

    private static void checkSchema(Call call, JsonNode wanted) {
        Map<String, Schemas.Type> properties = new LinkedHashMap<>();
        properties.put("name", Schemas.TEXT_OF_255);
        properties.put("flavorRef", Schemas.STRING);
        properties.put("imageRef", Schemas.UUID_OR_EMPTY);
        properties.put("networks", call.atLeast(37) ? Schemas.ARRAY_OR_WORD : Schemas.ARRAY);
        properties.put("metadata", Schemas.ANY);
        properties.put("config_drive", Schemas.BOOLEAN);
        properties.put("availability_zone", Schemas.TEXT_OF_255);
        if (call.atLeast(74)) {
            properties.put("host", Schemas.HOST_NAME);
        }
        List<String> always = List.of("name", "flavorRef");
        Schemas.object(
                "server",
                wanted,
                properties,
                call.atLeast(37)
                        ? Stream.concat(always.stream(), Stream.of("networks")).toList()
                        : always);
        if (wanted.has("metadata")) {
            wanted.get("metadata").fields().forEachRemaining(entry -> {
                if (!entry.getValue().isTextual()) {
                    throw Schemas.invalid(entry.getKey(), entry.getValue(), Schemas.STRING.apply(entry.getValue()));
                }
            });
        }
    }

    /** Image, zone and network, of which there are one, those of the hosts, and none. */
    private void checkPlaces(JsonNode wanted) {
        String image = wanted.path("imageRef").asText();
        if (!image.isEmpty() && !image.equals(World.IMAGE)) {
            throw ApiError.badRequest("Can not find requested image");
        }
        String zone = wanted.path("availability_zone").asText(null);
        if (zone != null && world.hosts.values().stream().noneMatch(host -> host.zone.equals(zone))) {
            throw ApiError.badRequest("The requested availability zone is not available");
        }
        for (JsonNode network : wanted.path("networks")) {
            throw ApiError.badRequest("Network " + network.path("uuid").asText() + " could not be found.");
        }
    }

    private void spawn(SimServer server, String requested, SimAction action) {
        if (!world.exists(server)) {
            return;
        }
        SimHost host = scheduler.choose(server, requested);
        if (host == null) {
            server.fault = new SimServer.Fault(scheduler.refusal(server, requested), world.now());
            world.state(server, "error", null);
            return;
        }
        server.host = host.name;
        world.state(server, "building", "spawning");
        SimAction.Event event = action.begin("compute__do_build_and_run_instance", host.name, world.now());
        world.time.after(server.behaviour.spawnSeconds(), () -> {
            if (!world.exists(server)) {
                return;
            }
            server.powerState = 1;
            server.launched = world.now();
            world.state(server, "active", null);
            action.succeed(event, world.now());
        });
    }

    private static Answer accepted(Call call, SimServer server) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode json = body.putObject("server").put("id", server.id);
        ServerView.links(call, json, "servers/" + server.id);
        json.put("OS-DCF:diskConfig", "MANUAL").put("adminPass", "simulated");
        json.putArray("security_groups").addObject().put("name", "default");
        return Answer.json(202, body);
    }
}
