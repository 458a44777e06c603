package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Neutron's agents, and their routers and networks (neutron/db/agents_db.py, l3_agentschedulers_db.py, agentschedulers_db.py,
 * neutron/extensions/l3agentscheduler.py and dhcpagentscheduler.py).
 */
final class NetworkApi {

    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";
    private static final String GATEWAY = "OVN Controller Gateway agent";
    private static final String GATEWAY_PORT = "network:router_gateway";
    private static final int HIGHEST = 32767;
    private static final int MOST = 255;
    private static final int REPORT_SECONDS = 30;
    /** max_l3_agents_per_router, 3 by default; as in mini-nova. */
    private static final int MOST_OF_AN_HA_ROUTER = 2;
    /** keepalived's advertisements are missed for a few seconds. */
    private static final double FAIL_OVER = 8;

    private final KeystoneApi keystone;
    private final World world;

    NetworkApi(KeystoneApi keystone, World world) {
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
                    : error(e);
        }
        return answer.with("x-openstack-request-id", request.id());
    }

    private static Answer error(ApiError e) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("NeutronError")
                .put("type", e.status() == 404 ? "NotFound" : "Conflict")
                .put("message", e.getMessage())
                .put("detail", "");
        return Answer.json(e.status(), body);
    }

    private Answer route(Request request) {
        SimUser user = keystone.caller(request).orElseThrow(() -> new ApiError(401, KeystoneApi.UNAUTHORIZED));
        List<String> path = request.segments();
        if (path.isEmpty()) {
            throw lost();
        }
        if (!user.admin()) {
            // its policies hide what may not be seen; a list is without it
            // (neutron/pecan_wsgi/hooks/policy_enforcement.py)
            if (path.get(0).equals("agents") && path.size() == 1 && request.is("GET")) {
                return noAgents();
            }
            throw lost();
        }
        boolean router = path.get(0).equals("routers");
        if (router || path.get(0).equals("networks")) {
            if (path.size() == 1 && request.is("POST")) {
                return router ? makeRouter(request) : makeNetwork(request);
            }
            if (path.size() == 2 && request.is("DELETE")) {
                return router ? removeRouter(path.get(1)) : removeNetwork(path.get(1));
            }
        }
        String of = path.size() == 3 ? path.get(2) : "";
        if (path.get(0).equals("agents")) {
            if (path.size() == 1 && request.is("GET")) {
                return agents(request);
            }
            if (path.size() == 2 && request.is("PUT")) {
                return update(request, agent(path.get(1)));
            }
            if (path.size() == 2 && request.is("DELETE")) {
                world.network.remove(agent(path.get(1)));
                return Answer.empty(204);
            }
            if (path.size() >= 3) {
                boolean routers = path.get(2).equals("l3-routers");
                SimNetwork.Agent agent = agent(path.get(1));
                if (agent.type.startsWith("OVN")) {
                    return gateways(request, path, agent);
                }
                if (path.size() == 3 && request.is("GET")) {
                    return served(agent, routers);
                }
                if (path.size() == 3 && request.is("POST")) {
                    return routers ? addRouter(request, agent) : addNetwork(request, agent);
                }
                if (path.size() == 4 && request.is("DELETE") && routers) {
                    if (agent.mode.startsWith("dvr") && !agent.mode.equals("dvr_snat")) {
                        throw ApiError.conflict("Not allowed to manually remove a router from an agent in 'dvr' mode.");
                    }
                    find(world.network.routers, path.get(3)).agents.remove(agent);
                    return Answer.empty(204);
                }
            }
        }
        if (path.get(0).equals("ports") && path.size() == 1 && request.is("GET")) {
            return gatewayPorts(request);
        }
        if (of.equals("l3-agents") && request.is("GET")) {
            if (!find(world.network.routers, path.get(1)).priorities.isEmpty()) {
                return chassis(find(world.network.routers, path.get(1)));
            }
            return hosting(find(world.network.routers, path.get(1)));
        }
        if (of.equals("dhcp-agents") && request.is("GET")) {
            return hostingNetwork(path.get(1));
        }
        throw lost();
    }

    /** Of an agent of OVN's (neutron/services/ovn_l3/plugin.py); before 2026.2 there are no such paths. */
    private Answer gateways(Request request, List<String> path, SimNetwork.Agent agent) {
        if (!world.network.priorities || !path.get(2).equals("l3-routers")) {
            throw lost();
        }
        if (path.size() == 3 && request.is("GET")) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode rows = body.putArray("routers");
            world.network.routers.stream()
                    .filter(one -> one.priorities.containsKey(agent))
                    .forEach(one -> rows.addObject()
                            .put("id", one.id)
                            .put("name", one.name)
                            .put("admin_state_up", true));
            return Answer.json(200, body);
        }
        if (path.size() == 4 && request.is("PUT")) {
            return prioritise(request, find(world.network.routers, path.get(3)), agent);
        }
        throw lost();
    }

    private static Answer prioritise(Request request, SimNetwork.Served router, SimNetwork.Agent agent) {
        JsonNode wanted = request.body() == null ? null : request.body().get("ha_chassis_priority");
        if (wanted != null && !wanted.isNull()) {
            int priority = wanted.asInt(-1);
            if (priority < 0 || priority > HIGHEST) {
                throw ApiError.badRequest("HA Chassis priority must be between 0 and 32767");
            }
            if (!router.priorities.containsKey(agent)) {
                throw ApiError.conflict("The router " + router.id + " is not hosted by the L3 Agent " + agent.id + ".");
            }
            // its own, too
            if (router.priorities.containsValue(priority)) {
                throw ApiError.conflict("HA Chassis priority " + priority + " is already assigned");
            }
            router.priorities.put(agent, priority);
        }
        return Answer.text(200, "application/json", "null");
    }

    /** The agents of an OVN router's chassis, those only that are marked as gateways. */
    private Answer chassis(SimNetwork.Served router) {
        if (!world.network.priorities) {
            throw lost();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("agents");
        router.priorities.forEach((agent, priority) -> {
            if (agent.type.equals(GATEWAY)) {
                row(rows.addObject(), agent).put("ha_chassis_priority", priority);
            }
        });
        return Answer.json(200, body);
    }

    /** The gateway ports of OVN's routers, which are bound to the host of the chassis that has the gateway. */
    private Answer gatewayPorts(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("ports");
        String owner = request.param("device_owner");
        String host = request.param("binding:host_id");
        for (SimNetwork.Served router : world.network.routers) {
            SimNetwork.Agent on = SimNetwork.gateway(router);
            if ((owner == null || owner.equals(GATEWAY_PORT)) && on != null && (host == null || host.equals(on.host))) {
                rows.addObject()
                        .put("id", World.uuid("gateway port " + router.name))
                        .put("device_id", router.id)
                        .put("device_owner", GATEWAY_PORT)
                        .put("binding:host_id", on.host);
            }
        }
        return Answer.json(200, body);
    }

    private static ApiError lost() {
        return ApiError.notFound("The resource could not be found.");
    }

    private SimNetwork.Agent agent(String id) {
        return world.network.agents.stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Agent " + id + " could not be found."));
    }

    private static SimNetwork.Served find(List<SimNetwork.Served> all, String id) {
        return all.stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("Router " + id + " could not be found"));
    }

    private Optional<SimNetwork.Served> network(String id) {
        return world.network.networks.stream().filter(one -> one.id.equals(id)).findFirst();
    }

    private SimNetwork.Served needNetwork(String id) {
        return network(id).orElseThrow(() -> ApiError.notFound("Network " + id + " could not be found."));
    }

    /** One without an interface is on no agent; an HA one is at once on as many as there may be. */
    private Answer makeRouter(Request request) {
        JsonNode wanted = body(request, "router");
        boolean ha = wanted.path("ha").asBoolean();
        String[] hosts = world.network.agents.stream()
                .filter(agent -> ha && agent.type.equals(L3) && agent.up && agent.alive)
                .map(agent -> agent.host)
                .limit(MOST_OF_AN_HA_ROUTER)
                .toArray(String[]::new);
        return made("router", world.network.router(wanted.path("name").asText(), ha, hosts));
    }

    /** One without a subnet is on no agent. */
    private Answer makeNetwork(Request request) {
        return made(
                "network",
                world.network.network(body(request, "network").path("name").asText()));
    }

    private static JsonNode body(Request request, String name) {
        JsonNode wanted = request.body() == null ? null : request.body().get(name);
        if (wanted == null) {
            throw ApiError.badRequest("Resource body required");
        }
        return wanted;
    }

    private static Answer made(String kind, SimNetwork.Served served) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject(kind).put("id", served.id).put("name", served.name);
        return Answer.json(201, body);
    }

    private Answer removeRouter(String id) {
        world.network.routers.remove(find(world.network.routers, id));
        return Answer.empty(204);
    }

    private Answer removeNetwork(String id) {
        world.network.networks.remove(needNetwork(id));
        return Answer.empty(204);
    }

    private Answer agents(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("agents");
        String host = request.param("host");
        String type = request.param("agent_type");
        world.network.agents.stream()
                .filter(one -> host == null || one.host.equals(host))
                .filter(one -> type == null || one.type.equals(type))
                .forEach(one -> row(rows.addObject(), one));
        return Answer.json(200, body);
    }

    /** Agents report each half minute (report_interval). */
    private String heartbeat(SimNetwork.Agent agent) {
        Instant last = agent.alive && !agent.dead ? world.now() : agent.silentSince;
        Instant whole = Instant.ofEpochSecond(last.getEpochSecond() / REPORT_SECONDS * REPORT_SECONDS);
        return whole.toString().replace('T', ' ').replace("Z", "");
    }

    private ObjectNode row(ObjectNode row, SimNetwork.Agent agent) {
        row.put("id", agent.id).put("agent_type", agent.type).put("host", agent.host);
        row.put("admin_state_up", agent.up)
                .put("alive", agent.readsAlive(world.now()))
                .put("description", agent.description);
        row.put("heartbeat_timestamp", heartbeat(agent));
        ObjectNode told = row.putObject("configurations");
        if (agent.type.equals(L3)) {
            told.put("agent_mode", agent.mode).put("routers", count(world.network.routers, agent));
        } else if (agent.type.equals(DHCP)) {
            told.put("networks", count(world.network.networks, agent));
        }
        return row;
    }

    private static long count(List<SimNetwork.Served> all, SimNetwork.Agent agent) {
        return all.stream().filter(one -> one.agents.contains(agent)).count();
    }

    private Answer update(Request request, SimNetwork.Agent agent) {
        JsonNode wanted = body(request, "agent");
        if (agent.type.startsWith("OVN") && !wanted.path("admin_state_up").asBoolean(true)) {
            throw ApiError.badRequest("Bad agent request: OVN agent status cannot be updated.");
        }
        if (wanted.path("description").asText("").length() > MOST) {
            throw ApiError.badRequest("Invalid input for description. Reason: it exceeds maximum length of 255.");
        }
        if (wanted.has("description")) {
            agent.description = wanted.get("description").asText(null);
        }
        if (wanted.has("admin_state_up")) {
            agent.up = wanted.get("admin_state_up").asBoolean();
            world.time.after(FAIL_OVER, world.network::failOver);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        row(body.putObject("agent"), agent);
        return Answer.json(200, body);
    }

    private Answer served(SimNetwork.Agent agent, boolean routers) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray(routers ? "routers" : "networks");
        for (SimNetwork.Served one : routers ? world.network.routers : world.network.networks) {
            if (one.agents.contains(agent)) {
                ObjectNode row = rows.addObject().put("id", one.id).put("name", one.name);
                row.put("admin_state_up", true);
                if (routers) {
                    row.put("ha", one.ha).put("distributed", one.distributed);
                }
            }
        }
        return Answer.json(200, body);
    }

    /** None for a network that there is not (list_dhcp_agents_hosting_network of neutron/db/agentschedulers_db.py). */
    private Answer hostingNetwork(String id) {
        return network(id).map(this::hosting).orElseGet(NetworkApi::noAgents);
    }

    private static Answer noAgents() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("agents");
        return Answer.json(200, body);
    }

    private Answer hosting(SimNetwork.Served served) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("agents");
        for (SimNetwork.Agent agent : served.agents) {
            ObjectNode row = row(rows.addObject(), agent);
            if (served.ha) {
                row.put("ha_state", served.active == agent ? "active" : "standby");
            }
        }
        return Answer.json(200, body);
    }

    private Answer addRouter(Request request, SimNetwork.Agent agent) {
        SimNetwork.Served router = find(world.network.routers, wanted(request, "router_id"));
        if (!agent.type.equals(L3) || !agent.up) {
            throw ApiError.notFound("Agent " + agent.id + " is not a L3 Agent or has been disabled");
        }
        if (agent.mode.startsWith("dvr") && !agent.mode.equals("dvr_snat")) {
            throw ApiError.conflict("Not allowed to manually assign a router to an agent in 'dvr' mode.");
        }
        if (router.distributed && !agent.mode.equals("dvr_snat")) {
            throw ApiError.conflict(
                    "Cannot host distributed router " + router.id + " on legacy L3 agent " + agent.id + ".");
        }
        if (!router.agents.contains(agent) && !router.ha && !router.agents.isEmpty()) {
            throw ApiError.conflict("The router " + router.id + " has been already hosted by the L3 Agent "
                    + router.agents.iterator().next().id + ".");
        }
        router.agents.add(agent);
        return Answer.text(201, "application/json", "null");
    }

    private Answer addNetwork(Request request, SimNetwork.Agent agent) {
        SimNetwork.Served network = needNetwork(wanted(request, "network_id"));
        if (!agent.type.equals(DHCP) || !agent.up) {
            throw ApiError.notFound("Agent " + agent.id + " is not a valid DHCP Agent or has been disabled.");
        }
        if (!network.agents.add(agent)) {
            throw ApiError.conflict(
                    "The network " + network.id + " has been already hosted by the DHCP Agent " + agent.id + ".");
        }
        return Answer.text(201, "application/json", "null");
    }

    private static String wanted(Request request, String key) {
        return request.body() == null ? "" : request.body().path(key).asText("");
    }
}
