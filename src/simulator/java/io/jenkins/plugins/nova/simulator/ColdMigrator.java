package io.jenkins.plugins.nova.simulator;

/**
 * Cold migration and resize, which is one to another flavor, its confirmation and its reversal. Delays and the order in which server and migration change are those
 * of a trace of mini-nova: the migration reads {@code finished} before the server reads VERIFY_RESIZE, and
 * {@code confirmed} or {@code reverted} before the server is ACTIVE or SHUTOFF.
 */
final class ColdMigrator {
    private static final String NO_VALID_HOST = "No valid host was found. No valid host found for ";

    private final World world;
    private final Scheduler scheduler;

    ColdMigrator(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    /** Takes the request; the record is the conductor's to make. */
    void start(SimServer server, String requested, SimAction action) {
        start(server, requested, server.flavor, action);
    }

    /** Takes the request of a resize. */
    void start(SimServer server, SimFlavor flavor, SimAction action) {
        start(server, null, flavor, action);
    }

    private void start(SimServer server, String requested, SimFlavor flavor, SimAction action) {
        world.state(server, server.vmState, "resize_prep");
        world.load.after(LiveMigrator.CONDUCTOR_SECONDS, () -> {
            if (world.exists(server)) {
                conduct(server, requested, flavor, action);
            }
        });
    }

    private void conduct(SimServer server, String requested, SimFlavor flavor, SimAction action) {
        String type = flavor == server.flavor ? "migration" : "resize";
        SimMigration migration = world.migrate(server, type, "pre-migrating", flavor, action.user);
        SimAction.Event conductor = action.begin("conductor_migrate_server", World.CONTROLLER, world.now());
        SimAction.Event task = action.begin("cold_migrate", World.CONTROLLER, world.now());
        world.load.after(0.2, () -> place(migration, requested, action, conductor, task));
    }

    private void place(
            SimMigration migration,
            String requested,
            SimAction action,
            SimAction.Event conductor,
            SimAction.Event task) {
        if (gone(migration)) {
            return;
        }
        SimHost target = scheduler.take(migration.server, requested, migration.newFlavor);
        if (target == null) {
            migration.status("error", world.now());
            String refusal = NO_VALID_HOST + (migration.type.equals("resize") ? "resize" : "cold migrate");
            action.fail(task, refusal, world.now());
            action.fail(conductor, refusal, world.now());
            world.load.after(0.1, () -> world.state(migration.server, migration.oldVmState, null));
            return;
        }
        migration.target = target.name;
        action.succeed(task, world.now());
        action.succeed(conductor, world.now());
        if (stuck(target.name)) {
            return;
        }
        SimAction.Event prep = action.begin("compute_prep_resize", target.name, world.now());
        world.load.after(0.3, () -> {
            action.succeed(prep, world.now());
            migration.status("migrating", world.now());
            world.load.after(0.06, () -> copy(migration, action));
        });
    }

    private void copy(SimMigration migration, SimAction action) {
        if (gone(migration) || stuck(migration.source)) {
            return;
        }
        SimAction.Event event = action.begin("compute_resize_instance", migration.source, world.now());
        world.state(migration.server, migration.oldVmState, "resize_migrating");
        String failure = migration.server.behaviour.failureOf(Operation.COLD);
        if (failure != null) {
            migration.status("error", world.now());
            fail(migration, action, event, failure);
            return;
        }
        migration.server.guestDown(world.now());
        world.time.after(migration.server.behaviour.coldSeconds(), () -> copyDisk(migration, action, event));
    }

    /** Local disks go over the source's link, where it has one. */
    private void copyDisk(SimMigration migration, SimAction action, SimAction.Event event) {
        Link link = world.hosts.get(migration.source).link;
        long disks = migration.oldFlavor.localDisks(migration.server.bootsFromVolume());
        if (link == null || disks == 0) {
            hand(migration, action, event);
        } else if (!stuck(migration.source)) {
            link.begin(new DiskCopy(disks * 1024.0), () -> hand(migration, action, event));
        }
    }

    /** The source has done its part. */
    private void hand(SimMigration migration, SimAction action, SimAction.Event event) {
        if (gone(migration) || stuck(migration.source)) {
            return;
        }
        migration.status("post-migrating", world.now());
        world.time.after(0.06, () -> {
            migration.server.host = migration.target;
            world.state(migration.server, migration.oldVmState, "resize_migrated");
            action.succeed(event, world.now());
            SimAction.Event finish = action.begin("compute_finish_resize", migration.target, world.now());
            world.time.after(0.2, () -> finish(migration, action, finish));
        });
    }

    private void finish(SimMigration migration, SimAction action, SimAction.Event event) {
        if (gone(migration) || stuck(migration.target)) {
            return;
        }
        SimServer server = migration.server;
        world.state(server, migration.oldVmState, "resize_finish");
        server.flavor = migration.newFlavor;
        String failure = server.behaviour.failureOf(Operation.FINISH);
        if (failure != null) {
            fail(migration, action, event, failure);
            world.time.after(0.06, () -> migration.status("error", world.now()));
            return;
        }
        world.time.after(0.06, () -> {
            server.guestUp(world.now());
            migration.status("finished", world.now());
            world.time.after(0.06, () -> {
                server.launched = world.now();
                world.state(server, "resized", null);
                action.succeed(event, world.now());
            });
        });
    }

    /** The server reads ERROR at once; its task ends a little later. */
    private void fail(SimMigration migration, SimAction action, SimAction.Event event, String failure) {
        SimServer server = migration.server;
        server.fault = new SimServer.Fault(failure, world.now());
        world.state(server, "error", server.taskState);
        action.fail(event, failure, world.now());
        world.time.after(0.1, () -> world.state(server, "error", null));
    }

    /** Takes a confirmation that the API has let through; for half a second nothing seems to happen. */
    void confirm(SimMigration migration, SimAction action) {
        migration.status("confirming", world.now());
        SimAction.Event event = action.begin("compute_confirm_resize", migration.source, world.now());
        world.load.after(0.25, () -> {
            if (gone(migration) || stuck(migration.source)) {
                return;
            }
            migration.status("confirmed", world.now());
            world.load.after(0.22, () -> {
                SimServer server = migration.server;
                world.state(server, server.powerState == 4 ? "stopped" : "active", null);
                action.succeed(event, world.now());
            });
        });
    }

    /** Takes a reversal that the API has let through. */
    void revert(SimMigration migration, SimAction action) {
        SimServer server = migration.server;
        server.guestDown(world.now());
        migration.status("reverting", world.now());
        world.state(server, "resized", "resize_reverting");
        SimAction.Event event = action.begin("compute_revert_resize", migration.target, world.now());
        world.time.after(0.2, () -> {
            if (gone(migration) || stuck(migration.target)) {
                return;
            }
            migration.status("reverted", world.now());
            action.succeed(event, world.now());
            world.time.after(0.22, () -> {
                if (stuck(migration.source)) {
                    return;
                }
                server.host = migration.source;
                server.flavor = migration.oldFlavor;
                world.state(server, "resized", "resize_reverting");
                SimAction.Event back = action.begin("compute_finish_revert_resize", migration.source, world.now());
                world.time.after(0.35, () -> {
                    if (stuck(migration.source)) {
                        return;
                    }
                    action.succeed(back, world.now());
                    home(migration, action);
                });
            });
        });
    }

    /** A stopped server is stopped again: VERIFY_RESIZE with task powering-off for a moment, as Nova shows it. */
    private void home(SimMigration migration, SimAction action) {
        SimServer server = migration.server;
        server.guestUp(world.now());
        if (!migration.oldVmState.equals("stopped")) {
            world.state(server, "active", null);
            return;
        }
        world.state(server, "resized", "powering-off");
        world.time.after(0.05, () -> {
            world.state(server, "stopped", null);
            action.done("compute_stop_instance", migration.source, world.now());
        });
    }

    private boolean gone(SimMigration migration) {
        if (!world.exists(migration.server)) {
            migration.status("error", world.now());
            return true;
        }
        return false;
    }

    private boolean stuck(String host) {
        return !world.hosts.get(host).running();
    }
}
