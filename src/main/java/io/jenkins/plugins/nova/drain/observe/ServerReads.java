package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.Convergence;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one look reads of single servers, each no more than once. What cannot be read of one stops only what is about that one.
 */
final class ServerReads {

    /** Servers read alone, by id. */
    final Map<String, Server> read = new HashMap<>();

    /** Ids of servers that Nova does not find. */
    final Set<String> gone = new HashSet<>();

    /** Why a server could not be read, by id. */
    final Map<String, String> unread = new HashMap<>();

    /** Migrations of the lists, and those that were looked for because these did not show them. */
    final List<Migration> migrations = new ArrayList<>();

    /** Running live migrations with their counters, by the server's id. */
    final Map<String, ServerMigration> counters = new HashMap<>();

    /** A server's actions, newest first, by its id. */
    final Map<String, Listed<InstanceAction>> actions = new HashMap<>();

    /** The action that moved a server, with its events, by the server's id. */
    final Map<String, InstanceAction> events = new HashMap<>();

    private final Nova nova;
    private final List<OddRow> setAside;

    /**
     * @param nova the cloud
     * @param setAside takes rows that could not be read wholly
     */
    ServerReads(Nova nova, List<OddRow> setAside) {
        this.nova = nova;
        this.setAside = setAside;
    }

    private <T> List<T> noted(Listed<T> list) {
        setAside.addAll(list.setAside());
        return list;
    }

    /**
     * What must be known of a server that is under way: its migration, how it copies, or why nothing is shown of it.
     *
     * @param onHost the servers in the list of the host being emptied
     */
    void follow(ServerState server, List<Server> onHost, Instant now) {
        Intent current = server.follow() != null ? server.follow() : server.move();
        boolean quiet = Duration.between(current.since(), now).compareTo(Limits.SETTLE) >= 0;
        if (current.is(Intent.State.UNCLEAR)) {
            actions(server);
            if (quiet) {
                read(server.id());
                migrationsOf(server.id());
            }
            return;
        }
        Migration migration = Observation.migrationOf(server, migrations).orElse(null);
        if (migration == null && (quiet || server.migration() != null)) {
            migrationsOf(server.id());
            migration = Observation.migrationOf(server, migrations).orElse(null);
        }
        if (migration == null && server.migration() != null) {
            // the records of a deleted server are not listed
            read(server.id());
            if (!gone.contains(server.id())) {
                unread.putIfAbsent(server.id(), "Nova lists its migration " + server.migration() + " no more");
            }
            return;
        }
        if (migration == null) {
            Server seen = known(server.id(), onHost);
            // nothing is concluded from them sooner, and the list may be older than the request
            if (quiet && seen != null && seen.taskState() == null) {
                events(server);
            }
        } else if (migration.ended() || migration.status().equals("finished")) {
            read(server.id());
            if (migration.bad()) {
                events(server);
            }
        } else if (server.action() == Action.LIVE && migration.status().equals("running") && tellsMore(server, now)) {
            counters(server.id(), migration.id());
        } else {
            // the record of a move stays as it is when its server is deleted under it
            known(server.id(), onHost);
        }
    }

    /**
     * Whether the counters of a running live migration are read: Nova refreshes them each five seconds
     * (live_migration_monitor_interval), so that more looks in between cost a request each and tell nothing; but one that is
     * over its time is aborted, or given up, by what is known right then.
     */
    private static boolean tellsMore(ServerState server, Instant now) {
        Progress progress = server.progress();
        Instant read = progress == null ? null : progress.watch().looked();
        return read == null
                || Duration.between(read, now).compareTo(Convergence.SPACING) >= 0
                || progress.deadline() == null
                || !now.isBefore(progress.deadline());
    }

    /** A server's own list of migrations, where the host's does not show what it should. */
    void migrationsOf(String id) {
        nova.migrations(MigrationQuery.of(id)).stream()
                .filter(migration -> migrations.stream().noneMatch(listed -> listed.id() == migration.id()))
                .forEach(migrations::add);
    }

    private void counters(String server, long migration) {
        alone(
                server,
                () -> noted(nova.serverMigrations(server)).stream()
                        .filter(running -> running.id() == migration)
                        .findFirst()
                        .ifPresent(running -> counters.put(server, running)));
    }

    /**
     * A request about one server. Nova names the server that it does not find (nova/exception.py, InstanceNotFound); any other
     * 404 is a proxy's or a wrong path's and says nothing of the server, and neither does an error of Nova's own, as of a server
     * in a cell that does not answer. That stops only what is about this server: the lists of this tick were read.
     */
    private void alone(String id, Runnable request) {
        try {
            request.run();
        } catch (NovaException.Refused e) {
            if (e.status() == 404 && e.novaMessage().contains(id)) {
                gone.add(id);
            } else if (e.status() == 404 || e.status() >= 500) {
                unread.put(id, e.getMessage());
            } else {
                throw e;
            }
        } catch (NovaException.Unintelligible e) {
            unread.put(id, e.getMessage());
        }
    }

    private Server known(String id, List<Server> onHost) {
        return onHost.stream()
                .filter(server -> server.id().equals(id))
                .findFirst()
                .orElseGet(() -> {
                    read(id);
                    return read.get(id);
                });
    }

    /**
     * A plan leaves nobody out: a server that is not known is in it as such, and one that cannot be read makes it wait.
     */
    void readForPlan(String id) {
        if (read.containsKey(id) || gone.contains(id)) {
            return;
        }
        ServerLookup.find(nova, id).ifPresentOrElse(server -> read.put(id, server), () -> gone.add(id));
    }

    /** Reads a server by itself, once a look. */
    void read(String id) {
        if (read.containsKey(id) || gone.contains(id) || unread.containsKey(id)) {
            return;
        }
        alone(id, () -> {
            Server server = nova.server(id);
            if (server.known()) {
                read.put(id, server);
            } else {
                unread.put(id, "Nova reads it " + server.status() + ": its cell does not answer");
            }
        });
    }

    private void actions(ServerState server) {
        alone(server.id(), () -> {
            Listed<InstanceAction> asked = nova.actions(server.id());
            noted(asked);
            actions.put(server.id(), asked);
        });
    }

    private void events(ServerState server) {
        String request = server.move().requestId();
        if (request == null) {
            return;
        }
        try {
            events.put(server.id(), nova.action(server.id(), request));
        } catch (NovaException.Refused e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }
}
