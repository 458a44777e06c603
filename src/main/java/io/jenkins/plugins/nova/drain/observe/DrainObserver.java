package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceWatch;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.drain.evidence.EvidenceReader;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.ByServer;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerReferences;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a tick needs, and no more: while a host is being emptied two lists (its servers, its migrations) and at most
 * one request for each move under way (law 3); one more where a move has failed and its reason is wanted.
 *
 * <p>One instance serves one tick.
 */
public final class DrainObserver {

    /** How far back migrations are listed: more than any clocks of controller and cloud differ. */
    private static final Duration HORIZON = Duration.ofDays(1);

    /** So many servers that a list should have shown, or should not, are read alone in a tick; the others in the next ones. */
    private static final int MOST_READ_ALONE = 20;

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
    private final Map<String, Listed<InstanceAction>> actions = new HashMap<>();
    private final Map<String, InstanceAction> events = new HashMap<>();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private Estate estate = Estate.UNKNOWN;
    private RoomFigures room = RoomFigures.NOT_ASKED;
    private final List<OddRow> setAside = new ArrayList<>();
    private HostOccupancy occupancy = HostOccupancy.NOT_ASKED;
    private final Map<String, String> unread = new HashMap<>();
    private int readAlone;

    public DrainObserver(Nova nova) {
        this.nova = nova;
    }

    /**
     * Reads what the state's phase needs.
     *
     * @throws NovaException when something could not be read; nothing is known then
     */
    public Observation look(DrainState state, Instant now) {
        switch (state.phase()) {
            case CHECK -> check(state, now);
            case WAIT_DOWN, FORCE_DOWN, BACK_OUT -> {
                services = services(state.order());
                toldOf(state.order().host());
            }
            case CORDON -> {
                services = services(state.order());
                toldOf(state.order().host());
                site(state.order());
            }
            case PLAN -> {
                plan(state, now);
                evidence(state, now);
            }
            case MOVE -> {
                move(state, now);
                evidence(state, now);
            }
            case ENDED -> throw new IllegalStateException("a drain that is over looks no more");
        }
        return new Observation(
                identity,
                seesAllProjects,
                noCanary,
                services,
                hypervisors,
                references,
                ByServer.one(onHost, Server::id),
                read,
                gone,
                ByServer.one(migrations, Migration::serverId),
                counters,
                actions,
                events,
                evidence,
                estate.at(now.plus(nova.clockOffset())),
                room,
                setAside,
                occupancy,
                unread);
    }

    /** The list, whose odd rows are told with what else this look saw. */
    private <T> List<T> noted(Listed<T> list) {
        setAside.addAll(list.setAside());
        return list;
    }

    /**
     * Of a service whose cell does not answer it cannot be told whether it is cordoned or down: as if the list could not be
     * read.
     */
    private void toldOf(String host) {
        boolean unknown = services.stream().anyMatch(service -> service.host().equals(host) && !service.known());
        if (unknown) {
            throw new NovaException.Unintelligible(
                    "list the compute services: the cell of '" + host + "' does not answer, so Nova cannot tell whether"
                            + " its service is up or enabled (status UNKNOWN)",
                    null);
        }
    }

    /**
     * The compute services. A list that lacks the host's is read once more: a cell may have been left out of the one and not of
     * the other, and "there is no such host" is said to an operator.
     */
    private List<ComputeService> services(DrainOrder order) {
        List<ComputeService> listed = noted(nova.computeServices());
        boolean told = order.host() == null
                || listed.stream().anyMatch(service -> service.host().equals(order.host()) && service.known());
        return told ? listed : noted(nova.computeServices());
    }

    private void check(DrainState state, Instant now) {
        DrainOrder order = state.order();
        identity = nova.identity();
        seesAllProjects = nova.seesAllProjects();
        if (!seesAllProjects) {
            return;
        }
        services = services(order);
        if (!listed(order.host()) || !listed(order.targetHost())) {
            hypervisors = noted(EstateReader.ifAllowed(nova::hypervisors));
            return;
        }
        for (String reference : order.servers()) {
            List<Server> found = resolve(reference);
            references.put(reference, found);
            if (found.isEmpty() && wasDeleted(reference)) {
                gone.add(reference);
            }
        }
        noCanary = CanaryFlavor.refusal(order.canary(), nova).orElse(null);
        if (order.emptiesHost() && order.room().requires()) {
            plan(state, now);
        } else {
            site(order);
            onHost = order.emptiesHost() && Permission.byName(order) ? nova.serversOn(order.host()) : List.of();
        }
    }

