package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.Places;
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
import java.util.Optional;
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
    private final RecentList recent;
    private Identity identity;
    private boolean seesAllProjects;
    private String noCanary;
    private String noFailover;
    private List<ComputeService> services = List.of();
    private List<Hypervisor> hypervisors = List.of();
    private final Map<String, List<Server>> references = new LinkedHashMap<>();
    private List<Server> onHost = List.of();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private Estate estate = Estate.UNKNOWN;
    private RoomFigures room = RoomFigures.NOT_ASKED;
    private final List<OddRow> setAside = new ArrayList<>();
    private final ServerReads servers;
    private HostOccupancy occupancy = HostOccupancy.NOT_ASKED;
    private SettingsReader.Read settings = SettingsReader.Read.NOTHING;

    /**
     * @param nova the cloud, for one look
     * @param recent the host's servers as the looks before this one listed them
     */
    public DrainObserver(Nova nova, RecentList recent) {
        this.nova = nova;
        this.recent = recent;
        this.servers = new ServerReads(nova, setAside);
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
                settings = SettingsReader.of(nova, state.order().host(), state.settings(), true);
            }
            case UNSILENCE -> settings = SettingsReader.of(nova, state.order().host(), state.settings(), true);
            case BESIDE -> {
                services = services(state.order());
                toldOf(state.order().host());
                settings = SettingsReader.of(nova, state.order().host(), state.settings(), false);
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
                noFailover,
                services,
                hypervisors,
                references,
                ByServer.one(onHost, Server::id),
                servers.read,
                servers.gone,
                ByServer.one(servers.migrations, Migration::serverId),
                servers.counters,
                servers.actions,
                servers.events,
                evidence,
                estate.at(now.plus(nova.clockOffset())),
                room,
                setAside,
                occupancy,
                settings,
                servers.unread);
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
                servers.gone.add(reference);
            }
        }
        noCanary = CanaryFlavor.refusal(order.canary(), nova).orElse(null);
        if (order.emptiesHost()) {
            settings = SettingsReader.all(nova, order.host(), order.beside());
            noFailover = EstateReader.noFailover(nova, order).orElse(null);
        }
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
                ? ServerLookup.find(nova, reference).stream().toList()
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
            recent.keep(onHost, now);
            servers.migrations.addAll(noted(nova.migrations(MigrationQuery.from(order.host()))));
            hearWitness(state, now);
            Set<String> here = ids(onHost);
            servers.migrations.stream()
                    .filter(migration -> migration.status().equals("finished"))
                    .map(Migration::serverId)
                    .distinct()
                    .filter(id -> !here.contains(id))
                    .forEach(servers::readForPlan);
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
            servers.readForPlan(id);
            servers.migrations.addAll(noted(nova.migrations(MigrationQuery.of(id))));
        }
        if (order.olderThan() != null) {
            servers.read
                    .values()
                    .removeIf(server ->
                            !OldResizes.forLong(server, servers.migrations, order, now.plus(nova.clockOffset())));
        }
        EstateReader survey = new EstateReader(nova, services);
        estate = survey.round(servers.read.values(), order);
        setAside.addAll(survey.setAside());
    }

    /** What a second witness says of the host, taken into what Nova's lists say of it. */
    private void hearWitness(DrainState state, Instant now) {
        Set<String> rebuilt =
                state.ended(Outcome.REBUILT).stream().map(ServerState::id).collect(Collectors.toSet());
        occupancy = new OccupancyReader(nova, state.order().host(), now).of(onHost, servers.migrations, rebuilt);
        onHost = Stream.concat(onHost.stream(), occupancy.missing().stream()).toList();
        servers.migrations.addAll(occupancy.waiting());
        occupancy.waiting().forEach(migration -> servers.read(migration.serverId()));
    }

    private void move(DrainState state, Instant now) {
        DrainOrder order = state.order();
        estate = Estate.UNKNOWN.newest(nova.microversions().max());
        if (order.emptiesHost()) {
            onHost = recent.of(state, now).orElseGet(() -> {
                List<Server> listed = noted(nova.serversOn(order.host()));
                recent.keep(listed, now);
                return listed;
            });
            Instant since = state.began().plus(nova.clockOffset()).minus(HORIZON);
            servers.migrations.addAll(
                    noted(nova.migrations(MigrationQuery.from(order.host()).since(since))));
        } else {
            candidates(state, now).forEach(server -> {
                servers.read(server.id());
                servers.migrations.addAll(noted(nova.migrations(MigrationQuery.of(server.id()))));
            });
        }
        ByServer<Migration> moves = ByServer.one(servers.migrations, Migration::serverId);
        for (ServerState server : state.servers()) {
            if (server.underWay() && server.action() == Action.FAILOVER) {
                // the second witness beside Octavia's list
                if (onHost.stream().noneMatch(one -> one.id().equals(server.id()))) {
                    servers.read(server.id());
                }
            } else if (server.underWay()) {
                servers.follow(server, onHost, now);
            } else if (Observation.mayWait(server, moves.of(server.id())).isPresent()) {
                servers.read(server.id());
            }
        }
        if (order.emptiesHost()) {
            Map<String, ServerState> known = state.byId();
            servers.migrations.stream()
                    .filter(migration ->
                            migration.status().equals("finished") && !known.containsKey(migration.serverId()))
                    .forEach(migration -> servers.read(migration.serverId()));
            crossCheck(state);
        }
        balancing(state);
        boolean last =
                state.in(ServerState.Stage.ENDED).size() == state.servers().size();
        if (order.emptiesHost() && last) {
            Set<String> here = ids(onHost);
            ByServer<Migration> all = ByServer.one(servers.migrations, Migration::serverId);
            state.servers().stream()
                    .filter(server -> Observation.wantsReading(server, here.contains(server.id()), all.of(server.id())))
                    .forEach(server -> servers.read(server.id()));
            // what never went further than being accepted is not among those that have changed since
            state.ended(Outcome.LEFT).forEach(server -> servers.migrationsOf(server.id()));
            hearWitness(state, now);
        }
        if (last || ServiceWatch.due(state, now)) {
            services = watched(state);
        }
    }

    /** While amphorae are failed over: one list for all, and the load balancers of those that Octavia is at. */
    private void balancing(DrainState state) {
        if (state.servers().stream().noneMatch(ServerState::failsOver)) {
            return;
        }
        try {
            estate = estate.amphorae(noted(nova.amphorae()));
        } catch (NovaException e) {
            setAside.add(new OddRow(OddRow.Kind.AMPHORA, "", "", "Octavia does not tell them: " + e.getMessage()));
            return;
        }
        Map<String, String> statuses = new HashMap<>();
        state.in(ServerState.Stage.UNDER_WAY).stream()
                .filter(ServerState::failsOver)
                .map(server -> server.amphora().loadBalancer())
                .distinct()
                .forEach(balancer -> status(balancer).ifPresent(status -> statuses.put(balancer, status)));
        estate = estate.balancers(statuses);
    }

    private Optional<String> status(String balancer) {
        try {
            return Optional.of(nova.loadBalancerStatus(balancer));
        } catch (NovaException.Refused e) {
            // a proxy's 404 does not name it (octavia/common/exceptions.py, NotFound)
            return e.status() == 404 && e.novaMessage().contains(balancer)
                    ? Optional.of(Amphora.DELETED)
                    : Optional.empty();
        } catch (NovaException e) {
            return Optional.empty();
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
        int readAlone = 0;
        for (ServerState server : state.servers()) {
            boolean here = listed.contains(server.id());
            boolean odd = here ? server.saidToHaveLeft() : server.saidToBeThere();
            if (odd && readAlone < MOST_READ_ALONE && !servers.read.containsKey(server.id())) {
                readAlone++;
                servers.read(server.id());
            }
        }
        List<Server> believed = new ArrayList<>();
        for (Server server : onHost) {
            Server alone = servers.read.get(server.id());
            boolean left = servers.gone.contains(server.id())
                    || (alone != null
                            && alone.host() != null
                            && !alone.host().equals(state.order().host()));
            if (!left) {
                believed.add(alone == null || alone.host() == null ? server : alone);
            }
        }
        servers.read.values().stream()
                .filter(server -> state.order().host().equals(server.host()) && !listed.contains(server.id()))
                .forEach(believed::add);
        onHost = believed;
    }

    private static Set<String> ids(List<Server> servers) {
        return servers.stream().map(Server::id).collect(Collectors.toSet());
    }

    /** Chosen servers that this tick may have to judge: those under way, and as many waiting ones as may be started. */
    private static List<ServerState> candidates(DrainState state, Instant now) {
        List<ServerState> wanted = new ArrayList<>(state.in(ServerState.Stage.UNDER_WAY));
        List<ServerState> pending = state.in(ServerState.Stage.PENDING);
        Places places = new Places(state, state.servers(), now);
        List<ServerState> next = pending.stream().filter(places::take).toList();
        wanted.addAll(next.isEmpty() ? pending.subList(0, Math.min(1, pending.size())) : next);
        return wanted;
    }

    /** On every server in VERIFY_RESIZE that was read, unless its confirm has been asked for. */
    private void evidence(DrainState state, Instant now) {
        DrainOrder order = state.order();
        if (order.route() != Route.CONFIRM || order.evidence().demand() == EvidenceRule.Demand.IGNORE) {
            return;
        }
        Map<String, ServerState> known = state.byId();
        ByServer<Migration> moves = ByServer.one(servers.migrations, Migration::serverId);
        for (Server server : servers.read.values()) {
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
}
