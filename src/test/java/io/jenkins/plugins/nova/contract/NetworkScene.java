package io.jenkins.plugins.nova.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a test of Neutron's agents needs: routers and networks on agents, and a look at what became of them. */
final class NetworkScene {
    static final String L3 = "L3 agent";
    static final String DHCP = "DHCP agent";
    static final String OVS = "Open vSwitch agent";

    private final CloudUnderTest cloud;
    private final Backstage neutron;
    private final List<String> made = new ArrayList<>();

    NetworkScene(CloudUnderTest cloud) {
        this.cloud = cloud;
        this.neutron = cloud.onTheWire();
    }

    /** The agents of these hosts report, and all others are seen not to. */
    void report(String... hosts) {
        cloud.report(hosts);
        List<String> wanted = List.of(hosts).stream().sorted().toList();
        for (String type : List.of(L3, DHCP, OVS)) {
            cloud.await(type + "s alive", () -> alive(type), wanted::equals);
        }
    }

    private List<String> alive(String type) {
        return rows("/agents?agent_type=" + type.replace(" ", "%20"), "agents").stream()
                .filter(agent -> agent.path("alive").asBoolean())
                .map(agent -> agent.path("host").asText())
                .sorted()
                .toList();
    }

    /** An agent as it reads now. */
    JsonNode agent(String type, String host) {
        return rows("/agents?host=" + host, "agents").stream()
                .filter(agent -> agent.path("agent_type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    boolean up(String type, String host) {
        return agent(type, host).path("admin_state_up").asBoolean();
    }

    /** What an agent's description says; null for nothing. */
    String description(String type, String host) {
        return agent(type, host).path("description").textValue();
    }

    void setAgent(String type, String host, boolean up, String description) {
        ObjectNode body = Backstage.object();
        body.putObject("agent").put("admin_state_up", up).put("description", description);
        ask("PUT", "/agents/" + agent(type, host).path("id").asText(), body);
    }

    /** A legacy router on the L3 agent of a host; its id. */
    String router(String name, String host) {
        String id = make("router", Backstage.object().put("name", name));
        give("l3-routers", "router_id", id, L3, host);
        return id;
    }

    /** An HA router, active on the L3 agent of the host that is named first; no others may report while it is made. Its id. */
    String haRouter(String name, String active) {
        String id = make("router", Backstage.object().put("name", name).put("ha", true));
        cloud.await("router " + name + " is active on " + active, () -> active(id), List.of(active)::equals);
        return id;
    }

    /** A network on the DHCP agent of a host; its id. */
    String network(String name, String host) {
        String id = make("network", Backstage.object().put("name", name));
        give("dhcp-networks", "network_id", id, DHCP, host);
        return id;
    }

    private String make(String kind, ObjectNode wanted) {
        ObjectNode body = Backstage.object();
        body.set(kind, wanted);
        String id = ask("POST", "/" + kind + "s", body).path(kind).path("id").asText();
        made.add("/" + kind + "s/" + id);
        return id;
    }

    private void give(String what, String key, String id, String type, String host) {
        ask(
                "POST",
                "/agents/" + agent(type, host).path("id").asText() + "/" + what,
                Backstage.object().put(key, id));
    }

    /** Somebody deletes it. */
    void delete(String path) {
        ask("DELETE", path, null);
        made.remove(path);
    }

    /** The hosts whose agents have a router. */
    List<String> routerOn(String id) {
        return hosts(rows("/routers/" + id + "/l3-agents", "agents"));
    }

    /** The hosts whose agents have a network. */
    List<String> networkOn(String id) {
        return hosts(rows("/networks/" + id + "/dhcp-agents", "agents"));
    }

    /** The hosts on which an HA router is active. */
    List<String> active(String id) {
        return hosts(rows("/routers/" + id + "/l3-agents", "agents").stream()
                .filter(agent -> agent.path("ha_state").asText().equals("active"))
                .toList());
    }

    private static List<String> hosts(List<JsonNode> agents) {
        return agents.stream()
                .map(agent -> agent.path("host").asText())
                .sorted()
                .toList();
    }

    private List<JsonNode> rows(String path, String name) {
        return StreamSupport.stream(ask("GET", path, null).path(name).spliterator(), false)
                .toList();
    }

    private JsonNode ask(String method, String path, JsonNode body) {
        Backstage.Said said = neutron.network(method, path, body);
        if (said.status() >= 400) {
            throw new AssertionError(method + " " + path + ": " + said.status() + " " + said.body());
        }
        return said.body();
    }

    /** All is deleted again; the agents too, for any test that empties a host would set them. */
    void strike() {
        cloud.report();
        List.copyOf(made).forEach(this::delete);
        rows("/agents", "agents")
                .forEach(agent -> delete("/agents/" + agent.path("id").asText()));
    }
}
