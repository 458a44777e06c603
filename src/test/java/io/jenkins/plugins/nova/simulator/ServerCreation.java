package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** POST /servers, as far as contract tests need it: they make their own servers on a real Nova, too. */
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
        String name = wanted.path("name").asText();
        SimFlavor flavor = world.flavors.get(wanted.path("flavorRef").asText());
        if (name.isEmpty() || flavor == null) {
            throw ApiError.badRequest("Flavor " + wanted.path("flavorRef").asText() + " could not be found.");
        }
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

    private void spawn(SimServer server, String requested, SimAction action) {
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
