package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.roll.RollTurn.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A simple model of a cloud in which a roll is replayed, move by move: it knows what Nova's scheduler would say of each, by its own
 * count of memory, CPUs, disks, zones, traits, aggregates and groups, and has nothing of how the product plans.
 */
public final class RollWorld {

    /** Which of the hosts that will do a scheduler takes. */
    public enum Scheduler {
        SPREAD,
        UNIFORM,
        PACK
    }

    private final RollClouds cloud;
    private final Random random;
    private final Map<String, ComputeService> services;
    private final Map<String, Server> servers = new TreeMap<>();
    private final Map<String, String> at = new HashMap<>();
    private final Map<String, Map<String, Long>> free = new HashMap<>();
    private final Map<String, List<ServerGroup>> groupsOf = new HashMap<>();
    private final Map<String, Set<String>> hostsWith = new HashMap<>();
    private final Map<String, Set<String>> residents = new HashMap<>();
    private final Set<String> away = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> moved = new HashSet<>();
    private final Set<String> emptied = new TreeSet<>();
    private int moves;

    public RollWorld(RollClouds cloud, long seed) {
        this.cloud = cloud;
        this.random = new Random(seed);
        this.services = new TreeMap<>(cloud.services());
        cloud.capacity().forEach((host, amounts) -> {
            free.put(host, new HashMap<>(amounts));
            residents.put(host, new TreeSet<>());
        });
        services.values().stream()
                .filter(service -> !service.enabled() || !service.up())
                .forEach(service -> away.add(service.host()));
        cloud.servers().forEach(server -> {
            servers.put(server.id(), server);
            at.put(server.id(), server.host());
            residents.get(server.host()).add(server.id());
            charge(server, server.host(), 1);
        });
        cloud.groups()
                .forEach(group -> group.members()
                        .forEach(member -> groupsOf.computeIfAbsent(member, unseen -> new ArrayList<>())
                                .add(group)));
        cloud.aggregates()
                .forEach(one -> one.metadata()
                        .forEach((key, value) -> hostsWith
                                .computeIfAbsent(key + "=" + value, unseen -> new HashSet<>())
                                .addAll(one.hosts())));
    }

    public int moves() {
        return moves;
    }

    /** The ids of the servers that were moved. */
    public Set<String> moved() {
        return moved;
    }

    /** The hosts that none of the servers was on, when they were worked on, that can be moved. */
    public Set<String> emptied() {
        return emptied;
    }

    public List<String> violations() {
        return violations;
    }

    private void charge(Server server, String host, int sign) {
        RollClouds.needs(server).forEach((name, amount) -> free.get(host).merge(name, -sign * amount, Long::sum));
    }

    /** Why Nova would not take a server to a host; empty when it would. */
    private Optional<String> refusal(Server server, String host) {
        if (away.contains(host) || host.equals(at.get(server.id()))) {
            return Optional.of("state");
        }
        for (Map.Entry<String, Long> need : RollClouds.needs(server).entrySet()) {
            if (need.getValue() > free.get(host).get(need.getKey())) {
                return Optional.of("room");
            }
        }
        String pin = server.pinnedAvailabilityZone();
        if (pin != null && !pin.equals(services.get(host).zone())) {
            return Optional.of("zone");
        }
        for (Map.Entry<String, String> spec : server.flavor().extraSpecs().entrySet()) {
            String[] key = spec.getKey().split(":");
            boolean keeps = key[0].equals("trait")
                    ? cloud.traits(host).contains(key[1])
                    : hostsWith
                            .getOrDefault(key[1] + "=" + spec.getValue(), Set.of())
                            .contains(host);
            if (!keeps) {
                return Optional.of(key[0]);
            }
        }
        for (ServerGroup group : groupsOf.getOrDefault(server.id(), List.of())) {
            long there = group.members().stream()
                    .filter(member -> !member.equals(server.id()) && host.equals(at.get(member)))
                    .count();
            boolean keeps = group.policy().equals("affinity") ? there > 0 : there < group.maxServersPerHost();
            if (!keeps) {
                return Optional.of("group");
            }
        }
        return Optional.empty();
    }

