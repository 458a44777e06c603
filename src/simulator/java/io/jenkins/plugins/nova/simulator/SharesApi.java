package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The shares attached to a server, from 2.97 on (nova/api/openstack/compute/server_shares.py). */
final class SharesApi {
    static final int SINCE = 97;

    private final World world;

    SharesApi(World world) {
        this.world = world;
    }

    Answer answer(Call call, List<String> path) {
        if (!call.atLeast(SINCE)) {
            throw ApiError.notFound("The resource could not be found.");
        }
        SimServer server = ServersApi.find(world, call, path.get(1));
        Queries.known(call, 102, Set.of());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode shares = body.putArray("shares");
        server.shares.forEach(share -> shares.addObject()
                .put("share_id", share)
                .put("status", "active")
                .put("tag", share));
        return Answer.json(200, body);
    }

    /** Nova refuses to move or evacuate a server with shares (nova/compute/api.py, block_shares_not_supported). */
    static void check(SimServer server) {
        if (!server.shares.isEmpty()) {
            throw ApiError.conflict("Feature not supported with instances that have shares.");
        }
    }
}
