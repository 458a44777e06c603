package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A drain on the simulated cloud, both in time that the test drives. */
public final class DrainBench extends Bench<DrainState> {

    private final Narrator narrator = new Narrator();
    DrainRunner runner;

    /** The state now. */
    public DrainState state() {
        return runner.state();
    }

    /** What is known of others that hold the host. */
    Holders holders = claim -> Holders.Holding.UNKNOWN;

    /** Three hosts, and on compute1 two servers that run, one paused, one shut off. */
    public static SimulatedCloud mixedCloud() {
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

    public DrainBench(SimulatedCloud cloud) {
        this(cloud, "admin");
    }

    public DrainBench(SimulatedCloud cloud, String user) {
        super(cloud, user);
    }

    public DrainBench begin(DrainOrder order) {
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

    @Override
    public DrainBench until(BooleanSupplier reached, Duration bound) {
        super.until(reached, bound);
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

    @Override
    protected String write(DrainState state) {
        return DrainCodec.write(state);
    }

    @Override
    protected List<String> lines(DrainState before, DrainState after, Instant now) {
        return narrator.lines(before, after, now);
    }
}
