package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.HostSetting.Served;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.NetworkAgent;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.core.transport.HttpMethod;

/**
 * Neutron's L3 and DHCP agents of a host, and what they alone serve. There are no microversions; policies get_agent, update_agent, and
 * those of the agents' routers and networks, an admin's by default (neutron/conf/policies/agent.py).
 */
final class NetworkAgents {

    private static final String AGENTS = "/agents";
    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";
    private static final String ADMIN_UP = "admin_state_up";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Service service;

    NetworkAgents(Session session) {
        this.service = service(session);
    }

    /** Neutron. Where calls go: the catalogue mostly says no version. */
    static Service service(Session session) {
        return new Service(
                session, HostSetting.Kind.NETWORK_AGENT.types(), url -> url.replaceFirst("/v2(\\.0)?$", "") + "/v2.0");
    }

    /**
     * An agent.
     *
     * @param up whether it is administratively up
     * @param mode how an L3 agent routes; empty when not told
     * @param load how many routers or networks it says that it has
     * @param haState of the router that was asked about; empty for none
     */
    private record Agent(
            String id,
            String type,
            String host,
            boolean up,
            boolean alive,
            String description,
            String mode,
            long load,
            String haState) {

        static Agent of(Fields row) {
            Fields told = row.objectOrNull("configurations");
            Long routers = told == null ? null : told.numberOrNull("routers");
            Long networks = told == null ? null : told.numberOrNull("networks");
            return new Agent(
                    row.exact("id"),
                    row.exact("agent_type"),
                    row.textOrEmpty("host"),
                    flag(row, ADMIN_UP),
                    flag(row, "alive"),
                    row.raw("description"),
                    told == null ? "" : told.textOrEmpty("agent_mode"),
                    routers != null ? routers : networks != null ? networks : 0,
                    row.textOrEmpty("ha_state"));
        }

        private static boolean flag(Fields row, String name) {
            if (!row.node().path(name).isBoolean()) {
                throw row.odd(name, "a truth value");
            }
            return row.flag(name);
        }

        boolean serves() {
            return up && alive;
        }

        boolean switchable() {
            return type.equals(DHCP) || type.equals(L3) && central();
        }

        /** In the other modes it routes for the servers of its own host, and nothing can be given to it or taken from it by hand. */
        boolean central() {
            return mode.isEmpty() || mode.equals("legacy");
        }
    }

    /**
     * The host's L3 and DHCP agents. The agents themselves are read last, for what they serve takes a while to read, and it is by them that
     * one is set.
     */
    Listed<HostSetting> of(String host) {
        Map<String, List<Served>> serves = new HashMap<>();
        agents(host).forEach(agent -> serves.put(agent.id(), servedBy(agent)));
        Listed<Agent> all = agents(host);
        List<HostSetting> found = new ArrayList<>();
        for (Agent agent : all) {
            boolean ours = agent.switchable() || agent.type().equals(L3);
            if (agent.host().equals(host) && ours) {
                found.add(made(agent, serves.getOrDefault(agent.id(), List.of()), fixed(agent)));
            }
        }
        return new Listed<>(found, all.setAside());
    }

    /** All agents of the host, whatever they do. */
    Listed<NetworkAgent> all(String host) {
        Listed<Agent> all = agents(host);
        return new Listed<>(
                all.stream()
                        .filter(agent -> agent.host().equals(host))
                        .map(agent -> new NetworkAgent(agent.id(), agent.type(), agent.alive()))
                        .toList(),
                all.setAside());
    }

    private Listed<Agent> agents(String host) {
        return agents("list Neutron's agents of " + host, AGENTS, Map.of("host", host));
    }

    private List<Served> servedBy(Agent agent) {
        if (!agent.switchable()) {
            return List.of();
        }
        return agent.type().equals(L3) ? routersOf(agent) : networksOf(agent);
    }

    private static String fixed(Agent agent) {
        return agent.switchable()
                ? null
                : "routes for the host's own servers (mode " + agent.mode() + "), so that it is not switched off";
    }

    private static HostSetting made(Agent agent, List<Served> serves, String fixed) {
        return new HostSetting(
                HostSetting.Kind.NETWORK_AGENT,
                agent.id(),
                agent.type() + " of " + agent.host(),
                !agent.up(),
                null,
                agent.description(),
                serves,
                fixed,
                agent.alive() ? null : "it does not report to Neutron");
    }

