package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.MicroversionRange;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NetworkAgent;
import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.api.ServerName;
import io.jenkins.plugins.nova.api.ServerPort;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Alertmanager;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.http.SharedClient;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.Catalogue;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.core.transport.HttpMethod;

/**
 * {@link Nova} over openstack4j. An instance is one login at one cloud and may be used by several threads. Made by
 * {@link Connections}.
 */
public final class OpenStackNova implements Nova {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final int CELLS_DOWN = 69;

    private final Session session;
    private final SharedClient client;
    private final Connections connections;
    private final Service compute;
    private final Versions versions;
    private final Migrations migrations;
    private final ServerDetails details;
    private final ServerChanges changes;
    private final Placement placement;
    private final KeystoneNames names;
    private final InstanceHa instanceHa;
    private final Silences silences;
    private final VolumeServices volumeServices;
    private final NetworkAgents networkAgents;
    private final LoadBalancing loadBalancing;

    /** @param alertmanager null where none is configured */
    OpenStackNova(Session session, SharedClient client, Connections connections, Alertmanager alertmanager) {
        this.session = session;
        this.client = client;
        this.connections = connections;
        this.compute = new Service(session, ServiceType.COMPUTE, url -> Catalogue.computeCalls(url, session.project()));
        this.versions = new Versions(session);
        this.migrations = new Migrations(compute, versions);
        this.details = new ServerDetails(compute, versions);
        this.changes = new ServerChanges(compute, versions);
        this.placement = new Placement(session);
        this.names = new KeystoneNames(session);
        this.instanceHa = new InstanceHa(session);
        this.silences = new Silences(alertmanager);
        this.volumeServices = new VolumeServices(session);
        this.networkAgents = new NetworkAgents(session);
        this.loadBalancing = new LoadBalancing(session);
    }

    /**
     * Prepares a session that shares nothing with others; nothing is sent until the first call.
     *
     * @throws IllegalArgumentException when the transport's CA certificates cannot be read
     */
    public static OpenStackNova connect(CloudEndpoint endpoint, Login login, Transport transport) {
        return new Connections().connect(endpoint, login, transport);
    }

    /**
     * Says that nobody will ask for this session any more. Whoever has it still may finish; then its token is revoked,
     * unless the cloud may be working with it, and its client closed. Returns at once.
     */
    public void letGo() {
        connections.letGo(this);
    }

    /** Revokes and closes what nobody has used for so long; whether all of it was. */
    boolean end(Duration quiet) {
        if (session.revokeQuiet(true, quiet)) {
            return false;
        }
        client.leave();
        return true;
    }

    @Override
    public Duration renewIfExpiringWithin(Duration span) {
        return session.renewIfExpiringWithin(span);
    }

    @Override
    public Duration clockOffset() {
        return session.cloudClock().offset();
    }

    @Override
    public List<String> inTheClear() {
        return session.catalogue().inTheClear();
    }

    @Override
    public List<String> elsewhere() {
        return session.catalogue().elsewhere();
    }

    @Override
    public Identity identity() {
        return session.identity();
    }

    @Override
    public String projectName(String projectId) {
        return names.project(projectId);
    }

    @Override
    public String userName(String userId) {
        return names.user(userId);
    }

    @Override
    public MicroversionRange microversions() {
        return versions.range();
    }

    /**
     * {@inheritDoc}
     *
     * @throws NovaException.Missing when the answer holds a server of another host, or the hosts of none: the filter was
     *     not applied as written, and what remained could be wrong
     */
    @Override
    public Listed<Server> serversOn(String host) {
        String call = "list the servers of host " + host;
        String advice = ", so the list cannot be trusted: check the host's exact name, and that the user may see the"
                + " hosts of all projects' servers";
        List<JsonNode> rows = servers(call, Map.of("host", host, "all_tenants", "1"));
        refuseHidden(rows, call, advice);
        return once(Rows.read(OddRow.Kind.SERVER, rows, (row, odd) -> {
            Server server = ServerJson.server(row, odd);
            if (server.known() && server.host() == null) {
                odd.accept("its 'OS-EXT-SRV-ATTR:host' is not a text");
                return server.unknown();
            }
            if (server.host() != null && !host.equals(server.host())) {
                throw new NovaException.Missing(
                        call + ": Nova listed server " + server.id() + " of host " + server.host() + " too" + advice);
            }
            return server;
        }));
    }

