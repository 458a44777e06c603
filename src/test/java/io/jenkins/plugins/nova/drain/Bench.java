package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import io.jenkins.plugins.nova.step.controller.GuestLooks;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Something that a {@link Runner} runs on the simulated cloud, both in time that the test drives.
 *
 * @param <S> the state that is run
 */
public abstract class Bench<S> implements RunnerPorts<S> {

    public final SimulatedCloud cloud;
    public final ManualExecutor executor;
    public final List<String> console = new ArrayList<>();
    public final List<String> saved = new ArrayList<>();
    /** A test may put another in its place before it begins. */
    public Nova nova;

    /** Guests as the simulated cloud has them; a test may put others in their place before it begins. */
    public GuestConnects guests;

    public S last;
    public Throwable bug;
    public boolean savesFail;

    /** Whether the controller prepares for shutdown. */
    public boolean quiet;

    public Bench(SimulatedCloud cloud, String user) {
        this.cloud = cloud;
        this.guests = (server, address) -> CompletableFuture.completedFuture(cloud.guestAnswers(server));
        this.executor = new ManualExecutor(cloud.clock().instant());
        this.nova = new Connections(executor.clock())
                .connect(
                        new CloudEndpoint(cloud.identityUrl(), null, Facing.PUBLIC),
                        new Login.Password(
                                user, "Default", "secret", user.equals("admin") ? "admin" : "demo", "Default"),
                        new Transport(HttpClient::newBuilder, Duration.ofSeconds(5), Duration.ofSeconds(5), null));
    }

    /** The state as it is saved. */
    protected abstract String write(S state);

    /** What the console shows of a step from one state to the other. */
    protected abstract List<String> lines(S before, S after, Instant now);

    /** Lets time pass until it is over; its last state. */
    public S finish(Duration bound) {
        until(() -> last != null, bound);
        return last;
    }

    /** Lets time pass until something holds. */
    public Bench<S> until(BooleanSupplier reached, Duration bound) {
        Instant end = executor.clock().instant().plus(bound);
        while (!reached.getAsBoolean()) {
            if (bug != null) {
                throw new AssertionError("it broke", bug);
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

    public String text() {
        return String.join("\n", console);
    }

    @Override
    public Nova nova() {
        return nova;
    }

    @Override
    public CompletionStage<Void> save(S state) {
        if (savesFail) {
            return CompletableFuture.failedFuture(new java.io.IOException("disk full"));
        }
        saved.add(write(state));
        return CompletableFuture.completedFuture(null);
    }

    /** Looks at guests, in driven time. */
    @Override
    public GuestWatcher guests(GuestOrder order) {
        return new GuestLooks(guests, executor, executor.clock(), console::add);
    }

    @Override
    public boolean goingDown() {
        return false;
    }

    @Override
    public boolean quietingDown() {
        return quiet;
    }

    @Override
    public void changed(S before, S after) {
        console.addAll(lines(before, after, executor.clock().instant()));
    }

    @Override
    public void ended(S state) {
        last = state;
    }

    @Override
    public void broken(S state, Throwable what) {
        bug = what;
    }
}
