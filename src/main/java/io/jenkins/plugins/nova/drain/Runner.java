package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a state machine: ticks on a scheduler, and between ticks no thread (law 3). One tick reads, decides, saves, sends, in
 * this order; ticks never overlap.
 *
 * @param <S> the state that is run
 */
public class Runner<S> {

    private static final Duration SAVE_LIMIT = Duration.ofSeconds(60);

    private final Machine<S> machine;
    private final Ports<S> ports;
    private final ScheduledExecutorService executor;
    private final Clock clock;

    private S state;
    private ScheduledFuture<?> next;
    private boolean ticking;
    private boolean hurry;
    private boolean suspended;
    private Stop stop;

    /**
     * @param state where it begins
     * @param machine what is run
     * @param ports see there
     * @param executor runs ticks; several runners may share it
     * @param clock what time it is
     */
    Runner(S state, Machine<S> machine, Ports<S> ports, ScheduledExecutorService executor, Clock clock) {
        this.state = state;
        this.machine = machine;
        this.ports = ports;
        this.executor = executor;
        this.clock = clock;
    }

    /** Begins, or goes on. Returns at once. */
    public synchronized void start() {
        if (machine.over(state)) {
            S last = state;
            executor.execute(() -> ended(last));
            return;
        }
        schedule(Duration.ZERO);
    }

    /**
     * Stops: nothing more is started, what is under way is treated by the machine's policy, and {@link Ports#ended} is
     * called. Returns at once.
     *
     * @param why in words
     */
    public synchronized void stop(String why) {
        if (stop != null || machine.over(state)) {
            return;
        }
        stop = new Stop(clock.instant(), why);
        hurry = true;
        if (!ticking) {
            schedule(Duration.ZERO);
        }
    }

    /** The state now. */
    public synchronized S state() {
        return state;
    }

    /** Ticks no more, without ending. What is saved may go on in another runner, once a tick at work has ended. */
    public synchronized void suspend() {
        suspended = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private synchronized void schedule(Duration delay) {
        if (next != null) {
            next.cancel(false);
        }
        next = executor.schedule(this::tick, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        S before;
        synchronized (this) {
            if (ticking || suspended || machine.over(state) || ports.goingDown()) {
                return;
            }
            ticking = true;
            hurry = false;
            if (stop != null) {
                state = machine.stopped(state, stop);
            }
            before = state;
        }
        try {
            turn(before);
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    private void turn(S before) {
        Nova nova;
        S decided;
        try {
            nova = ports.nova();
            decided = machine.decide(before, nova, clock.instant());
        } catch (NovaException e) {
            settle(before, machine.unread(before, e, clock.instant()));
            return;
        }
        if (machine.sends(decided)) {
            saveThenSend(nova, before, decided);
        } else {
            settle(before, decided);
        }
    }

    private void saveThenSend(Nova nova, S before, S decided) {
        ports.save(decided)
                .toCompletableFuture()
                .copy()
                .orTimeout(SAVE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .whenCompleteAsync(
                        (done, failure) -> {
                            try {
                                if (failure == null && !halted()) {
                                    // law 8: what was decided before a stop came, and is not sent yet, is not sent
                                    S heard = heard(before);
                                    settle(before, heard == before ? machine.send(decided, nova, clock) : heard);
                                } else if (failure != null) {
                                    String why =
                                            "The build's state could not be saved, so nothing was sent: " + failure;
                                    settle(before, machine.unsaved(before, why, clock.instant()));
                                }
                            } catch (RuntimeException | Error bug) {
                                broken(bug);
                            }
                        },
                        executor);
    }

    private void settle(S before, S after) {
        ports.changed(before, after);
        boolean material = machine.material(before, after);
        synchronized (this) {
            state = after;
        }
        if (machine.over(after)) {
            ports.save(after).whenCompleteAsync((done, failure) -> ended(after), executor);
            return;
        }
        Duration delay = machine.pause(before, after, material);
        if (material) {
            ports.save(after).whenCompleteAsync((done, failure) -> again(delay), executor);
        } else {
            again(delay);
        }
    }

    private void ended(S last) {
        try {
            ports.ended(last);
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    private synchronized void again(Duration delay) {
        ticking = false;
        schedule(hurry ? Duration.ZERO : delay);
    }

    /** The same state unless it is to stop and does not know it. */
    private synchronized S heard(S before) {
        return stop == null ? before : machine.stopped(before, stop);
    }

    private synchronized boolean halted() {
        return suspended || ports.goingDown();
    }

    private void broken(Throwable bug) {
        S last;
        synchronized (this) {
            last = state;
        }
        ports.broken(last, bug);
    }
}
