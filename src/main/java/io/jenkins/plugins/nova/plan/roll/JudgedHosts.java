package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Plan;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlanLine;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.filter.LeaveFilter;
import io.jenkins.plugins.nova.plan.order.Planner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What can be done with the servers of hosts that are to be emptied, as the cloud is now.
 *
 * @param plans each host
 * @param movable the servers of these hosts that can be moved, by id, with the time that each takes
 * @param replaced ids of those that Octavia replaces, wherever it wants: they leave, and take no seat
 * @param blocked what keeps a host from being emptied unless somebody acts, by owner, project, host and name
 * @param lines what is done with each server, for the hash
 */
record JudgedHosts(
        Map<String, HostPlan> plans,
        Map<String, PlannedServer> movable,
        Set<String> replaced,
        List<RollBlock> blocked,
        List<PlanLine> lines) {

    /**
     * Asks about each server of these hosts.
     *
     * @param hosts some of the order's, all among the services
     */
    static JudgedHosts of(Planner planner, RollCloud cloud, RollOrder order, Collection<String> hosts) {
        PlanContext context = new PlanContext(order.wish(), cloud.estate());
        Set<String> wanted = new HashSet<>(hosts);
        Map<String, List<Server>> byHost = cloud.servers().stream()
                .filter(server -> server.host() != null && wanted.contains(server.host()))
                .sorted(Comparator.comparing(Server::id))
                .collect(Collectors.groupingBy(Server::host));
        Map<String, List<Server>> residue = residue(cloud);
        Map<String, HostPlan> plans = new TreeMap<>();
        Map<String, PlannedServer> movable = new HashMap<>();
        Set<String> replaced = new HashSet<>();
        List<RollBlock> blocked = new ArrayList<>();
        List<PlanLine> lines = new ArrayList<>();
        for (String host : hosts) {
            // a task that is under way has ended long before the turn of most hosts
            List<Server> settled = byHost.getOrDefault(host, List.of()).stream()
                    .map(server -> planner.judge(server, context).passing() ? server.idle() : server)
                    .toList();
            Plan plan = planner.plan(host, settled, context, 0, order.rates());
            lines.addAll(plan.essence().lines());
            List<RollBlock> kept = new ArrayList<>();
            plan.servers().stream()
                    .filter(one -> !one.verdict().acts())
                    .filter(one -> !one.verdict().reason().equals(LeaveFilter.REASON))
                    .forEach(one -> kept.add(new RollBlock(host, one.server(), one.verdict())));
            residue.getOrDefault(host, List.of()).stream()
                    .filter(server -> !order.wish().leave().contains(server.id()))
                    .forEach(server -> kept.add(new RollBlock(host, server, waits(server))));
            blocked.addAll(kept);
            plan.servers().stream().filter(one -> one.verdict().acts()).forEach(one -> {
                if (one.verdict().action() == Action.FAILOVER) {
                    replaced.add(one.server().id());
                } else {
                    movable.put(one.server().id(), one);
                }
            });
            plans.put(
                    host,
                    hostPlan(
                            cloud.estate().service(host).orElseThrow(),
                            order.first().contains(host),
                            plan.servers(),
                            kept.size()));
        }
        blocked.sort(Comparator.comparing(RollBlock::owner)
                .thenComparing(one -> one.server().projectId())
                .thenComparing(RollBlock::host)
                .thenComparing(one -> one.server().name())
                .thenComparing(one -> one.server().id()));
        return new JudgedHosts(plans, movable, replaced, blocked, lines);
    }

    /** Of the servers on a host in a seating, those that must leave it now and can, by id. */
    List<Integer> leaving(Seating seating, int host) {
        return seating.guests(host).stream()
                .filter(server -> movable.containsKey(seating.server(server).id()))
                .toList();
    }

    /** Of the servers on a host in a seating, those that leave it now without a seat, by id. */
    List<Integer> replaced(Seating seating, int host) {
        return seating.guests(host).stream()
                .filter(server -> replaced.contains(seating.server(server).id()))
                .toList();
    }

    /** Servers that left a host and wait in VERIFY_RESIZE, by that host: what they had on it is there until then. */
    private static Map<String, List<Server>> residue(RollCloud cloud) {
        Map<String, String> sources = cloud.estate().resizeSources();
        return cloud.servers().stream()
                .filter(server -> "resized".equals(server.vmState()))
                .filter(server -> sources.containsKey(server.id()))
                .filter(server -> !sources.get(server.id()).equals(server.host()))
                .sorted(Comparator.comparing(Server::id))
                .collect(Collectors.groupingBy(server -> sources.get(server.id())));
    }

    private static Verdict waits(Server server) {
        return Verdict.blocked(
                "left this host before, is on " + server.host()
                        + " and waits in VERIFY_RESIZE: its old disk is on this host",
                "Confirm or revert it (confirmResize, revertResize), or agree on that with its owner.");
    }

    /** @param ours whether the roll itself has disabled it, where it is disabled */
    private static HostPlan hostPlan(ComputeService service, boolean ours, List<PlannedServer> planned, int kept) {
        boolean serves = (service.enabled() || ours) && service.up();
        String state = !service.known()
                ? "its cell does not answer (status UNKNOWN)"
                : service.up() ? "it is disabled already, and taken to stay so" : "it is down";
        if (kept > 0) {
            String servers = kept == 1 ? "1 server blocks" : kept + " servers block";
            return new HostPlan(RollTurn.State.BLOCKED, serves ? servers : servers + "; " + state, serves, planned);
        }
        return serves
                ? new HostPlan(RollTurn.State.CLEAR, "", true, planned)
                : new HostPlan(RollTurn.State.AWAY, state, false, planned);
    }
}
