package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.HostSetting.Served;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.NetworkAgent;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openstack4j.core.transport.HttpMethod;

/**
 * The OVN gateways of routers that a host carries. From 2026.2 on Neutron tells the priority of each of a router's gateway chassis and lets
 * it be changed (extension l3-agent-scheduler-ha-chassis-priority; neutron/services/ovn_l3/plugin.py); policies get_l3-routers, get_l3-agents
 * and update_l3-router. Before that, and of chassis that are not marked as gateways ({@code enable-chassis-as-gw}), whose priorities it does
 * not tell, the binding of a router's gateway port says on which host it is (PortBindingChassisEvent of
 * neutron/plugins/ml2/drivers/ovn/mech_driver/ovsdb/ovsdb_monitor.py).
 */
final class RouterGateways {

    private static final String GATEWAY = "OVN Controller Gateway agent";
    private static final String CONTROLLER = "OVN Controller agent";
    private static final String PRIORITY = "ha_chassis_priority";
    /** HA_CHASSIS_GROUP_HIGHEST_PRIORITY of neutron/common/ovn/constants.py. */
    private static final int HIGHEST = 32767;

    private static final int STEPS = 4;
    private static final int MOST_NAMED = 5;

    private final Service service;

    /** @param service Neutron */
    RouterGateways(Service service) {
        this.service = service;
    }

    /** An agent of ovn-controller's, which is the chassis of its id. */
    private record Controller(String id, String type, String host, boolean alive) {}

    /** A gateway chassis of a router. */
    private record Chassis(String id, boolean alive, int priority) {

        static Chassis of(Fields row) {
            return new Chassis(row.exact("id"), RouterGateways.alive(row), Math.toIntExact(row.number(PRIORITY)));
        }
    }

    private static boolean alive(Fields row) {
        if (!row.node().path("alive").isBoolean()) {
            throw row.odd("alive", "a truth value");
        }
        return row.flag("alive");
    }

    /**
     * Those of the host: one of each router that has it among its gateway chassis, and behind them the agent itself, which stands for those
     * that are not there any more, and has to follow them. Where priorities are not told, one that cannot be set says what it carries.
     *
     * @param agents those of the host, of whatever type
     * @param wholly which are to be read; the others are left out
     */
    Listed<HostSetting> of(String host, List<NetworkAgent> agents, Predicate<String> wholly) {
        List<HostSetting> found = new ArrayList<>();
        List<OddRow> aside = new ArrayList<>();
        for (NetworkAgent one : agents) {
            boolean gateway = one.type().equals(GATEWAY);
            if (!gateway && !one.type().equals(CONTROLLER)) {
                continue;
            }
            Controller agent = new Controller(one.id(), one.type(), host, one.alive());
            Optional<List<Fields>> routers = gateway ? routers(agent) : Optional.empty();
            if (routers.isPresent()) {
                for (Fields router : routers.get()) {
                    if (wholly.test(id(agent, router))) {
                        gateway(agent, router, aside).ifPresent(found::add);
                    }
                }
                found.add(made(agent, agent.id(), named(agent), true, List.of(), null));
            } else if (wholly.test(agent.id())) {
                carried(agent).ifPresent(found::add);
            }
        }
        return new Listed<>(found, aside);
    }

    private static String id(Controller agent, Fields router) {
        return agent.id() + "/" + router.exact("id");
    }

    private static String named(Controller agent) {
        return agent.type() + " of " + agent.host();
    }

    private static HostSetting made(
            Controller agent, String id, String name, boolean held, List<Served> serves, String fixed) {
        return new HostSetting(
                HostSetting.Kind.ROUTER_GATEWAY,
                id,
                name,
                held,
                null,
                null,
                serves,
                fixed,
                agent.alive() ? null : "its OVN Controller Gateway agent does not report to Neutron");
    }

    /** The routers that have it as a gateway chassis; empty where Neutron does not tell, as before 2026.2. Asked once more before that. */
    private Optional<List<Fields>> routers(Controller agent) {
        Service.Request request = Service.Request.get(
                "list the routers of Neutron's " + named(agent),
                "/agents/" + Service.segment(agent.id()) + "/l3-routers",
                Map.of(),
                null);
        Supplier<Optional<List<Fields>>> ask = () -> NetworkAgents.ifThere(() -> rows(request, "routers"));
        return ask.get().or(ask);
    }

    private List<Fields> rows(Service.Request request, String name) {
        return service.read(request).items(name).stream().map(Fields::row).toList();
    }

    private Listed<Chassis> chassis(String router) {
        return Rows.read(
                OddRow.Kind.NETWORK_AGENT,
                service.read(Service.Request.get(
                                "list the gateway chassis of Neutron's router " + router,
                                "/routers/" + Service.segment(router) + "/l3-agents",
                                Map.of(),
                                null))
                        .items("agents"),
                Chassis::of);
    }

