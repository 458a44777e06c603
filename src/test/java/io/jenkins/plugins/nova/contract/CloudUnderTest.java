package io.jenkins.plugins.nova.contract;

import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.rules.ExternalResource;

/**
 * The cloud that a contract is tried on: three hosts at least, simulated or real. After each test its servers, groups
 * and aggregates are gone, its hosts are up and enabled, and its hypervisors are fast and work.
 */
abstract class CloudUnderTest extends ExternalResource {
    /** How long anything that Nova does in these tests may take, in the cloud's own time. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The host of the second cell. */
    static final String FAR_HOST = "compute99";

    private static final String DOMAIN = "Default";

    private final Set<String> killed = new LinkedHashSet<>();
    private List<ComputeService> found = List.of();
    private boolean secondCell;
    private boolean networkAgents;
    private Nova admin;
    private Backstage observer;
    private Scene scene;

    /** The simulated cloud, or the one in OS_* with {@code -Dnova.contract.cloud=env}. */
    static CloudUnderTest chosen() {
        return chosen(SimulatedCloudUnderTest.driven());
    }

    /** The same, but its time passes by itself: for what follows the real clock. */
    static CloudUnderTest followingTheClock() {
        return chosen(SimulatedCloudUnderTest.followingTheClock());
    }

    /** The same, with one host more, {@link #FAR_HOST}, in a cell of its own whose database can be stopped. */
    static CloudUnderTest withASecondCell() {
        CloudUnderTest chosen = chosen(SimulatedCloudUnderTest.driven());
        chosen.secondCell = true;
        return chosen;
    }

    /** The same, with a Neutron to whom agents of all hosts report. */
    static CloudUnderTest withNetworkAgents() {
        CloudUnderTest chosen = chosen(SimulatedCloudUnderTest.withNetworkAgents());
        chosen.networkAgents = true;
        return chosen;
    }

    private static CloudUnderTest chosen(CloudUnderTest simulated) {
        return isReal() ? new RealCloudUnderTest(System.getenv()) : simulated;
    }

    /** Whether contracts are tried on the cloud in OS_* and what stands beside it. */
    static boolean isReal() {
        String cloud = System.getProperty("nova.contract.cloud", "simulated");
        return switch (cloud) {
            case "simulated" -> false;
            case "env" -> true;
            default ->
                throw new IllegalArgumentException("nova.contract.cloud='" + cloud + "': must be 'simulated' or 'env'");
        };
    }

    // --- what differs between a simulated and a real one

    abstract void start();

    abstract void stop();

    abstract URI identityUrl();

    /** A user of the cloud. */
    abstract Login.Password login(Role role);

    /** Whether hosts can be killed and hypervisors told how to behave. */
    abstract boolean controlled();

    abstract void killHost(String host);

    /** Masakari is notified that a host has failed, and has not begun to do anything about it. */
    abstract void hostFailed(String host);

    /** All that Masakari was notified about a host's segment is over and done with. */
    abstract void settled(String host);

    abstract void startHost(String host);

    /** The cinder-volume that runs a service, {@code HOST@backend}, ends. */
    abstract void stopVolumes(String service);

    /** It is there again. */
    abstract void startVolumes(String service);

    /**
     * Has Octavia make a load balancer, and returns its id when it is ACTIVE.
     *
     * @param host where its amphorae are
     * @param paired whether it has two of them
     */
    abstract String balancer(String host, boolean paired);

    /** The load balancers of the test go away, and their amphorae. */
    abstract void removeBalancers();

    /** Makes the second cell; its host may take a moment to be listed. */
    abstract void addCell();

    /** Takes away the second cell and its host. */
    abstract void removeCell();

    /** The second cell's database stops. */
    abstract void stopCell();

    /** The second cell's database is there again. */
    abstract void startCell();

    /** L3, DHCP and Open vSwitch agents of these hosts report to Neutron from now on, and those of no other host. */
    abstract void report(String... hosts);

    /** The same runner, whose steps go by the time of the cloud. */
    abstract StepRunner inItsTime(StepRunner runner);

    /** How long the hypervisors spawn an evacuated server. */
    abstract void spawnSeconds(String server, double seconds);

    /** How long the copying of a server's live migration takes. */
    abstract void liveSeconds(String server, double seconds);

