package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.drain.run.Runner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** One controller process: runs state machines in driven time, as one user of a cloud. */
final class Controller {

    private final Consumer<Duration> time;
    private final BooleanSupplier dead;
    private final ManualExecutor executor;
    private final Nova nova;
    private Throwable bug;

    /**
     * @param identity where Keystone is
     * @param now the cloud's time
     * @param time lets the cloud's time pass
     * @param dead whether this process has been killed: it saves and does nothing more then
     * @param patience for an answer, in real time
     */
    Controller(URI identity, Instant now, Consumer<Duration> time, BooleanSupplier dead, Duration patience) {
        this(identity, null, now, time, dead, patience);
    }

    /** @param silences null for none */
    Controller(
            URI identity,
            SilenceSettings silences,
            Instant now,
            Consumer<Duration> time,
            BooleanSupplier dead,
            Duration patience) {
        this.time = time;
        this.dead = dead;
        executor = new ManualExecutor(now);
        nova = new Connections(executor.clock())
                .connect(
                        new CloudEndpoint(identity, null, Facing.PUBLIC),
                        new Login.Password("admin", "Default", "secret", "admin", "Default"),
                        new Transport(HttpClient::newBuilder, patience, patience, null),
                        silences);
    }

    /** What runs ticks, and whose clock tells the time. */
    ManualExecutor executor() {
        return executor;
    }

    Instant now() {
        return executor.clock().instant();
    }

    /** Nothing is run for so long. */
    void idle(Duration span) {
        time.accept(span);
        executor.advance(span);
    }

    /**
     * Runs a state machine to its end.
     *
     * @param made makes its runner
     * @param disk gets every state that is saved
     * @param watcher gets every change
     * @param bound of the cloud's time
     * @param <S> its state
     * @return the last state; null when the process was killed before
     * @throws Drill.Endless when it is not over within the bound
     */
    <S> S run(Function<RunnerPorts<S>, Runner<S>> made, Consumer<S> disk, BiConsumer<S, S> watcher, Duration bound) {
        AtomicReference<S> last = new AtomicReference<>();
        made.apply(ports(disk, watcher, last::set)).start();
        return drive(() -> last.get() != null, bound) ? last.get() : null;
    }

    /**
     * What a runner of this process is given; several may be at work at once.
     *
     * @param disk gets every state that is saved
     * @param watcher gets every change
     * @param over gets the last state
     * @param <S> their state
     */
    <S> RunnerPorts<S> ports(Consumer<S> disk, BiConsumer<S, S> watcher, Consumer<S> over) {
        return new Course<>(disk, watcher, over);
    }

    /**
     * Runs what is due, and lets time pass, until all is over.
     *
     * @param over whether it is
     * @param bound of the cloud's time
     * @return false when the process was killed before
     * @throws Drill.Endless when it is not over within the bound
     */
    boolean drive(BooleanSupplier over, Duration bound) {
        Instant end = now().plus(bound);
        while (!over.getAsBoolean()) {
            if (dead.getAsBoolean()) {
                return false;
            }
            if (bug != null) {
                throw new AssertionError("the drain broke", bug);
            }
            Instant due = executor.nextDue();
            if (due == null || due.isAfter(end)) {
                throw new Drill.Endless(due == null ? "nothing is scheduled any more" : "not over within " + bound);
            }
            Duration step = Duration.between(now(), due);
            if (!step.isNegative() && !step.isZero()) {
                time.accept(step);
            }
            executor.step();
        }
        return !dead.getAsBoolean();
    }

    private final class Course<S> implements RunnerPorts<S> {
        private final Consumer<S> disk;
        private final BiConsumer<S, S> watcher;
        private final Consumer<S> over;

        Course(Consumer<S> disk, BiConsumer<S, S> watcher, Consumer<S> over) {
            this.disk = disk;
            this.watcher = watcher;
            this.over = over;
        }

        @Override
        public Nova nova() {
            return nova;
        }

        @Override
        public CompletionStage<Void> save(S state) {
            if (dead.getAsBoolean()) {
                return new CompletableFuture<>();
            }
            disk.accept(state);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean goingDown() {
            return false;
        }

        @Override
        public void changed(S before, S after) {
            watcher.accept(before, after);
        }

        @Override
        public void ended(S state) {
            over.accept(state);
        }

        @Override
        public void broken(S state, Throwable what) {
            bug = what;
        }
    }
}
