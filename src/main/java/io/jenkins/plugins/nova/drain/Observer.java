package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.RoomFigures;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what a tick needs, and no more: while a host is being emptied two lists (its servers, its migrations) and at most
 * one request for each move under way (law 3); one more where a move has failed and its reason is wanted.
 *
 * <p>One instance serves one tick.
 */
final class Observer {

    /** How far back migrations are listed: more than any clocks of controller and cloud differ. */
    private static final Duration HORIZON = Duration.ofDays(1);

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Nova nova;
    private Identity identity;
    private boolean seesAllProjects;
    private String noCanary;
    private List<ComputeService> services = List.of();
    private List<Hypervisor> hypervisors = List.of();
    private final Map<String, List<Server>> references = new LinkedHashMap<>();
    private List<Server> onHost = List.of();
    private final Map<String, Server> read = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final Map<String, ServerMigration> counters = new HashMap<>();
    private final Map<String, List<InstanceAction>> actions = new HashMap<>();
    private final Map<String, InstanceAction> events = new HashMap<>();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private Estate estate = Estate.UNKNOWN;
    private RoomFigures room = RoomFigures.NOT_ASKED;

    Observer(Nova nova) {
        this.nova = nova;
    }

    /**
     * Reads what the state's phase needs.
     *
     * @throws NovaException when something could not be read; nothing is known then
     */
    Look look(DrainState state, Instant now) {
        switch (state.phase()) {
            case CHECK -> check(state, now);
            case WAIT_DOWN, FORCE_DOWN, BACK_OUT -> services = nova.computeServices();
            case CORDON -> {
                services = nova.computeServices();
                site(state.order());
            }
            case PLAN -> {
                plan(state, now);
                evidence(state, now);
            }
            case MOVE -> {
                move(state);
                evidence(state, now);
            }
            case ENDED -> throw new IllegalStateException("a drain that is over looks no more");
        }
        return new Look(
                identity,
                seesAllProjects,
                noCanary,
                services,
                hypervisors,
                references,
                onHost,
                read,
                gone,
                migrations,
                counters,
                actions,
                events,
                evidence,
                estate,
                room);
    }

    private void check(DrainState state, Instant now) {
        DrainOrder order = state.order();
        identity = nova.identity();
        seesAllProjects = nova.seesAllProjects();
        if (!seesAllProjects) {
            return;
        }
        services = nova.computeServices();
        boolean known = order.host() == null
                || services.stream().anyMatch(service -> service.host().equals(order.host()));
        if (!known) {
            hypervisors = nova.hypervisors();
            return;
        }
        for (String reference : order.servers()) {
            List<Server> found = resolve(reference);
            references.put(reference, found);
            if (found.isEmpty() && wasDeleted(reference)) {
                gone.add(reference);
            }
        }
        noCanary = CanaryLook.refusal(order.canary(), nova).orElse(null);
        if (order.emptiesHost() && order.room().requires()) {
            plan(state, now);
        } else {
            site(order);
            if (!order.leave().isEmpty()) {
                onHost = nova.serversOn(order.host());
            }
        }
    }

    /** What the budget for hosts in maintenance is held against. */
    private void site(DrainOrder order) {
        if (order.emptiesHost() && order.room().budget().limits()) {
            estate = Estate.UNKNOWN.hypervisors(nova.hypervisors()).aggregates(nova.aggregates());
        }
    }

