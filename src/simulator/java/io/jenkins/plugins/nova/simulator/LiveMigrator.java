package io.jenkins.plugins.nova.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Live migration as conductor and computes do it: accepted, queued, preparing, running, completed. Of each source so many are
 * prepared or run at once as its nova.conf lets (nova/compute/manager.py: an executor of max_concurrent_live_migrations
 * workers, one of which has a migration until it is completed); the others are queued, in their order. The server reads ACTIVE on its new host 0.2 s before the migration reads {@code completed}, as on a real
 * Nova. The delays are those of a trace of mini-nova.
 */
final class LiveMigrator {
    /** Until the conductor has the request: for so long there is no migration record yet. */
    static final double CONDUCTOR_SECONDS = 0.05;

    private final World world;
    private final Scheduler scheduler;
    private final Map<String, Deque<SimMigration>> waiting = new HashMap<>();
    private final Map<String, Set<SimMigration>> active = new HashMap<>();
    private final Map<String, Integer> mostWaiting = new HashMap<>();
    private final Map<SimMigration, SimAction> actions = new HashMap<>();

    LiveMigrator(World world, Scheduler scheduler) {
        this.world = world;
        this.scheduler = scheduler;
    }

    /** Takes the request; whether it can work at all is found out later, and the record is the conductor's to make. */
    void start(SimServer server, String requested, boolean forced, SimAction action) {
        world.state(server, server.vmState, "migrating");
        world.load.after(CONDUCTOR_SECONDS, () -> {
            if (world.exists(server)) {
                conduct(server, requested, forced, action);
            }
        });
    }

    private void conduct(SimServer server, String requested, boolean forced, SimAction action) {
        SimMigration migration = world.migrate(server, "live-migration", "accepted", action.user);
        actions.put(migration, action);
        SimAction.Event event = action.begin("conductor_live_migrate_instance", World.CONTROLLER, world.now());
        if (!world.hosts.get(migration.source).up(world.now())) {
            String details = "Compute service of " + migration.source + " is unavailable at this time.";
            world.load.after(0.05, () -> refuse(migration, event, details));
        } else {
            world.load.after(0.3, () -> place(migration, requested, forced, event));
        }
    }

    private void refuse(SimMigration migration, SimAction.Event event, String details) {
        migration.status("error", world.now());
        actions.get(migration).fail(event, details, world.now());
        world.load.after(0.06, () -> restore(migration));
    }

    private void place(SimMigration migration, String requested, boolean forced, SimAction.Event event) {
        if (!world.exists(migration.server)) {
            migration.status("error", world.now());
            return;
        }
        SimHost target = forced
                ? world.hosts.get(requested)
                : scheduler.take(migration.server, requested, migration.server.flavor);
        String refusal = target == null
                ? scheduler.refusal(migration.server, requested)
                : forced ? refusal(migration, target) : null;
        if (refusal != null) {
            refuse(migration, event, refusal);
            return;
        }
        if (stuck(migration.source) || stuck(target.name)) {
            return; // the conductor waits for an answer that never comes: MIGRATING without end
        }
        SimAction action = actions.get(migration);
        action.done("compute_check_can_live_migrate_destination", target.name, world.now());
        action.done("compute_check_can_live_migrate_source", migration.source, world.now());
        action.done("compute_live_migration", migration.source, world.now());
        action.succeed(event, world.now());
        migration.target = target.name;
        migration.status("queued", world.now());
        waiting.computeIfAbsent(migration.source, host -> new ArrayDeque<>()).add(migration);
        int free = limit(migration.source) - active(migration.source).size();
        mostWaiting.merge(migration.source, waiting.get(migration.source).size() - Math.max(0, free), Math::max);
        world.load.after(0.06, () -> next(migration.source));
    }

    /** The most that waited at once for others of a source to end so far. */
    int mostWaiting(String source) {
        return Math.max(0, mostWaiting.getOrDefault(source, 0));
    }

    /** What its nova.conf lets has changed. */
    void limitChanged(SimHost host) {
        next(host.name);
    }

