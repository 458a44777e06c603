package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a drain: ticks on a scheduler, and between ticks no thread (law 3). One tick reads, decides, saves, sends, in this
 * order; ticks never overlap.
 */
public final class DrainRunner {

    private static final Duration SAVE_LIMIT = Duration.ofSeconds(60);

    private final DrainPorts ports;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Pace pace = new Pace();

    private DrainState state;
    private ScheduledFuture<?> next;
    private boolean ticking;
    private boolean hurry;
    private boolean suspended;
    private Stop stop;

    /**
     * @param state a new one ({@link DrainState#begin}), or one that was saved ({@link #resume})
     * @param ports see there
     * @param executor runs ticks; several drains may share it
     * @param clock what time it is
     */
    public DrainRunner(DrainState state, DrainPorts ports, ScheduledExecutorService executor, Clock clock) {
        this.state = state;
        this.ports = ports;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * A saved state, as a new process must take it: what was about to be sent may have been sent (law 2).
     *
     * @param saved by {@link DrainPorts#save}
     * @param now the time
     */
    public static DrainState resume(DrainState saved, Instant now) {
        DrainState.Edit edit = saved.edit();
        edit.cordon = saved.cordon() == null ? null : saved.cordon().resumed(now);
        edit.forceDown = saved.forceDown() == null ? null : saved.forceDown().resumed(now);
        edit.trouble = null;
        edit.troubleSince = null;
        edit.each(server -> {
            ServerState.Edit changed = server.edit();
            if (server.move() != null && server.move().is(Intent.State.RECORDED)) {
                changed.move = server.move().unclear("the controller stopped while it was being sent", now);
            }
            if (server.follow() != null && server.follow().is(Intent.State.RECORDED)) {
                changed.follow = server.follow().unclear("the controller stopped while it was being sent", now);
            }
            return changed.done();
        });
        return edit.done();
    }

    /** Begins, or goes on. Returns at once. */
    public synchronized void start() {
        if (state.over()) {
            DrainState last = state;
            executor.execute(() -> ports.ended(last));
            return;
        }
        schedule(Duration.ZERO);
    }

    /**
     * Stops: nothing more is started, what is under way is treated by the order's policy, and {@link DrainPorts#ended} is
     * called. Returns at once.
     *
     * @param why in words
     */
    public synchronized void stop(String why) {
        if (stop != null || state.over()) {
            return;
        }
        stop = new Stop(clock.instant(), why);
        hurry = true;
        if (!ticking) {
            schedule(Duration.ZERO);
        }
    }

    /** The state now. */
    public synchronized DrainState state() {
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
        DrainState before;
        synchronized (this) {
            if (ticking || suspended || state.over() || ports.goingDown()) {
                return;
            }
            ticking = true;
            hurry = false;
            if (stop != null && state.stop() == null) {
                DrainState.Edit edit = state.edit();
                edit.stop = stop;
                state = edit.done();
            }
            before = state;
        }
        try {
            turn(before);
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    private void turn(DrainState before) {
        Nova nova;
        DrainState decided;
        try {
            nova = ports.nova();
            Look look = new Observer(nova).look(before);
            decided = baselines(nova, Drain.decide(before, look, clock.instant()));
        } catch (NovaException e) {
            settle(before, Trouble.met(before, e, clock.instant()));
            return;
        }
        if (sends(decided)) {
            saveThenSend(nova, before, decided);
        } else {
            settle(before, decided);
        }
    }

    /** What a look that comes later is to be compared with: the newest action before the request is sent. */
    private static DrainState baselines(Nova nova, DrainState decided) {
        DrainState.Edit edit = decided.edit();
        for (ServerState server : decided.servers()) {
            ServerState.Edit changed = server.edit();
            if (recorded(server.move())) {
                changed.move = baselined(server.move(), Observer.newestAction(nova, server.id()));
            }
            if (recorded(server.follow())) {
                changed.follow = baselined(server.follow(), Observer.newestAction(nova, server.id()));
            }
            edit.replace(changed.done());
        }
        return edit.done();
    }

    private static Intent baselined(Intent intent, String newest) {
        return Intent.record(intent.verb(), intent.target(), newest, intent.at());
    }

    private static boolean recorded(Intent intent) {
        return intent != null && intent.is(Intent.State.RECORDED);
    }

    private static boolean recorded(ServiceChange change) {
        return change != null && change.state() == ServiceChange.State.RECORDED;
    }

    private static boolean sends(DrainState state) {
        return !state.over()
                && (recorded(state.cordon())
                        || recorded(state.forceDown())
                        || state.servers().stream()
                                .anyMatch(server -> recorded(server.move()) || recorded(server.follow())));
    }

    private void saveThenSend(Nova nova, DrainState before, DrainState decided) {
        ports.save(decided)
                .toCompletableFuture()
                .copy()
                .orTimeout(SAVE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .whenCompleteAsync(
                        (done, failure) -> {
                            try {
                                if (failure == null && !halted()) {
                                    settle(before, send(nova, decided));
                                } else if (failure != null) {
                                    String why =
                                            "The build's state could not be saved, so nothing was sent: " + failure;
                                    settle(before, Trouble.met(before, why, true, clock.instant()));
                                }
                            } catch (RuntimeException | Error bug) {
                                broken(bug);
                            }
                        },
                        executor);
    }

    private DrainState send(Nova nova, DrainState decided) {
        Sender sender = new Sender(nova, decided.order().blockMigration());
        DrainState now = decided;
        if (recorded(now.forceDown())) {
            now = Answers.serviceChanged(now, false, sender.forceDown(now.forceDown()), clock.instant());
        }
        if (!now.over() && recorded(now.cordon())) {
            now = Answers.serviceChanged(now, true, sender.cordon(now.cordon()), clock.instant());
        }
        for (ServerState server : decided.servers()) {
            // A follow-up is only ever recorded when the move was taken long since: one of the two at most.
            Intent intent = recorded(server.follow()) ? server.follow() : server.move();
            if (recorded(intent)) {
                Answer answer = sender.send(server, intent);
                DrainState.Edit edit = now.edit();
                edit.replace(Answers.answered(server, intent, answer, now, clock.instant()));
                now = edit.done();
            }
        }
        return now;
    }

    private void settle(DrainState before, DrainState after) {
        ports.changed(before, after);
        boolean material = Pace.material(before, after);
        synchronized (this) {
            state = after;
        }
        if (after.over()) {
            ports.save(after).whenCompleteAsync((done, failure) -> ports.ended(after), executor);
            return;
        }
        Duration delay = pace.next(before, after, material);
        if (material) {
            ports.save(after).whenCompleteAsync((done, failure) -> again(delay), executor);
        } else {
            again(delay);
        }
    }

    private synchronized void again(Duration delay) {
        ticking = false;
        schedule(hurry ? Duration.ZERO : delay);
    }

    private synchronized boolean halted() {
        return suspended || ports.goingDown();
    }

    private void broken(Throwable bug) {
        DrainState last;
        synchronized (this) {
            last = state;
        }
        ports.broken(last, bug);
    }
}
