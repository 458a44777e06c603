package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.plan.room.HostRoom;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Clouds for rolls: built host by host and server by server, or drawn from a seed. */
public final class RollClouds {

    private static final String FAST = "CUSTOM_FAST";

    private final Map<String, ComputeService> services = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> capacity = new LinkedHashMap<>();
    private final Map<String, Set<String>> traits = new HashMap<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<ServerGroup> groups = new ArrayList<>();
    private final List<Aggregate> aggregates = new ArrayList<>();
    private final List<Amphora> amphorae = new ArrayList<>();

    /** A host that is up and enabled, in a zone. */
    public RollClouds host(String name, String zone, long gibibytes, long vcpus, String... itsTraits) {
        services.put(name, new ComputeService("id-" + name, name, zone, true, true, false, null, null));
        capacity.put(name, Map.of("MEMORY_MB", gibibytes << 10, "VCPU", vcpus, "DISK_GB", 4_000L));
        traits.put(name, Set.of(itsTraits));
        return this;
    }

    /** A host that is known already is disabled, or down. */
    public RollClouds state(String name, boolean enabled, boolean up) {
        ComputeService was = services.get(name);
        services.put(
                name,
                new ComputeService(
                        was.id(), name, was.zone(), enabled, up, false, enabled ? null : "memory errors", null));
        return this;
    }

    /** A host that is closed for this reason, and up. */
    public RollClouds closed(String name, String reason) {
        ComputeService was = services.get(name);
        services.put(name, new ComputeService(was.id(), name, was.zone(), false, true, false, reason, null));
        return this;
    }

    /** A server, placed wherever it is made to be. */
    public RollClouds server(Server server) {
        servers.add(server);
        return this;
    }

    /** A server of so many GiB with 2 vCPUs that boots from a volume. */
    public RollClouds server(String name, String host, long gibibytes) {
        return server(Servers.named(name)
                .on(host)
                .fromVolume()
                .flavor(gibibytes << 10, 0, 0, 0)
                .in(services.get(host).zone())
                .make());
    }

    /** A server that is an amphora of a load balancer; null for one without. */
    public RollClouds amphora(String name, String host, long gibibytes, String loadBalancer) {
        amphorae.add(new Amphora("amphora-" + name, "id-" + name, loadBalancer, "MASTER", "ALLOCATED"));
        return server(name, host, gibibytes);
    }

    /** A group of servers, by their names. */
    public RollClouds group(String name, String policy, int most, String... members) {
        groups.add(new ServerGroup(
                "g-" + name,
                name,
                policy,
                List.of(members).stream().map(one -> "id-" + one).toList(),
                null,
                most));
        return this;
    }

    /** An aggregate with metadata. */
    public RollClouds aggregate(String name, Map<String, String> metadata, String... hosts) {
        aggregates.add(new Aggregate(aggregates.size() + 1L, name, null, List.of(hosts), metadata));
        return this;
    }

    /** As it is read. */
    public RollCloud cloud() {
        return cloud(services.values(), servers);
    }

    /** The same hosts and groups with these services, and servers where they are now. */
    public RollCloud cloud(Collection<ComputeService> known, Collection<Server> now) {
        Map<String, String> whereabouts = new HashMap<>();
        Map<String, Map<String, Long>> free = new HashMap<>();
        capacity.forEach((host, amounts) -> free.put(host, new TreeMap<>(amounts)));
        for (Server server : now) {
            whereabouts.put(server.id(), server.host());
            needs(server).forEach((name, amount) -> free.get(server.host()).merge(name, -amount, Long::sum));
        }
        List<Hypervisor> hypervisors = new ArrayList<>();
        List<HostRoom> rooms = new ArrayList<>();
        capacity.keySet().forEach(host -> {
            hypervisors.add(new Hypervisor(
                    "id-" + host,
                    host,
                    host,
                    "QEMU",
                    8_002_002,
                    true,
                    true,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "EPYC"));
            rooms.add(new HostRoom("id-" + host, host, free.get(host), traits.get(host)));
        });
        Estate estate = Estate.UNKNOWN
                .newest(Microversion.of(96))
                .services(List.copyOf(known))
                .hypervisors(hypervisors)
                .aggregates(aggregates)
                .amphorae(amphorae)
                .groups(groups, whereabouts);
        return new RollCloud(
                estate, List.copyOf(now), new RoomFigures(RoomFigures.Source.PLACEMENT, "", rooms, Map.of(), Map.of()));
    }