    private int limit(String source) {
        int limit = world.hosts.get(source).liveMigrations;
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    private Set<SimMigration> active(String source) {
        return active.computeIfAbsent(source, host -> new LinkedHashSet<>());
    }

    /** What Nova still looks at when the scheduler is left out; null when nothing is wrong with the target. */
    private String refusal(SimMigration migration, SimHost target) {
        if (target.name.equals(migration.source)) {
            return "Unable to migrate instance (" + migration.server.id + ") to current host (" + target.name + ").";
        }
        return target.up(world.now()) ? null : "Compute service of " + target.name + " is unavailable at this time.";
    }

    private void next(String source) {
        Deque<SimMigration> queue = waiting.getOrDefault(source, new ArrayDeque<>());
        while (active(source).size() < limit(source) && !queue.isEmpty() && !stuck(source)) {
            prepare(queue.poll());
        }
    }

    private void prepare(SimMigration migration) {
        active(migration.source).add(migration);
        migration.status("preparing", world.now());
        SimAction action = actions.get(migration);
        SimAction.Event event = action.begin("compute_pre_live_migration", migration.target, world.now());
        world.load.after(0.4, () -> {
            if (migration.status.equals("preparing") && !stuck(migration.target)) {
                action.succeed(event, world.now());
                run(migration);
            }
        });
    }

    private void run(SimMigration migration) {
        migration.running = world.now();
        migration.status("running", world.now());
        Behaviour behaviour = migration.server.behaviour;
        Link link = link(migration);
        if (link != null) {
            migration.copying = new PreCopy(migration.server);
            link.begin(migration.copying, () -> finish(migration));
        } else if (behaviour.inPasses()) {
            migration.copying = new PreCopy(migration.server);
            world.time.after(PreCopy.STEP_SECONDS, () -> copy(migration));
        } else if (behaviour.converges()) {
            world.time.after(behaviour.liveSeconds(), () -> finish(migration));
        }
        if (behaviour.postCopyAfter() < Double.POSITIVE_INFINITY) {
            world.time.after(behaviour.postCopyAfter(), () -> goPostCopy(migration));
        }
    }

    private void copy(SimMigration migration) {
        if (!migration.status.equals("running") || stuck(migration.source)) {
            return;
        }
        if (migration.copying.step()) {
            finish(migration);
        } else {
            world.time.after(PreCopy.STEP_SECONDS, () -> copy(migration));
        }
    }

    private void goPostCopy(SimMigration migration) {
        if (migration.status.equals("running")) {
            migration.status("running (post-copy)", world.now());
            leaveLink(migration);
            world.time.after(migration.server.behaviour.postCopySeconds(), () -> finish(migration));
        }
    }

    /** The copying has ended. A second call, after a forced end, finds nothing to do. */
    private void finish(SimMigration migration) {
        SimServer server = migration.server;
        boolean moved = migration.target.equals(server.host);
        if (!migration.status.startsWith("running") || moved || stuck(migration.source) || stuck(migration.target)) {
            return;
        }
        leaveLink(migration);
        if (!world.exists(server)) {
            migration.status("error", world.now());
            release(migration);
        } else if (server.behaviour.failureOf(Operation.LIVE) != null) {
            migration.status("failed", world.now());
            restore(migration);
            release(migration);
        } else {
            server.host = migration.target;
            server.progress = 0;
            actions.get(migration).done("compute_post_live_migration_at_destination", migration.target, world.now());
            restore(migration);
            world.load.after(0.2, () -> {
                migration.status("completed", world.now());
                release(migration);
            });
        }
    }

    /** Takes an abort that the API has let through. */
    void abort(SimMigration migration, SimAction action) {
        SimAction.Event event = action.begin("compute_live_migration_abort", migration.source, world.now());
        if (migration.server.behaviour.ignoredAbort()) {
            return;
        }
        world.time.after(0.2, () -> {
            boolean moved = migration.server.host.equals(migration.target);
            if (stuck(migration.source) || migration.ended() || moved) {
                return;
            }
            action.succeed(event, world.now());
            migration.status("cancelled", world.now());
            leaveLink(migration);
            waiting.getOrDefault(migration.source, new ArrayDeque<>()).remove(migration);
            restore(migration);
            release(migration);
        });
    }

    /** Takes a force_complete that the API has let through. */
    void force(SimMigration migration, SimAction action) {
        action.done("compute_live_migration_force_complete", migration.source, world.now());
        double postCopy = migration.server.behaviour.postCopySeconds();
        world.time.after(0.2, () -> {
            if (postCopy > 0 && migration.status.equals("running")) {
                migration.status("running (post-copy)", world.now());
                leaveLink(migration);
            }
        });
        double rest = migration.copying == null ? 0 : migration.copying.restSeconds();
        world.time.after(0.25 + Math.max(rest, postCopy), () -> finish(migration));
    }

    /** A nova-compute that starts finds its interrupted migrations and lets go of their servers. */
    void hostRestarted(SimHost host) {
        waiting.remove(host.name);
        active.remove(host.name);
        world.migrations.stream()
                .filter(m -> m.live() && !m.ended() && m.source.equals(host.name))
                .forEach(m -> {
                    m.status("error", world.now());
                    restore(m);
                });
    }

    private void restore(SimMigration migration) {
        if (world.exists(migration.server)) {
            world.state(migration.server, migration.server.vmState, null);
        }
    }

    private Link link(SimMigration migration) {
        return world.hosts.get(migration.source).link;
    }

    private void leaveLink(SimMigration migration) {
        Link link = link(migration);
        if (link != null && migration.copying != null) {
            link.end(migration.copying);
        }
    }

    private void release(SimMigration migration) {
        if (active(migration.source).remove(migration)) {
            next(migration.source);
        }
    }

    private boolean stuck(String host) {
        return !world.hosts.get(host).running();
    }
}
