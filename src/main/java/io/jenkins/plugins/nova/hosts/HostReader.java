package io.jenkins.plugins.nova.hosts;

import hudson.AbortException;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.claim.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads how the hosts of a cloud stand: services, aggregates, finished migrations, and the servers of each host. */
final class HostReader {

    /** More odd rows than these are counted and not told one by one. */
    private static final int MOST_TOLD = 5;

    private final Nova nova;
    private final Clock clock;
    private final Function<Claim, Holder> holders;
    private final List<OddRow> odd = new ArrayList<>();
    private final List<WaitingServer> waiting = new ArrayList<>();

    /**
     * @param holders finds the build that a claim is of
     */
    HostReader(Nova nova, Clock clock, Function<Claim, Holder> holders) {
        this.nova = nova;
        this.clock = clock;
        this.holders = holders;
    }

    /**
     * Reads, with one request for each host and a handful besides.
     *
     * @throws AbortException when the credential does not see the servers of all projects; says what to do
     * @throws NovaException when the cloud could not be read
     */
    CloudReading read() throws AbortException {
        if (!nova.seesAllProjects()) {
            throw new AbortException("The user '" + nova.identity().userName()
                    + "' of the cloud's credential does not see the servers of all projects, so the counts would prove"
                    + " nothing. Give the cloud a credential with the admin role.");
        }
        List<ComputeService> services = rows(nova.computeServices());
        List<Aggregate> aggregates = rows(nova.aggregates());
        // before the servers: a move that ends in between is then in neither, and not taken for one whose source is
        // unknown
        Map<String, Migration> finished = newest(rows(nova.migrations(MigrationQuery.ALL.inStatus("finished"))));
        List<ReadHost> hosts = services.stream()
                .sorted(Comparator.comparing(ComputeService::zone).thenComparing(ComputeService::host))
                .map(service -> host(service, aggregates, finished))
                .toList();
        waiting.sort(
                Comparator.comparing(WaitingServer::since, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
                        .thenComparing(WaitingServer::id));
        return new CloudReading(clock.instant(), hosts, waiting, doubts(hosts));
    }

    private <T> List<T> rows(Listed<T> listed) {
        odd.addAll(listed.setAside());
        return listed;
    }

    /** Of a server's finished migrations the newest, for its older ones may read finished for ever. */
    private static Map<String, Migration> newest(List<Migration> finished) {
        Map<String, Migration> newest = new HashMap<>();
        finished.forEach(migration ->
                newest.merge(migration.serverId(), migration, (one, other) -> one.id() > other.id() ? one : other));
        return newest;
    }

    private ReadHost host(ComputeService service, List<Aggregate> aggregates, Map<String, Migration> finished) {
        Map<String, Integer> statuses = new HashMap<>();
        List<Server> servers = rows(nova.serversOn(service.host()));
        for (Server server : servers) {
            statuses.merge(server.status(), 1, Integer::sum);
            if ("resized".equals(server.vmState())) {
                waiting.add(waiting(server, service.host(), Optional.ofNullable(finished.get(server.id()))));
            }
        }
        String reason = service.enabled() ? null : service.disabledReason();
        return new ReadHost(
                service.host(),
                service.zone(),
                aggregates.stream()
                        .filter(aggregate -> aggregate.hosts().contains(service.host()))
                        .map(Aggregate::name)
                        .sorted()
                        .toList(),
                service.known(),
                service.up(),
                service.enabled(),
                service.forcedDown(),
                reason,
                Claim.parse(reason).map(holders).orElse(null),
                ours(service.updated()),
                servers.size(),
                statuses);
    }

    private WaitingServer waiting(Server server, String host, Optional<Migration> move) {
        return new WaitingServer(
                server.id(),
                server.name(),
                host,
                move.map(Migration::sourceHost).orElse(null),
                move.map(Migration::updated).map(this::ours).orElse(null),
                move.map(Migration::ownersResize).orElse(false));
    }

    /** A moment of the cloud's clock by ours. */
    private Instant ours(Instant moment) {
        Duration off = nova.clockOffset();
        return moment == null ? null : moment.minus(off);
    }

    /** Nova answers 200 with rows missing when a cell does not answer: then the counts may be short. */
    private List<String> doubts(List<ReadHost> hosts) {
        List<String> doubts = new ArrayList<>();
        List<String> silent =
                hosts.stream().filter(host -> !host.known()).map(ReadHost::host).toList();
        if (!silent.isEmpty()) {
            doubts.add("Nova cannot tell how "
                    + String.join(", ", silent.subList(0, Math.min(MOST_TOLD, silent.size())))
                    + (silent.size() > MOST_TOLD ? ", …" : "") + (silent.size() == 1 ? " stands" : " stand")
                    + ": a cell does not answer. Servers and moves of that cell may be missing here.");
        }
        // a service whose state is not known is on both lists (Listed)
        List<OddRow> others = odd.stream()
                .filter(row -> row.kind() != OddRow.Kind.COMPUTE_SERVICE || !silent.contains(row.host()))
                .toList();
        others.stream()
                .map(row -> "Nova's answer has " + row.words() + ".")
                .distinct()
                .limit(MOST_TOLD)
                .forEach(doubts::add);
        if (others.size() > MOST_TOLD) {
            doubts.add("It has " + others.size() + " such rows in all.");
        }
        return doubts;
    }
}
