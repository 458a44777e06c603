package io.jenkins.plugins.nova.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keystone v3, Nova 2.1 and Placement over HTTP on a loopback port. Under driven time (the default) nothing moves until
 * {@link #advance}; the same calls get the same answers. Close it when done.
 *
 * <pre>{@code
 * try (SimulatedCloud cloud = SimulatedCloud.builder()
 *         .host("compute1").server("web1").server("db1", s -> s.flavor("r1.huge").volumeBacked())
 *         .host("compute2")
 *         .start()) {
 *     … cloud.identityUrl(), "admin", "secret", project "admin" …
 *     cloud.advance(Duration.ofSeconds(3));
 * }
 * }</pre>
 */
public final class SimulatedCloud implements AutoCloseable {
    private static final String REHEARSAL = "rehearsal.json";
    private static final String RACK = "rack.json";

    private final Object lock;
    private final World world;
    private final KeystoneApi keystone;
    private final NovaApi nova;
    private final PlacementApi placement;
    private final InstanceHaApi instanceHa;
    private final AlertmanagerApi alertmanager;
    private final VolumeServicesApi volumeServices;
    private final NetworkApi network;
    private final OctaviaApi octavia;
    private final Movers movers;
    private final AuditLog audit = new AuditLog();
    private final Faults faults = new Faults();
    private final Lies lies = new Lies();
    private final HttpFront front;

    SimulatedCloud(
            Object lock,
            World world,
            KeystoneApi keystone,
            int maxMinor,
            int maxLimit,
            int port,
            double secondsPerRequest) {
        this.lock = lock;
        this.world = world;
        this.keystone = keystone;
        Scheduler scheduler = new Scheduler(world);
        this.movers = new Movers(
                new LiveMigrator(world, scheduler),
                new ColdMigrator(world, scheduler),
                new Evacuator(world, scheduler));
        this.nova = new NovaApi(keystone, world, maxMinor, maxLimit, scheduler, movers);
        this.placement = new PlacementApi(keystone, world, scheduler);
        this.instanceHa = new InstanceHaApi(keystone, world);
        this.alertmanager = new AlertmanagerApi(world);
        this.volumeServices = new VolumeServicesApi(keystone, world);
        this.network = new NetworkApi(keystone, world);
        this.octavia = new OctaviaApi(keystone, world, scheduler);
        this.front = new HttpFront(lock, port, new Doors(), audit, faults, lies, world.time, secondsPerRequest);
    }

    /** An empty cloud to describe. */
    public static CloudBuilder builder() {
        return new CloudBuilder();
    }

    /**
     * The cloud of the default rehearsal, in real time: three hosts and servers in mixed states. compute1 can be emptied;
     * compute3 cannot, for one of its servers is SUSPENDED. Live migrations take 2 to 6 s.
     */
    public static SimulatedCloud rehearsal() {
        return CloudFile.ofResource(REHEARSAL)
                .describe(Instant.now())
                .realTime(1)
                .start();
    }

    /** The same cloud under driven time. */
    public static SimulatedCloud rehearsal(Instant start) {
        return CloudFile.ofResource(REHEARSAL).describe(start).start();
    }

    /**
     * A rack for rolls, under driven time: twelve hosts in the aggregate rack7, eleven with 69 servers and one spare, as large as they are.
     * All of them can be emptied once the owner of one server has been asked. Moves take what a plan assumes.
     */
    public static SimulatedCloud rack(Instant start) {
        return CloudFile.ofResource(RACK).describe(start).start();
    }

    /** Where Keystone is: http://127.0.0.1:port/identity/v3. */
    public URI identityUrl() {
        return URI.create(front.root() + "/identity/v3");
    }

    /** OS_AUTH_URL and its family for a user. */
    public Map<String, String> environment(String userName) {
        SimUser user = looking(() -> world.users.stream()
                .filter(u -> u.name().equals(userName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no user '" + userName + "'")));
        Map<String, String> env = new LinkedHashMap<>();
        env.put("OS_AUTH_URL", identityUrl().toString());
        env.put("OS_USERNAME", user.name());
        env.put("OS_PASSWORD", user.password());
        env.put("OS_PROJECT_NAME", user.projectName());
        env.put("OS_USER_DOMAIN_NAME", "Default");
        env.put("OS_PROJECT_DOMAIN_NAME", "Default");
        env.put("OS_IDENTITY_API_VERSION", "3");
        env.put("OS_REGION_NAME", keystone.firstRegion());
        return env;
    }

    /** The cloud's time. */
    public Clock clock() {
        return world.time;
    }

    /** Lets driven time pass, running everything that is due on the way. */
    public void advance(Duration by) {
        world.time.advance(by);
    }

    /** Lets driven time pass until nothing is left to happen, at most {@code bound}; how much passed. */
    public Duration settle(Duration bound) {
        return world.time.settle(bound);
    }

    /** Every request so far. */
    public AuditLog audit() {
        return audit;
    }

    /** Faults on demand. */
    public Faults faults() {
        return faults;
    }

    /** Answers that are not the whole truth, on demand. */
    public Lies lies() {
        return lies;
    }

    /** Revokes all tokens: the next call of each client gets 401. */
    public void expireTokens() {
        synchronized (lock) {
            keystone.revokeAll();
        }
    }

    /** Connections are refused until {@link #reconnect}. */
    public void disconnect() {
        front.disconnect();
    }

    /** Whether connections are refused now. */
    public boolean disconnected() {
        return front.disconnected();
    }

    /** Listens again on the same port. */
    public void reconnect() {
        front.reconnect();
    }

    /** How the hypervisors treat a server, to change it while it runs. By name or id. */
    public Behaviour behaviour(String server) {
        return looking(() -> find(server).behaviour);
    }

    /** A server by name or id as it is now. */
    public ServerState server(String nameOrId) {
        return looking(() -> ServerState.of(find(nameOrId)));
    }

    /** The id of a server by its name. */
    public String id(String name) {
        return looking(() -> find(name).id);
    }

    /** The names of all hosts. */
    public List<String> hosts() {
        return looking(() -> List.copyOf(world.hosts.keySet()));
    }

    /** All servers as they are now. */
    public List<ServerState> servers() {
        return looking(
                () -> world.servers.values().stream().map(ServerState::of).toList());
    }

    /** The servers on a host as they are now. */
    public List<ServerState> serversOn(String host) {
        return looking(() -> world.serversOn(host).stream().map(ServerState::of).toList());
    }

    /** All migrations, oldest first. */
    public List<MigrationState> migrations() {
        return looking(() -> world.migrations.stream().map(MigrationState::of).toList());
    }

    /**
     * When what a request asked for a server ended with an error that Nova tells.
     *
     * @param requestId the request's X-OpenStack-Request-Id
     * @return empty where it went well, is still at work or is unknown
     */
    public Optional<Instant> failed(String requestId) {
        return looking(() -> world.actions.stream()
                .filter(action -> action.requestId.equals(requestId))
                .filter(action -> "Error".equals(action.message)
                        && action.events.stream().allMatch(event -> event.finish != null))
                .map(action -> action.updated)
                .findFirst());
    }

    /** Whether a host's service is enabled. */
    public boolean enabled(String host) {
        return looking(() -> host(host).enabled);
    }

    /** Whether a host's service reads up. */
    public boolean up(String host) {
        return looking(() -> host(host).up(world.now()));
    }

    /** Whether a host's nova-compute runs. */
    public boolean running(String host) {
        return looking(() -> host(host).running());
    }

    /** The reason a host's service is disabled; null when there is none. */
    public String disabledReason(String host) {
        return looking(() -> host(host).disabledReason);
    }

    /** The host's nova-compute dies, and its guests with it. The service reads up for another 60 s. */
    public void kill(String host) {
        looking(() -> {
            SimHost found = host(host);
            found.died = world.now();
            world.serversOn(host).forEach(server -> server.guestDown(world.now()));
            if (found.link != null) {
                found.link.endAll();
            }
            return found;
        });
    }

    /**
     * The host's nova-compute starts again: evacuated copies are deleted, their records completed, and its interrupted
     * live migrations end in error.
     */
    public void restart(String host) {
        looking(() -> {
            SimHost found = host(host);
            found.died = null;
            world.serversOn(host).stream()
                    .filter(server -> server.taskState == null)
                    .forEach(server -> server.guestUp(world.now()));
            movers.evacuator().hostRestarted(found);
            movers.live().hostRestarted(found);
            return found;
        });
    }

    /**
     * Somebody else asks something of a server, without a request that the audit log would show.
     *
     * @param user the name of a user
     * @param action such as {@code {'confirmResize':null}}; apostrophes stand for quotation marks
     * @return Nova's status
     */
    public int act(String user, String server, String action) {
        return looking(() -> nova.act(user, find(server).id, action));
    }

    /** Somebody else enables a host's service; the reason it was disabled for is gone. */
    public void enable(String host) {
        looking(() -> {
            host(host).enabled = true;
            host(host).disabledReason = null;
            return null;
        });
    }

    /** Something happens so much later, of the cloud's time. */
    public void after(Duration time, Runnable what) {
        looking(() -> {
            world.time.after(time.toMillis() / 1000.0, what);
            return null;
        });
    }

    /** Another max_concurrent_live_migrations of a host, 0 for any number; a real one would have to be restarted. */
    public void liveMigrations(String host, int atOnce) {
        looking(() -> {
            host(host).liveMigrations = atOnce;
            movers.live().limitChanged(host(host));
            return null;
        });
    }

    /**
     * The most live migrations out of a host that had to wait at once so far, since as many as its limit lets were prepared or
     * ran. What reads {@code queued} only until it begins does not count.
     */
    public int mostLiveQueued(String host) {
        return looking(() -> movers.live().mostWaiting(host(host).name));
    }

    /** Another speed of a host's link in MiB a second, 0 for a dead one. The host must have one. */
    public void link(String host, double mibPerSecond) {
        looking(() -> {
            Link link = host(host).link;
            if (link == null) {
                throw new IllegalArgumentException("host '" + host + "' was described without a link");
            }
            link.carry(mibPerSecond);
            return null;
        });
    }

    /** See {@link CloudBuilder#fullSpeed}. */
    public void fullSpeed(int operations) {
        looking(() -> {
            world.load.fullSpeed(operations);
            return null;
        });
    }

    /** See {@link CloudBuilder#overload}; {@code how} null for nothing. */
    public void overload(int operations, Overload how) {
        looking(() -> {
            world.load.overload(operations, how);
            return null;
        });
    }

    /** The most operations for moves that the cloud has had under way at once so far; copies are none. */
    public int mostOperations() {
        return looking(world.load::most);
    }

    /**
     * For how long the guest of a server was down so far, because it was moved cold or its host died; what is moved live
     * is not. By name or id.
     */
    public Duration downtime(String server) {
        return looking(() -> find(server).downtime(world.now()));
    }

    /**
     * Whether the guest of a server takes connections at this moment: it runs, and no move has it down. By name or id; false for one
     * that is gone.
     */
    public boolean guestAnswers(String server) {
        return looking(() -> world.servers.values().stream()
                .filter(each -> each.id.equals(server) || each.name.equals(server))
                .anyMatch(each -> each.answers(world.now())));
    }

    /** The guest of a server takes no connections for so long from now on, though it runs. By name or id. */
    public void silence(String server, Duration time) {
        looking(() -> {
            find(server).silentUntil = world.now().plus(time);
            return null;
        });
    }

    /** A compute host is added. */
    public void addHost(String name, Consumer<HostBuilder> how) {
        looking(() -> {
            SimHost host = new SimHost(world.hosts.size() + 1, name);
            how.accept(new HostBuilder(host, world.time));
            return world.hosts.put(name, host);
        });
    }

    /** The database of a cell stops: what is in it is not shown, or told as unknown, and nothing of it can be changed. */
    public void cellDown(String cell) {
        looking(() -> world.deadCells.add(cell));
    }

    /** The database of a cell answers again. */
    public void cellUp(String cell) {
        looking(() -> world.deadCells.remove(cell));
    }

    /** The owner deletes a server under everybody's hands. By name or id. */
    public void delete(String server) {
        looking(() -> {
            world.delete(find(server));
            return null;
        });
    }

    @Override
    public void close() {
        front.close();
    }

    private <T> T looking(Supplier<T> what) {
        synchronized (lock) {
            world.time.catchUp();
            return what.get();
        }
    }

    private SimHost host(String name) {
        SimHost host = world.hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no host '" + name + "'; there are " + world.hosts.keySet());
        }
        return host;
    }

    private SimServer find(String nameOrId) {
        return world.servers.values().stream()
                .filter(s -> s.name.equals(nameOrId) || s.id.equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server '" + nameOrId + "'"));
    }

    /** Whether Masakari has a host on maintenance. */
    public boolean onMaintenance(String host) {
        synchronized (lock) {
            return segmentOf(host).hosts.get(host).onMaintenance;
        }
    }

    /** Somebody, or Masakari itself, sets it; that is written even where it is so already. */
    public void setOnMaintenance(String host, boolean onMaintenance) {
        synchronized (lock) {
            SimSegment.Member member = segmentOf(host).hosts.get(host);
            member.onMaintenance = onMaintenance;
            member.updated = world.now();
        }
    }

    /**
     * Masakari's monitors tell that an instance of a host has failed, and its engine restarts it; or it has done so. While it is at it,
     * Masakari changes no host of the segment.
     */
    public void notifying(String host, boolean unsettled) {
        synchronized (lock) {
            if (unsettled) {
                segmentOf(host)
                        .notify(
                                host,
                                "VM",
                                "running",
                                Map.of(
                                        "event", "LIFECYCLE",
                                        "vir_domain_event", "STOPPED_FAILED",
                                        "instance_uuid", World.uuid("instance on " + host)),
                                world.now());
            } else {
                settle(host, "finished");
            }
        }
    }

    /**
     * Masakari's monitors tell that a host has failed, so that its engine evacuates it: the host is on maintenance then. Nothing comes of it
     * where it is so already.
     *
     * @param status of the notification
     */
    public void hostFailed(String host, String status) {
        synchronized (lock) {
            if (onMaintenance(host)) {
                return; // what is notified about such a host is answered 409
            }
            segmentOf(host)
                    .notify(
                            host,
                            "COMPUTE_HOST",
                            status,
                            Map.of("event", "STOPPED", "host_status", "NORMAL", "cluster_status", "OFFLINE"),
                            world.now());
            if (!status.equals("new")) {
                setOnMaintenance(host, true);
            }
        }
    }

    /** Masakari's engine gives all notifications of this host's segment that are not settled a status. */
    public void settle(String host, String status) {
        synchronized (lock) {
            segmentOf(host).notifications.stream()
                    .filter(SimSegment.Notification::unsettled)
                    .forEach(one -> one.status = status);
        }
    }

    /** Where the Alertmanager is, without its version. */
    public URI alertmanagerUrl() {
        return URI.create(front.root() + "/alertmanager");
    }

    /** A silence that is active now. */
    public record ActiveSilence(String id, String comment, String matchers, Instant ends) {}

    /** The silences that are active now, the oldest first. */
    public List<ActiveSilence> silences() {
        synchronized (lock) {
            return world.alertmanager.silences.stream()
                    .filter(silence -> silence.state(world.now()).equals("active"))
                    .map(silence ->
                            new ActiveSilence(silence.id, silence.comment, silence.matchers.toString(), silence.ends))
                    .toList();
        }
    }

    /** Somebody ends the silences whose comment begins so. */
    public void expireSilences(String comment) {
        synchronized (lock) {
            world.alertmanager.silences.stream()
                    .filter(silence -> silence.comment.startsWith(comment) && !silence.over(world.now()))
                    .forEach(silence -> AlertmanagerApi.end(silence, world.now()));
        }
    }

    /** Somebody makes a silence of a host, with a comment of his own. */
    public void addSilence(String comment, String host, Duration life) {
        synchronized (lock) {
            SimSilence silence = new SimSilence(World.uuid("silence " + world.alertmanager.silences.size()));
            silence.matchers = AlertmanagerApi.ofHost(host);
            silence.comment = comment;
            silence.createdBy = "somebody";
            silence.starts = world.now();
            silence.ends = world.now().plus(life);
            silence.updated = world.now();
            world.alertmanager.silences.add(silence);
        }
    }

    /** Somebody lets the silences whose comment begins so end at another time, and says it in the comment. */
    public void editSilences(String comment, String edited, Duration life) {
        synchronized (lock) {
            world.alertmanager.silences.stream()
                    .filter(silence -> silence.comment.startsWith(comment) && !silence.over(world.now()))
                    .forEach(silence -> {
                        silence.comment = edited;
                        silence.ends = world.now().plus(life);
                        silence.updated = world.now();
                    });
        }
    }

    /**
     * A server becomes an amphora of Octavia's, which is in the catalogue of tokens that are made while there is one.
     *
     * @param server the server's name
     * @param loadBalancer any name of its load balancer
     * @param role MASTER, BACKUP or STANDALONE
     * @return the load balancer's id
     */
    public String amphora(String server, String loadBalancer, String role) {
        return looking(() -> {
            world.balancers.add(find(server), loadBalancer, role);
            return LoadBalancers.id(loadBalancer);
        });
    }

    /** The provisioning_status of a load balancer. */
    public String loadBalancer(String name) {
        synchronized (lock) {
            return world.balancers.statuses.get(name);
        }
    }

    /** How often each amphora's failover was taken, by its id. */
    public Map<String, Integer> failoversTaken() {
        synchronized (lock) {
            return Map.copyOf(world.balancers.taken);
        }
    }

    /** How many amphorae of a load balancer work for it. */
    public long amphoraeInService(String loadBalancer) {
        synchronized (lock) {
            return world.balancers.amphorae.stream()
                    .filter(one -> one.loadBalancer.equals(loadBalancer) && one.status.equals("ALLOCATED"))
                    .filter(one -> world.servers.containsKey(one.serverId))
                    .count();
        }
    }

    /** How many amphorae of a load balancer are being replaced, or moved by Nova. */
    public long amphoraeUnderWay(String loadBalancer) {
        synchronized (lock) {
            return world.balancers.amphorae.stream()
                    .filter(one -> one.loadBalancer.equals(loadBalancer))
                    .filter(one -> one.status.equals("PENDING_DELETE")
                            || (world.servers.containsKey(one.serverId)
                                    && world.servers.get(one.serverId).taskState != null
                                    && !one.status.equals("BOOTING")))
                    .count();
        }
    }

    /** Somebody changes a load balancer, or has done so. */
    public void setLoadBalancer(String name, String status) {
        looking(() -> world.balancers.statuses.put(name, status));
    }

    /** Whether Octavia's worker fails each failover that begins from now on. */
    public void failoversFail(boolean fail) {
        looking(() -> world.balancers.failing = fail);
    }

    /** Somebody else has Octavia replace the amphora that a server is; nothing where Octavia would refuse it. */
    public void failOver(String server) {
        looking(() -> {
            world.balancers.amphorae.stream()
                    .filter(amphora -> find(server).id.equals(amphora.serverId))
                    .filter(amphora -> "ACTIVE".equals(world.balancers.statuses.get(amphora.loadBalancer)))
                    .findFirst()
                    .ifPresent(amphora -> world.balancers.failOver(amphora, new Scheduler(world)));
            return null;
        });
    }

    private SimSegment segmentOf(String host) {
        return world.segments.stream()
                .filter(segment -> segment.hosts.containsKey(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no segment has the host '" + host + "'"));
    }

    /** Why a cinder-volume service is disabled; null while it is enabled, empty for no reason. */
    public String volumeServiceDisabled(String host) {
        synchronized (lock) {
            SimVolumeService service = volumeService(host);
            return !service.disabled ? null : service.reason == null ? "" : service.reason;
        }
    }

    /** Somebody disables a cinder-volume service, with a reason; or enables it, with null. */
    public void disableVolumeService(String host, String reason) {
        synchronized (lock) {
            SimVolumeService service = volumeService(host);
            service.disabled = reason != null;
            service.reason = reason == null ? service.reason : reason;
        }
    }

    /** The cinder-volume of a service ends or starts. */
    public void volumeServiceRuns(String host, boolean runs) {
        synchronized (lock) {
            volumeService(host).runs = runs;
        }
    }

    private SimVolumeService volumeService(String host) {
        return world.volumeServices.stream()
                .filter(service -> service.host.equals(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cinder-volume service '" + host + "'"));
    }

    /** Whether an agent of Neutron's is administratively up. */
    public boolean agentUp(String type, String host) {
        synchronized (lock) {
            return world.network.agent(type, host).up;
        }
    }

    /** What Neutron calls an agent. */
    public String agentId(String type, String host) {
        synchronized (lock) {
            return world.network.agent(type, host).id;
        }
    }

    /** What an agent's description says; null for nothing. */
    public String agentDescription(String type, String host) {
        synchronized (lock) {
            return world.network.agent(type, host).description;
        }
    }

    /** Somebody sets an agent administratively up or down, and says something of it (null: nothing is said). */
    public void setAgent(String type, String host, boolean up, String description) {
        synchronized (lock) {
            SimNetwork.Agent agent = world.network.agent(type, host);
            agent.up = up;
            agent.description = description == null ? agent.description : description;
            world.network.failOver();
        }
    }

    /** An agent's process dies, which Neutron notices later. */
    public void agentDies(String type, String host) {
        synchronized (lock) {
            SimNetwork.Agent agent = world.network.agent(type, host);
            agent.dead = true;
            agent.silentSince = world.now();
        }
    }

    /** Whether an agent reports. */
    public void agentAlive(String type, String host, boolean alive) {
        synchronized (lock) {
            SimNetwork.Agent agent = world.network.agent(type, host);
            agent.silentSince = agent.alive && !alive ? world.now() : agent.silentSince;
            agent.alive = alive;
            agent.dead = false;
        }
    }

    /** What Neutron calls a router. */
    public static String routerId(String name) {
        return World.uuid("served " + name);
    }

    /** The priority of a host's chassis for the gateway of a router; null where it is none of its chassis. */
    public Integer gatewayPriority(String router, String host) {
        synchronized (lock) {
            return ovn(router).priorities.get(world.network.controller(host));
        }
    }

    /** Somebody sets that priority; null takes the chassis away from the router. */
    public void setGatewayPriority(String router, String host, Integer priority) {
        synchronized (lock) {
            if (priority == null) {
                ovn(router).priorities.remove(world.network.controller(host));
            } else {
                ovn(router).priorities.put(world.network.controller(host), priority);
            }
        }
    }

    /** The host that a router's OVN gateway is on; null for none. */
    public String gatewayOn(String router) {
        synchronized (lock) {
            SimNetwork.Agent active = SimNetwork.gateway(ovn(router));
            return active == null ? null : active.host;
        }
    }

    private SimNetwork.Served ovn(String router) {
        return world.network.routers.stream()
                .filter(one -> one.name.equals(router))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no router '" + router + "'"));
    }

    /** The hosts whose agents have a router or network, the one on which an HA router is active first. */
    public List<String> servedOn(String name) {
        synchronized (lock) {
            return Stream.concat(world.network.routers.stream(), world.network.networks.stream())
                    .filter(one -> one.name.equals(name))
                    .flatMap(one -> Stream.concat(Stream.ofNullable(one.active), one.agents.stream())
                            .filter(one.agents::contains))
                    .map(agent -> agent.host)
                    .distinct()
                    .toList();
        }
    }

    /** From a route to a service. */
    private final class Doors implements HttpFront.Services {
        @Override
        public Answer answer(Request request) {
            return switch (request.service()) {
                case "identity" -> keystone.answer(request);
                case "identity-versions" -> keystone.versions(request);
                case "compute" -> nova.answer(request);
                case "compute-versions" -> nova.versions(request);
                case "placement" -> placement.answer(request);
                case "instance-ha" -> instanceHa.answer(request);
                case "alertmanager" -> alertmanager.answer(request);
                case "block-storage" -> volumeServices.answer(request);
                case "network" -> network.answer(request);
                case "load-balancer" -> octavia.answer(request);
                default -> Answer.text(404, "text/html", "<html><body>nothing here</body></html>");
            };
        }

        @Override
        public String userOf(Request request) {
            return keystone.user(request.header("x-auth-token"))
                    .map(SimUser::name)
                    .orElse(null);
        }

        @Override
        public void revokeToken(Request request) {
            keystone.revoke(request.header("x-auth-token"));
        }
    }
}
