package io.jenkins.plugins.nova.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Chooses a host: enabled, up, not the source, in the pinned zone, with the required traits, room and group policy; of
 * those the one with most free memory, CPUs and disk, weighed alike as by Nova's default (nova/scheduler/weights: ram, cpu, disk).
 * What a host has is in {@link SimHost#capacity}.
 */
final class Scheduler {
    /** Sums of fractions that differ by less are the same. */
    private static final double EVEN = 1e-9;

    private static final String NO_CANDIDATES = "No valid host was found. ";
    private static final String NOT_ENOUGH_HOSTS = NO_CANDIDATES + "There are not enough hosts available.";

    private final World world;

    Scheduler(World world) {
        this.world = world;
    }

    /** The host to which a server is moved now: {@link #choose}, or null while there is too much to do. */
    SimHost take(SimServer server, String requested, SimFlavor flavor) {
        return world.load.overloaded(Overload.NO_VALID_HOST) ? null : choose(server, requested, flavor);
    }

    /** The host for a server, or null when none is valid. {@code requested} null leaves the choice. */
    SimHost choose(SimServer server, String requested) {
        return choose(server, requested, server.flavor);
    }

    /** The same for a server that is to be of another flavor; its own host will not do for that either. */
    SimHost choose(SimServer server, String requested, SimFlavor flavor) {
        List<SimHost> valid = world.hosts.values().stream()
                .filter(host -> requested == null || host.name.equals(requested))
                .filter(host -> !host.name.equals(server.host))
                .filter(host -> host.enabled && host.up(world.now()))
                .filter(host -> world.answers(host.name) && sameCell(host, server))
                .filter(host -> server.pinnedZone == null || server.pinnedZone.equals(host.zone))
                .filter(host -> hasTraits(host, flavor.extraSpecs()) && hasTraits(host, server.imageProperties))
                .filter(host -> hasRoom(host, server, flavor))
                .filter(host -> obeysGroups(host, server))
                .toList();
        if (valid.size() < 2) {
            return valid.isEmpty() ? null : valid.get(0);
        }
        double[] weights = new double[valid.size()];
        weigh(weights, valid, host -> host.memoryMiB - host.reservedMiB - known(host, "MEMORY_MB"));
        weigh(weights, valid, host -> host.vcpus * host.cpuRatio - known(host, "VCPU") - known(host, "PCPU"));
        weigh(weights, valid, host -> host.countsDisk ? host.diskGiB - known(host, "DISK_GB") : 0);
        int best = 0;
        for (int i = 1; i < weights.length; i++) {
            boolean better = weights[i] > weights[best] + EVEN;
            boolean even = Math.abs(weights[i] - weights[best]) <= EVEN;
            best = better || even && valid.get(i).number < valid.get(best).number ? i : best;
        }
        return valid.get(best);
    }

    /**
     * What a host's nova-compute knows to be in use: it claims nothing for a server that comes live before that is there
     * (nova/compute/manager.py, _live_migration_claim, for NUMA alone), though Placement holds it.
     */
    private long known(SimHost host, String resourceClass) {
        return host.held.getOrDefault(resourceClass, 0L)
                + world.holdings(host.name).stream()
                        .filter(held -> host.name.equals(held.server().host) || !comesLive(held.server(), host))
                        .mapToLong(held -> demand(held.server(), held.flavor()).getOrDefault(resourceClass, 0L))
                        .sum();
    }

    private boolean comesLive(SimServer server, SimHost host) {
        return world.migrations.stream()
                .anyMatch(
                        move -> move.server == server && move.live() && !move.ended() && host.name.equals(move.target));
    }

    /** Adds what a host has free, from 0 for the host with least to 1 for the one with most (nova/weights.py, normalize). */
    private static void weigh(double[] weights, List<SimHost> hosts, ToDoubleFunction<SimHost> free) {
        double[] all = hosts.stream().mapToDouble(free).toArray();
        double least = Arrays.stream(all).min().orElseThrow();
        double span = Arrays.stream(all).max().orElseThrow() - least;
        for (int i = 0; i < all.length && span > 0; i++) {
            weights[i] += (all[i] - least) / span;
        }
    }

    /**
     * Why {@link #choose} gave none. Where Placement already has no candidate (all that might do are disabled, full or
     * lack a trait) Nova has no words to add; where the scheduler's filters have turned the last one down, it has. The
     * source is a candidate of Placement's unless it is cordoned.
     */
    String refusal(SimServer server, String requested) {
        boolean candidates = world.hosts.values().stream()
                .filter(host -> requested == null || host.name.equals(requested))
                .anyMatch(host -> host.enabled
                        && hasTraits(host, server.flavor.extraSpecs())
                        && (host.name.equals(server.host) || hasRoom(host, server, server.flavor)));
        return candidates ? NOT_ENOUGH_HOSTS : NO_CANDIDATES;
    }

    /** What the servers on a host, coming to it or able to come back to it hold of a resource class. */
    long used(SimHost host, String resourceClass) {
        return host.held.getOrDefault(resourceClass, 0L)
                + world.holdings(host.name).stream()
                        .mapToLong(held -> demand(held.server(), held.flavor()).getOrDefault(resourceClass, 0L))
                        .sum();
    }

    /** What Nova asks Placement for, by resource class. */
    static Map<String, Long> demand(SimServer server, SimFlavor flavor) {
        Map<String, Long> demand = new TreeMap<>();
        flavor.extraSpecs().forEach((key, value) -> {
            if (key.startsWith("resources:")) {
                demand.put(key.substring("resources:".length()), Long.valueOf(value));
            }
        });
        boolean dedicated = "dedicated".equals(flavor.extraSpecs().get("hw:cpu_policy"));
        if (!demand.containsKey("VCPU") && !demand.containsKey("PCPU")) {
            demand.put(dedicated ? "PCPU" : "VCPU", (long) flavor.vcpus());
        }
        demand.putIfAbsent("MEMORY_MB", flavor.ramMiB());
        demand.putIfAbsent("DISK_GB", flavor.localDisks(server.bootsFromVolume()));
        return demand;
    }

    /** The conductor keeps moves within the cell (cross-cell resize is off by default). */
    private boolean sameCell(SimHost host, SimServer server) {
        return server.host == null || world.hosts.get(server.host).cell.equals(host.cell);
    }

    private boolean hasRoom(SimHost host, SimServer server, SimFlavor flavor) {
        return demand(server, flavor).entrySet().stream().allMatch(need -> fits(host, need.getKey(), need.getValue()));
    }

    /** Whether so much more of a resource class fits on a host; of nothing there always is enough. */
    boolean fits(SimHost host, String resourceClass, long amount) {
        return amount == 0
                || resourceClass.equals("DISK_GB") && !host.countsDisk
                || amount <= host.total(resourceClass)
                        && amount + used(host, resourceClass) <= host.capacity(resourceClass);
    }

    private static boolean hasTraits(SimHost host, Map<String, String> specs) {
        return specs.entrySet().stream()
                .filter(spec -> spec.getKey().startsWith("trait:"))
                .allMatch(spec -> {
                    boolean has = host.traits.contains(spec.getKey().substring("trait:".length()));
                    return spec.getValue().equals("forbidden")
                            ? !has
                            : has || !spec.getValue().equals("required");
                });
    }

    private boolean obeysGroups(SimHost host, SimServer server) {
        List<SimServer> claims = world.claimsOn(host.name);
        for (SimGroup group : world.groups) {
            if (!group.members.contains(server)) {
                continue;
            }
            List<SimServer> others = group.members.stream()
                    .filter(s -> s != server && world.exists(s))
                    .toList();
            if (group.policy.equals("anti-affinity")
                    && others.stream().filter(claims::contains).count() >= group.perHost) {
                return false;
            }
            // the one that is moved counts too: a group on one host can not leave it (affinity_filter.py; seen on Zed)
            List<String> hosts = group.members.stream()
                    .filter(s -> world.exists(s) && s.host != null)
                    .map(s -> s.host)
                    .toList();
            if (group.policy.equals("affinity") && !hosts.isEmpty() && !hosts.contains(host.name)) {
                return false;
            }
        }
        return true;
    }
}
