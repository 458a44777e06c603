package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** os-instance-actions of a server: newest first; one with its events, newest first, too. */
final class InstanceActionsApi {
    private final World world;
    private final int maxLimit;

    InstanceActionsApi(World world, int maxLimit) {
        this.world = world;
        this.maxLimit = maxLimit;
    }

    Answer answer(Call call, List<String> path) {
        SimServer server = find(call, path.get(1));
        List<SimAction> actions = new ArrayList<>(world.actions);
        actions.removeIf(a -> a.server != server);
        Collections.reverse(actions);
        return path.size() == 3 ? index(call, server, actions) : show(call, actions, path.get(3));
    }

    /** Those of a deleted server can be read since 2.21. */
    private SimServer find(Call call, String id) {
        return world.actions.stream()
                .filter(action -> call.atLeast(21) && action.server.id.equals(id) && action.action.equals("delete"))
                .map(action -> action.server)
                .filter(world::answers)
                .filter(call::sees)
                .findFirst()
                .orElseGet(() -> ServersApi.find(world, call, id));
    }

    private Answer index(Call call, SimServer server, List<SimAction> actions) {
        Queries.known(call, 58, Set.of("limit", "marker", "changes-since", "changes-before"));
        int limit = call.atLeast(58) ? Queries.limit(call, maxLimit) : Integer.MAX_VALUE;
        String marker = call.request().param("marker");
        Queries.Page<SimAction> page = Queries.page(
                call,
                "/servers/" + server.id + "/os-instance-actions",
                actions,
                a -> a.requestId,
                limit,
                "Marker " + marker + " could not be found.");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode json = body.putArray("instanceActions");
        page.items().forEach(a -> json.add(brief(call, a)));
        if (page.next() != null) {
            body.putArray("links").addObject().put("rel", "next").put("href", page.next());
        }
        return Answer.json(200, body);
    }

    private Answer show(Call call, List<SimAction> actions, String requestId) {
        SimAction action = actions.stream()
                .filter(a -> a.requestId.equals(requestId))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Action " + requestId + " not found"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode json = brief(call, action);
        body.set("instanceAction", json);
        if (call.user().admin() || call.atLeast(51)) {
            ArrayNode events = json.putArray("events");
            List<SimAction.Event> newestFirst = new ArrayList<>(action.events);
            Collections.reverse(newestFirst);
            newestFirst.forEach(e -> events.add(event(call, action, e)));
        }
        return Answer.json(200, body);
    }

    private static ObjectNode brief(Call call, SimAction action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("action", action.action)
                .put("instance_uuid", action.server.id)
                .put("request_id", action.requestId)
                .put("user_id", action.user.id())
                .put("project_id", action.user.projectId())
                .put("start_time", Times.micros(action.start))
                .put("message", action.message);
        if (call.atLeast(58)) {
            json.put("updated_at", Times.micros(action.updated));
        }
        return json;
    }

    private static ObjectNode event(Call call, SimAction action, SimAction.Event event) {
        boolean admin = call.user().admin();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event", event.name)
                .put("start_time", Times.micros(event.start))
                .put("finish_time", Times.micros(event.finish))
                .put("result", event.result);
        if (admin) {
            json.put("traceback", event.details == null ? null : "  (simulated)\n" + event.details + "\n");
        }
        if (call.atLeast(62)) {
            if (admin) {
                json.put("host", event.host);
            }
            json.put("hostId", ServerView.hostId(action.server.owner.projectId(), event.host));
        }
        if (call.atLeast(84) && admin) {
            json.put("details", event.details);
        }
        return json;
    }
}