    /** The hypervisors fail at this operation of a server, from now to the end of the test. */
    abstract void fails(String server, Operation operation);

    /** The hypervisors are fast and work again, for all servers. */
    abstract void behave();

    /**
     * Lets the cloud go on until the condition holds, and gives the value for which it did.
     *
     * @throws AssertionError with the last value after {@code bound} of the cloud's time
     */
    abstract <T> T await(String what, Duration bound, Supplier<T> value, Predicate<T> condition);

    /** The flavor and image that servers are made of. */
    abstract String flavorId();

    /** Another flavor, to which such servers can be resized. */
    abstract String otherFlavorId();

    abstract String imageId();

    // --- who asks

    enum Role {
        /** Admin of the cloud, in a project that owns none of the servers. */
        ADMIN,
        /** Admin of the cloud in the project that owns the servers; sets the scene. */
        BOSS,
        /** Member of the project that owns the servers. */
        MEMBER,
        /** Member of another project. */
        STRANGER
    }

    /** The admin's view of the cloud, as the plugin uses it. */
    final Nova admin() {
        return admin;
    }

    /** What Nova and Placement answer to the admin, as it is on the wire. */
    final Backstage onTheWire() {
        return observer;
    }

    final Nova as(Role role) {
        return connect(login(role));
    }

    final Nova connect(Login login) {
        return OpenStackNova.connect(
                new CloudEndpoint(identityUrl(), null, Facing.PUBLIC),
                login,
                new Transport(HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofSeconds(60), null));
    }

    static Login.Password password(String user, String password, String project) {
        return new Login.Password(user, DOMAIN, password, project, DOMAIN);
    }

    // --- the scene

    /** The n-th host, from 1. */
    final String host(int n) {
        List<String> hosts = admin.computeServices().stream()
                .map(ComputeService::host)
                .sorted()
                .toList();
        assumeTrue("skipped: this cloud has fewer than " + n + " hosts: " + hosts, hosts.size() >= n);
        return hosts.get(n - 1);
    }

