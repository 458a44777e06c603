package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Neutron's agents, and what they serve; without an agent there is no Neutron. */
final class SimNetwork {

    private static final int DOWN_SECONDS = 75;

    /** An agent. */
    static final class Agent {
        final String id;
        final String type;
        final String host;
        /** How an L3 agent routes. */
        String mode = "legacy";

        boolean up = true;
        boolean alive = true;
        /** Whether its process is gone, which Neutron notices later. */
        boolean dead;
        /** When it fell silent, if it is not alive. */
        Instant silentSince = Instant.EPOCH;

        String description;

        /** As Neutron takes it: for more than a minute after its last report (agent_down_time). */
        boolean readsAlive(Instant now) {
            return alive && !(dead && now.isAfter(silentSince.plusSeconds(DOWN_SECONDS)));
        }

        private Agent(String type, String host) {
            this.id = World.uuid(type + " " + host);
            this.type = type;
            this.host = host;
        }
    }

    /** A router or a network. */
    static final class Served {
        final String id;
        final String name;
        final boolean ha;
        boolean distributed;
        final Set<Agent> agents = new LinkedHashSet<>();
        /** On which agent an HA router is active; null for none. */
        Agent active;

        /** The priorities of an OVN router's gateway chassis; empty for other routers. */
        final Map<Agent, Integer> priorities = new LinkedHashMap<>();

        private Served(String name, boolean ha) {
            this.id = World.uuid("served " + name);
            this.name = name;
            this.ha = ha;
        }
    }

    /** Whether the priorities of gateway chassis are told and can be set, as from 2026.2 on. */
    boolean priorities = true;

    final List<Agent> agents = new ArrayList<>();
    final List<Served> routers = new ArrayList<>();
    final List<Served> networks = new ArrayList<>();

    Agent add(String type, String host) {
        Agent agent = new Agent(type, host);
        agents.add(agent);
        return agent;
    }

    Agent agent(String type, String host) {
        return agents.stream()
                .filter(one -> one.type.equals(type) && one.host.equals(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type + " on '" + host + "'"));
    }

    void remove(Agent agent) {
        agents.remove(agent);
        Stream.concat(routers.stream(), networks.stream()).forEach(one -> one.agents.remove(agent));
    }

    Served router(String name, boolean ha, String... hosts) {
        Served router = new Served(name, ha);
        for (String host : hosts) {
            router.agents.add(agent("L3 agent", host));
        }
        router.active = router.agents.stream().findFirst().orElse(null);
        routers.add(router);
        return router;
    }

    /**
     * An OVN router on the chassis of these hosts, the first with the highest priority (get_chassis_priority of neutron/common/ovn/utils.py).
     */
    void gateway(String name, String... hosts) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String host : hosts) {
            numbers.put(host, hosts.length - numbers.size());
        }
        gateway(name, numbers);
    }

    /** The same, with these priorities by host. */
    void gateway(String name, Map<String, Integer> numbers) {
        Served router = new Served(name, false);
        numbers.forEach((host, priority) -> router.priorities.put(controller(host), priority));
        routers.add(router);
    }

    /** A host's ovn-controller, which may be a gateway. */
    Agent controller(String host) {
        return agents.stream()
                .filter(one -> one.host.equals(host) && one.type.startsWith("OVN Controller"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no ovn-controller on '" + host + "'"));
    }

    /** Where an OVN router's gateway is: on the chassis of the highest priority that is alive; null for none. */
    static Agent gateway(Served router) {
        return router.priorities.entrySet().stream()
                .filter(one -> one.getKey().alive)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    Served network(String name, String... hosts) {
        Served network = new Served(name, false);
        for (String host : hosts) {
            network.agents.add(agent("DHCP agent", host));
        }
        networks.add(network);
        return network;
    }

    /** VRRP: where the active one is gone, another that is there becomes active. */
    void failOver() {
        for (Served router : routers) {
            if (router.ha && router.active != null && !router.active.up) {
                router.active = router.agents.stream()
                        .filter(agent -> agent.up && agent.alive)
                        .findFirst()
                        .orElse(null);
            }
        }
    }
}