    private boolean listed(String host) {
        return host == null
                || services.stream().anyMatch(service -> service.host().equals(host));
    }

    /** What the budget for hosts in maintenance is held against. */
    private void site(DrainOrder order) {
        if (order.emptiesHost() && order.room().budget().limits()) {
            estate = Estate.UNKNOWN.hypervisors(noted(nova.hypervisors())).aggregates(noted(nova.aggregates()));
        }
    }

    /** An id is never taken for a name: when its server is deleted, another's owner may have named his after it. */
    private List<Server> resolve(String reference) {
        return ServerReferences.isId(reference)
                ? ServerRead.find(nova, reference).stream().toList()
                : noted(nova.serversNamed(reference));
    }

    /** Nova tells what was asked of a deleted server, too (2.21), until its database is archived. */
    private boolean wasDeleted(String reference) {
        if (!ServerReferences.isId(reference)) {
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
        services = services(order);
        if (order.emptiesHost()) {
            onHost = noted(nova.serversOn(order.host()));
            migrations.addAll(noted(nova.migrations(MigrationQuery.from(order.host()))));
            hearWitness(state, now);
            Set<String> here = ids(onHost);
            migrations.stream()
                    .filter(migration -> migration.status().equals("finished"))
                    .map(Migration::serverId)
                    .distinct()
                    .filter(id -> !here.contains(id))
                    .forEach(this::readForPlan);
            EstateReader survey = new EstateReader(nova, services);
            estate = survey.round(onHost, order);
            setAside.addAll(survey.setAside());
            if (order.room().asks()) {
                RoomReader reader = new RoomReader(nova);
                room = reader.read(onHost, estate);
                setAside.addAll(reader.setAside());
            }
            return;
        }
        Set<String> ids = new HashSet<>();
        state.servers().forEach(server -> ids.add(server.id()));
        if (order.host() != null) {
            List<Migration> finished =
                    noted(nova.migrations(MigrationQuery.from(order.host()).inStatus("finished")));
            occupancy =
                    new OccupancyReader(nova, order.host(), now).of(nova.serversOn(order.host()), finished, Set.of());
            finished.forEach(migration -> ids.add(migration.serverId()));
            occupancy.waiting().forEach(migration -> ids.add(migration.serverId()));
        }
        if (order.host() == null && order.servers().isEmpty() && order.olderThan() != null) {
            noted(nova.migrations(MigrationQuery.ALL.inStatus("finished"))).stream()
                    .filter(migration -> OldResizes.forLong(migration, order, now.plus(nova.clockOffset())))
                    .forEach(migration -> ids.add(migration.serverId()));
        }
        for (String id : ids) {
            readForPlan(id);
            migrations.addAll(noted(nova.migrations(MigrationQuery.of(id))));
        }
        if (order.olderThan() != null) {
            read.values()
                    .removeIf(server -> !OldResizes.forLong(server, migrations, order, now.plus(nova.clockOffset())));
        }
        EstateReader survey = new EstateReader(nova, services);
        estate = survey.round(read.values(), order);
        setAside.addAll(survey.setAside());
    }

    /** What a second witness says of the host, taken into what Nova's lists say of it. */
    private void hearWitness(DrainState state, Instant now) {
        Set<String> rebuilt =
                state.ended(Outcome.REBUILT).stream().map(ServerState::id).collect(Collectors.toSet());
        occupancy = new OccupancyReader(nova, state.order().host(), now).of(onHost, migrations, rebuilt);
        onHost = Stream.concat(onHost.stream(), occupancy.missing().stream()).toList();
        migrations.addAll(occupancy.waiting());
        occupancy.waiting().forEach(migration -> read(migration.serverId()));
    }

    private void move(DrainState state, Instant now) {
        DrainOrder order = state.order();
        estate = Estate.UNKNOWN.newest(nova.microversions().max());
        if (order.emptiesHost()) {
            onHost = noted(nova.serversOn(order.host()));
            Instant since = state.began().plus(nova.clockOffset()).minus(HORIZON);
            migrations.addAll(
                    noted(nova.migrations(MigrationQuery.from(order.host()).since(since))));
        } else {
            candidates(state).forEach(server -> {
                read(server.id());
                migrations.addAll(noted(nova.migrations(MigrationQuery.of(server.id()))));
            });
        }
        ByServer<Migration> moves = ByServer.one(migrations, Migration::serverId);
        for (ServerState server : state.servers()) {
            if (server.underWay()) {
                follow(server, now);
            } else if (Observation.mayWait(server, moves.of(server.id())).isPresent()) {
                read(server.id());
            }
        }
        if (order.emptiesHost()) {
            Map<String, ServerState> known = state.byId();
            migrations.stream()
                    .filter(migration ->
                            migration.status().equals("finished") && !known.containsKey(migration.serverId()))
                    .forEach(migration -> read(migration.serverId()));
            crossCheck(state);
        }
        boolean last =
                state.in(ServerState.Stage.ENDED).size() == state.servers().size();
        if (order.emptiesHost() && last) {
            Set<String> here = ids(onHost);
            ByServer<Migration> all = ByServer.one(migrations, Migration::serverId);
            state.servers().stream()
                    .filter(server -> Observation.wantsReading(server, here.contains(server.id()), all.of(server.id())))
                    .forEach(server -> read(server.id()));
            // what never went further than being accepted is not among those that have changed since
            state.ended(Outcome.LEFT).forEach(server -> migrationsOf(server.id()));
            hearWitness(state, now);
        }
        if (last || ServiceWatch.due(state, now)) {
            services = watched(state);
        }
    }

    /**
     * The compute services, for what is to be said of the host's: what would make this drain act, or tell on somebody, is
     * believed of two lists in a row only.
     */
    private List<ComputeService> watched(DrainState state) {
        List<ComputeService> listed = services(state.order());
        return ServiceWatch.alarms(state, listed) ? services(state.order()) : listed;
    }

    /**
     * A list of the host's servers that may be short of rows, or a minute old, is held against what the drain knows: a server
     * that should be on it and is not, or should not be on it and is, is read alone, and that counts.
     */
    private void crossCheck(DrainState state) {
        Set<String> listed = ids(onHost);
        for (ServerState server : state.servers()) {
            boolean here = listed.contains(server.id());
            boolean odd = here ? server.saidToHaveLeft() : server.saidToBeThere();
            if (odd && readAlone < MOST_READ_ALONE && !read.containsKey(server.id())) {
                readAlone++;
                read(server.id());
            }
        }
        List<Server> believed = new ArrayList<>();
        for (Server server : onHost) {
            Server alone = read.get(server.id());
            boolean left = gone.contains(server.id())
                    || (alone != null
                            && alone.host() != null
                            && !alone.host().equals(state.order().host()));
            if (!left) {
                believed.add(alone == null || alone.host() == null ? server : alone);
            }
        }
        read.values().stream()
                .filter(server -> state.order().host().equals(server.host()) && !listed.contains(server.id()))
                .forEach(believed::add);
        onHost = believed;
    }

    private static Set<String> ids(List<Server> servers) {
        return servers.stream().map(Server::id).collect(Collectors.toSet());
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
        Map<String, ServerState> known = state.byId();
        ByServer<Migration> moves = ByServer.one(migrations, Migration::serverId);
        for (Server server : read.values()) {
            ServerState mine = known.get(server.id());
            boolean asked = mine != null && !mine.is(ServerState.Stage.PENDING);
            if ("resized".equals(server.vmState()) && server.taskState() == null && !asked) {
                Migration finished = moves.of(server.id()).stream()
                        .filter(migration -> migration.status().equals("finished"))
                        .findFirst()
                        .orElse(null);
                evidence.put(server.id(), new EvidenceReader(nova, order.evidence(), now).of(server, finished));
            }
        }
    }

    private void follow(ServerState server, Instant now) {
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
            Server seen = known(server.id());
            if (seen != null && seen.taskState() == null) {
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

    /** A server's own list of migrations, where the host's does not show what it should. */
    private void migrationsOf(String id) {
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

    private Server known(String id) {
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
    private void readForPlan(String id) {
        if (read.containsKey(id) || gone.contains(id)) {
            return;
        }
        ServerRead.find(nova, id).ifPresentOrElse(server -> read.put(id, server), () -> gone.add(id));
    }

    private void read(String id) {
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
