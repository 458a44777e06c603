package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Rates;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerReferences;
import io.jenkins.plugins.nova.plan.ServerReferences.Known;
import io.jenkins.plugins.nova.plan.ServerReferences.Resolved;
import io.jenkins.plugins.nova.plan.Wish;
import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.roll.NextHost;
import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollAmphorae;
import io.jenkins.plugins.nova.plan.roll.RollCloud;
import io.jenkins.plugins.nova.plan.roll.RollOrder;
import io.jenkins.plugins.nova.plan.roll.RollPlanner;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a cloud for a roll, once and in lists, and has the roll planned. What it asks grows with the pages of the list of servers and
 * with the resource classes that servers ask for, not with servers or hosts.
 */
public final class RollReader {

    /** From the end of the work on a host until it is in service again (facts: finishing 2 to 8 min). */
    private static final Duration SETTLING = Duration.ofMinutes(5);

    /** An error is to be read, not scrolled. */
    private static final int MOST_TOLD = 20;

    private static final int SHARES = 97;

    private final Nova nova;
    private final List<OddRow> setAside = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private RollReader(Nova nova) {
        this.nova = nova;
    }

    /**
     * A roll, and what is to be known about what it was made of.
     *
     * @param order what was asked, with the hosts
     * @param roll the plan
     * @param notes sentences for an operator
     * @param done hosts that were asked for and that earlier builds have done: not of the order, nor of the plan
     */
    public record Planned(RollOrder order, Roll roll, List<String> notes, List<String> done) {
        public Planned {
            notes = List.copyOf(notes);
            done = List.copyOf(done);
        }

        /** Of a roll that begins. */
        public Planned(RollOrder order, Roll roll, List<String> notes) {
            this(order, roll, notes, List.of());
        }
    }

    /**
     * Plans a roll of the cloud as it is.
     *
     * @param now the time of this machine
     * @throws IllegalArgumentException when there is no such host, aggregate or zone, a name is several servers', the budget's
     *     aggregate does not have all hosts, or the user does not see all servers; names the parameter
     * @throws NovaException when the cloud could not be read
     */
    public static Planned plan(Nova nova, RollRequest request, Instant now) {
        return plan(nova, request, RollPast.NONE, null, now);
    }

    /**
     * Plans the rest of a roll of the cloud as it is; the whole where all of its hosts are done already, for then that roll is over.
     *
     * @param past what earlier builds have come to
     * @param window when hosts may be away; null for always
     */
    public static Planned plan(Nova nova, RollRequest request, RollPast past, Window window, Instant now) {
        return new RollReader(nova).planned(request, past, window, now);
    }

