package io.jenkins.plugins.nova.contract;

import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Operation;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.DrivenTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The simulated cloud, laid out as mini-nova is: three hosts, pages of ten. Its time passes while a test waits. */
final class SimulatedCloudUnderTest extends CloudUnderTest {
    private static final List<String> HOSTS = List.of("compute1", "compute2", "compute3");
    private static final List<String> AGENTS = List.of("L3 agent", "DHCP agent", "Open vSwitch agent");

    /** Shorter than any state that a test waits for; after some seconds only slow things are left to wait for. */
    private static final Duration STEP = Duration.ofMillis(100);

    private static final Duration LATER_STEP = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    /** Of a cloud that follows the clock: so many of its seconds pass in one. */
    private static final double SPEED = 10;

    private final Set<String> told = new LinkedHashSet<>();
    private final boolean driven;
    private final boolean networkAgents;
    private SimulatedCloud cloud;
    private DrivenTime time;
    private int balancers;

    private SimulatedCloudUnderTest(boolean driven, boolean networkAgents) {
        this.driven = driven;
        this.networkAgents = networkAgents;
    }

    static SimulatedCloudUnderTest driven() {
        return new SimulatedCloudUnderTest(true, false);
    }

    static SimulatedCloudUnderTest followingTheClock() {
        return new SimulatedCloudUnderTest(false, false);
    }

    static SimulatedCloudUnderTest withNetworkAgents() {
        return new SimulatedCloudUnderTest(true, true);
    }

    @Override
    void start() {
        CloudBuilder builder = SimulatedCloud.builder();
        if (networkAgents) {
            HOSTS.forEach(host -> AGENTS.forEach(type -> builder.agent(type, host)));
        }
        cloud = (driven ? builder.startingAt(Instant.now()) : builder.realTime(SPEED))
                .maxLimit(10)
                .user("boss", "secret", "demo", "admin", "member", "reader")
                .user("tenant", "secret", "other", "member", "reader")
                .host(HOSTS.get(0))
                .host(HOSTS.get(1))
                .host(HOSTS.get(2))
                .segment("rack1", HOSTS.toArray(String[]::new))
                .volumeServices("block-storage", "compute1@lvm", "compute1@nfs", "compute2@lvm")
                .start();
    }

    @Override
    void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Override
    URI identityUrl() {
        return cloud.identityUrl();
    }

    @Override
    Login.Password login(Role role) {
        return switch (role) {
            case ADMIN -> password("admin", "secret", "admin");
            case BOSS -> password("boss", "secret", "demo");
            case MEMBER -> password("demo", "secret", "demo");
            case STRANGER -> password("tenant", "secret", "other");
        };
    }

    @Override
    String flavorId() {
        return "1";
    }

    @Override
    String otherFlavorId() {
        return "2";
    }

    @Override
    String imageId() {
        return "11111111-1111-4111-8111-111111111111";
    }

    @Override
    boolean controlled() {
        return true;
    }

    @Override
    void killHost(String host) {
        cloud.kill(host);
    }

    @Override
    void hostFailed(String host) {
        cloud.hostFailed(host, "new");
    }

    @Override
    void settled(String host) {
        cloud.settle(host, "finished");
    }

    @Override
    void startHost(String host) {
        cloud.restart(host);
    }

    @Override
    void stopVolumes(String service) {
        cloud.volumeServiceRuns(service, false);
    }

    @Override
    void startVolumes(String service) {
        cloud.volumeServiceRuns(service, true);
    }

    @Override
    String balancer(String host, boolean paired) {
        String name = "balancer" + ++balancers;
        String id = null;
        for (String role : paired ? List.of("MASTER", "BACKUP") : List.of("STANDALONE")) {
            boot(Boot.named(name + "-" + role).on(host));
            id = cloud.amphora(name + "-" + role, name, role);
        }
        return id;
    }

    @Override
    void removeBalancers() {
        // their machines are servers of the test's, which go with the cloud
    }

    @Override
    void addCell() {
        cloud.addHost(FAR_HOST, host -> host.cell("cell2"));
    }

    @Override
    void removeCell() {
        // goes with the cloud
    }

    @Override
    void stopCell() {
        cloud.cellDown("cell2");
    }

    @Override
    void startCell() {
        cloud.cellUp("cell2");
    }

    @Override
    void report(String... hosts) {
        for (String host : HOSTS) {
            AGENTS.forEach(type -> cloud.agentAlive(type, host, List.of(hosts).contains(host)));
        }
    }

    @Override
    StepRunner inItsTime(StepRunner runner) {
        time = DrivenTime.of(cloud);
        return runner.in(time);
    }

    @Override
    void spawnSeconds(String server, double seconds) {
        cloud.behaviour(server).spawnSeconds(seconds);
    }

    @Override
    void liveSeconds(String server, double seconds) {
        cloud.behaviour(server).liveSeconds(seconds);
    }

    @Override
    void fails(String server, Operation operation) {
        told.add(server);
        String message = "told to fail " + operation.name().toLowerCase(Locale.ROOT) + " of " + server;
        cloud.behaviour(server).fails(operation, message);
    }

    @Override
    void behave() {
        told.removeIf(
                server -> cloud.servers().stream().noneMatch(one -> one.name().equals(server)));
        for (String server : told) {
            for (Operation operation : Operation.values()) {
                cloud.behaviour(server).succeeds(operation);
            }
        }
        told.clear();
    }

    @Override
    <T> T await(String what, Duration bound, Supplier<T> value, Predicate<T> condition) {
        if (!driven) {
            return RealCloudUnderTest.poll(what, bound, value, condition);
        }
        Instant start = cloud.clock().instant();
        T last = value.get();
        while (!condition.test(last)) {
            Duration passed = Duration.between(start, cloud.clock().instant());
            if (passed.compareTo(bound) > 0) {
                throw new AssertionError("not within " + bound.toSeconds() + " s: " + what + "; last seen: " + last);
            }
            pass(passed.compareTo(LATER) < 0 ? STEP : LATER_STEP);
            last = value.get();
        }
        return last;
    }

    private void pass(Duration step) {
        if (time == null) {
            cloud.advance(step);
        } else {
            time.advance(step);
        }
    }
}
