package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What stands beside Nova, as a cloud's file says it: Masakari's segments, Cinder's volume services, Neutron's agents with what they serve,
 * Octavia's load balancers. A service of which the file says nothing is not in the catalogue.
 */
final class FileBeside {
    /** The keys of a file that are read here. */
    static final List<String> KEYS =
            List.of("agents", "loadBalancers", "networks", "routers", "segments", "volumeServices");

    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";
    private static final String CONTROLLER = "OVN Controller";

    private final List<Consumer<World>> parts = new ArrayList<>();

    /**
     * @param whole the file
     * @param hosts the file's compute hosts; Neutron's agents and Cinder's services may be on others
     * @param servers the ids of the file's servers by their keys
     */
    FileBeside(FileNode whole, Set<String> hosts, Map<String, String> servers) {
        segments(whole.at("segments"), hosts);
        whole.at("volumeServices").entriesOrNames().forEach(this::volumeService);
        Map<String, Set<String>> agents = agents(whole.at("agents"));
        Set<String> chassis = agents.entrySet().stream()
                .filter(type -> type.getKey().startsWith(CONTROLLER))
                .flatMap(type -> type.getValue().stream())
                .collect(Collectors.toSet());
        whole.at("routers")
                .entries()
                .forEach((name, router) -> router(name, router, agents.getOrDefault(L3, Set.of()), chassis));
        whole.at("networks").entries().forEach((name, network) -> {
            network.of("hosts");
            String[] on = on(network, agents.getOrDefault(DHCP, Set.of()), DHCP);
            parts.add(world -> world.network.network(name, on));
        });
        loadBalancers(whole.at("loadBalancers"), servers);
    }

    /** Puts it into a world that has the file's servers. */
    void describe(World world) {
        parts.forEach(part -> part.accept(world));
    }

    private void segments(FileNode node, Set<String> hosts) {
        Map<String, String> segmentOf = new HashMap<>();
        node.entries().forEach((name, segment) -> {
            segment.of("hosts", "onMaintenance");
            List<String> members = new ArrayList<>();
            for (FileNode member : segment.at("hosts").items()) {
                String host = member.name("host", hosts, null);
                String other = segmentOf.putIfAbsent(host, name);
                if (other != null) {
                    throw member.wrong("the host '" + host + "' is in segment '" + other
                            + "' already, and Masakari lets none be in two");
                }
                members.add(host);
            }
            List<String> held = segment.at("onMaintenance").items().stream()
                    .map(each -> each.name("host of the segment", members, null))
                    .toList();
            parts.add(world -> {
                SimSegment made = new SimSegment(name, world.now());
                members.forEach(made::add);
                held.forEach(host -> made.hosts.get(host).onMaintenance = true);
                world.segments.add(made);
            });
        });
    }

    private void volumeService(String name, FileNode node) {
        node.of("disabled");
        FileNode disabled = node.at("disabled");
        boolean flag = disabled.isSaid() && disabled.value().isBoolean();
        String reason = flag ? null : disabled.text(null);
        boolean held = flag ? disabled.flag() : reason != null;
        parts.add(world -> {
            SimVolumeService service = new SimVolumeService(name);
            service.disabled = held;
            service.reason = reason;
            world.volumeServices.add(service);
        });
    }

    /** The hosts of each type of agent. */
    private Map<String, Set<String>> agents(FileNode node) {
        Map<String, Set<String>> hosts = new HashMap<>();
        node.entries()
                .forEach((host, agents) -> agents.entriesOrNames().forEach((type, agent) -> {
                    agent.of("alive", "description", "mode", "up");
                    String mode = agent.at("mode").text("legacy");
                    if (agent.at("mode").isSaid() && !type.equals(L3)) {
                        throw agent.at("mode").wrong("only an " + L3 + " has one");
                    }
                    boolean up = !agent.at("up").isSaid() || agent.at("up").flag();
                    boolean alive =
                            !agent.at("alive").isSaid() || agent.at("alive").flag();
                    String description = agent.at("description").text(null);
                    hosts.computeIfAbsent(type, none -> new HashSet<>()).add(host);
                    parts.add(world -> {
                        SimNetwork.Agent made = world.network.add(type, host);
                        made.mode = mode;
                        made.up = up;
                        made.alive = alive;
                        made.description = description;
                    });
                }));
        return hosts;
    }

    /** @param chassis the hosts that have an ovn-controller */
    private void router(String name, FileNode node, Set<String> hosts, Set<String> chassis) {
        node.of("gateways", "ha", "hosts");
        Map<String, FileNode> gateways = node.at("gateways").entries();
        if (!gateways.isEmpty()) {
            gateways(name, node, gateways, chassis);
            return;
        }
        boolean ha = node.at("ha").flag();
        String[] on = on(node, hosts, L3);
        if (!ha && on.length > 1) {
            throw node.at("hosts").wrong("a router that is not HA is on one agent at most");
        }
        parts.add(world -> world.network.router(name, ha, on));
    }

    private void gateways(String name, FileNode node, Map<String, FileNode> gateways, Set<String> chassis) {
        for (String other : List.of("ha", "hosts")) {
            if (node.at(other).isSaid()) {
                throw node.at(other).wrong("a router of OVN's has gateways, and no L3 agent");
            }
        }
        Map<String, Integer> priorities = new LinkedHashMap<>();
        gateways.forEach((host, priority) -> {
            if (!chassis.contains(host)) {
                throw priority.wrong(
                        "the host '" + host + "' has no agent of the type '" + CONTROLLER + " Gateway agent'");
            }
            int number = (int) priority.number(0, 0);
            if (priorities.containsValue(number)) {
                throw priority.wrong(
                        "another chassis has the priority " + number + ", and Neutron lets no two have the same");
            }
            priorities.put(host, number);
        });
        parts.add(world -> world.network.gateway(name, priorities));
    }

    private static String[] on(FileNode node, Set<String> hosts, String type) {
        return node.at("hosts").items().stream()
                .map(each -> each.name("host with an agent of the type '" + type + "'", hosts, null))
                .toArray(String[]::new);
    }

    private void loadBalancers(FileNode node, Map<String, String> servers) {
        Set<String> taken = new HashSet<>();
        node.entries().forEach((name, balancer) -> {
            balancer.of("BACKUP", "MASTER", "STANDALONE");
            if (balancer.entries().isEmpty()) {
                throw balancer.wrong(
                        "it has no amphora: name its servers, as in {\"MASTER\": \"amphora-1\", \"BACKUP\":"
                                + " \"amphora-2\"} or {\"STANDALONE\": \"amphora-1\"}");
            }
            balancer.entries().forEach((role, amphora) -> {
                String server = amphora.name("server", servers.keySet(), null);
                if (server == null) {
                    throw amphora.wrong("there is no text");
                }
                if (!taken.add(server)) {
                    throw amphora.wrong("the server '" + server + "' is an amphora already");
                }
                String id = servers.get(server);
                parts.add(world -> world.balancers.add(world.servers.get(id), name, role));
            });
        });
    }
}