    private void move(Server server, String host) {
        charge(server, at.get(server.id()), -1);
        residents.get(at.get(server.id())).remove(server.id());
        at.put(server.id(), host);
        residents.get(host).add(server.id());
        charge(server, host, 1);
        moved.add(server.id());
        moves++;
    }

    private Optional<String> scheduled(Server server, Scheduler scheduler, Collection<String> closed) {
        List<String> hosts = services.keySet().stream()
                .filter(host -> !closed.contains(host))
                .filter(host -> refusal(server, host).isEmpty())
                .toList();
        Comparator<String> byRoom = Comparator.comparing(host -> free.get(host).get("MEMORY_MB"));
        return switch (scheduler) {
            case SPREAD -> hosts.stream().max(byRoom);
            case PACK -> hosts.stream().min(byRoom);
            case UNIFORM -> hosts.isEmpty() ? Optional.empty() : Optional.of(hosts.get(random.nextInt(hosts.size())));
        };
    }

    private Optional<String> overBudget(RollOrder order, String host) {
        String zone = services.get(host).zone();
        List<String> site = services.values().stream()
                .filter(service -> service.zone().equals(zone))
                .map(ComputeService::host)
                .toList();
        long gone = site.stream()
                .filter(other -> away.contains(other) || other.equals(host))
                .count();
        int most = order.budget().maxHostsInMaintenance();
        if (most > 0 && gone > most) {
            return Optional.of("budget.maxAway");
        }
        long empty = site.stream()
                .filter(other -> !other.equals(host) && !away.contains(other))
                .filter(other -> residents.get(other).isEmpty())
                .count();
        return empty < order.budget().minFreeHosts() ? Optional.of("budget.minFree") : Optional.empty();
    }

    /** A host of the roll that is away, and the moves that are still to be made of it. */
    private record Under(RollTurn turn, List<RollMove> left) {}

    /**
     * Replays a plan: turns begin in their order, each as soon as those that it comes after are done and the budget allows it; which
     * of the hosts that are away goes on, or comes back, is drawn.
     *
     * @param refused per cent of the moves that Nova refuses to take to their seat: these go where the scheduler wants, and
     *     once nothing is under way the rest is planned anew
     * @param again makes the plan of hosts that are left, of the cloud as it is then
     */
    public void replay(RollOrder order, Roll roll, Scheduler scheduler, int refused, Function<RollOrder, Roll> again) {
        Roll plan = roll;
        Set<String> left = new LinkedHashSet<>(order.hosts());
        boolean first = true;
        while (plan != null) {
            boolean drifted = play(order, plan, scheduler, refused, left, first && order.canary());
            first = false;
            RollOrder rest = new RollOrder(
                    List.copyOf(left),
                    order.budget(),
                    false,
                    order.wish(),
                    order.block(),
                    order.settling(),
                    order.rates());
            plan = drifted && !left.isEmpty() ? again.apply(rest) : null;
        }
    }

    /** Whether it went other than planned, so that the rest is to be planned anew. */
    private boolean play(
            RollOrder order, Roll plan, Scheduler scheduler, int refused, Set<String> left, boolean canary) {
        List<RollTurn> turns =
                new ArrayList<>(plan.turns().stream().filter(RollTurn::begun).toList());
        Set<String> done = new HashSet<>();
        List<Under> under = new ArrayList<>();
        boolean drifted = false;
        int begun = 0;
        while (!turns.isEmpty() || !under.isEmpty()) {
            RollTurn next = turns.isEmpty() ? null : turns.get(0);
            boolean begins = next != null
                    && !drifted
                    && !(canary && begun == 1 && !under.isEmpty())
                    && done.containsAll(next.after())
                    && overBudget(order, next.host()).isEmpty();
            if (begins) {
                turns.remove(0);
                begun++;
                away.add(next.host());
                left.remove(next.host());
                under.add(new Under(next, new ArrayList<>(next.moves())));
                continue;
            }
            if (under.isEmpty()) {
                if (!drifted) {
                    violations.add("the plan comes to a halt before " + next.host() + ": after " + next.after() + ", "
                            + overBudget(order, next.host()).orElse("room"));
                }
                return drifted;
            }
            Under one = under.get(random.nextInt(under.size()));
            if (!one.left().isEmpty()) {
                drifted |= moved(one.left().remove(0), scheduler, refused, drifted);
                continue;
            }
            under.remove(one);
            drifted |= back(one.turn());
            done.add(one.turn().host());
        }
        return drifted;
    }

