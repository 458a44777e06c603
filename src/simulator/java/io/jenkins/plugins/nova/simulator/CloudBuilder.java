package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Describes a cloud, then {@link #start()}s it. Things are named after they were described: users and flavors before
 * servers, groups before their members, hosts before servers. Users admin (project admin), demo (member) and watcher
 * (reader, both project demo), all with password secret, and flavors m1.small, m1.medium, m1.large and r1.huge (64 GiB)
 * are there from the start.
 */
public final class CloudBuilder {
    private final List<Consumer<World>> parts = new ArrayList<>();
    private String lastHost;
    private int described;
    private int flavors;
    private int aggregates;
    private List<String> regions = List.of("RegionOne");
    private boolean placement = true;
    private int maxMinor = 93;
    private int maxLimit = 1000;
    private Duration tokenLife = Duration.ofHours(24);
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private double speed;
    private double secondsPerRequest;
    private int port;

    CloudBuilder() {
        user("admin", "secret", "admin", "admin", "member", "reader");
        user("demo", "secret", "demo", "member", "reader");
        user("watcher", "secret", "demo", "reader");
        flavor("m1.small", 1, 2_048, 20, Map.of());
        flavor("m1.medium", 2, 4_096, 40, Map.of());
        flavor("m1.large", 4, 8_192, 80, Map.of());
        flavor("r1.huge", 16, 65_536, 160, Map.of());
    }

    /** The newest microversion, such as 50, 60, 93, 96 or 103 for 2.103; 93 by default. */
    public CloudBuilder maxMicroversion(int minor) {
        maxMinor = minor;
        return this;
    }

    /** The page size no list exceeds; 1000 by default. */
    public CloudBuilder maxLimit(int items) {
        maxLimit = items;
        return this;
    }

    /** Regions in the catalogue. They all show the same cloud; the audit log tells which was called. */
    public CloudBuilder regions(String... names) {
        regions = List.of(names);
        return this;
    }

    /** No Placement in the catalogue. */
    public CloudBuilder withoutPlacement() {
        placement = false;
        return this;
    }

    /** How long tokens live; 24 hours by default. */
    public CloudBuilder tokenLife(Duration life) {
        tokenLife = life;
        return this;
    }

    /** When a driven cloud's time begins. */
    public CloudBuilder startingAt(Instant instant) {
        start = instant;
        return this;
    }

    /** Time follows the real clock, so many times as fast. */
    public CloudBuilder realTime(double factor) {
        speed = factor;
        return this;
    }

    /** Driven time also advances by so much before each request: clients that only poll see the cloud move. */
    public CloudBuilder timePerRequest(Duration step) {
        secondsPerRequest = step.toNanos() / 1e9;
        return this;
    }

    /**
     * How many operations for moves go at full speed at once: what conductor, scheduler and computes do for a move until its
     * guest is copied or taken down, and behind it, the confirming of one, and the whole of an evacuation. Of more at once all are
     * slower in proportion. 0, the default, for any number.
     */
    public CloudBuilder fullSpeed(int operations) {
        parts.add(world -> world.load.fullSpeed(operations));
        return this;
    }

    /** With more such operations than so many under way at once, this happens to moves. Nothing by default. */
    public CloudBuilder overload(int operations, Overload how) {
        parts.add(world -> world.load.overload(operations, how));
        return this;
    }

    /** An Alertmanager beside the cloud, which asks nobody who he is. */
    public CloudBuilder alertmanager() {
        parts.add(world -> world.alertmanager = new SimAlertmanager(null));
        return this;
    }

    /** An Alertmanager behind a proxy that asks for this user. */
    public CloudBuilder alertmanager(String user, String password) {
        parts.add(world -> world.alertmanager = new SimAlertmanager(AlertmanagerApi.basic(user, password)));
        return this;
    }

    /** An Alertmanager behind a proxy that asks for this bearer token. */
    public CloudBuilder alertmanager(String token) {
        parts.add(world -> world.alertmanager = new SimAlertmanager("Bearer " + token));
        return this;
    }

    /** A failover segment of Masakari's, which is in the catalogue once there is one. */
    public CloudBuilder segment(String name, String... hosts) {
        parts.add(world -> {
            SimSegment segment = new SimSegment(name, world.now());
            List.of(hosts).forEach(segment::add);
            world.segments.add(segment);
        });
        return this;
    }

    /** Cinder's volume services by their names; Cinder is in the catalogue, under this type, once there is one. */
    public CloudBuilder volumeServices(String type, String... hosts) {
        parts.add(world -> {
            world.volumeType = type;
            List.of(hosts).forEach(host -> world.volumeServices.add(new SimVolumeService(host)));
        });
        return this;
    }

    /** A Cinder that takes the enabling of a service and does not do it, as from 2026.1 on. */
    public CloudBuilder volumeServicesStayDisabled() {
        parts.add(world -> world.volumeServicesStayDisabled = true);
        return this;
    }

    /** An agent of Neutron's, by its type; Neutron is in the catalogue once there is one. */
    public CloudBuilder agent(String type, String host) {
        parts.add(world -> world.network.add(type, host));
        return this;
    }

    /** An L3 agent that routes otherwise than legacy: dvr, dvr_snat. */
    public CloudBuilder l3Agent(String host, String mode) {
        parts.add(world -> world.network.add("L3 agent", host).mode = mode);
        return this;
    }

    /** A router on the L3 agents of these hosts; an HA one is active on the first. */
    public CloudBuilder router(String name, boolean ha, String... hosts) {
        parts.add(world -> world.network.router(name, ha, hosts));
        return this;
    }

    /** A distributed router whose SNAT is on the L3 agent of this host. */
    public CloudBuilder distributedRouter(String name, String host) {
        parts.add(world -> {
            world.network.router(name, false, host);
            world.network.routers.get(world.network.routers.size() - 1).distributed = true;
        });
        return this;
    }

    /** A router of OVN's whose gateway chassis are on these hosts, the first with the highest priority; their agents must be there. */
    public CloudBuilder gateway(String router, String... hosts) {
        parts.add(world -> world.network.gateway(router, hosts));
        return this;
    }

    /** A Neutron before 2026.2, which tells no priorities of gateway chassis. */
    public CloudBuilder gatewaysWithoutPriorities() {
        parts.add(world -> world.network.priorities = false);
        return this;
    }

    /** A network on the DHCP agents of these hosts. */
    public CloudBuilder network(String name, String... hosts) {
        parts.add(world -> world.network.network(name, hosts));
        return this;
    }

    /**
     * An amphora of Octavia's, which is in the catalogue once there is one.
     *
     * @param server the name of the server that it is
     * @param loadBalancer any name; its id is made of it
     * @param role MASTER, BACKUP or STANDALONE
     */
    public CloudBuilder amphora(String server, String loadBalancer, String role) {
        parts.add(world -> world.balancers.add(
                world.servers.values().stream()
                        .filter(one -> one.name.equals(server))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no server '" + server + "' yet")),
                loadBalancer,
                role));
        return this;
    }

    /** What stands beside Nova, as a file says it. */
    CloudBuilder beside(FileBeside file) {
        parts.add(file::describe);
        return this;
    }

    /** A port of the loopback interface; any free one by default. */
    public CloudBuilder port(int number) {
        port = number;
        return this;
    }

    /** A user with a project and roles; the name is the id's seed. */
    public CloudBuilder user(String name, String password, String project, String... roles) {
        return addUser(name, password, project, null, null, roles);
    }

    /** A user who also has an application credential, called NAME-credential. */
    public CloudBuilder userWithCredential(
            String name,
            String password,
            String project,
            String credentialId,
            String credentialSecret,
            String... roles) {
        return addUser(name, password, project, credentialId, credentialSecret, roles);
    }

    /**
     * Binds the application credential of a user who was described before to access rules.
     *
     * @param rules all that it may ask for, such as {@code compute GET /v2.1/servers/*}
     */
    public CloudBuilder accessRules(String userName, String... rules) {
        List<AccessRule> all = Arrays.stream(rules).map(AccessRule::of).toList();
        parts.add(world -> world.users.replaceAll(user -> user.name().equals(userName) ? user.boundTo(all) : user));
        return this;
    }

    private CloudBuilder addUser(
            String name, String password, String project, String credentialId, String secret, String... roles) {
        SimUser user = new SimUser(
                World.uuid("user " + name).replace("-", ""),
                name,
                password,
                World.uuid("project " + project).replace("-", ""),
                project,
                Arrays.asList(roles),
                credentialId,
                secret,
                null);
        parts.add(world -> {
            world.users.removeIf(u -> u.name().equals(name));
            world.users.add(user);
        });
        return this;
    }

    /** A flavor; its id is a number from 1. */
    public CloudBuilder flavor(String name, int vcpus, long ramMiB, long diskGiB, Map<String, String> extraSpecs) {
        return flavor(name, vcpus, ramMiB, diskGiB, 0, 0, extraSpecs);
    }

    /** A flavor with an ephemeral disk and swap. */
    public CloudBuilder flavor(
            String name,
            int vcpus,
            long ramMiB,
            long diskGiB,
            long ephemeralGiB,
            long swapMiB,
            Map<String, String> extraSpecs) {
        int number = ++flavors;
        String id = Integer.toString(number);
        parts.add(world -> {
            world.flavors.values().removeIf(flavor -> flavor.name().equals(name));
            world.flavors.put(
                    id, new SimFlavor(number, id, name, vcpus, ramMiB, diskGiB, ephemeralGiB, swapMiB, extraSpecs));
        });
        return this;
    }

    /** Forgets the flavors that are there from the start. */
    public CloudBuilder withoutFlavors() {
        parts.add(world -> world.flavors.clear());
        return this;
    }

    /** The id of a project's owner of whom a file tells no name. */
    static String nameless(String projectId) {
        return World.uuid("owner " + projectId).replace("-", "");
    }

    /** Somebody who owns servers and never logs in. */
    CloudBuilder owner(String name, String project, String projectId) {
        SimUser user = new SimUser(
                name.equals(project)
                        ? nameless(projectId)
                        : World.uuid("owner " + name).replace("-", ""),
                name,
                UUID.randomUUID().toString(),
                projectId,
                project,
                List.of("member"),
                null,
                null,
                null);
        parts.add(world -> {
            world.users.removeIf(u -> u.name().equals(name) && !u.admin());
            world.users.add(user);
        });
        return this;
    }

    public CloudBuilder host(String name) {
        return host(name, h -> {});
    }

    /** A compute host. Servers described next are on it. */
    public CloudBuilder host(String name, Consumer<HostBuilder> how) {
        lastHost = name;
        parts.add(world -> {
            SimHost host = new SimHost(world.hosts.size() + 1, name);
            how.accept(new HostBuilder(host, world.time));
            world.hosts.put(name, host);
        });
        return this;
    }

    /** A server group of a policy such as anti-affinity, in the project of its owner. */
    public CloudBuilder group(String name, String policy, String owner) {
        return group(World.uuid("group " + name), name, policy, 1, owner);
    }

    /** The same with an id, of which a host may have so many members where the policy is anti-affinity. */
    CloudBuilder group(String id, String name, String policy, int perHost, String owner) {
        parts.add(world -> world.groups.add(new SimGroup(
                id,
                name,
                policy,
                perHost,
                world.users.stream()
                        .filter(u -> u.name().equals(owner))
                        .findFirst()
                        .orElseThrow())));
        return this;
    }

    /** A host aggregate; {@code zone} null when it makes none. */
    public CloudBuilder aggregate(String name, String zone, Map<String, String> metadata, String... hosts) {
        int id = ++aggregates;
        SimAggregate aggregate =
                new SimAggregate(id, World.uuid("aggregate " + name), name, zone, List.of(hosts), metadata);
        parts.add(world -> world.aggregates.add(aggregate));
        return this;
    }

    public CloudBuilder server(String name) {
        return server(name, s -> {});
    }

    /** A server. Those described first are the oldest: Nova lists the newest first. */
    public CloudBuilder server(String name, Consumer<ServerBuilder> how) {
        String host = lastHost;
        int minute = described++;
        parts.add(world -> {
            ServerBuilder builder = new ServerBuilder(name, host);
            how.accept(builder);
            builder.build(world, world.now().minus(Duration.ofDays(30)).plus(Duration.ofMinutes(minute)));
        });
        return this;
    }

    /** Opens the port. */
    public SimulatedCloud start() {
        Object lock = new Object();
        VirtualTime time = speed > 0 ? VirtualTime.real(lock, speed) : VirtualTime.driven(lock, start);
        World world = new World(time);
        parts.forEach(part -> part.accept(world));
        return new SimulatedCloud(
                lock,
                world,
                new KeystoneApi(world, tokenLife, regions, placement),
                maxMinor,
                maxLimit,
                port,
                secondsPerRequest);
    }
}