    private Listed<Agent> agents(String call, String path, Map<String, String> query) {
        return Rows.read(
                OddRow.Kind.NETWORK_AGENT,
                service.read(Service.Request.get(call, path, query, null)).items("agents"),
                Agent::of);
    }

    /** Others that may take something by hand, the one with the least first; asked once more where there is none. */
    private List<Agent> others(String id, String type) {
        List<Agent> first = othersNow(id, type);
        return first.isEmpty() ? othersNow(id, type) : first;
    }

    private List<Agent> othersNow(String id, String type) {
        return agents("list Neutron's agents of type " + type, AGENTS, Map.of("agent_type", type)).stream()
                .filter(agent -> agent.type().equals(type) && !agent.id().equals(id) && agent.serves())
                .filter(agent ->
                        type.equals(DHCP) || agent.central() || agent.mode().equals("dvr_snat"))
                .sorted(Comparator.comparingLong(Agent::load).thenComparing(Agent::host))
                .toList();
    }

    /**
     * An administratively down agent's legacy routers are not rescheduled: that looks at agents that are up only
     * (get_down_router_bindings of neutron/objects/l3agent.py).
     */
    private List<Served> routersOf(Agent agent) {
        List<Served> alone = new ArrayList<>();
        List<Agent> others = null;
        for (Fields router : items(
                "list the routers of Neutron's L3 agent " + agent.id(), path(agent.id(), "l3-routers"), "routers")) {
            boolean serves = router.flag(ADMIN_UP) && !router.flag("distributed");
            if (serves && router.flag("ha")) {
                List<Agent> hosting = elsewhere(agent, "routers", router, "l3-agents");
                boolean active = hosting.stream().anyMatch(one -> one.haState().equals("active"));
                if (hosting.isEmpty()) {
                    alone.add(served(Served.What.ROUTER, router, Served.Fate.STRANDED));
                } else if (!agent.up() && !active) {
                    alone.add(served(Served.What.ROUTER, router, Served.Fate.FOLLOWS));
                }
            } else if (serves) {
                others = others == null ? others(agent.id(), L3) : others;
                alone.add(
                        served(Served.What.ROUTER, router, others.isEmpty() ? Served.Fate.STRANDED : Served.Fate.LED));
            }
        }
        return alone;
    }

    private List<Served> networksOf(Agent agent) {
        List<Served> alone = new ArrayList<>();
        List<Agent> others = null;
        for (Fields network : items(
                "list the networks of Neutron's DHCP agent " + agent.id(),
                path(agent.id(), "dhcp-networks"),
                "networks")) {
            if (elsewhere(agent, "networks", network, "dhcp-agents").isEmpty()) {
                others = others == null ? others(agent.id(), DHCP) : others;
                alone.add(served(
                        Served.What.NETWORK, network, others.isEmpty() ? Served.Fate.STRANDED : Served.Fate.LED));
            }
        }
        return alone;
    }

    /** The other agents that serve it. Asked once more where there is none, for one list may be short, and much follows from it. */
    private List<Agent> elsewhere(Agent agent, String what, Fields row, String agents) {
        List<Agent> first = elsewhereNow(agent, what, row, agents);
        return first.isEmpty() ? elsewhereNow(agent, what, row, agents) : first;
    }

    private List<Agent> elsewhereNow(Agent agent, String what, Fields row, String agents) {
        return hosting(what, row.exact("id"), agents).stream()
                .filter(one -> !one.id().equals(agent.id()) && one.serves())
                .toList();
    }

    private static Served served(Served.What what, Fields row, Served.Fate fate) {
        String name = row.textOrEmpty("name");
        String id = row.exact("id");
        return new Served(what, id, name.isEmpty() ? id : name + " (" + id + ")", fate);
    }

    private List<Fields> items(String call, String path, String name) {
        return service.read(Service.Request.get(call, path, Map.of(), null)).items(name).stream()
                .map(Fields::row)
                .toList();
    }

    private Listed<Agent> hosting(String what, String id, String agents) {
        return agents(
                "list the agents of Neutron's " + what.substring(0, what.length() - 1) + " " + id,
                "/" + what + "/" + Service.segment(id) + "/" + agents,
                Map.of());
    }

    private static String path(String agent, String what) {
        return AGENTS + "/" + Service.segment(agent) + "/" + what;
    }