    private List<Server> resolve(String reference) {
        if (UUID.matcher(reference).matches()) {
            try {
                return List.of(nova.server(reference));
            } catch (NovaException.Refused e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        return nova.serversNamed(reference);
    }

    /** Nova tells what was asked of a deleted server, too (2.21), until its database is archived. */
    private boolean wasDeleted(String reference) {
        if (!UUID.matcher(reference).matches()) {
            return false;
        }
        try {
            return nova.actions(reference).stream()
                    .anyMatch(action -> action.action().equals("delete"));
        } catch (NovaException.Refused e) {
            if (e.status() != 404) {
                throw e;
            }
            return false;
        }
    }

    private void plan(DrainState state, Instant now) {
        DrainOrder order = state.order();
        services = nova.computeServices();
        if (order.emptiesHost()) {
            onHost = nova.serversOn(order.host());
            migrations.addAll(nova.migrations(MigrationQuery.from(order.host())));
            migrations.stream()
                    .filter(migration -> migration.status().equals("finished"))
                    .map(Migration::serverId)
                    .distinct()
                    .filter(id ->
                            onHost.stream().noneMatch(server -> server.id().equals(id)))
                    .forEach(this::read);
            estate = new Survey(nova, services).round(onHost, order);
            if (order.room().asks()) {
                room = new RoomReader(nova).read(onHost, estate);
            }
            return;
        }
        Set<String> ids = new HashSet<>();
        state.servers().forEach(server -> ids.add(server.id()));
        if (order.host() != null) {
            nova.migrations(MigrationQuery.from(order.host()).inStatus("finished"))
                    .forEach(migration -> ids.add(migration.serverId()));
        }
        if (order.host() == null && order.servers().isEmpty() && order.olderThan() != null) {
            nova.migrations(MigrationQuery.ALL.inStatus("finished")).stream()
                    .filter(migration -> Waiting.forLong(migration, order, now))
                    .forEach(migration -> ids.add(migration.serverId()));
        }
        for (String id : ids) {
            read(id);
            migrations.addAll(nova.migrations(MigrationQuery.of(id)));
        }
        if (order.olderThan() != null) {
            read.values().removeIf(server -> !Waiting.forLong(server, migrations, order, now));
        }
        estate = new Survey(nova, services).round(read.values(), order);
    }

    private void move(DrainState state) {
        DrainOrder order = state.order();
        estate = Estate.UNKNOWN.newest(nova.microversions().max());
        if (order.emptiesHost()) {
            onHost = nova.serversOn(order.host());
            Instant since = state.began().minus(HORIZON);
            migrations.addAll(nova.migrations(MigrationQuery.from(order.host()).since(since)));
        } else {
            candidates(state).forEach(server -> {
                read(server.id());
                migrations.addAll(nova.migrations(MigrationQuery.of(server.id())));
            });
        }
        for (ServerState server : state.servers()) {
            if (server.underWay()) {
                follow(server);
            } else if (Look.mayWait(server, migrations).isPresent()) {
                read(server.id());
            }
        }
        if (order.emptiesHost()
                && state.in(ServerState.Stage.ENDED).size() == state.servers().size()) {
            state.servers().stream()
                    .filter(server -> Afterwards.wanted(server, onHost, migrations))
                    .forEach(server -> read(server.id()));
        }
    }

    /** Chosen servers that this tick may have to judge: those under way, and as many waiting ones as may be started. */
    private static List<ServerState> candidates(DrainState state) {
        List<ServerState> wanted = new ArrayList<>(state.in(ServerState.Stage.UNDER_WAY));
        int places = Math.max(1, state.order().concurrency() - wanted.size());
        state.in(ServerState.Stage.PENDING).stream().limit(places).forEach(wanted::add);
        return wanted;
    }

    /** On every server in VERIFY_RESIZE that was read, unless its confirm has been asked for. */
    private void evidence(DrainState state, Instant now) {
        DrainOrder order = state.order();
        if (order.route() != Route.CONFIRM || order.evidence().demand() == EvidenceRule.Demand.IGNORE) {
            return;
        }
        for (Server server : read.values()) {
            boolean asked = state.server(server.id())
                    .filter(known -> !known.is(ServerState.Stage.PENDING))
                    .isPresent();
            if ("resized".equals(server.vmState()) && server.taskState() == null && !asked) {
                Migration finished = migrations.stream()
                        .filter(migration -> migration.serverId().equals(server.id())
                                && migration.status().equals("finished"))
                        .findFirst()
                        .orElse(null);
                evidence.put(server.id(), new EvidenceReader(nova, order.evidence(), now).of(server, finished));
            }
        }
    }

    private void follow(ServerState server) {
        Intent current = server.follow() != null ? server.follow() : server.move();
        if (current.is(Intent.State.UNCLEAR)) {
            actions(server);
            return;
        }
        Migration migration = Look.migrationOf(server, migrations).orElse(null);
        if (migration == null) {
            Server now = known(server.id());
            if (now != null && now.taskState() == null) {
                events(server);
            }
        } else if (migration.ended() || migration.status().equals("finished")) {
            read(server.id());
            if (migration.bad()) {
                events(server);
            }
        } else if (server.action() == Action.LIVE && migration.status().equals("running")) {
            counters(server.id(), migration.id());
        } else {
            // the record of a move stays as it is when its server is deleted under it
            known(server.id());
        }
    }

    private void counters(String server, long migration) {
        try {
            nova.serverMigrations(server).stream()
                    .filter(running -> running.id() == migration)
                    .findFirst()
                    .ifPresent(running -> counters.put(server, running));
        } catch (NovaException.Refused e) {
            goneOrThrow(server, e);
        }
    }

    /**
     * Nova names the server that it does not find (nova/exception.py, InstanceNotFound); any other 404 is a proxy's or a
     * wrong path's and says nothing of the server.
     */
    private void goneOrThrow(String server, NovaException.Refused e) {
        if (e.status() != 404 || !e.novaMessage().contains(server)) {
            throw e;
        }
        gone.add(server);
    }

    private Server known(String id) {
        return onHost.stream()
                .filter(server -> server.id().equals(id))
                .findFirst()
                .orElseGet(() -> {
                    read(id);
                    return read.get(id);
                });
    }

    private void read(String id) {
        if (read.containsKey(id) || gone.contains(id)) {
            return;
        }
        try {
            read.put(id, nova.server(id));
        } catch (NovaException.Refused e) {
            goneOrThrow(id, e);
        }
    }

    private void actions(ServerState server) {
        try {
            actions.put(server.id(), nova.actions(server.id()));
        } catch (NovaException.Refused e) {
            goneOrThrow(server.id(), e);
        }
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

    /** The request id of a server's newest action, to tell later what came after it; null when it has none. */
    static String newestAction(Nova nova, String serverId) {
        List<InstanceAction> known = nova.actions(serverId);
        return known.isEmpty() ? null : known.get(0).requestId();
    }

    /** Whether an order's servers wait for a confirm or revert. */
    static boolean settles(DrainOrder order) {
        return order.route() == Route.CONFIRM || order.route() == Route.REVERT;
    }
}