    /** What a server of these clouds takes, counted here and not by the product. */
    static Map<String, Long> needs(Server server) {
        return Map.of(
                "MEMORY_MB",
                server.flavor().ramMiB(),
                "VCPU",
                (long) server.flavor().vcpus(),
                "DISK_GB",
                server.imageId() == null ? 0 : server.flavor().diskGiB());
    }

    Map<String, ComputeService> services() {
        return services;
    }

    Map<String, Map<String, Long>> capacity() {
        return capacity;
    }

    Set<String> traits(String host) {
        return traits.get(host);
    }

    List<Server> servers() {
        return servers;
    }

    List<ServerGroup> groups() {
        return groups;
    }

    List<Aggregate> aggregates() {
        return aggregates;
    }

    /** A roll of these hosts with no limits but these. */
    public static RollOrder order(int maxAway, int minFree, boolean canary, Collection<String> hosts) {
        return new RollOrder(
                List.copyOf(hosts),
                new Budget(maxAway, minFree, null),
                canary,
                Wish.of(Route.BY_STATE),
                Duration.ofMinutes(20),
                Duration.ofMinutes(3),
                Rates.ASSUMED);
    }

    /**
     * What a cloud is drawn by.
     *
     * @param zones availability zones
     * @param hosts hosts in each, besides the spare
     * @param servers servers on a host, about
     * @param spare whether each zone has an empty host that is as large as any
     * @param odd whether there are hosts that are disabled or down, and servers that block
     */
    public record Shape(int zones, int hosts, int servers, boolean spare, boolean odd) {}

    /** A cloud that was drawn, and the roll that is to be planned of it. */
    public record Drawn(RollClouds cloud, RollOrder order) {}

    /** The cloud of a seed with a roll of all hosts but the spare ones, and so many away at most in a zone. */
    public static Drawn whole(long seed, Shape shape, int maxAway) {
        Drawn drawn = drawn(seed, shape);
        Set<String> busy = new HashSet<>();
        drawn.cloud().servers.forEach(server -> busy.add(server.host()));
        return new Drawn(drawn.cloud(), order(maxAway, 0, true, busy));
    }

    /** The cloud of a seed: the same each time. */
    public static Drawn drawn(long seed, Shape shape) {
        Random random = new Random(seed);
        RollClouds cloud = new RollClouds();
        List<String> busy = new ArrayList<>();
        List<String> spares = new ArrayList<>();
        boolean mixed = random.nextBoolean();
        for (int zone = 0; zone < shape.zones(); zone++) {
            for (int i = 0; i < shape.hosts() + (shape.spare() ? 1 : 0); i++) {
                boolean spare = i == shape.hosts();
                String name = "az" + zone + "-c" + String.format("%04d", i);
                boolean small = mixed && !spare && random.nextInt(3) == 0;
                boolean fast = spare || i % 4 == 0;
                String[] traits = fast ? new String[] {FAST} : new String[0];
                cloud.host(name, "az" + zone, small ? 128 : 256, small ? 64 : 128, traits);
                (spare ? spares : busy).add(name);
            }
        }
        List<String> quick = cloud.traits.entrySet().stream()
                .filter(one -> one.getValue().contains(FAST))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        cloud.aggregate("ssd", Map.of("ssd", "true"), quick.toArray(String[]::new));
        Filler filler = new Filler(cloud, random, shape);
        busy.forEach(filler::fill);
        filler.group();
        if (shape.odd()) {
            String host = busy.get(random.nextInt(busy.size()));
            switch (random.nextInt(4)) {
                case 0 -> cloud.state(host, false, true);
                case 1 -> cloud.state(host, true, false);
                default -> {}
            }
        }
        List<String> rolled = new ArrayList<>(busy);
        if (random.nextInt(3) == 0) {
            rolled.removeIf(host -> random.nextInt(4) == 0);
        }
        if (random.nextInt(3) == 0) {
            rolled.addAll(spares);
        }
        if (rolled.isEmpty()) {
            rolled.addAll(busy);
        }
        int minFree = shape.spare() && random.nextInt(4) == 0 ? 1 : 0;
        return new Drawn(cloud, order(random.nextInt(5), minFree, random.nextBoolean(), rolled));
    }

