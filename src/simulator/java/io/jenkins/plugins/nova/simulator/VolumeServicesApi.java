package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Cinder's services, as far as a maintenance needs them (cinder/api/contrib/services.py, since 2026.1 cinder/api/v3/services.py). */
final class VolumeServicesApi {

    private static final int MOST = 255;

    private final KeystoneApi keystone;
    private final World world;

    VolumeServicesApi(KeystoneApi keystone, World world) {
        this.keystone = keystone;
        this.world = world;
    }

    Answer answer(Request request) {
        Answer answer;
        try {
            answer = route(request);
        } catch (ApiError e) {
            answer = e.status() == 401
                    ? e.asKeystone().with("WWW-Authenticate", "Keystone uri=\"" + request.base() + "\"")
                    : e.asNova();
        }
        return answer.with("x-openstack-request-id", request.id());
    }

    private Answer route(Request request) {
        SimUser user = keystone.caller(request).orElseThrow(() -> new ApiError(401, KeystoneApi.UNAUTHORIZED));
        List<String> path = request.segments();
        if (path.size() < 2 || !path.get(1).equals("os-services")) {
            throw ApiError.notFound("The resource could not be found.");
        }
        if (!path.get(0).equals(user.projectId())) {
            throw ApiError.badRequest("Malformed request url");
        }
        if (path.size() == 2 && request.is("GET")) {
            allow(user, "volume_extension:services:index");
            return list(request);
        }
        if (path.size() == 3 && request.is("PUT")) {
            allow(user, "volume_extension:services:update");
            return change(request, path.get(2));
        }
        throw ApiError.notFound("The resource could not be found.");
    }

    private static void allow(SimUser user, String policy) {
        if (!user.admin()) {
            throw ApiError.forbidden(policy);
        }
    }

    private Answer list(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode services = body.putArray("services");
        List<String> binary = request.query().getOrDefault("binary", List.of());
        if (binary.isEmpty() || binary.contains("cinder-scheduler")) {
            services.addObject()
                    .put("binary", "cinder-scheduler")
                    .put("host", World.CONTROLLER)
                    .put("status", "enabled");
        }
        for (SimVolumeService service : world.volumeServices) {
            if (binary.isEmpty() || binary.contains("cinder-volume")) {
                services.addObject()
                        .put("binary", "cinder-volume")
                        .put("host", service.host)
                        .put("zone", "nova")
                        .put("status", service.disabled ? "disabled" : "enabled")
                        .put("state", service.runs ? "up" : "down")
                        .put("updated_at", Times.micros(world.now()))
                        .put("disabled_reason", service.reason)
                        .put("replication_status", "disabled")
                        .put("frozen", service.frozen);
            }
        }
        return Answer.json(200, body);
    }

    private Answer change(Request request, String action) {
        JsonNode body = request.body();
        String host = body == null ? "" : body.path("host").asText("");
        String reason = body == null ? "" : body.path("disabled_reason").asText("");
        boolean disables = action.equals("disable-log-reason");
        boolean freezes = action.equals("freeze");
        if (freezes || action.equals("thaw")) {
            return frozen(host, freezes);
        }
        if (!disables && !action.equals("enable")) {
            throw ApiError.badRequest("Invalid input received: Unknown action");
        }
        if (host.isEmpty() || !"cinder-volume".equals(body.path("binary").asText(""))) {
            throw ApiError.badRequest("Invalid input received: Host field is missing.");
        }
        if (disables && (reason.isBlank() || reason.length() > MOST)) {
            throw ApiError.badRequest("disabled_reason has " + reason.length() + " characters, more than 255.");
        }
        SimVolumeService service = service(host);
        if (disables) {
            service.disabled = true;
            service.reason = reason;
        } else if (!world.volumeServicesStayDisabled) {
            service.disabled = false;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("host", host).put("service", "").put("binary", "cinder-volume");
        answer.put("status", disables ? "disabled" : "enabled").put("disabled", disables);
        if (disables) {
            answer.put("disabled_reason", reason);
        }
        return Answer.json(200, answer);
    }

    private Optional<SimVolumeService> found(String host) {
        return world.volumeServices.stream()
                .filter(one -> one.host.equals(host))
                .findFirst();
    }

    private SimVolumeService service(String host) {
        return found(host)
                .orElseThrow(() -> ApiError.notFound("Service cinder-volume could not be found on host " + host + "."));
    }

    /**
     * The API writes the flag (_replication_db_change of cinder/volume/api.py) and has the cinder-volume do the rest, which disables or
     * enables, too (cinder/volume/manager.py); the answer has no body.
     */
    private Answer frozen(String host, boolean freezes) {
        SimVolumeService service =
                found(host).orElseThrow(() -> ApiError.badRequest("No service found with host=" + host));
        if (service.frozen == freezes) {
            throw ApiError.badRequest("Invalid input received: No service could be changed: frozen in ['" + host
                    + "'] must be " + (freezes ? "False" : "True") + " to failover.");
        }
        service.frozen = freezes;
        if (!service.runs) {
            throw new ApiError(
                    500, "The server has either erred or is incapable of performing the requested operation.");
        }
        service.disabled = freezes;
        service.reason = freezes ? "frozen" : "";
        return Answer.empty(200);
    }
}