    private static void refuseHidden(List<JsonNode> rows, String call, String advice) {
        boolean hidden = !rows.isEmpty()
                && rows.stream().allMatch(row -> row.has("OS-EXT-STS:vm_state") && !row.has("OS-EXT-SRV-ATTR:host"));
        if (hidden) {
            throw new NovaException.Missing(call + ": Nova tells the host of none of them" + advice);
        }
    }

    @Override
    public Listed<Server> servers() {
        String call = "list all servers";
        List<JsonNode> rows = servers(call, Map.of("all_tenants", "1"));
        refuseHidden(
                rows,
                call,
                ", so it cannot be planned where they go: check that the user may see the hosts of servers");
        return once(Rows.read(OddRow.Kind.SERVER, rows, ServerJson::server));
    }

    @Override
    public Listed<Server> serversUnfiltered() {
        if (!versions.chosen(Cap.SERVERS).atLeast(CELLS_DOWN)) {
            throw new NovaException.Missing("this cloud's Nova speaks microversions up to "
                    + versions.chosen(Cap.SERVERS) + "; servers of a cell that does not answer are shown from 2.69 on");
        }
        Fields answer = compute.read(
                get("list all servers", "/servers/detail", Cap.SERVERS).and("all_tenants", "1"));
        if (!answer.objectsIfAny("servers_links").isEmpty()) {
            throw new NovaException.Missing(
                    "this cloud has more servers than Nova lists at once, and on further pages the"
                            + " servers of a cell that does not answer are not shown");
        }
        return Rows.read(OddRow.Kind.SERVER, answer.items("servers"), ServerJson::server);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nova's filter is a regular expression in the database's own dialect (nova/db/main/api.py): what is common to
     * all dialects is quoted, and the result is filtered exactly.
     */
    @Override
    public Listed<Server> serversNamed(String name) {
        Listed<Server> read = once(Rows.read(
                OddRow.Kind.SERVER,
                servers("look for servers named '" + name + "'", Map.of("name", quoted(name), "all_tenants", "1")),
                ServerJson::server));
        return exactly(name, read);
    }

    @Override
    public Listed<Server> serversNamed(String name, int most) {
        Service.Request request = get("look for servers named '" + name + "'", "/servers/detail", Cap.SERVERS)
                .and("name", quoted(name))
                .and("all_tenants", "1")
                .and("limit", String.valueOf(most));
        return exactly(name, Rows.read(OddRow.Kind.SERVER, compute.read(request).items("servers"), ServerJson::server));
    }

    @Override
    public Listed<Server> ownServersNamed(String name) {
        return exactly(
                name,
                once(Rows.read(
                        OddRow.Kind.SERVER,
                        servers("look for own servers named '" + name + "'", Map.of("name", quoted(name))),
                        ServerJson::server)));
    }

    private static String quoted(String name) {
        return "^" + name.replaceAll("([\\\\^$.|?*+()\\[\\]{}])", "\\\\$1") + "$";
    }

    private static Listed<Server> exactly(String name, Listed<Server> servers) {
        return new Listed<>(
                servers.stream()
                        .filter(server -> server.known() && server.name().equals(name) && !ForeignText.altered(name))
                        .toList(),
                servers.setAside());
    }

    @Override
    public Listed<ServerName> serverNames(String status, int most) {
        Service.Request request = get("list servers", "/servers", Cap.SERVERS)
                .and("all_tenants", "1")
                .and("limit", String.valueOf(most));
        return Rows.read(
                OddRow.Kind.SERVER,
                compute.read(status == null ? request : request.and("status", status))
                        .items("servers"),
                server -> new ServerName(server.exact("id"), server.textOrEmpty("name")));
    }

    @Override
    public Server server(String id) {
        Fields server = compute.read(get("read server " + id, ServerDetails.path(id, ""), Cap.SERVERS))
                .object("server");
        String told = server.exactIfAny("id");
        return ServerJson.server(server, told == null ? id : told, wrong -> {});
    }

    /** A no is asked for twice, for it ends what is about to begin: one 403 may be a proxy's, one list another user's. */
    @Override
    public boolean seesAllProjects() {
        return listsOfAllProjects() || listsOfAllProjects();
    }

    private boolean listsOfAllProjects() {
        try {
            String nobody = "no-such-host-" + UUID.randomUUID();
            Fields servers = compute.read(get("check what the user may see", "/servers", Cap.SERVERS)
                    .and("host", nobody)
                    .and("all_tenants", "1")
                    .and("limit", "1"));
            // a row of which nothing is told but that it is UNKNOWN is a silent cell's, and no proof against the filter
            boolean listed = servers.items("servers").stream()
                    .anyMatch(row -> !Server.UNKNOWN.equals(row.path("status").asText()));
            if (listed) {
                return false;
            }
            computeServices();
            return migrations.tellsHosts();
        } catch (NovaException.Refused e) {
            if (e.status() == 403) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Listed<ComputeService> computeServices() {
        List<JsonNode> services = compute.read(get("list the compute services", "/os-services", Cap.SERVICES)
                        .and("binary", "nova-compute"))
                .items("services");
        return Rows.read(
                OddRow.Kind.COMPUTE_SERVICE,
                services.stream()
                        .filter(service -> !service.path("binary").isTextual()
                                || service.path("binary").asText().equals("nova-compute"))
                        .toList(),
                HostJson::service);
    }

    @Override
    public void disableService(String serviceId, String reason) {
        put("disable", serviceId, object().put("status", "disabled").put("disabled_reason", reason));
    }

    @Override
    public void enableService(String serviceId) {
        put("enable", serviceId, object().put("status", "enabled"));
    }

    @Override
    public void forceDown(String serviceId, boolean down) {
        put(down ? "force down" : "take back the forced-down of", serviceId, object().put("forced_down", down));
    }

    @Override
    public Listed<Hypervisor> hypervisors() {
        return Rows.read(
                OddRow.Kind.HYPERVISOR,
                compute.readAll(
                        get("list the hypervisors", "/os-hypervisors/detail", Cap.HYPERVISORS),
                        "hypervisors",
                        "hypervisors_links",
                        "id"),
                HostJson::hypervisor);
    }

    @Override
    public Receipt liveMigrate(String serverId, String targetHost, BlockMigration blockMigration) {
        return changes.liveMigrate(serverId, targetHost, blockMigration);
    }

    @Override
    public Receipt liveMigrateUnscheduled(String serverId, String targetHost) {
        return changes.liveMigrateUnscheduled(serverId, targetHost);
    }

    @Override
    public Receipt rebootHard(String serverId) {
        return changes.rebootHard(serverId);
    }

    @Override
    public Receipt createServer(NewServer wanted) {
        return changes.create(wanted);
    }

    @Override
    public Receipt deleteServer(String serverId) {
        return changes.delete(serverId);
    }

    @Override
    public Receipt abortMigration(String serverId, long migrationId) {
        return changes.abort(serverId, migrationId);
    }

    @Override
    public Receipt forceComplete(String serverId, long migrationId) {
        return changes.forceComplete(serverId, migrationId);
    }

    /**
     * {@inheritDoc}
     *
     * @throws NovaException.Missing when a target is named and the cloud is older than 2.56, which would ignore it
     */
    @Override
    public Receipt migrate(String serverId, String targetHost) {
        return changes.migrate(serverId, targetHost);
    }

    @Override
    public Receipt confirmResize(String serverId) {
        return changes.confirmResize(serverId);
    }

    @Override
    public Receipt revertResize(String serverId) {
        return changes.revertResize(serverId);
    }

    @Override
    public Receipt evacuate(String serverId, String targetHost) {
        return changes.evacuate(serverId, targetHost);
    }

    @Override
    public Listed<Migration> migrations(MigrationQuery query) {
        return migrations.list(query);
    }

    @Override
    public Listed<ServerMigration> serverMigrations(String serverId) {
        return details.migrations(serverId);
    }

    @Override
    public Listed<InstanceAction> actions(String serverId) {
        return details.actions(serverId);
    }

    @Override
    public InstanceAction action(String serverId, String requestId) {
        return details.action(serverId, requestId);
    }

    @Override
    public Listed<String> shares(String serverId) {
        return details.shares(serverId);
    }

    @Override
    public Listed<ServerPort> ports(String serverId) {
        return details.ports(serverId);
    }

    @Override
    public boolean guestRuns(String serverId) {
        return details.guestRuns(serverId);
    }

    @Override
    public String console(String serverId, int lines) {
        return details.console(serverId, lines);
    }

    /**
     * {@inheritDoc}
     *
     * <p>This list has no links: Nova cuts it at a length of its own ([api]max_limit), and an offset asks for the rest,
     * so it is read until a page brings nothing new.
     */
    @Override
    public Listed<ServerGroup> serverGroups() {
        Map<JsonNode, JsonNode> rows = new LinkedHashMap<>();
        compute.readByOffset(
                        get("list the server groups", "/os-server-groups", Cap.SERVER_GROUPS)
                                .and("all_projects", "true"),
                        "server_groups")
                .forEach(row -> rows.put(row.hasNonNull("id") ? row.get("id") : row, row));
        return Rows.read(OddRow.Kind.SERVER_GROUP, List.copyOf(rows.values()), HostJson::group);
    }

    @Override
    public Listed<Aggregate> aggregates() {
        return Rows.read(
                OddRow.Kind.AGGREGATE,
                compute.read(get("list the aggregates", "/os-aggregates", Cap.AGGREGATES))
                        .items("aggregates"),
                HostJson::aggregate);
    }

    @Override
    public Flavor flavor(String flavorId) {
        String path = "/flavors/" + Service.segment(flavorId);
        Fields flavor =
                compute.read(get("read flavor " + flavorId, path, Cap.FLAVORS)).object("flavor");
        Fields extraSpecs = versions.chosen(Cap.FLAVORS).atLeast(61)
                ? flavor
                : compute.read(
                        get("read the extra specs of flavor " + flavorId, path + "/os-extra_specs", Cap.FLAVORS));
        return ServerJson.flavor(flavor, extraSpecs);
    }

    @Override
    public AllocationCandidates allocationCandidates(Resources resources, Set<String> requiredTraits) {
        return placement.candidates(resources, requiredTraits);
    }

    /** Where it is, never with what it logged in. */
    @Override
    public String toString() {
        return "Nova of " + session;
    }

    @Override
    public Listed<String> resourceProviders(String name) {
        return placement.providers(name);
    }

    @Override
    public Set<String> allocationConsumers(String providerId) {
        return placement.consumers(providerId);
    }

    private List<JsonNode> servers(String call, Map<String, String> query) {
        Service.Request request = get(call, "/servers/detail", Cap.SERVERS);
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            request = request.and(parameter.getKey(), parameter.getValue());
        }
        return compute.readAll(request, "servers", "servers_links", "id");
    }

    /** A server that changes while pages are read can come twice. */
    private static Listed<Server> once(Listed<Server> servers) {
        Set<String> seen = new HashSet<>();
        return new Listed<>(
                servers.stream().filter(server -> seen.add(server.id())).toList(), servers.setAside());
    }

    private void put(String verb, String serviceId, JsonNode body) {
        compute.send(new Service.Request(
                verb + " compute service " + serviceId,
                HttpMethod.PUT,
                "/os-services/" + Service.segment(serviceId),
                Map.of(),
                body.toString(),
                versions.header(Cap.SERVICES)));
    }

    private Service.Request get(String call, String path, Cap cap) {
        return Service.Request.get(call, path, Map.of(), versions.header(cap));
    }

    private static ObjectNode object() {
        return JSON.objectNode();
    }

    @Override
    public Listed<HostSetting> hostSettings(HostSetting.Kind kind, String host, Predicate<String> wholly) {
        return switch (kind) {
            case INSTANCE_HA -> instanceHa.of(host);
            case VOLUME_SERVICE -> volumeServices.of(host);
            case SILENCE -> silences.of(host);
            case NETWORK_AGENT, CENTRAL_ROUTERS, ROUTER_GATEWAY -> networkAgents.of(host, wholly);
        };
    }

    @Override
    public HostSetting changeHostSetting(HostSetting wanted, boolean ineffective) {
        return switch (wanted.kind()) {
            case INSTANCE_HA -> instanceHa.set(wanted);
            case VOLUME_SERVICE -> volumeServices.set(wanted, ineffective);
            case SILENCE -> silences.set(wanted);
            case NETWORK_AGENT, CENTRAL_ROUTERS, ROUTER_GATEWAY -> networkAgents.set(wanted);
        };
    }

    @Override
    public Listed<NetworkAgent> networkAgents(String host) {
        return networkAgents.all(host);
    }

    @Override
    public Listed<Amphora> amphorae() {
        return loadBalancing.amphorae();
    }

    @Override
    public String loadBalancerStatus(String loadBalancerId) {
        return loadBalancing.status(loadBalancerId);
    }

    @Override
    public Receipt failOver(String amphoraId) {
        return loadBalancing.failOver(amphoraId);
    }
}
