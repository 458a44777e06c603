package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.openstack4j.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.Facing;
import io.jenkins.plugins.nova.api.openstack4j.Login;
import io.jenkins.plugins.nova.api.openstack4j.Transport;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainRunner;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Holders;
import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.drain.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One controller process's life with a drain, in driven time. What it saves is all that outlives it. */
public final class Drill implements Ports<DrainState> {

    /** The drain was not over in time. */
    public static final class Endless extends AssertionError {
        private static final long serialVersionUID = 1L;

        Endless(String message) {
            super(message);
        }
    }

    private final Consumer<Duration> time;
    private final Consumer<String> disk;
    private final BooleanSupplier dead;
    private final ManualExecutor executor;
    private final Nova nova;
    private DrainState last;
    private Throwable bug;
    private BiConsumer<DrainState, DrainState> watcher = (before, after) -> {};

    /**
     * @param identity where Keystone is
     * @param now the cloud's time
     * @param time lets the cloud's time pass
     * @param disk keeps what was saved last
     * @param dead whether this process has been killed: it saves and does nothing more then
     * @param patience for an answer, in real time
     */
    public Drill(
            URI identity,
            Instant now,
            Consumer<Duration> time,
            Consumer<String> disk,
            BooleanSupplier dead,
            Duration patience) {
        this.time = time;
        this.disk = disk;
        this.dead = dead;
        executor = new ManualExecutor(now);
        nova = new Connections(executor.clock())
                .connect(
                        new CloudEndpoint(identity, null, Facing.PUBLIC),
                        new Login.Password("admin", "Default", "secret", "admin", "Default"),
                        new Transport(HttpClient::newBuilder, patience, patience, null));
    }

    /** Has somebody see every change, at its time. */
    public Drill watched(BiConsumer<DrainState, DrainState> by) {
        watcher = by;
        return this;
    }

    /** As the step does: the state is on disk before anything happens. */
    public DrainState begin(DrainOrder order, Duration bound) {
        DrainState first = DrainState.begin(order, executor.clock().instant());
        disk.accept(DrainCodec.write(first));
        return run(first, bound);
    }

    /** As a new process does. */
    public DrainState resume(String saved, Duration bound) {
        return run(DrainRunner.resume(DrainCodec.read(saved), executor.clock().instant()), bound);
    }

    /** The last state; null when the process was killed before. */
    private DrainState run(DrainState state, Duration bound) {
        new DrainRunner(state, this, claim -> Holders.Holding.UNKNOWN, executor, executor.clock()).start();
        Instant end = executor.clock().instant().plus(bound);
        while (last == null) {
            if (dead.getAsBoolean()) {
                return null;
            }
            if (bug != null) {
                throw new AssertionError("the drain broke", bug);
            }
            Instant due = executor.nextDue();
            if (due == null || due.isAfter(end)) {
                throw new Endless(due == null ? "nothing is scheduled any more" : "not over within " + bound);
            }
            Duration step = Duration.between(executor.clock().instant(), due);
            if (!step.isNegative() && !step.isZero()) {
                time.accept(step);
            }
            executor.step();
        }
        return dead.getAsBoolean() ? null : last;
    }

    @Override
    public Nova nova() {
        return nova;
    }

    @Override
    public CompletionStage<Void> save(DrainState state) {
        if (dead.getAsBoolean()) {
            return new CompletableFuture<>();
        }
        disk.accept(DrainCodec.write(state));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean goingDown() {
        return false;
    }

    @Override
    public void changed(DrainState before, DrainState after) {
        watcher.accept(before, after);
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
