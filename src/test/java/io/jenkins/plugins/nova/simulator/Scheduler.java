package io.jenkins.plugins.nova.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Chooses a host: enabled, up, not the source, in the pinned zone, with the required traits, room and group policy; of
 * those the one with most free memory. Overcommit is Nova's default for CPUs (16) and none for memory and disk.
 */
final class Scheduler {
    static final int CPU_ALLOCATION_RATIO = 16;
    private static final String NO_CANDIDATES = "No valid host was found. ";
    private static final String NOT_ENOUGH_HOSTS = NO_CANDIDATES + "There are not enough hosts available.";

    private final World world;

    Scheduler(World world) {
        this.world = world;
    }

    /** The host for a server, or null when none is valid. {@code requested} null leaves the choice. */
    SimHost choose(SimServer server, String requested) {
        return world.hosts.values().stream()
                .filter(host -> requested == null || host.name.equals(requested))
                .filter(host -> !host.name.equals(server.host))
                .filter(host -> host.enabled && host.up(world.now()))
                .filter(host -> server.pinnedZone == null || server.pinnedZone.equals(host.zone))
                .filter(host -> hasTraits(host, server.flavor.extraSpecs()))
                .filter(host -> hasRoom(host, server))
                .filter(host -> obeysGroups(host, server))
                .max(Comparator.comparingLong(this::freeMemory).thenComparing(host -> -host.number))
                .orElse(null);
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
                        && (host.name.equals(server.host) || hasRoom(host, server)));
        return candidates ? NOT_ENOUGH_HOSTS : NO_CANDIDATES;
    }

    long usedMemory(SimHost host) {
        return world.claimsOn(host.name).stream()
                .mapToLong(s -> s.flavor.ramMiB())
                .sum();
    }

    long usedCpus(SimHost host) {
        return world.claimsOn(host.name).stream()
                .mapToLong(s -> s.flavor.vcpus())
                .sum();
    }

    long usedDisk(SimHost host) {
        return world.claimsOn(host.name).stream().mapToLong(Scheduler::disk).sum();
    }

    private static long disk(SimServer server) {
        return server.bootsFromVolume() ? 0 : server.flavor.diskGiB();
    }

    private long freeMemory(SimHost host) {
        return host.memoryMiB - usedMemory(host);
    }

    private boolean hasRoom(SimHost host, SimServer server) {
        return server.flavor.ramMiB() <= freeMemory(host)
                && server.flavor.vcpus() + usedCpus(host) <= (long) host.vcpus * CPU_ALLOCATION_RATIO
                && disk(server) + usedDisk(host) <= host.diskGiB;
    }

    private static boolean hasTraits(SimHost host, Map<String, String> extraSpecs) {
        return extraSpecs.entrySet().stream()
                .filter(spec ->
                        spec.getKey().startsWith("trait:") && spec.getValue().equals("required"))
                .allMatch(spec -> host.traits.contains(spec.getKey().substring("trait:".length())));
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
            if (group.policy.equals("anti-affinity") && others.stream().anyMatch(claims::contains)) {
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
