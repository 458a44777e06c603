package io.jenkins.plugins.nova.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One OpenStack cloud's Nova (and the little of Placement that maintenance needs), as one authenticated user sees it.
 *
 * <p>Every call is one or more blocking HTTP requests with bounded time; none is repeated by the implementation when it
 * changes something. Every call can throw {@link NovaException}; whether a change may have reached the cloud is told by
 * {@link NovaException#outcomeUnknown()}. Lists are complete (paging followed), in the cloud's order, never null and
 * not modifiable; a row that cannot be read is set aside ({@link Listed}) and spoils nothing but itself. An instance may be used by several threads.
 *
 * <p>No parameter may be null unless it says so.
 */
public interface Nova {

    /** Who the token is and what it may see. Authenticates if that has not happened yet; sends nothing otherwise. */
    Identity identity();

    /**
     * Sees to it that the token in use lives for so long, with a new login where it would not. For a cloud whose services
     * go on with a user's token while a move is under way (no service tokens): one that expires in the middle fails the
     * move where Nova asks Neutron or Cinder. A token of the last minute is not renewed again.
     *
     * @param span from now
     * @return how long the token lives now, which is less than wanted where no token of this cloud lives so long; null when
     *     the cloud does not say
     */
    Duration renewIfExpiringWithin(Duration span);

    /**
     * How far the cloud's clock is from this JVM's: what must be added to a time of ours to compare it with one that the
     * cloud wrote. By the Date of its answers, so exact to about a second; zero where the clocks agree to that, and before
     * the first answer. Sends nothing.
     */
    Duration clockOffset();

    /**
     * The services to which the token goes in the clear though it was won over https, each in a sentence or two for an operator.
     * Empty before the first login. Sends nothing.
     */
    List<String> inTheClear();

    /** The services that the catalogue has on another host than Keystone, as {@link #inTheClear}. */
    List<String> elsewhere();

    /**
     * The name of a project, for display alone, asked of Keystone (GET /v3/projects/{id}) where it is not known from before. One
     * request at most, of a few seconds; it neither logs in anew nor keeps later logins waiting, whatever is answered.
     *
     * @return one that {@linkplain ForeignText#standsForAnId stands for its id}
     * @throws NovaException.Refused with 403 by policy (identity:get_project: an admin, a reader of the whole system, and who is
     *     in the project; keystone/common/policies/project.py), 401 where an application credential's access rules leave it out
     *     (Keystone holds to them since 2023.1, bug 1999068), 404 when there is no such project
     * @throws NovaException.Unintelligible when the answer is about another one, or its name stands for none
     */
    String projectName(String projectId);

    /**
     * The name of a user, as {@link #projectName} is that of a project (GET /v3/users/{id}, identity:get_user; every user may ask
     * for itself). A user whose name is a secret of the credential's is told as stars.
     */
    String userName(String userId);

    /** The microversions that the cloud speaks (GET /v2.1/), asked once per instance. */
    MicroversionRange microversions();

    /**
     * All servers whose host is exactly {@code host}, of every project, with details.
     *
     * <p>Nova ignores the filter silently for users without the admin's view (nova-api facts, item 1): prove
     * {@link #seesAllProjects()} before believing an empty answer. A row that does not tell its host is in the list as one
     * that is not {@linkplain Server#known known}, and counts as there.
     */
    Listed<Server> serversOn(String host);

    /**
     * Every server of every project, with details, page by page: a request for as many as the cloud shows at once ([api]
     * max_limit, 1000). Servers of a cell that does not answer may be missing: from the second page on Nova does not show them.
     * A server that is made while the pages are read may be missing, too.
     *
     * @throws NovaException.Missing when Nova tells the host of none of them
     */
    Listed<Server> servers();

    /**
     * Every server of every project, asked for without any filter, sorting or paging: only so does Nova show the servers of
     * a cell that does not answer, as rows with an id and the status UNKNOWN (2.69); with a filter it leaves them out and says
     * nothing (nova/compute/multi_cell_list.py; _is_cell_down_supported in nova/api/openstack/compute/servers.py).
     *
     * @throws NovaException.Missing when the cloud is older than 2.69, or has more servers than it shows at once ([api]
     *     max_limit, 1000): the pages that follow leave such servers out again
     */
    Listed<Server> serversUnfiltered();

    /**
     * The servers whose name is exactly {@code name}, of every project: none, one, or several. Those that are not
     * {@linkplain Server#known known} are only set aside.
     */
    Listed<Server> serversNamed(String name);

    /**
     * Some of the servers whose name is exactly {@code name}, of every project: names are their owners' choice, and a tenant
     * may make any number of them. One request.
     *
     * @param most how many at most
     */
    Listed<Server> serversNamed(String name, int most);

    /** The servers of the token's own project whose name is exactly {@code name}; no other project's can be among them. */
    Listed<Server> ownServersNamed(String name);

    /**
     * Ids and names of servers of every project, the newest first: enough to choose from, at the cost of one request.
     *
     * @param status only those in this status, such as {@code VERIFY_RESIZE}; null for all
     * @param most how many at most
     */
    Listed<ServerName> serverNames(String status, int most);

    /**
     * One server by id; not {@linkplain Server#known known} when its cell does not answer.
     *
     * @throws NovaException.Refused with status 404 when there is none
     */
    Server server(String id);

    /**
     * Whether this token's {@code servers?host=…&all_tenants=1} is honoured. Asked of Nova (a list of the servers of
     * a host that cannot exist must be empty, and os-migrations and os-services must be readable), never guessed from
     * role names.
     */
    boolean seesAllProjects();

    /** All nova-compute services, those that are not {@linkplain ComputeService#known known} among them. */
    Listed<ComputeService> computeServices();

    /** Disables scheduling to a compute service (PUT /os-services/{id}, 2.53). The reason is shown to every operator. */
    void disableService(String serviceId, String reason);

    /** Enables scheduling to a compute service; Nova clears the reason. */
    void enableService(String serviceId);

    /** Sets or clears {@code forced_down} of a compute service. */
    void forceDown(String serviceId, boolean down);

    /** All hypervisors with details, and their figures where the cloud's microversion still tells them. */
    Listed<Hypervisor> hypervisors();

    /**
     * Asks for a live migration (os-migrateLive, at least 2.34 so that the answer is asynchronous).
     *
     * @param targetHost null to leave the choice to the scheduler
     */
    Receipt liveMigrate(String serverId, String targetHost, BlockMigration blockMigration);

    /**
     * Asks for a live migration without the scheduler ({@code force}, 2.30 to 2.67; newer Novas still take it at 2.67). It is
     * the one way onto a host whose service is disabled: the scheduler leaves such hosts out of every boot, forced ones too,
     * and of every other move (COMPUTE_STATUS_DISABLED, nova/scheduler/request_filter.py; tried on Zed). Nova still wants
     * the host up, with room, and its hypervisor fit for the guest. Never for servers of somebody else.
     */
    Receipt liveMigrateUnscheduled(String serverId, String targetHost);

    /** Asks for a hard reboot: the hypervisor makes the guest anew and starts it. */
    Receipt rebootHard(String serverId);

    /**
     * Asks for a server in the project of this token; it is listed by its name from then on.
     *
     * @throws NovaException.Missing when it is to have no network and the cloud is older than 2.37
     */
    Receipt createServer(NewServer wanted);

    /** Asks for the deletion of a server. */
    Receipt deleteServer(String serverId);

    /** Aborts a live migration (DELETE /servers/{id}/migrations/{migrationId}; queued ones too from 2.65). */
    Receipt abortMigration(String serverId, long migrationId);

    /** Forces a running live migration to its end (2.22): the hypervisor pauses the guest or goes post-copy. */
    Receipt forceComplete(String serverId, long migrationId);

    /**
     * Asks for a cold migration.
     *
     * @param targetHost null to leave the choice to the scheduler; a name needs 2.56
     */
    Receipt migrate(String serverId, String targetHost);

    /** Confirms a server in VERIFY_RESIZE. Nova answers 204 and works on (nova-api facts, item 4). */
    Receipt confirmResize(String serverId);

    /** Reverts a server in VERIFY_RESIZE. */
    Receipt revertResize(String serverId);

    /**
     * Rebuilds a server of a dead host elsewhere. Sent below 2.95, so that a server that was running runs again.
     *
     * @param targetHost null to leave the choice to the scheduler
     */
    Receipt evacuate(String serverId, String targetHost);

    /** os-migrations, newest first, complete. */
    Listed<Migration> migrations(MigrationQuery query);

    /**
     * The live migrations of one server that are queued, preparing, running or post-migrating, with byte counters. Empty
     * in post-copy and after the end: absence proves nothing.
     */
    Listed<ServerMigration> serverMigrations(String serverId);

    /** What was asked of a server, newest first, without events. */
    Listed<InstanceAction> actions(String serverId);

    /**
     * One action with its events and, from 2.84, their details.
     *
     * @param requestId of {@link Receipt#requestId()} or {@link InstanceAction#requestId()}
     */
    InstanceAction action(String serverId, String requestId);

    /**
     * Ids of the Manila shares that are attached to a server; one whose id is not told is in the list in words.
     *
     * @throws NovaException.Missing when the cloud is older than 2.97, which has none
     */
    Listed<String> shares(String serverId);

    /** A server's ports, as Nova passes them on from Neutron; empty when it has none. */
    Listed<ServerPort> ports(String serverId);

    /**
     * Whether a server's guest runs, asked of its hypervisor there and then (GET /servers/{id}/diagnostics). The power state
     * in {@link Server} is what Nova last noted: a move does not change it, and Nova looks every ten minutes
     * (sync_power_state_interval; nova/compute/manager.py, _finish_resize and _sync_power_states).
     *
     * @throws NovaException.Refused with 403 by policy, 501 when the hypervisor has no such thing
     */
    boolean guestRuns(String serverId);

    /**
     * The end of what a server's guest wrote to its serial console (os-getConsoleOutput). May hold secrets of its owner.
     *
     * @param lines how many lines at most, at least 1
     * @throws NovaException.Refused with 404 when its hypervisor keeps no log, 409 while it is being built, 501 when the
     *     hypervisor has no such thing, 403 by policy
     */
    String console(String serverId, int lines);

    /** The server groups of every project. */
    Listed<ServerGroup> serverGroups();

    /** All host aggregates. */
    Listed<Aggregate> aggregates();

    /** A flavor by id with its extra specs. */
    Flavor flavor(String flavorId);

    /**
     * Where Placement would find room for these resources.
     *
     * @param requiredTraits traits that the provider must have; {@code !TRAIT} forbids one
     * @throws NovaException.Missing when the catalogue has no Placement endpoint
     */
    AllocationCandidates allocationCandidates(Resources resources, Set<String> requiredTraits);

    /**
     * The ids of the resource providers of this name in Placement: none or one. A hypervisor's provider has its
     * hypervisor_hostname as its name and the hypervisor's id as its own. A row without a name or an id is set aside.
     *
     * @throws NovaException.Missing when the catalogue has no Placement endpoint
     * @throws NovaException.Refused with 403 by policy
     */
    Listed<String> resourceProviders(String name);

    /**
     * Who holds an allocation on a resource provider, by id. A server that is on the provider's host holds one under its own
     * id; while it is moved, and until a cold migration is confirmed, what it had on its source is held under the migration's
     * uuid (nova/conductor/tasks/migrate.py, replace_allocation_with_migration). Placement knows no cells: a cell that does not
     * answer changes nothing here.
     *
     * @throws NovaException.Missing when the catalogue has no Placement endpoint
     * @throws NovaException.Refused with 403 by policy, 404 when there is no such provider
     */
    Set<String> allocationConsumers(String providerId);

    /**
     * What another service keeps about a host, as {@link HostSetting.Kind} says; mostly one, empty where it knows nothing of it.
     *
     * @param kind one of the service; those of its other kinds are among the answer
     * @param wholly of which, by their ids, all is to be read; the others may be left out, or without what they serve
     * @throws NovaException.Missing when the catalogue has no such service
     * @throws NovaException.Refused with 403 where it is an admin's alone
     */
    Listed<HostSetting> hostSettings(HostSetting.Kind kind, String host, Predicate<String> wholly);

    /** The same, all of each. */
    default Listed<HostSetting> hostSettings(HostSetting.Kind kind, String host) {
        return hostSettings(kind, host, id -> true);
    }

    /**
     * Sets it as for a host in maintenance, or takes that back. With something to be led elsewhere ({@link HostSetting#serves}) it does
     * that alone, and once it returns that is with another; each is looked up first.
     *
     * @param wanted one that was read, with how it is to read and, where its kind keeps a claim, what its record is to say
     * @param ineffective whether the same was asked for before, and taken, and does not show: another way is to be gone, where there is one
     * @return as the answer shows it; null when it does not. For a silence, which is found by its text: of what is wanted held, one that is there
     *     is made to last, and otherwise one is made; of what is not, all are ended
     * @throws NovaException.Refused with 409 while the service has something to do with the host or its neighbours: Masakari,
     *     as long as a notification about any host of the segment is new, running or failed (masakari/ha/api.py)
     */
    HostSetting changeHostSetting(HostSetting wanted, boolean ineffective);

    /**
     * Neutron's agents of a host, of every type.
     *
     * @throws NovaException.Missing when the catalogue has no Neutron
     * @throws NovaException.Refused with 403 where they are an admin's alone
     */
    Listed<NetworkAgent> networkAgents(String host);

    /**
     * Octavia's amphorae that are servers, of every project.
     *
     * @throws NovaException.Missing when the catalogue has no Octavia
     * @throws NovaException.Refused with 403 where they are an admin's alone
     */
    Listed<Amphora> amphorae();

    /**
     * The provisioning_status of a load balancer: ACTIVE, PENDING_UPDATE, ERROR and others.
     *
     * @throws NovaException.Missing when the catalogue has no Octavia
     * @throws NovaException.Refused with 404 when there is none
     */
    String loadBalancerStatus(String loadBalancerId);

    /**
     * Asks Octavia to replace an amphora by a new one, and to delete it.
     *
     * @throws NovaException.Refused with 409 while its load balancer is not ACTIVE, 404 once it is deleted, 403 by policy
     *     (octavia/api/v2/controllers/amphora.py, FailoverController)
     */
    Receipt failOver(String amphoraId);
}