    /**
     * The rest of a roll's plan for one host, and what is to be known about what it was made of.
     *
     * @param plan what becomes of its servers
     * @param notes sentences for an operator
     */
    public record Next(NextHost plan, List<String> notes) {
        public Next {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Plans the one host of a roll that is to begin, of the cloud as it is.
     *
     * @param request what was asked of the roll; its hosts, aggregate and zone are not looked at
     * @param hosts those of the roll that are not done; such as have no compute service any more are left out
     * @param host the one that is to begin
     * @param outstanding seats that servers of hosts under way are still to take: host by server id
     * @param now the time of this machine
     * @throws IllegalArgumentException when the host has no compute service, a name is several servers', or the user does not see
     *     all servers
     * @throws NovaException when the cloud could not be read
     */
    public static Next next(
            Nova nova,
            RollRequest request,
            Collection<String> hosts,
            String host,
            Map<String, String> outstanding,
            Instant now) {
        return new RollReader(nova).next(request, hosts, host, outstanding, now);
    }

    private Next next(
            RollRequest request, Collection<String> hosts, String host, Map<String, String> outstanding, Instant now) {
        HostList.wholeView(nova);
        List<ComputeService> services = noted(nova.computeServices());
        Set<String> rolled = new TreeSet<>();
        services.forEach(service -> rolled.add(service.host()));
        if (!rolled.contains(host)) {
            throw new IllegalArgumentException(
                    "host: there is no compute service on a host called exactly '" + host + "'.");
        }
        rolled.removeIf(other -> !other.equals(host) && !hosts.contains(other));
        RollCloud cloud = cloud(services, noted(EstateReader.ifAllowed(nova::aggregates)), now);
        // what names stand for is told by the plan of the roll, and by the drain
        List<String> told = List.copyOf(notes);
        RollOrder order = order(request, List.copyOf(rolled), cloud.servers());
        return new Next(NextHost.of(Filters.planner(), cloud, order, host, outstanding), told);
    }

    private Planned planned(RollRequest request, RollPast past, Window window, Instant now) {
        HostList.wholeView(nova);
        List<ComputeService> services = noted(nova.computeServices());
        List<Aggregate> aggregates = noted(EstateReader.ifAllowed(nova::aggregates));
        List<String> hosts = hosts(request, services, aggregates);
        Estate estate = Estate.UNKNOWN
                .newest(nova.microversions().max())
                .services(services)
                .aggregates(aggregates);
        for (String host : hosts) {
            Optional<String> misplaced =
                    request.budget().limits() ? request.budget().misplaced(host, estate) : Optional.empty();
            if (misplaced.isPresent()) {
                throw new IllegalArgumentException(misplaced.get());
            }
        }
        RollCloud cloud = cloud(services, aggregates, now);
        if (estate.newest().atLeast(SHARES)) {
            notes.add(
                    "Attached shares were not looked for, which takes a request for each server: nodeMaintenance does, host by"
                            + " host.");
        }
        boolean over = past.done().containsAll(hosts);
        List<String> rest = hosts.stream()
                .filter(host -> over || !past.done().contains(host))
                .toList();
        List<String> done = hosts.stream().filter(host -> !rest.contains(host)).toList();
        List<String> first = over
                ? List.of()
                : rest.stream()
                        .filter(past.failed()::contains)
                        .filter(host -> isOurs(services, host))
                        .toList();
        RollOrder order =
                order(request, rest, cloud.servers(), !done.isEmpty(), first).in(window, now);
        notes.addAll(RollAmphorae.notes(cloud, rest));
        return new Planned(order, new RollPlanner(Filters.planner()).plan(cloud, order), notes, done);
    }

    /** The rest of the cloud, all of it in lists. */
    private RollCloud cloud(List<ComputeService> services, List<Aggregate> aggregates, Instant now) {
        Listed<Server> servers = nova.servers();
        noted(servers);
        List<ServerGroup> groups = noted(nova.serverGroups());
        EstateReader reader = new EstateReader(nova, services);
        List<Amphora> amphorae = reader.amphorae();
        setAside.addAll(reader.setAside());
        Estate estate = Estate.UNKNOWN
                .newest(nova.microversions().max())
                .services(services)
                .aggregates(aggregates)
                .hypervisors(noted(reader.hypervisors()))
                // what Octavia is at work on has ended long before the turn of most hosts
                .amphorae(amphorae.stream().map(Amphora::idle).toList())
                .groups(groups, whereabouts(servers, groups))
                .resizeSources(resizeSources())
                .at(now.plus(nova.clockOffset()));
        RoomReader room = new RoomReader(nova);
        RoomFigures figures = room.free(servers, estate);
        setAside.addAll(room.setAside());
        remark(services, servers, figures);
        return new RollCloud(estate, servers, figures);
    }

    /** Whether a host takes servers, or would but for a cordon of ours: what others have disabled since stays so. */
    private static boolean isOurs(List<ComputeService> services, String host) {
        return services.stream()
                .filter(service -> service.host().equals(host))
                .allMatch(service -> service.enabled()
                        || String.valueOf(service.disabledReason()).startsWith(Claim.PREFIX));
    }

    private RollOrder order(RollRequest request, List<String> hosts, List<Server> servers) {
        return order(request, hosts, servers, false, List.of());
    }

    /** @param shown whether a host of the roll is done, so that none need go alone any more */
    private RollOrder order(
            RollRequest request, List<String> hosts, List<Server> servers, boolean shown, List<String> first) {
        return new RollOrder(
                hosts,
                request.budget(),
                request.canary() && !shown,
                wish(request, hosts, servers),
                request.block(),
                SETTLING,
                Rates.ASSUMED,
                first,
                null,
                null);
    }

    private List<String> hosts(RollRequest request, List<ComputeService> services, List<Aggregate> aggregates) {
        Set<String> there = new TreeSet<>();
        services.forEach(service -> there.add(service.host()));
        if (request.aggregate() != null) {
            Aggregate aggregate = aggregates.stream()
                    .filter(one -> one.name().equals(request.aggregate()))
                    .findFirst()
                    .orElseThrow(() -> HostList.unknown(
                            "aggregate",
                            request.aggregate(),
                            aggregates.stream().map(Aggregate::name).toList()));
            Set<String> its = new TreeSet<>(aggregate.hosts());
            Set<String> without = new TreeSet<>(its);
            without.removeAll(there);
            if (!without.isEmpty()) {
                notes.add("aggregate: " + some(without) + " of '" + request.aggregate()
                        + "' have no compute service and are left out.");
            }
            its.retainAll(there);
            return some("aggregate", request.aggregate(), its);
        }
        if (request.zone() != null) {
            Set<String> its = new TreeSet<>();
            services.stream()
                    .filter(service -> request.zone().equals(service.zone()))
                    .forEach(service -> its.add(service.host()));
            if (its.isEmpty()) {
                throw HostList.unknown(
                        "zone",
                        request.zone(),
                        services.stream().map(ComputeService::zone).toList());
            }
            return List.copyOf(its);
        }
        Set<String> none = new TreeSet<>(request.hosts());
        none.removeAll(there);
        if (!none.isEmpty()) {
            throw new IllegalArgumentException("hosts: there is no compute service on a host called exactly "
                    + some(none) + "; there are: " + some(there) + ".");
        }
        return some("hosts", "", new TreeSet<>(request.hosts()));
    }

    private static List<String> some(String parameter, String value, Set<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(parameter + ": '" + value + "' has no compute host.");
        }
        return List.copyOf(hosts);
    }