    /** Fills hosts with servers. */
    private static final class Filler {
        private final RollClouds cloud;
        private final Random random;
        private final Shape shape;
        private int made;

        Filler(RollClouds cloud, Random random, Shape shape) {
            this.cloud = cloud;
            this.random = random;
            this.shape = shape;
        }

        void fill(String host) {
            Map<String, Long> left = new HashMap<>(cloud.capacity.get(host));
            double share = 0.5 + random.nextDouble() * 0.4;
            long memory = Math.round(left.get("MEMORY_MB") * share);
            long each = Math.max(1, memory / shape.servers() >> 10);
            boolean fast = cloud.traits.get(host).contains(FAST);
            while (memory > 0) {
                // most about as large as the others, some much larger
                long gibibytes = Math.max(1, random.nextInt(12) == 0 ? each * 4 : each * (1 + random.nextInt(3)) / 2);
                memory -= gibibytes << 10;
                Server server = server(host, gibibytes, fast);
                Map<String, Long> after = new HashMap<>(left);
                needs(server).forEach((name, amount) -> after.merge(name, -amount, Long::sum));
                if (after.values().stream().allMatch(amount -> amount >= 0)) {
                    cloud.servers.add(server);
                    left = after;
                }
            }
        }

        private Server server(String host, long gibibytes, boolean fast) {
            String zone = cloud.services.get(host).zone();
            String name = "s" + String.format("%06d", made++);
            Map<String, String> specs = new HashMap<>();
            if (fast && random.nextInt(10) == 0) {
                specs.put("trait:" + FAST, "required");
            }
            if (fast && random.nextInt(10) == 0) {
                specs.put("aggregate_instance_extra_specs:ssd", "true");
            }
            int vcpus = (int) Math.max(1, gibibytes / 4);
            boolean image = random.nextInt(3) == 0;
            Servers server = Servers.named(name)
                    .on(host)
                    .in(zone)
                    .flavor(new Flavor(null, "f" + gibibytes, vcpus, gibibytes << 10, image ? 20 : 0, 0, 0, specs));
            if (!image) {
                server.fromVolume();
            }
            if (random.nextInt(3) == 0) {
                server.pinnedTo(zone);
            }
            if (random.nextInt(6) == 0) {
                server.is("SHUTOFF", "stopped");
            }
            if (shape.odd() && random.nextInt(40) == 0) {
                server.is("SUSPENDED", "suspended");
            }
            return server.make();
        }

        /** Anti-affinity groups of servers on different hosts of a zone, and in odd clouds one of affinity. */
        void group() {
            Map<String, List<Server>> byZone = new TreeMap<>();
            cloud.servers.forEach(
                    server -> byZone.computeIfAbsent(server.availabilityZone(), unseen -> new ArrayList<>())
                            .add(server));
            byZone.forEach((zone, all) -> {
                int most = Math.max(1, shape.hosts() / 2);
                for (int i = 0; i < all.size() / 10; i++) {
                    int size = 1 + random.nextInt(Math.min(most, 6));
                    Set<String> hosts = new HashSet<>();
                    List<String> members = new ArrayList<>();
                    for (int tries = 0; tries < 4 * size && members.size() < size; tries++) {
                        Server one = all.get(random.nextInt(all.size()));
                        boolean grouped = cloud.groups.stream()
                                .anyMatch(group -> group.members().contains(one.id()));
                        if (!grouped && hosts.add(one.host())) {
                            members.add(one.name());
                        }
                    }
                    cloud.group(zone + "-" + i, "anti-affinity", 1, members.toArray(String[]::new));
                }
                if (shape.odd() && random.nextBoolean()) {
                    Server one = all.get(random.nextInt(all.size()));
                    boolean grouped = cloud.groups.stream()
                            .anyMatch(group -> group.members().contains(one.id()));
                    if (!grouped) {
                        cloud.group(zone + "-near", "affinity", 1, one.name());
                    }
                }
            });
        }
    }
}
