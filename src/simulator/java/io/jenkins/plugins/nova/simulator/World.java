package io.jenkins.plugins.nova.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All there is in the cloud. Guarded by the lock of its time; ids are made of names and counters, so they repeat. */
final class World {
    static final String IMAGE = "11111111-1111-4111-8111-111111111111";
    /** Where scheduler and conductor run. */
    static final String CONTROLLER = "controller";

    final VirtualTime time;
    /** What there is to do for moves. */
    final Load load;

    final Map<String, SimHost> hosts = new LinkedHashMap<>();
    final Map<String, SimFlavor> flavors = new LinkedHashMap<>();
    final Map<String, SimServer> servers = new LinkedHashMap<>();
    final List<SimMigration> migrations = new ArrayList<>();
    final List<SimAction> actions = new ArrayList<>();
    final List<SimGroup> groups = new ArrayList<>();
    final List<SimAggregate> aggregates = new ArrayList<>();
    final List<SimUser> users = new ArrayList<>();
    /** Masakari's; without one there is no Masakari. */
    final List<SimSegment> segments = new ArrayList<>();
    /** Null without one. */
    SimAlertmanager alertmanager;
    /** Cinder's; without one there is no Cinder. */
    final List<SimVolumeService> volumeServices = new ArrayList<>();

    final SimNetwork network = new SimNetwork();
    /** Under which type the catalogue has Cinder. */
    String volumeType = "block-storage";
    /** Whether enabling one is answered well and changes nothing, as from 2026.1 on (cinder/api/v3/services.py). */
    boolean volumeServicesStayDisabled;
    /** Octavia's. */
    final LoadBalancers balancers = new LoadBalancers(this);
    /** Cells whose database does not answer. */
    final Set<String> deadCells = new HashSet<>();

    private final Allocations allocations = new Allocations(this);
    private int serverNumber;

    World(VirtualTime time) {
        this.time = time;
        this.load = new Load(time);
    }

    static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    Instant now() {
        return time.now();
    }

    int nextServerNumber() {
        return ++serverNumber;
    }

    SimMigration migrate(SimServer server, String type, String status, SimUser user) {
        return migrate(server, type, status, server.flavor, user);
    }

    /** A migration to another flavor. */
    SimMigration migrate(SimServer server, String type, String status, SimFlavor flavor, SimUser user) {
        SimMigration migration = new SimMigration(migrations.size() + 1, server, type, status, flavor, user, now());
        migrations.add(migration);
        return migration;
    }

    SimAction act(SimServer server, String action, String requestId, SimUser user) {
        SimAction made = new SimAction(server, action, requestId, user, now());
        actions.add(made);
        return made;
    }

    /** The newest migration of a server with this status; null when there is none. */
    SimMigration newest(SimServer server, String status) {
        for (int i = migrations.size() - 1; i >= 0; i--) {
            SimMigration migration = migrations.get(i);
            if (migration.server == server && migration.status.equals(status)) {
                return migration;
            }
        }
        return null;
    }

    /** Sets states as Nova's compute does, touching updated_at. */
    void state(SimServer server, String vmState, String taskState) {
        server.vmState = vmState;
        server.taskState = taskState;
        server.updated = now();
    }

    /** The server is no more; what was asked of it can still be read. */
    void delete(SimServer server) {
        servers.remove(server.id);
        actions.stream()
                .filter(action -> action.server == server)
                .findFirst()
                .ifPresent(created -> actions.add(
                        new SimAction(server, "delete", "req-" + uuid("end of " + server.id), created.user, now())));
    }

    /** Whether the server still exists; its owner may delete it at any moment. */
    boolean exists(SimServer server) {
        return servers.containsKey(server.id);
    }

    List<SimServer> serversOn(String host) {
        return servers.values().stream().filter(s -> host.equals(s.host)).toList();
    }

    /** Servers that hold resources of a host: those on it, those coming, those that may come back, those evacuated. */
    List<SimServer> claimsOn(String host) {
        return holdings(host).stream().map(Holding::server).distinct().toList();
    }

    /** What is held of a host's resource provider, and by which consumer. */
    List<Holding> holdings(String host) {
        return allocations.of(host);
    }

    /** Whether the cell of a host answers. */
    boolean answers(String host) {
        return host == null || !deadCells.contains(hosts.get(host).cell);
    }

    /** Whether the cell of a server answers; of a server that is on no host it is the first cell's. */
    boolean answers(SimServer server) {
        return answers(server.host);
    }
}
