package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** os-services: list; change by uuid (2.53) or, before, by host and binary. */
final class ServicesApi {
    private static final List<String> CONTROL = List.of("nova-scheduler", "nova-conductor");
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private final World world;

    ServicesApi(World world) {
        this.world = world;
    }

    Answer answer(Call call, List<String> path) {
        if (path.size() == 1 && call.request().is("GET")) {
            return index(call);
        }
        if (path.size() == 2 && call.request().is("PUT")) {
            return call.atLeast(53) ? update(call, path.get(1)) : updateByHost(call, path.get(1));
        }
        return null; // there is no GET of one
    }

    private Answer index(Call call) {
        Queries.known(call, 75, Set.of("host", "binary"));
        call.needAdmin("os_compute_api:os-services:list");
        String host = call.request().param("host");
        String binary = call.request().param("binary");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode services = body.putArray("services");
        for (String control : CONTROL) {
            boolean wanted =
                    (host == null || host.equals(World.CONTROLLER)) && (binary == null || binary.equals(control));
            if (wanted) {
                control(call, services.addObject(), control);
            }
        }
        if (binary == null || binary.equals("nova-compute")) {
            world.hosts.values().stream()
                    .filter(h -> host == null || host.equals(h.name))
                    .filter(h -> world.answers(h.name) || call.atLeast(69))
                    .forEach(h -> services.add(world.answers(h.name) ? compute(call, h) : ofDownCell(h)));
        }
        return Answer.json(200, body);
    }

    private void control(Call call, ObjectNode json, String binary) {
        json.put("binary", binary).put("host", World.CONTROLLER);
        if (call.atLeast(53)) {
            json.put("id", World.uuid(binary));
        } else {
            json.put("id", 1 + CONTROL.indexOf(binary));
        }
        json.put("zone", "internal").put("status", "enabled").put("state", "up");
        json.put("updated_at", Times.micros(world.now())).putNull("disabled_reason");
        if (call.atLeast(11)) {
            json.put("forced_down", false);
        }
    }

    private ObjectNode compute(Call call, SimHost host) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("binary", "nova-compute").put("host", host.name);
        if (call.atLeast(53)) {
            json.put("id", host.serviceId);
        } else {
            json.put("id", CONTROL.size() + host.number);
        }
        Instant seen = host.running() ? world.now() : host.died;
        json.put("zone", host.zone)
                .put("status", host.enabled ? "enabled" : "disabled")
                .put("state", host.up(world.now()) ? "up" : "down")
                .put("updated_at", Times.micros(seen))
                .put("disabled_reason", host.disabledReason);
        if (call.atLeast(11)) {
            json.put("forced_down", host.forcedDown);
        }
        return json;
    }

    /** All that the API's own database knows of it (2.69; nova/compute/api.py, HostAPI.service_get_all). */
    private static ObjectNode ofDownCell(SimHost host) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("binary", "nova-compute").put("host", host.name).put("status", "UNKNOWN");
    }

    private Answer update(Call call, String id) {
        JsonNode body = body(call);
        Map<String, Schemas.Type> properties = new LinkedHashMap<>();
        properties.put("status", Schemas.STATUS);
        properties.put("disabled_reason", Schemas.TEXT_OF_255);
        properties.put("forced_down", Schemas.BOOLEAN);
        Schemas.object(null, body, properties, List.of());
        call.needAdmin("os_compute_api:os-services:update");
        if (!id.matches(UUID)) {
            throw ApiError.badRequest("Invalid uuid " + id);
        }
        for (String control : CONTROL) {
            if (World.uuid(control).equals(id)) {
                throw ApiError.badRequest("Updating a " + control
                        + " service is not supported. Only nova-compute services can be updated.");
            }
        }
        SimHost host = world.hosts.values().stream()
                .filter(h -> h.serviceId.equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Service " + id + " could not be found."));
        cellAnswers(host);
        if (!body.has("status") && !body.has("forced_down")) {
            throw ApiError.badRequest(
                    "No updates were requested. Fields 'status' or 'forced_down' should be specified.");
        }
        String status = body.path("status").asText(null);
        if ("enabled".equals(status) && body.has("disabled_reason")) {
            throw ApiError.badRequest("Specifying 'disabled_reason' with status 'enabled' is invalid.");
        }
        if (body.has("forced_down")) {
            forceDown(host, Schemas.bool(body.get("forced_down")));
        }
        if (status != null) {
            host.enabled = status.equals("enabled");
            host.disabledReason = body.path("disabled_reason").asText(null);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("service", compute(call, host));
        return Answer.json(200, answer);
    }

    private void forceDown(SimHost host, boolean down) {
        boolean leftovers = world.migrations.stream()
                .anyMatch(m -> m.type.equals("evacuation") && m.status.equals("done") && m.source.equals(host.name));
        if (!down && host.forcedDown && leftovers) {
            throw ApiError.badRequest("Unable to force up host " + host.name
                    + " as `done` evacuation migration records remain associated with the host. Ensure the compute"
                    + " service has been restarted, allowing these records to move to `completed` before retrying this"
                    + " request.");
        }
        host.forcedDown = down;
    }

    /** enable, disable, disable-log-reason and force-down, until 2.52. */
    private Answer updateByHost(Call call, String action) {
        JsonNode body = body(call);
        for (String name : List.of("host", "binary")) {
            if (!body.has(name)) {
                throw ApiError.badRequest("'" + name + "' is a required property");
            }
        }
        call.needAdmin("os_compute_api:os-services:update");
        SimHost host = world.hosts.get(body.get("host").asText());
        if (host == null) {
            throw ApiError.notFound("Host '" + body.get("host").asText() + "' is not mapped to any cell");
        }
        cellAnswers(host);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode service = answer.putObject("service");
        service.put("host", host.name).put("binary", "nova-compute");
        switch (action) {
            case "enable", "disable", "disable-log-reason" -> {
                host.enabled = action.equals("enable");
                host.disabledReason = body.path("disabled_reason").asText(null);
                service.put("status", host.enabled ? "enabled" : "disabled");
                if (host.disabledReason != null) {
                    service.put("disabled_reason", host.disabledReason);
                }
            }
            case "force-down" -> {
                forceDown(host, Schemas.bool(body.path("forced_down")));
                service.put("forced_down", host.forcedDown);
            }
            default -> throw ApiError.notFound("Unknown action");
        }
        return Answer.json(200, answer);
    }

    private void cellAnswers(SimHost host) {
        if (!world.answers(host.name)) {
            throw ApiError.unexpected("oslo_db.exception.DBConnectionError");
        }
    }

    private static JsonNode body(Call call) {
        JsonNode body = call.request().body();
        if (body == null || !body.isObject()) {
            throw ApiError.badRequest("Malformed request body");
        }
        return body;
    }
}