    private static String some(Set<String> names) {
        List<String> told =
                names.stream().limit(MOST_TOLD).map(name -> "'" + name + "'").toList();
        return String.join(", ", told) + (names.size() > MOST_TOLD ? ", …" : "");
    }

    /** Where all servers are; a group's member that is not listed is on no host, unless rows could not be read. */
    private static Map<String, String> whereabouts(Listed<Server> servers, List<ServerGroup> groups) {
        Map<String, String> hosts = new HashMap<>();
        boolean whole = servers.setAside().isEmpty() && servers.stream().allMatch(Server::known);
        if (whole) {
            groups.forEach(group -> group.members().forEach(member -> hosts.put(member, "")));
        }
        servers.stream()
                .filter(Server::known)
                .forEach(server -> hosts.put(server.id(), server.host() == null ? "" : server.host()));
        return hosts;
    }

    /** The source of the newest move of each server that was finished; those of older ones may read finished for ever. */
    private Map<String, String> resizeSources() {
        Map<String, Migration> newest = new HashMap<>();
        noted(nova.migrations(MigrationQuery.ALL.inStatus("finished")))
                .forEach(migration -> newest.merge(
                        migration.serverId(), migration, (one, other) -> one.id() > other.id() ? one : other));
        Map<String, String> sources = new HashMap<>();
        newest.forEach((server, migration) -> {
            if (migration.sourceHost() != null) {
                sources.put(server, migration.sourceHost());
            }
        });
        return sources;
    }

    private Wish wish(RollRequest request, List<String> hosts, List<Server> servers) {
        Set<String> rolled = new HashSet<>(hosts);
        ServerReferences references = ServerReferences.among(servers.stream()
                .filter(server -> server.host() != null && rolled.contains(server.host()))
                .map(Known::of)
                .toList());
        Resolved approved = references.resolve("approve", request.approve());
        Resolved leave = references.resolve("leave", request.leave());
        for (Resolved resolved : List.of(approved, leave)) {
            if (resolved.refusal().isPresent()) {
                throw new IllegalArgumentException(resolved.refusal().get());
            }
            notes.addAll(resolved.remarks());
        }
        return new Wish(Route.BY_STATE, null, request.blockMigration(), false, Set.of(), approved.ids(), leave.ids());
    }

    private void remark(List<ComputeService> services, List<Server> servers, RoomFigures figures) {
        if (figures.source() == RoomFigures.Source.HYPERVISORS) {
            notes.add("What is free is known by the hypervisors' memory alone; overcommit, CPUs and disks are not ("
                    + figures.why() + ").");
        }
        if (figures.source() == RoomFigures.Source.NOBODY) {
            notes.add("What is free is not known: seats are found by zones, aggregates and groups alone ("
                    + figures.why() + ").");
        }
        long silent = services.stream().filter(service -> !service.known()).count();
        long unknown = servers.stream().filter(server -> !server.known()).count();
        if (silent + unknown > 0) {
            notes.add("A cell does not answer: of " + silent + " hosts and " + unknown
                    + " servers nothing is known, and there may be more servers.");
        }
        OddRowNotes.lines(List.of(), setAside).stream().distinct().forEach(notes::add);
    }

    private <T> List<T> noted(Listed<T> list) {
        setAside.addAll(list.setAside());
        return list;
    }
}