    final ComputeService service(String host) {
        return admin.computeServices().stream()
                .filter(service -> service.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    /** Boots a server of this name, and nothing special, on the first host; its id. */
    final String bootHere(String name) {
        return bootHere(Boot.named(name));
    }

    /** The same for a server that is to be as told. */
    final String bootHere(Boot wanted) {
        return boot(wanted.on(host(1)));
    }

    /** One that was booted so and moved cold to the second host: it waits in VERIFY_RESIZE. Its id. */
    final String bootAndMigrate(Boot wanted) {
        String id = bootHere(wanted);
        admin().migrate(id, host(2));
        awaitStatus(id, "VERIFY_RESIZE");
        return id;
    }

    /** Boots one server, and returns its id when it is in its state. */
    final String boot(Boot wanted) {
        return boot(new Boot[] {wanted}).get(0);
    }

    /** Boots servers side by side, and returns their ids when all are in their states. */
    final List<String> boot(Boot... wanted) {
        List<String> ids = new ArrayList<>();
        for (Boot boot : wanted) {
            ids.add(request(boot));
        }
        for (int i = 0; i < wanted.length; i++) {
            awaitStatus(ids.get(i), "ACTIVE");
            scene.enter(ids.get(i), wanted[i].state());
        }
        for (int i = 0; i < wanted.length; i++) {
            awaitStatus(ids.get(i), wanted[i].state().name());
        }
        return ids;
    }

    /** Asks for a server without waiting for it. */
    final String request(Boot wanted) {
        return scene.boot(wanted, flavorId(), imageId());
    }

    /** What a test needs besides servers. */
    final Scene scene() {
        return scene;
    }

    /** The nova-compute of a host dies; it reads up until it is forced down or silent for too long. */
    final void kill(String host) {
        needControl();
        killed.add(host);
        killHost(host);
    }

    /** A killed host is dead for Nova, too. */
    final void killAndForceDown(String host) {
        kill(host);
        admin.forceDown(service(host).id(), true);
    }

    /**
     * A killed host comes back; returns when its new process has reported. Nova takes a forced-down back only after
     * that process has completed the records of evacuations. That the service reads up is not enough: for some seconds
     * it may do so by the dead process's last report.
     */
    final void revive(String host) {
        ComputeService dead = service(host);
        startHost(host);
        killed.remove(host);
        await(host + " has reported", () -> service(host), now -> !Objects.equals(now.updated(), dead.updated()));
        await(host + " may be forced up", () -> forcedUp(dead.id()), up -> up);
        await(host + " is up", () -> service(host), ComputeService::up);
    }

    private boolean forcedUp(String service) {
        try {
            admin.forceDown(service, false);
            return true;
        } catch (NovaException.Refused e) {
            if (e.novaMessage().startsWith("Unable to force up host")) {
                return false;
            }
            throw e;
        }
    }

    final void needControl() {
        assumeTrue("skipped: this cloud's hosts are not under the test's control (see mini-nova)", controlled());
    }

    // --- waiting

    final <T> T await(String what, Supplier<T> value, Predicate<T> condition) {
        return await(what, PATIENCE, value, condition);
    }

    /**
     * Until the server is in this status with no task.
     *
     * @throws AssertionError at once when it is in ERROR and that was not wanted
     */
    final Server awaitStatus(String id, String status) {
        return await("server " + id + " is " + status, () -> admin.server(id), server -> {
            if (server.status().equals("ERROR") && server.taskState() == null && !status.equals("ERROR")) {
                throw new AssertionError("in ERROR instead of " + status + ": " + server);
            }
            return server.status().equals(status) && server.taskState() == null;
        });
    }

    /** The status of the server's newest migration; "none yet" when it has none. */
    final String migrationStatus(String id) {
        Migration migration = newest(id);
        return migration == null ? "none yet" : migration.status();
    }

    /**
     * The server's newest migration; null when it has none. Nova's conductor makes the record of a live or cold
     * migration, some time after the request was answered.
     */
    final Migration newest(String id) {
        List<Migration> migrations = admin.migrations(MigrationQuery.of(id));
        return migrations.isEmpty() ? null : migrations.get(0);
    }

    /** Until the server's newest migration is in this status. */
    final Migration awaitMigration(String id, String status) {
        return await(
                "the newest migration of server " + id + " is " + status,
                () -> newest(id),
                migration -> migration != null && migration.status().equals(status));
    }

    // --- before and after

    @Override
    protected final void before() {
        start();
        admin = as(Role.ADMIN);
        observer = new Backstage(identityUrl(), login(Role.ADMIN));
        scene = new Scene(new Backstage(identityUrl(), login(Role.BOSS)));
        if (controlled()) {
            admin.computeServices().forEach(this::makeFit);
        }
        if (secondCell) {
            needControl();
            addCell();
            await(
                    FAR_HOST + " can be booted on",
                    () -> admin.hypervisors().stream()
                            .map(hypervisor -> hypervisor.host())
                            .toList(),
                    hosts -> hosts.contains(FAR_HOST));
        }
        if (networkAgents) {
            needControl();
            assumeTrue(
                    "skipped: there is no Neutron (mini-nova: neutron.sh up)",
                    observer.network("GET", "/agents/none", null).status() == 404);
        }
        found = admin.computeServices();
        found.forEach(service -> scene.sweep(admin.serversOn(service.host())));
    }

    private void makeFit(ComputeService service) {
        if (!service.enabled()) {
            admin.enableService(service.id());
        }
        if (service.forcedDown()) {
            revive(service.host());
        }
    }

    @Override
    protected final void after() {
        try {
            if (admin != null) {
                cleanUp();
            }
        } finally {
            if (secondCell && controlled()) {
                removeCell();
            }
            stop();
        }
    }

    private void cleanUp() {
        if (controlled()) {
            behave();
        }
        if (secondCell) {
            startCell();
            await("the second cell answers", () -> service(FAR_HOST), ComputeService::up);
        }
        List.copyOf(killed).forEach(this::revive);
        found.forEach(this::restore);
        removeBalancers();
        scene.deleteServers();
        await("the servers are deleted", () -> scene.serversLeft(), List::isEmpty);
        scene.strike();
    }

    /** As it was found: somebody else may have cordoned hosts of a cloud that is not ours. */
    private void restore(ComputeService was) {
        ComputeService is = service(was.host());
        if (was.enabled() && !is.enabled()) {
            admin.enableService(is.id());
        }
        if (!was.forcedDown() && is.forcedDown()) {
            admin.forceDown(is.id(), false);
        }
    }
}