    /**
     * What it alone serves is led away, while it still serves it; or it is set. Not both at once, for the former takes a while in which
     * somebody may set it.
     *
     * @return null, for the answer does not tell what has gone elsewhere
     */
    HostSetting set(HostSetting wanted) {
        for (Served served : wanted.serves()) {
            if (served.what() == Served.What.ROUTER) {
                leadRouter(wanted.id(), served);
            } else {
                leadNetwork(wanted.id(), served);
            }
        }
        if (!wanted.serves().isEmpty()) {
            return null;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("agent").put(ADMIN_UP, !wanted.held()).put("description", wanted.text());
        service.send(new Service.Request(
                "set " + ADMIN_UP + " of Neutron's " + wanted.name() + " to " + !wanted.held(),
                HttpMethod.PUT,
                AGENTS + "/" + Service.segment(wanted.id()),
                Map.of(),
                body.toString(),
                null));
        return null;
    }

    /**
     * A second agent for a network, which keeps the first. Looked up first: one that took it and whose answer was lost is enough; and
     * without the first among its agents nothing is left to do here, for of a network that was deleted Neutron tells no agents and not 404
     * (list_dhcp_agents_hosting_network of neutron/db/agentschedulers_db.py).
     */
    private void leadNetwork(String from, Served network) {
        List<Agent> hosting = hosting("networks", network.id(), "dhcp-agents");
        boolean first = hosting.stream().anyMatch(agent -> agent.id().equals(from));
        boolean second = hosting.stream().anyMatch(agent -> !agent.id().equals(from) && agent.serves());
        if (!first || second) {
            return;
        }
        give(others(from, DHCP), "dhcp-networks", "network_id", network, from);
    }

    /**
     * A legacy router is on one agent at most, so it is taken off before it is given away. Looked up first: what was interrupted between
     * the two is gone on with.
     */
    private void leadRouter(String from, Served router) {
        Optional<List<Agent>> found = routerNow(router.id());
        List<Agent> hosting = found.orElse(List.of());
        if (found.isEmpty() || hosting.stream().anyMatch(agent -> !agent.id().equals(from))) {
            return;
        }
        List<Agent> others = others(from, L3);
        if (others.isEmpty() && !hosting.isEmpty()) {
            throw nobody(router);
        }
        if (!hosting.isEmpty()) {
            service.sendAndRead(new Service.Request(
                    "take Neutron's router " + router.name() + " off its L3 agent",
                    HttpMethod.DELETE,
                    path(from, "l3-routers") + "/" + Service.segment(router.id()),
                    Map.of(),
                    null,
                    null));
        }
        give(others, "l3-routers", "router_id", router, from);
        // an answer that it was given is not enough: a router that no agent has is down
        if (hosting("routers", router.id(), "l3-agents").isEmpty()) {
            throw new NovaException.Unintelligible(
                    "give Neutron's " + words(router) + " to an agent: none has it yet", null);
        }
    }

    /** The agents that have a router; empty where it was deleted meanwhile. */
    private Optional<List<Agent>> routerNow(String id) {
        try {
            return Optional.of(hosting("routers", id, "l3-agents"));
        } catch (NovaException.Refused e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static NovaException nobody(Served served) {
        return new NovaException.Missing("no other agent that is alive and up can take Neutron's " + words(served));
    }

    private static String words(Served served) {
        return (served.what() == Served.What.ROUTER ? "router " : "network ") + served.name();
    }

    /** To the first that takes it; to the one that it was taken from where none does. */
    private void give(List<Agent> others, String what, String key, Served served, String from) {
        NovaException.Refused last = null;
        for (Agent other : others) {
            try {
                post(other.id(), what, key, served);
                return;
            } catch (NovaException.Refused e) {
                if (e.outcomeUnknown() || e.status() != NOT_FOUND && e.status() != CONFLICT) {
                    throw e;
                }
                last = e;
            }
        }
        if (served.what() == Served.What.ROUTER) {
            post(from, what, key, served);
        }
        throw last != null ? last : nobody(served);
    }

    private void post(String agent, String what, String key, Served served) {
        service.sendAndRead(new Service.Request(
                "give Neutron's " + words(served) + " to agent " + agent,
                HttpMethod.POST,
                path(agent, what),
                Map.of(),
                JsonNodeFactory.instance.objectNode().put(key, served.id()).toString(),
                null));
    }
}
