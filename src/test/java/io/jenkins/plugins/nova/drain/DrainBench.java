package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.openstack4j.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.Facing;
import io.jenkins.plugins.nova.api.openstack4j.Login;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.Transport;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A drain on the simulated cloud, both in time that the test drives. */
final class DrainBench implements Ports<DrainState> {

    final SimulatedCloud cloud;
    final ManualExecutor executor;
    final List<String> console = new ArrayList<>();
    final List<String> saved = new ArrayList<>();
    private final Narrator narrator = new Narrator();
    private final Nova nova;
    DrainRunner runner;
    DrainState last;
    Throwable bug;
    boolean savesFail;

    /** What is known of others that hold the host. */
    Holders holders = claim -> Holders.Holding.UNKNOWN;

    /** Three hosts, and on compute1 two servers that run, one paused, one shut off. */
    static SimulatedCloud mixedCloud() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("web2", s -> s.volumeBacked())
                .server("paused1", s -> s.status("PAUSED"))
                .server("off1", s -> s.status("SHUTOFF"))
                .start();
    }

    DrainBench(SimulatedCloud cloud) {
        this(cloud, "admin");
    }

    DrainBench(SimulatedCloud cloud, String user) {
        this.cloud = cloud;
        this.executor = new ManualExecutor(cloud.clock().instant());
        this.nova = OpenStackNova.connect(
                new CloudEndpoint(cloud.identityUrl(), null, Facing.PUBLIC),
                new Login.Password(user, "Default", "secret", user.equals("admin") ? "admin" : "demo", "Default"),
                new Transport(HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofSeconds(5), null));
    }

    DrainBench begin(DrainOrder order) {
        return run(DrainState.begin(order, executor.clock().instant()));
    }

    /** As a new process would, from what was saved last. */
    DrainBench resume(String text) {
        return run(DrainRunner.resume(DrainCodec.read(text), executor.clock().instant()));
    }

    private DrainBench run(DrainState state) {
        runner = new DrainRunner(state, this, holders, executor, executor.clock());
        runner.start();
        return this;
    }

    /** Lets time pass until the drain is over; its last state. */
    DrainState finish(Duration bound) {
        until(() -> last != null, bound);
        return last;
    }

    /** Lets time pass until something holds. */
    DrainBench until(BooleanSupplier reached, Duration bound) {
        Instant end = executor.clock().instant().plus(bound);
        while (!reached.getAsBoolean()) {
            if (bug != null) {
                throw new AssertionError("the drain broke", bug);
            }
            Instant due = executor.nextDue();
            if (due == null || due.isAfter(end)) {
                throw new AssertionError(
                        "not within " + bound + " of the cloud's time:\n" + String.join("\n", console));
            }
            Duration step = Duration.between(executor.clock().instant(), due);
            if (!step.isNegative() && !step.isZero()) {
                cloud.advance(step);
            }
            executor.step();
        }
        return this;
    }

    DrainBench untilServer(String name, Predicate<ServerState> reached) {
        String id = cloud.id(name);
        return until(() -> runner.state().server(id).filter(reached).isPresent(), Duration.ofMinutes(30));
    }

    ServerState server(String name) {
        return last.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no server " + name + " in " + last.servers()));
    }

    String text() {
        return String.join("\n", console);
    }

    @Override
    public Nova nova() {
        return nova;
    }

    @Override
    public CompletionStage<Void> save(DrainState state) {
        if (savesFail) {
            return CompletableFuture.failedFuture(new java.io.IOException("disk full"));
        }
        saved.add(DrainCodec.write(state));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean goingDown() {
        return false;
    }

    @Override
    public void changed(DrainState before, DrainState after) {
        console.addAll(narrator.lines(before, after, executor.clock().instant()));
    }

    @Override
    public void ended(DrainState state) {
        last = state;
    }

    @Override
    public void broken(DrainState state, Throwable what) {
        bug = what;
    }
}
