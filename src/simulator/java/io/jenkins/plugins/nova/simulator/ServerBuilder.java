package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Describes a server: by default ACTIVE, of flavor m1.small, booted from an image, in project demo, on the host named
 * last.
 */
public final class ServerBuilder {
    private record State(String vmState, int power) {}

    private static final Map<String, State> STATES = Map.ofEntries(
            Map.entry("ACTIVE", new State("active", 1)),
            Map.entry("SHUTOFF", new State("stopped", 4)),
            Map.entry("PAUSED", new State("paused", 3)),
            Map.entry("SUSPENDED", new State("suspended", 4)),
            Map.entry("ERROR", new State("error", 1)),
            Map.entry("RESCUE", new State("rescued", 1)),
            Map.entry("RESCUED", new State("rescued", 1)),
            Map.entry("SOFT_DELETED", new State("soft-delete", 4)),
            Map.entry("SHELVED", new State("shelved", 4)),
            Map.entry("SHELVED_OFFLOADED", new State("shelved_offloaded", 4)),
            Map.entry("VERIFY_RESIZE", new State("resized", 1)),
            Map.entry("BUILD", new State("building", 0)));

    private final String name;
    private String id;
    private String host;
    private String status = "ACTIVE";
    private String flavor = "m1.small";
    private String owner = "demo";
    private String source;
    private boolean byOwner;
    private boolean volumeBacked;
    private boolean configDrive;
    private boolean locked;
    private String lockedReason;
    private String pinnedZone;
    private String group;
    private String fault;
    private String taskState;
    private Integer powerState;
    private boolean guestDied;
    private String portState = "ACTIVE";
    private String console;
    private int volumes = -1;
    private Instant created;
    private Instant taskSince;
    private String oldFlavor = "m1.medium";
    private final List<String> shares = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> imageProperties = new LinkedHashMap<>();
    private Consumer<Behaviour> behaviour = b -> {};

    /** The states there are. */
    static Set<String> states() {
        return new TreeSet<>(STATES.keySet());
    }

    /** The power state that goes with one. */
    static int powerOf(String status) {
        return STATES.get(status).power();
    }

    ServerBuilder(String name, String host) {
        this.name = name;
        this.host = host;
    }

    /** Its uuid; made of its name by default. */
    public ServerBuilder id(String uuid) {
        id = uuid;
        return this;
    }

    /** The host it is on. */
    public ServerBuilder on(String hostName) {
        host = hostName;
        return this;
    }

    /** ACTIVE, SHUTOFF, PAUSED, SUSPENDED, ERROR, RESCUE, SHELVED, SHELVED_OFFLOADED or BUILD. */
    public ServerBuilder status(String novaStatus) {
        if (!STATES.containsKey(novaStatus)) {
            throw new IllegalArgumentException(
                    "server " + name + ": no state '" + novaStatus + "'; one of " + STATES.keySet());
        }
        status = novaStatus;
        return this;
    }

    /** VERIFY_RESIZE after a cold migration from that host. */
    public ServerBuilder resizedFrom(String sourceHost) {
        source = sourceHost;
        return status("VERIFY_RESIZE");
    }

    /** VERIFY_RESIZE after its owner's resize, from {@link #oldFlavor} on that host. */
    public ServerBuilder resizedByOwnerFrom(String sourceHost) {
        byOwner = true;
        return resizedFrom(sourceHost);
    }

    /** A task that is under way and never ends, such as {@code migrating}. */
    public ServerBuilder stuckIn(String task) {
        taskState = task;
        return this;
    }

    /** A flavor by name. */
    public ServerBuilder flavor(String flavorName) {
        flavor = flavorName;
        return this;
    }

    /** The user who made it, and with that its project. */
    public ServerBuilder owner(String userName) {
        owner = userName;
        return this;
    }

    /** It boots from a volume. */
    public ServerBuilder volumeBacked() {
        volumeBacked = true;
        return this;
    }

    /** So many volumes are attached to it, its root volume among them. */
    public ServerBuilder volumes(int number) {
        volumes = number;
        return this;
    }

    /** When it was made. */
    public ServerBuilder created(Instant when) {
        created = when;
        return this;
    }

    /** Since when its task is under way; since it was made by default. */
    public ServerBuilder since(Instant when) {
        taskSince = when;
        return this;
    }

    /** Of what flavor it was before its owner's resize; m1.medium by default. */
    public ServerBuilder oldFlavor(String flavorName) {
        oldFlavor = flavorName;
        return this;
    }

    /** It has a config drive. */
    public ServerBuilder configDrive() {
        configDrive = true;
        return this;
    }

    /** Its owner locked it; the reason may be null. */
    public ServerBuilder locked(String reason) {
        locked = true;
        lockedReason = reason;
        return this;
    }

    /** Its owner asked for a zone. */
    public ServerBuilder pinnedTo(String zone) {
        pinnedZone = zone;
        return this;
    }

    /** Its server group, by name; the group must have been described. */
    public ServerBuilder group(String groupName) {
        group = groupName;
        return this;
    }

    /** The message of its fault, shown while it is in ERROR. */
    public ServerBuilder fault(String message) {
        fault = message;
        return this;
    }

    public ServerBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    public ServerBuilder imageProperty(String key, String value) {
        imageProperties.put(key, value);
        return this;
    }

    /** Ids of the shares that are attached to it. */
    public ServerBuilder shares(String... all) {
        shares.addAll(List.of(all));
        return this;
    }

