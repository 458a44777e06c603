package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the cloud round the servers that are planned. A plan is made with all of it; between plan and move
 * (law 3) a server is judged again with the services alone, or with nothing. Empty therefore means "not read", and a filter that
 * would need it has no word.
 *
 * @param newest the newest microversion that the cloud speaks, which tells its release; null when not asked
 * @param services compute services
 * @param hypervisors with their figures where the cloud tells them; flavors are embedded in the servers
 * @param aggregates host aggregates
 * @param memberships server groups, by their members
 * @param whereabouts hosts of the groups' members by server id, "" for one that is on none; no entry where it is not known
 * @param shares what is known of attached shares, by server id: empty for none, no entry where it was not asked
 * @param resizeSources source hosts of the migrations that wait for confirm or revert, by server id
 * @param moves migrations of the servers and off their host, as far as they were read
 * @param machines Octavia's amphorae, by their servers
 * @param balancers what load balancers read (provisioning_status), by id; no entry where it was not asked
 * @param now the time of the look by the cloud's clock; null when ages are not to be judged
 */
public record Estate(
        Microversion newest,
        List<ComputeService> services,
        List<Hypervisor> hypervisors,
        List<Aggregate> aggregates,
        ByServer<ServerGroup> memberships,
        Map<String, String> whereabouts,
        Map<String, List<String>> shares,
        Map<String, String> resizeSources,
        ByServer<Migration> moves,
        ByServer<Amphora> machines,
        Map<String, String> balancers,
        Instant now) {

    /** Nothing is known. */
    public static final Estate UNKNOWN = new Estate(
            null,
            List.of(),
            List.of(),
            List.of(),
            byMember(List.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            bySubject(List.of()),
            ByServer.one(List.<Amphora>of(), Amphora::serverId),
            Map.of(),
            null);

    public Estate {
        services = List.copyOf(services);
        hypervisors = List.copyOf(hypervisors);
        aggregates = List.copyOf(aggregates);
        whereabouts = Map.copyOf(whereabouts);
        shares = Map.copyOf(shares);
        resizeSources = Map.copyOf(resizeSources);
        balancers = Map.copyOf(balancers);
    }

    /** The compute service of a host. */
    public Optional<ComputeService> service(String host) {
        return services.stream().filter(service -> service.host().equals(host)).findFirst();
    }

    /** The hypervisor of a host; the first where a service has several, as ironic's has. */
    public Optional<Hypervisor> hypervisor(String host) {
        return hypervisors.stream()
                .filter(hypervisor -> hypervisor.host().equals(host))
                .findFirst();
    }

    /** The groups that a server is a member of: one, for Nova allows no more. */
    public List<ServerGroup> groupsOf(String serverId) {
        return memberships.of(serverId);
    }

    /** Server groups. */
    public List<ServerGroup> groups() {
        return memberships.all();
    }

    /** The migrations of the servers and off their host, as far as they were read. */
    public List<Migration> migrations() {
        return moves.all();
    }

    /** Those of one server. */
    public List<Migration> migrationsOf(String serverId) {
        return moves.of(serverId);
    }

    private static ByServer<ServerGroup> byMember(List<ServerGroup> groups) {
        return ByServer.many(groups, group -> Set.copyOf(group.members()));
    }

    private static ByServer<Migration> bySubject(List<Migration> migrations) {
        return ByServer.one(migrations, Migration::serverId);
    }

    /** The same with these services. */
    public Estate services(List<ComputeService> known) {
        return new Estate(
                newest,
                known,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these hypervisors. */
    public Estate hypervisors(List<Hypervisor> known) {
        return new Estate(
                newest,
                services,
                known,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these aggregates. */
    public Estate aggregates(List<Aggregate> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                known,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these groups, and where their other members are. */
    public Estate groups(List<ServerGroup> known, Map<String, String> hosts) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                byMember(known),
                hosts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same at this microversion. */
    public Estate newest(Microversion known) {
        return new Estate(
                known,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these shares, by server id. */
    public Estate shares(Map<String, List<String>> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                known,
                resizeSources,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these migrations' sources, by server id. */
    public Estate resizeSources(Map<String, String> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                known,
                moves,
                machines,
                balancers,
                now);
    }

    /** The same with these migrations. */
    public Estate migrations(List<Migration> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                bySubject(known),
                machines,
                balancers,
                now);
    }

    /** The same with these amphorae. */
    public Estate amphorae(List<Amphora> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                ByServer.one(known, Amphora::serverId),
                balancers,
                now);
    }

    /** The same with what load balancers read, by id. */
    public Estate balancers(Map<String, String> known) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                known,
                now);
    }

    /** Octavia's amphorae, as far as it was asked. */
    public List<Amphora> amphorae() {
        return machines.all();
    }

    /** The amphora that a server is; empty when it is none, as far as Octavia was asked. */
    public Optional<Amphora> amphora(String serverId) {
        return machines.of(serverId).stream().findFirst();
    }

    /** Whether no other amphora works for the load balancer of this one. */
    public boolean alone(Amphora amphora) {
        return machines.all().stream()
                .noneMatch(other -> other.allocated()
                        && other.loadBalancer().equals(amphora.loadBalancer())
                        && !other.id().equals(amphora.id()));
    }

    /** The same, seen at this time. */
    public Estate at(Instant time) {
        return new Estate(
                newest,
                services,
                hypervisors,
                aggregates,
                memberships,
                whereabouts,
                shares,
                resizeSources,
                moves,
                machines,
                balancers,
                time);
    }

    /** The newest migration of a server that has not ended. */
    public Optional<Migration> underWay(String serverId) {
        return moves.of(serverId).stream()
                .filter(migration -> !migration.ended())
                .max(Comparator.comparingLong(Migration::id));
    }

    /** How long ago that was; empty when it is not known. */
    public Optional<Duration> age(Instant time) {
        return time == null || now == null ? Optional.empty() : Optional.of(Duration.between(time, now));
    }
}
