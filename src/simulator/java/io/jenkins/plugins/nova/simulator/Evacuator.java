package io.jenkins.plugins.nova.simulator;

/**
 * Rebuilding the servers of a dead host elsewhere. A sample just before the end shows ACTIVE, no task and still the old
 * host; the record stays {@code done} until the dead host's nova-compute starts again (trace of mini-nova).
 */
final class Evacuator {
    private final World world;
    private final Scheduler scheduler;

    Evacuator(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    /** Takes a request that the API has let through. {@code leaveStopped} is 2.95's way. */
    void start(SimServer server, String requested, boolean leaveStopped, SimAction action) {
        SimMigration migration = world.migrate(server, "evacuation", "accepted", action.user);
        migration.target = requested;
        world.state(server, server.vmState, "rebuilding");
        SimAction.Event event = action.begin("rebuild_server", World.CONTROLLER, world.now());
        world.load.after(0.25, () -> place(migration, requested, leaveStopped, action, event));
    }

    private void place(
            SimMigration migration, String requested, boolean leaveStopped, SimAction action, SimAction.Event event) {
        if (gone(migration)) {
            return;
        }
        SimHost target = scheduler.take(migration.server, requested, migration.server.flavor);
        if (target == null) {
            migration.status("error", world.now());
            String refusal = scheduler.refusal(migration.server, requested);
            action.fail(event, refusal, world.now());
            world.load.after(0.06, () -> error(migration.server, refusal));
            return;
        }
        migration.target = target.name;
        migration.status("pre-migrating", world.now());
        action.succeed(event, world.now());
        SimAction.Event rebuild = action.begin("compute_rebuild_instance", target.name, world.now());
        world.load.after(0.3, () -> rebuild(migration, leaveStopped, action, rebuild));
    }

    private void rebuild(SimMigration migration, boolean leaveStopped, SimAction action, SimAction.Event event) {
        SimServer server = migration.server;
        if (gone(migration) || stuck(migration)) {
            return;
        }
        server.powerState = 0;
        world.state(server, server.vmState, "rebuild_block_device_mapping");
        world.load.after(0.1, () -> {
            if (gone(migration) || stuck(migration)) {
                return;
            }
            world.state(server, server.vmState, "rebuild_spawning");
            String failure = server.behaviour.failureOf(Operation.SPAWN);
            if (failure != null) {
                migration.status("failed", world.now());
                action.fail(event, failure, world.now());
                world.load.after(0.15, () -> error(server, failure));
                return;
            }
            world.load.after(server.behaviour.spawnSeconds(), () -> {
                if (!gone(migration) && !stuck(migration)) {
                    spawned(migration, leaveStopped, action, event);
                }
            });
        });
    }

    private void spawned(SimMigration migration, boolean leaveStopped, SimAction action, SimAction.Event event) {
        SimServer server = migration.server;
        boolean stop = leaveStopped || migration.oldVmState.equals("stopped");
        server.fault = null;
        server.launched = world.now();
        server.powerState = 1;
        server.guestUp(world.now());
        world.state(server, "active", stop ? "powering-off" : null);
        if (stop) {
            world.load.after(0.1, () -> {
                server.powerState = 4;
                world.state(server, "stopped", null);
            });
        }
        world.load.after(stop ? 0.16 : 0.06, () -> {
            server.host = migration.target;
            world.state(server, server.vmState, null);
            migration.status("done", world.now());
            action.succeed(event, world.now());
        });
    }

    /** A nova-compute that starts deletes its copies of evacuated servers and completes their records. */
    void hostRestarted(SimHost host) {
        world.load.after(
                0.5,
                () -> world.migrations.stream()
                        .filter(m ->
                                m.type.equals("evacuation") && m.status.equals("done") && m.source.equals(host.name))
                        .forEach(m -> m.status("completed", world.now())));
    }

    private void error(SimServer server, String message) {
        server.fault = new SimServer.Fault(message, world.now());
        world.state(server, "error", null);
    }

    private boolean gone(SimMigration migration) {
        if (!world.exists(migration.server)) {
            migration.status("error", world.now());
            return true;
        }
        return false;
    }

    private boolean stuck(SimMigration migration) {
        return !world.hosts.get(migration.target).running();
    }
}