    private boolean moved(RollMove move, Scheduler scheduler, int refused, boolean drifted) {
        Server server = servers.get(move.server().id());
        if (!at.get(server.id()).equals(move.from())) {
            if (!drifted) {
                violations.add(server.id() + " is on " + at.get(server.id()) + ", not on " + move.from());
            }
            return true;
        }
        Optional<String> refusal = refusal(server, move.to());
        if (refusal.isPresent() && !drifted) {
            violations.add(refusal.get() + ": " + server.id() + " from " + move.from() + " to " + move.to());
        }
        if (refusal.isEmpty() && random.nextInt(100) >= refused) {
            move(server, move.to());
            return false;
        }
        scheduled(server, scheduler, Set.of(move.to())).ifPresent(host -> move(server, host));
        return true;
    }

    /** A host that was away is back in service, unless it was found disabled or down; whether what is on it is not as planned. */
    private boolean back(RollTurn turn) {
        ComputeService was = cloud.services().get(turn.host());
        if (was.enabled() && was.up()) {
            away.remove(turn.host());
        }
        boolean full = residents.get(turn.host()).stream()
                .map(servers::get)
                .anyMatch(server -> turn.moves().stream()
                        .anyMatch(move -> move.server().id().equals(server.id())));
        if (turn.state() == State.CLEAR && !residents.get(turn.host()).isEmpty() && !full) {
            violations.add(turn.host() + " is not empty when the work on it begins");
        }
        if (!full) {
            emptied.add(turn.host());
        }
        return full;
    }

    /** As it would be read now; hosts are in service again, or as they were found. */
    public RollCloud now() {
        Map<String, Server> moved = servers.values().stream()
                .collect(Collectors.toMap(Server::id, server -> on(server, at.get(server.id()))));
        return cloud.cloud(services.values(), moved.values());
    }

    private static Server on(Server server, String host) {
        return new Server(
                server.id(),
                server.name(),
                server.projectId(),
                server.userId(),
                server.status(),
                server.vmState(),
                server.taskState(),
                server.powerState(),
                host,
                server.hypervisorHostname(),
                server.availabilityZone(),
                server.pinnedAvailabilityZone(),
                server.flavor(),
                server.imageId(),
                server.volumes(),
                server.configDrive(),
                server.locked(),
                server.lockedReason(),
                server.metadata(),
                server.tags(),
                server.serverGroups(),
                server.fault(),
                server.hostStatus(),
                server.created(),
                server.updated(),
                server.progress(),
                server.imageProperties());
    }

    /**
     * What operators do without a plan: host by host in the order of their names, wherever the scheduler wants.
     *
     * @param movable servers that can be moved at all
     * @param closed whether all hosts of the roll are closed first, and each is opened when it is done
     */
    public void withoutPlan(RollOrder order, Set<String> movable, Scheduler scheduler, boolean closed) {
        Set<String> shut = new HashSet<>(closed ? order.hosts() : List.of());
        for (String host : order.hosts()) {
            boolean in = away.add(host);
            for (String id : List.copyOf(residents.get(host))) {
                Server server = servers.get(id);
                if (movable.contains(id) || moved.contains(id)) {
                    scheduled(server, scheduler, shut).ifPresent(to -> move(server, to));
                }
            }
            if (residents.get(host).stream().noneMatch(id -> movable.contains(id) || moved.contains(id))) {
                emptied.add(host);
            }
            if (in) {
                away.remove(host);
            }
            shut.remove(host);
        }
    }
}
