package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Masakari's segments, hosts and notifications, as far as a maintenance needs them (masakari/api/openstack/ha). */
final class InstanceHaApi {

    private final KeystoneApi keystone;
    private final World world;

    InstanceHaApi(KeystoneApi keystone, World world) {
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
        if (path.equals(List.of("segments")) && request.is("GET")) {
            allow(user, "os_masakari_api:segments:index");
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode segments = body.putArray("segments");
            world.segments.forEach(segment -> segment(segments.addObject(), segment));
            return Answer.json(200, body);
        }
        if (path.equals(List.of("notifications")) && request.is("GET")) {
            allow(user, "os_masakari_api:notifications:index");
            return notifications(request);
        }
        if (path.size() >= 3 && path.get(0).equals("segments") && path.get(2).equals("hosts")) {
            SimSegment segment = world.segments.stream()
                    .filter(one -> one.id.equals(path.get(1)))
                    .findFirst()
                    .orElseThrow(() -> ApiError.notFound("No segment with id " + path.get(1) + "."));
            if (path.size() == 3 && request.is("GET")) {
                allow(user, "os_masakari_api:os-hosts:index");
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                ArrayNode hosts = body.putArray("hosts");
                // the database keeps whole seconds
                segment.hosts.forEach((name, member) -> host(
                        hosts.addObject(),
                        segment,
                        name,
                        member,
                        member.updated == null ? null : member.updated.truncatedTo(ChronoUnit.SECONDS)));
                return Answer.json(200, body);
            }
            if (path.size() == 4 && request.is("PUT")) {
                allow(user, "os_masakari_api:os-hosts:update");
                return update(request, segment, path.get(3));
            }
        }
        throw ApiError.notFound("The resource could not be found.");
    }

    /** The newest first, as its default order is; of the filters the one of status. */
    private Answer notifications(Request request) {
        String status = request.param("status");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("notifications");
        world.segments.stream()
                .flatMap(segment -> segment.notifications.stream()
                        .filter(one -> status == null || one.status.equals(status))
                        .map(one -> notification(segment, one)))
                .sorted(Comparator.comparing(
                                (ObjectNode row) -> row.get("generated_time").asText())
                        .reversed())
                .forEach(rows::add);
        return Answer.json(200, body);
    }

    private static ObjectNode notification(SimSegment segment, SimSegment.Notification told) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", 1).put("notification_uuid", told.id);
        json.put("source_host_uuid", segment.hosts.get(told.host).id);
        json.put("type", told.type).put("status", told.status);
        json.put("generated_time", Times.micros(told.generated.truncatedTo(ChronoUnit.SECONDS)));
        ObjectNode payload = json.putObject("payload");
        told.payload.forEach(payload::put);
        json.put("created_at", Times.micros(told.generated.truncatedTo(ChronoUnit.SECONDS)))
                .putNull("updated_at");
        return json;
    }

    private static void allow(SimUser user, String policy) {
        if (!user.admin()) {
            throw ApiError.forbidden(policy);
        }
    }

    private Answer update(Request request, SimSegment segment, String id) {
        Map.Entry<String, SimSegment.Member> found = segment.hosts.entrySet().stream()
                .filter(one -> one.getValue().id.equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("No host with id " + id + "."));
        JsonNode body = request.body();
        JsonNode wanted = body == null ? null : body.path("host").get("on_maintenance");
        if (wanted == null || !wanted.isBoolean()) {
            throw ApiError.badRequest("Invalid input for field/attribute host.");
        }
        if (segment.unsettled()) {
            throw ApiError.conflict("Host " + id + " can't be updated as it is in-use to process notifications.");
        }
        segment.set(found.getKey(), wanted.asBoolean(), world.now());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        SimSegment.Member member = found.getValue();
        host(answer.putObject("host"), segment, found.getKey(), member, member.updated);
        return Answer.json(200, answer);
    }

    private static ObjectNode segment(ObjectNode json, SimSegment segment) {
        json.put("id", 1).put("uuid", segment.id).put("name", segment.name);
        json.put("service_type", "COMPUTE").put("recovery_method", "auto").put("enabled", true);
        json.putNull("description").put("is_enabled", true);
        json.put("created_at", Times.micros(segment.made)).putNull("updated_at");
        return json;
    }

    private static void host(
            ObjectNode json, SimSegment segment, String name, SimSegment.Member member, Instant updated) {
        json.put("id", 1).put("uuid", member.id).put("name", name);
        json.put("type", "COMPUTE").put("control_attributes", "SSH").put("reserved", false);
        json.put("on_maintenance", member.onMaintenance).put("failover_segment_id", segment.id);
        segment(json.putObject("failover_segment"), segment);
        json.put("created_at", Times.micros(segment.made))
                .put("updated_at", updated == null ? null : Times.micros(updated));
    }
}
