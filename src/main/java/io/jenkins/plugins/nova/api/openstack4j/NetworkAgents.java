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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final RouterGateways gateways;

    NetworkAgents(Session session) {
        this.service = new Service(session, HostSetting.Kind.NETWORK_AGENT.types(), NetworkAgents::calls);
        this.gateways = new RouterGateways(service);
    }

    /** Where calls go: the catalogue mostly says no version. */
    static String calls(String url) {
        return url.replaceFirst("/v2(\\.0)?$", "") + "/v2.0";
    }

    /**
     * An agent.
     *
     * @param up whether it is administratively up
     * @param mode how an L3 agent routes; empty when not told
     * @param load how many routers or networks it says that it has
     * @param haState of the router that was asked about; empty for none
     * @param heartbeat when it last reported, as Neutron writes it; empty when not told
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
            String haState,
            String heartbeat) {

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
                    row.textOrEmpty("ha_state"),
                    row.textOrEmpty("heartbeat_timestamp"));
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

        /** In the other modes it routes for the servers of its own host. */
        boolean central() {
            return mode.isEmpty() || mode.equals("legacy");
        }

        /**
         * Whether it has the SNAT of distributed routers, too: that is where a router is bound to, and is given and taken by hand as a legacy
         * router is, but to agents of this mode only (validate_agent_router_combination of neutron/db/l3_agentschedulers_db.py); what it routes
         * for the servers of its host it goes on with (_check_router_retain_needed there).
         */
        boolean snat() {
            return type.equals(L3) && mode.equals("dvr_snat");
        }
    }

    /**
     * The host's L3 and DHCP agents, what one in mode dvr_snat has centrally, and OVN's gateways. The agents themselves are read last, for what they serve takes a while to read, and it is by them that
     * one is set.
     */
    Listed<HostSetting> of(String host, Predicate<String> wholly) {
        Map<String, List<Served>> serves = new HashMap<>();
        Listed<Agent> first = agents(host);
        for (Agent agent : first) {
            if (agent.host().equals(host) && (agent.switchable() || agent.snat()) && wholly.test(agent.id())) {
                serves.put(agent.id(), agent.type().equals(L3) ? routersOf(agent) : networksOf(agent));
            }
        }
        Listed<HostSetting> led = gateways.of(host, here(first, host), wholly);
        Listed<Agent> all = serves.isEmpty() ? first : agents(host);
        List<HostSetting> found = new ArrayList<>();
        for (Agent agent : all) {
            if (!agent.host().equals(host)
                    || !agent.type().equals(L3) && !agent.type().equals(DHCP)) {
                continue;
            }
            List<Served> alone = serves.getOrDefault(agent.id(), List.of());
            found.add(made(
                    HostSetting.Kind.NETWORK_AGENT,
                    agent,
                    !agent.up(),
                    agent.switchable() ? alone : List.of(),
                    agent.switchable()
                            ? null
                            : "routes for the host's own servers (mode " + agent.mode()
                                    + "), so that it is not switched off"));
            if (agent.snat()) {
                found.add(made(HostSetting.Kind.CENTRAL_ROUTERS, agent, alone.isEmpty(), alone, null));
            }
        }
        found.addAll(led);
        return new Listed<>(
                found,
                Stream.concat(all.setAside().stream(), led.setAside().stream()).toList());
    }

    private static List<NetworkAgent> here(List<Agent> agents, String host) {
        return agents.stream()
                .filter(agent -> agent.host().equals(host))
                .map(agent -> new NetworkAgent(agent.id(), agent.type(), agent.alive(), agent.heartbeat()))
                .toList();
    }

    /** All agents of the host, whatever they do. */
    Listed<NetworkAgent> all(String host) {
        Listed<Agent> all = agents(host);
        return new Listed<>(here(all, host), all.setAside());
    }

    private Listed<Agent> agents(String host) {
        return agents("list Neutron's agents of " + host, AGENTS, Map.of("host", host));
    }

    private static HostSetting made(
            HostSetting.Kind kind, Agent agent, boolean held, List<Served> serves, String fixed) {
        return new HostSetting(
                kind,
                agent.id(),
                agent.type() + " of " + agent.host(),
                held,
                null,
                kind.keepsClaim() ? agent.description() : null,
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
    private List<Agent> others(String id, Served.What what) {
        List<Agent> first = othersNow(id, what);
        return first.isEmpty() ? othersNow(id, what) : first;
    }

    private List<Agent> othersNow(String id, Served.What what) {
        String type = what.ofRouter() ? L3 : DHCP;
        return agents("list Neutron's agents of type " + type, AGENTS, Map.of("agent_type", type)).stream()
                .filter(agent -> agent.type().equals(type) && !agent.id().equals(id) && agent.serves())
                .filter(agent -> switch (what) {
                    case ROUTER -> agent.central() || agent.snat();
                    case SNAT -> agent.snat();
                    case NETWORK -> true;
                })
                .sorted(Comparator.comparingLong(Agent::load).thenComparing(Agent::host))
                .toList();
    }

    /**
     * An administratively down agent's legacy routers are not rescheduled: that looks at agents that are up only
     * (get_down_router_bindings of neutron/objects/l3agent.py).
     */
    private List<Served> routersOf(Agent agent) {
        List<Served> alone = new ArrayList<>();
        Map<Served.What, List<Agent>> others = new EnumMap<>(Served.What.class);
        List<Fields> routers = on(agent.id(), Served.What.ROUTER);
        List<Fields> ha = routers.stream().filter(router -> router.flag("ha")).toList();
        // that they are active there is told router by router only
        Set<String> elsewhere = agent.up() ? onOthers(agent, Served.What.ROUTER, ha.size()) : Set.of();
        for (Fields router : routers) {
            boolean distributed = router.flag("distributed");
            Served.What what = distributed ? Served.What.SNAT : Served.What.ROUTER;
            boolean serves = router.flag(ADMIN_UP) && (agent.snat() || !distributed);
            if (serves && router.flag("ha") && elsewhere.contains(router.exact("id"))) {
                continue;
            }
            if (serves && router.flag("ha")) {
                List<Agent> hosting = elsewhere(agent, "routers", router, "l3-agents");
                boolean active = hosting.stream().anyMatch(one -> one.haState().equals("active"));
                if (hosting.isEmpty()) {
                    alone.add(served(what, router, Served.Fate.STRANDED));
                } else if (!agent.up() && !active) {
                    alone.add(served(what, router, Served.Fate.FOLLOWS));
                }
            } else if (serves) {
                boolean none = others.computeIfAbsent(what, one -> others(agent.id(), one))
                        .isEmpty();
                alone.add(served(what, router, none ? Served.Fate.STRANDED : Served.Fate.LED));
            }
        }
        return alone;
    }

    private List<Served> networksOf(Agent agent) {
        List<Served> alone = new ArrayList<>();
        List<Agent> others = null;
        List<Fields> networks = on(agent.id(), Served.What.NETWORK);
        Set<String> elsewhere = onOthers(agent, Served.What.NETWORK, networks.size());
        for (Fields network : networks) {
            if (!elsewhere.contains(network.exact("id"))
                    && elsewhere(agent, "networks", network, "dhcp-agents").isEmpty()) {
                others = others == null ? others(agent.id(), Served.What.NETWORK) : others;
                alone.add(served(
                        Served.What.NETWORK, network, others.isEmpty() ? Served.Fate.STRANDED : Served.Fate.LED));
            }
        }
        return alone;
    }

    private List<Fields> on(String agent, Served.What what) {
        return what.ofRouter()
                ? items("list the routers of Neutron's L3 agent " + agent, path(agent, "l3-routers"), "routers")
                : items("list the networks of Neutron's DHCP agent " + agent, path(agent, "dhcp-networks"), "networks");
    }

    /**
     * What the other agents that are alive and up serve, by their lists; nothing where these are not fewer than the questions about each. What
     * is not among it is asked about by itself.
     *
     * @param questions how many there would be
     */
    private Set<String> onOthers(Agent agent, Served.What what, int questions) {
        if (questions < 2) {
            return Set.of();
        }
        List<Agent> others = othersNow(agent.id(), what);
        return others.size() + 1 >= questions
                ? Set.of()
                : others.stream()
                        .flatMap(other -> ifThere(() -> on(other.id(), what)).stream())
                        .flatMap(List::stream)
                        .map(row -> row.exact("id"))
                        .collect(Collectors.toSet());
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
        if (wanted.kind().numbered()) {
            return gateways.set(wanted);
        }
        for (Served served : wanted.serves()) {
            if (served.what().ofRouter()) {
                leadRouter(wanted.id(), served);
            } else {
                leadNetwork(wanted.id(), served);
            }
        }
        if (!wanted.serves().isEmpty() || wanted.kind().leadsOnly()) {
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
        give(others(from, network.what()), "dhcp-networks", "network_id", network, from);
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
        List<Agent> others = others(from, router.what());
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
        return ifThere(() -> hosting("routers", id, "l3-agents"));
    }

    /** What is read; empty where that of which it was asked is not there (404). */
    static <T> Optional<T> ifThere(Supplier<T> call) {
        try {
            return Optional.of(call.get());
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
        return switch (served.what()) {
            case ROUTER -> "router " + served.name();
            case SNAT -> "SNAT of router " + served.name();
            case NETWORK -> "network " + served.name();
        };
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
        if (served.what().ofRouter()) {
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
