package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Octavia's worker: load balancers and their amphorae. A failover boots the new amphora first, deletes the old one, and makes the
 * load balancer ACTIVE at last (octavia/controller/worker/v2/flows/amphora_flows.py, get_failover_amphora_flow); where no host takes
 * the new one, amphora and load balancer read ERROR.
 */
final class LoadBalancers {

    private static final double BOOTED_SECONDS = 20;
    private static final double DELETED_SECONDS = 5;
    private static final double CONFIGURED_SECONDS = 5;

    /** Without one there is no Octavia. */
    final List<SimAmphora> amphorae = new ArrayList<>();

    /** provisioning_status by name. */
    final Map<String, String> statuses = new LinkedHashMap<>();

    /** Whether Octavia's worker fails each failover. */
    boolean failing;

    /** How often each amphora's failover was taken, by its id. */
    final Map<String, Integer> taken = new LinkedHashMap<>();

    private final World world;
    private int made;

    LoadBalancers(World world) {
        this.world = world;
    }

    /** The id of a load balancer; one that is called by an id has that. */
    static String id(String name) {
        return name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? name : World.uuid("load balancer " + name);
    }

    void add(SimServer server, String loadBalancer, String role) {
        statuses.put(loadBalancer, "ACTIVE");
        amphorae.add(new SimAmphora(World.uuid("amphora " + server.name), server.id, loadBalancer, role, "ALLOCATED"));
    }

    /** Takes a failover, which goes on by itself. */
    void failOver(SimAmphora old, Scheduler scheduler) {
        statuses.put(old.loadBalancer, "PENDING_UPDATE");
        taken.merge(old.id, 1, Integer::sum);
        old.status = "PENDING_DELETE";
        SimServer before = old.serverId == null ? null : world.servers.get(old.serverId);
        int number = world.nextServerNumber();
        String id = World.uuid("amphora " + ++made + " after " + old.id);
        SimServer server = before == null
                ? null
                : new SimServer(
                        number,
                        World.uuid("server of " + id),
                        "amphora-" + id,
                        before.owner,
                        before.flavor,
                        world.now());
        SimHost host = server == null || failing ? null : scheduler.choose(server, null);
        if (host == null) {
            world.time.after(BOOTED_SECONDS, () -> {
                old.status = "ERROR";
                statuses.put(old.loadBalancer, "ERROR");
            });
            return;
        }
        server.imageId = before.imageId;
        server.volumes.addAll(
                before.volumes.isEmpty() ? List.of() : List.of(World.uuid("root volume of " + server.id)));
        server.host = host.name;
        server.powerState = 0;
        world.servers.put(server.id, server);
        world.state(server, "building", "spawning");
        SimAmphora next = new SimAmphora(id, server.id, old.loadBalancer, null, "BOOTING");
        amphorae.add(next);
        world.time.after(BOOTED_SECONDS, () -> {
            server.powerState = 1;
            world.state(server, "active", null);
            next.status = "ALLOCATED";
            next.role = old.role;
            world.state(before, before.vmState, "deleting");
            world.time.after(DELETED_SECONDS, () -> {
                world.delete(before);
                amphorae.remove(old);
                world.time.after(CONFIGURED_SECONDS, () -> statuses.put(old.loadBalancer, "ACTIVE"));
            });
        });
    }
}
