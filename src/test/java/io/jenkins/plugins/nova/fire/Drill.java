package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One controller process's life with a drain, in driven time. What it saves is all that outlives it. */
public final class Drill {

    /** The drain was not over in time. */
    public static final class Endless extends AssertionError {
        private static final long serialVersionUID = 1L;

        Endless(String message) {
            super(message);
        }
    }

    private final Consumer<String> disk;
    private final Controller controller;
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
        this.disk = disk;
        controller = new Controller(identity, now, time, dead, patience);
    }

    /** Has somebody see every change, at its time. */
    public Drill watched(BiConsumer<DrainState, DrainState> by) {
        watcher = by;
        return this;
    }

    /** As the step does: the state is on disk before anything happens. */
    public DrainState begin(DrainOrder order, Duration bound) {
        DrainState first = DrainState.begin(order, controller.executor().clock().instant());
        disk.accept(DrainCodec.write(first));
        return run(first, bound);
    }

    /** As a new process does. */
    public DrainState resume(String saved, Duration bound) {
        return run(
                DrainRunner.resume(
                        DrainCodec.read(saved), controller.executor().clock().instant()),
                bound);
    }

    /** The last state; null when the process was killed before. */
    private DrainState run(DrainState state, Duration bound) {
        return controller.run(
                ports -> new DrainRunner(
                        state,
                        ports,
                        claim -> Holders.Holding.UNKNOWN,
                        controller.executor(),
                        controller.executor().clock()),
                (saved) -> disk.accept(DrainCodec.write(saved)),
                watcher,
                bound);
    }
}
