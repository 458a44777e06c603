package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who holds what of which host in Placement, as Nova leaves it at each moment of a move:
 *
 * <ul>
 *   <li>a server holds its host under its own id;
 *   <li>while it is moved live or cold, the migration's uuid holds the source, and the server's id the target once there is
 *       one (nova/conductor/tasks/migrate.py, replace_allocation_with_migration): until the live migration has completed, and
 *       for a cold one or a resize until it was confirmed, or reverted and back home;
 *   <li>an evacuated server holds both hosts under its own id until its old host's nova-compute starts again
 *       (nova/compute/manager.py, _destroy_evacuated_instances);
 *   <li>a move that fails gives back: the source to the server, the target to nobody.
 * </ul>
 */
final class Allocations {
    private final World world;

    Allocations(World world) {
        this.world = world;
    }

    /** What is held of a host; a consumer at most once. */
    List<Holding> of(String host) {
        List<Holding> held = new ArrayList<>();
        Map<SimServer, List<SimMigration>> moves = new IdentityHashMap<>();
        world.migrations.forEach(move ->
                moves.computeIfAbsent(move.server, unseen -> new ArrayList<>()).add(move));
        world.servers.values().forEach(server -> add(held, server, host, moves.getOrDefault(server, List.of())));
        return held;
    }

    private static void add(List<Holding> held, SimServer server, String host, List<SimMigration> moves) {
        SimMigration move = moving(moves);
        boolean source = move != null && host.equals(move.source);
        boolean target = move != null && host.equals(move.target);
        if (source) {
            held.add(new Holding(move.uuid, server, move.oldFlavor));
        }
        boolean here = host.equals(server.host) && !source;
        if (here || target) {
            held.add(new Holding(server.id, server, target ? move.newFlavor : server.flavor));
        } else if (evacuated(moves, host)) {
            held.add(new Holding(server.id, server, server.flavor));
        }
    }

    /** The live or cold migration, or resize, that holds the source; null when there is none. */
    private static SimMigration moving(List<SimMigration> moves) {
        return moves.stream()
                .filter(m -> !m.type.equals("evacuation") && (!m.ended() || comingHome(m)))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** The record of a revert reads reverted a moment before its server is back. */
    private static boolean comingHome(SimMigration migration) {
        return migration.status.equals("reverted")
                && "resize_reverting".equals(migration.server.taskState)
                && migration.target.equals(migration.server.host);
    }

    private static boolean evacuated(List<SimMigration> moves, String host) {
        return moves.stream()
                .filter(m -> m.type.equals("evacuation"))
                .anyMatch(m -> host.equals(m.source) && m.status.equals("done")
                        || host.equals(m.target) && !m.ended() && !m.status.equals("accepted"));
    }
}
