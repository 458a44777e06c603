package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** os-interface of a server: its ports (nova/api/openstack/compute/attach_interfaces.py). */
final class InterfacesApi {
    private final World world;

    InterfacesApi(World world) {
        this.world = world;
    }

    Answer answer(Call call, List<String> path) {
        SimServer server = ServersApi.find(world, call, path.get(1));
        Queries.known(call, 102, Set.of());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ports = body.putArray("interfaceAttachments");
        for (SimPort port : server.ports) {
            ObjectNode json = ports.addObject();
            json.put("net_id", port.network()).put("port_id", port.id()).put("mac_addr", port.mac());
            json.put("port_state", port.state(server));
            json.putArray("fixed_ips")
                    .addObject()
                    .put("subnet_id", World.uuid("subnet"))
                    .put("ip_address", port.address());
            if (call.atLeast(70)) {
                json.putNull("tag");
            }
        }
        return Answer.json(200, body);
    }
}