    public ServerBuilder tags(String... all) {
        tags.addAll(List.of(all));
        return this;
    }

    /** The power state that Nova last saw, in place of the one that goes with the status. */
    public ServerBuilder power(int state) {
        powerState = state;
        return this;
    }

    /** Its guest has stopped, and Nova has not noted that yet. */
    public ServerBuilder guestDied() {
        guestDied = true;
        return this;
    }

    /** The status of its port while it runs; ACTIVE by default. */
    public ServerBuilder port(String state) {
        portState = state;
        return this;
    }

    /** What its guest wrote to the console. */
    public ServerBuilder console(String text) {
        console = text;
        return this;
    }

    /** How the hypervisors treat it. */
    public ServerBuilder behaviour(Consumer<Behaviour> how) {
        behaviour = behaviour.andThen(how);
        return this;
    }

    SimServer build(World world, Instant usual) {
        Instant created = this.created == null ? usual : this.created;
        SimUser user =
                find(world.users.stream().filter(u -> u.name().equals(owner)).findFirst(), "user", owner);
        SimFlavor found = find(
                world.flavors.values().stream()
                        .filter(f -> f.name().equals(flavor))
                        .findFirst(),
                "flavor",
                flavor);
        String uuid = id == null ? World.uuid("server " + name + " of " + owner + " on " + host) : id;
        SimServer server = new SimServer(world.nextServerNumber(), uuid, name, user, found, created);
        server.vmState = STATES.get(status).vmState();
        server.powerState = STATES.get(status).power();
        if (powerState != null) {
            server.powerState = powerState;
        }
        server.guestDied = guestDied;
        if (console != null) {
            server.console = console;
        }
        server.ports.add(new SimPort(
                World.uuid("port of " + uuid),
                World.uuid("network"),
                String.format(Locale.ROOT, "fa:16:3e:00:%02x:%02x", server.number / 256 % 256, server.number % 256),
                "10.0." + server.number / 250 + "." + (server.number % 250 + 2),
                portState));
        server.taskState = taskState;
        server.host = status.equals("SHELVED_OFFLOADED") ? null : host;
        if (server.host != null && !world.hosts.containsKey(host)) {
            throw new IllegalArgumentException("server " + name + ": no host '" + host + "' was described");
        }
        if (volumeBacked) {
            server.imageId = null;
            server.volumes.add(World.uuid("root volume of " + uuid));
        }
        while (server.volumes.size() < volumes) {
            server.volumes.add(World.uuid("volume " + server.volumes.size() + " of " + uuid));
        }
        if (taskSince != null) {
            server.updated = taskSince;
        }
        server.configDrive = configDrive;
        server.locked = locked;
        server.lockedReason = lockedReason;
        server.pinnedZone = pinnedZone;
        server.shares.addAll(shares);
        server.tags.addAll(tags);
        server.metadata.putAll(metadata);
        server.imageProperties.putAll(imageProperties);
        if (fault != null) {
            server.fault = new SimServer.Fault(fault, created);
        }
        behaviour.accept(server.behaviour);
        if (server.host != null && !world.hosts.get(server.host).running()) {
            server.guestDown(world.now());
        }
        if (world.servers.put(uuid, server) != null) {
            throw new IllegalArgumentException("two servers have the id " + uuid + ": give one an id of its own");
        }
        if (group != null) {
            find(
                            world.groups.stream()
                                    .filter(g -> g.name.equals(group) || g.id.equals(group))
                                    .findFirst(),
                            "group",
                            group)
                    .members
                    .add(server);
        }
        String requestId = "req-" + World.uuid("creation of " + uuid);
        SimAction creation = new SimAction(server, "create", requestId, user, created);
        creation.done("compute__do_build_and_run_instance", server.host, created);
        world.actions.add(creation);
        if (status.equals("SHUTOFF")) {
            SimAction stop = new SimAction(server, "stop", "req-" + World.uuid("stop of " + uuid), user, created);
            stop.done("compute_stop_instance", server.host, created);
            world.actions.add(stop);
        }
        if (status.equals("VERIFY_RESIZE")) {
            resized(world, server, user);
        }
        return server;
    }

    private void resized(World world, SimServer server, SimUser user) {
        String from = source == null
                ? world.hosts.keySet().stream()
                        .filter(h -> !h.equals(host))
                        .findFirst()
                        .orElseThrow()
                : source;
        server.host = from;
        server.vmState = "active";
        SimFlavor now = server.flavor;
        SimUser mover = user;
        if (byOwner) {
            server.flavor = world.flavors.values().stream()
                    .filter(flavor -> flavor.name().equals(oldFlavor))
                    .findFirst()
                    .orElseThrow();
        } else {
            // Nova lets nobody else move a server cold
            mover = world.users.stream().filter(SimUser::admin).findFirst().orElseThrow();
        }
        SimMigration migration = world.migrate(server, byOwner ? "resize" : "migration", "finished", now, mover);
        server.flavor = now;
        migration.target = host;
        String asked = byOwner ? "resize" : "migrate";
        SimAction move =
                new SimAction(server, asked, "req-" + World.uuid("move of " + server.id), mover, server.created);
        move.done("compute_finish_resize", host, server.created);
        world.actions.add(move);
        server.host = host;
        server.vmState = "resized";
    }

    private <T> T find(Optional<T> found, String what, String called) {
        return found.orElseThrow(() ->
                new IllegalArgumentException("server " + name + ": no " + what + " '" + called + "' was described"));
    }
}