    /** Asked once more where it has no other than this, for one list may be short, and much follows from it. */
    private Optional<HostSetting> gateway(Controller agent, Fields router, List<OddRow> aside) {
        String id = router.exact("id");
        Supplier<Optional<Listed<Chassis>>> ask = () -> NetworkAgents.ifThere(() -> chassis(id));
        Optional<Listed<Chassis>> found = ask.get();
        boolean doubtful = found.isEmpty()
                || !has(found.get(), agent.id())
                || found.get().stream()
                        .noneMatch(one -> one.alive() && !one.id().equals(agent.id()));
        Listed<Chassis> all = (doubtful ? ask.get() : found).orElse(null);
        if (all == null) {
            return Optional.empty();
        }
        aside.addAll(all.setAside());
        if (!has(all, agent.id())) {
            return Optional.empty();
        }
        String name = router.textOrEmpty("name").isEmpty() ? id : router.textOrEmpty("name") + " (" + id + ")";
        int mine = priority(all, agent.id());
        int best = all.stream()
                .filter(one -> one.alive() && !one.id().equals(agent.id()))
                .mapToInt(Chassis::priority)
                .max()
                .orElse(-1);
        // where it is not alive, OVN has led them away
        boolean held = best > mine || !agent.alive() || !router.flag("admin_state_up");
        Served.Fate fate = best < 0 ? Served.Fate.STRANDED : Served.Fate.LED;
        HostSetting setting = made(
                agent,
                id(agent, router),
                "gateway of router " + name + " on " + agent.host(),
                held,
                held ? List.of() : List.of(new Served(Served.What.ROUTER, id, name, fate)),
                null);
        Map<String, Integer> now = new HashMap<>();
        all.forEach(one -> now.put(one.id(), one.priority()));
        return Optional.of(
                setting.with(new HostSetting.Numbers(now, held || best < 0 ? List.of() : steps(agent, all, best))));
    }

    private static boolean has(List<Chassis> all, String id) {
        return all.stream().anyMatch(one -> one.id().equals(id));
    }

    private static int priority(List<Chassis> all, String id) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .mapToInt(Chassis::priority)
                .findFirst()
                .orElseThrow();
    }

    /**
     * What has another be the highest that is alive: the host's own below it, with a number that is free, for two of the same are refused (409),
     * and below all of them first; where there is none, the best of the others above.
     */
    private static List<HostSetting.Step> steps(Controller agent, List<Chassis> all, int best) {
        TreeSet<Integer> taken = all.stream().map(Chassis::priority).collect(Collectors.toCollection(TreeSet::new));
        int lowest = taken.first();
        List<HostSetting.Step> down = Stream.concat(
                        IntStream.iterate(lowest - 1, n -> n >= 0, n -> n - 1).boxed(),
                        IntStream.iterate(best - 1, n -> n > lowest, n -> n - 1).boxed())
                .filter(number -> !taken.contains(number))
                .limit(STEPS)
                .map(number -> new HostSetting.Step(agent.id(), number))
                .toList();
        if (!down.isEmpty() || taken.last() >= HIGHEST) {
            return down;
        }
        return all.stream()
                .filter(one -> one.priority() == best)
                .map(one -> new HostSetting.Step(one.id(), taken.last() + 1))
                .toList();
    }

    /**
     * Looked at once more before: a list may have been old, another may have set it meanwhile, and Neutron knows no compare-and-set. The same
     * number again would be refused, too.
     *
     * @return null, for the answer does not tell
     */
    HostSetting set(HostSetting wanted) {
        HostSetting.Step step = wanted.numbers().steps().get(0);
        String router = wanted.id().substring(wanted.id().indexOf('/') + 1);
        Listed<Chassis> now = chassis(router);
        boolean asRead = now.stream()
                .anyMatch(one -> one.id().equals(step.of())
                        && one.priority() == wanted.numbers().now().get(step.of()));
        if (!asRead || now.stream().anyMatch(one -> one.priority() == step.number())) {
            return null;
        }
        service.sendAndRead(new Service.Request(
                "set the priority of agent " + step.of() + " for Neutron's " + wanted.name() + " to " + step.number(),
                HttpMethod.PUT,
                "/agents/" + Service.segment(step.of()) + "/l3-routers/" + Service.segment(router),
                Map.of(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put(PRIORITY, step.number())
                        .toString(),
                null));
        return null;
    }

    /** What a host carries whose priorities are not told; empty where it is no gateway and none is there. */
    private Optional<HostSetting> carried(Controller agent) {
        boolean gateway = agent.type().equals(GATEWAY);
        List<String> routers;
        try {
            List<String> first = routersBoundTo(agent);
            routers = gateway && first.isEmpty() ? routersBoundTo(agent) : first;
        } catch (NovaException e) {
            // which they are is not known then
            return gateway ? Optional.of(left(agent, "gateways of routers, which go", "them")) : Optional.empty();
        }
        if (routers.isEmpty()) {
            return gateway
                    ? Optional.of(made(agent, agent.id(), named(agent), true, List.of(), null))
                    : Optional.empty();
        }
        if (routers.size() == 1) {
            return Optional.of(left(agent, "the gateway of router " + routers.get(0) + ", which goes", "it"));
        }
        String which = routers.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (routers.size() > MOST_NAMED ? " and " + (routers.size() - MOST_NAMED) + " more" : "");
        return Optional.of(left(agent, "the gateways of routers " + which + ", which go", "them"));
    }

    private static HostSetting left(Controller agent, String which, String them) {
        String fixed = "carries " + which + " elsewhere only once the host is down: nothing is done about " + them;
        return made(agent, agent.id(), named(agent), false, List.of(), fixed);
    }

    private List<String> routersBoundTo(Controller agent) {
        Service.Request request = Service.Request.get(
                "list the gateway ports of Neutron's routers on " + agent.host(),
                "/ports",
                Map.of("device_owner", "network:router_gateway", "binding:host_id", agent.host()),
                null);
        return rows(request, "ports").stream()
                .map(port -> port.textOrEmpty("device_id"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }
}
