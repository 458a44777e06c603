package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a state machine: ticks on a scheduler, and between ticks no thread (law 3). One tick reads, decides, saves, sends, in
 * this order; ticks never overlap.
 *
 * @param <S> the state that is run
 */
public class Runner<S> {

    private static final Duration SAVE_LIMIT = Duration.ofSeconds(60);

    /** How long a stop waits for the tick at work, or for one to begin, and how long it then gives to each try. */
    private static final Duration GRACE = Duration.ofMillis(700);

    private static final Duration TRY = Duration.ofSeconds(10);
    private static final int SOON = 2;
    private static final String NO_ANSWER = "the cloud did not answer when the build was aborted";
    private static final String ENOUGH = "the build was aborted once more";

    private final Machine<S> machine;
    private final RunnerPorts<S> ports;
    private final ScheduledExecutorService executor;
    private final Clock clock;

    private S state;
    private ScheduledFuture<?> next;
    private boolean ticking;
    private boolean hurry;
    private boolean suspended;
    private boolean over;
    private Stop stop;

    /** The thread that waits for the cloud's answers, for as long as it does, since when, and whether it was cut short. */
    private Thread asking;

    private long asked;
    private boolean cut;

    /** What was saved waits for a thread to be sent on. */
    private boolean waiting;

    /** The cloud has been read since the stop. */
    private boolean looked;

    /** Asked to stop once more: nothing is waited for. */
    private boolean insisted;

    /** How often it was seen to that the stop is answered. */
    private int answers;

    /**
     * @param state where it begins
     * @param machine what is run
     * @param ports see there
     * @param executor runs ticks; several runners may share it
     * @param clock what time it is
     */
    public Runner(S state, Machine<S> machine, RunnerPorts<S> ports, ScheduledExecutorService executor, Clock clock) {
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
     * Stops: nothing more is started, what is under way is treated by the machine's policy, and {@link RunnerPorts#ended} is
     * called. A cloud that does not answer is tried for {@link Limits#TROUBLE_STOPPING} at most, and only where it is still to
     * be told something. Called again, it ends as soon as the first look after the stop has had its chance, with what is
     * not known then. Returns at once.
     *
     * @param why in words
     */
    public synchronized void stop(String why) {
        if (machine.over(state)) {
            return;
        }
        if (stop != null) {
            boolean first = !insisted;
            insisted = true;
            if (first && answers > 0) {
                watch(Duration.ZERO);
            }
            return;
        }
        stop = new Stop(clock.instant(), why);
        hurry = true;
        if (!ticking) {
            schedule(Duration.ZERO);
        }
        watch(GRACE);
    }

    private void watch(Duration patience) {
        watching().schedule(this::answer, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ScheduledExecutorService watching() {
        ScheduledExecutorService given = ports.watch();
        return given == null ? executor : given;
    }

    /** Where what follows runs: after a stop not behind ticks of others that hang. */
    private synchronized Executor following() {
        return stop == null ? executor : watching();
    }

    /**
     * After a stop: a call that hangs is cut short, and where no tick has got its turn, because others hang on all threads, the
     * stop is answered here, where nothing is asked of the cloud. A request that was cut short counts as one whose answer was
     * lost. The first two times soon, for the tick at work and the look after it; later only what really hangs.
     */
    private void answer() {
        S before;
        boolean enough;
        synchronized (this) {
            if (over || suspended || ports.goingDown()) {
                return;
            }
            boolean soon = ++answers < SOON;
            enough = enough();
            watch(soon || enough ? GRACE : untilEnough());
            if (asking != null) {
                if (enough
                        || answers <= SOON
                        || Duration.ofNanos(System.nanoTime() - asked).compareTo(TRY) >= 0) {
                    cut = true;
                    asking.interrupt();
                }
                return;
            }
            boolean queued = ticking && waiting;
            if (looked && !enough || ticking && !queued) {
                return;
            }
            waiting = false;
            ticking = true;
            if (next != null) {
                next.cancel(false);
            }
            before = state;
        }
        try {
            settle(before, unanswered(before, enough));
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    /** Whether a stop is tried no more: it was asked for twice, or it has had the time that was told. */
    private synchronized boolean enough() {
        return insisted || (!looked && sinceStop().compareTo(Limits.TROUBLE_STOPPING) >= 0);
    }

    private Duration sinceStop() {
        return Duration.between(stop.at(), clock.instant());
    }

    private Duration untilEnough() {
        Duration left = Limits.TROUBLE_STOPPING.minus(sinceStop());
        return looked || left.compareTo(TRY) >= 0 ? TRY : left.compareTo(GRACE) < 0 ? GRACE : left;
    }

    private S unanswered(S before, boolean enough) {
        S stopped = heard(before);
        return enough
                ? machine.abandoned(stopped, insisted() ? ENOUGH : NO_ANSWER, clock.instant())
                : machine.unanswered(stopped, NO_ANSWER, clock.instant());
    }

    private synchronized boolean insisted() {
        return insisted;
    }

    /** Asks the cloud on this thread, which a stop may interrupt meanwhile; it does not stay interrupted. */
    private <T> T asking(Supplier<T> calls) {
        synchronized (this) {
            asking = Thread.currentThread();
            asked = System.nanoTime();
            cut = false;
        }
        try {
            return calls.get();
        } finally {
            synchronized (this) {
                asking = null;
                if (cut) {
                    Thread.interrupted();
                }
            }
        }
    }

    /** The state after a tick that could not read the cloud. */
    private S unread(S before, NovaException error) {
        boolean cutShort;
        boolean enough;
        synchronized (this) {
            cutShort = cut;
            enough = stop != null && enough();
        }
        return cutShort ? unanswered(before, enough) : machine.unread(heard(before), error, clock.instant());
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
            // also who looks for the credential may be kept waiting
            nova = asking(ports::nova);
            Nova cloud = nova;
            decided = asking(() -> machine.decide(before, cloud, clock.instant()));
        } catch (NovaException e) {
            settle(before, unread(before, e));
            return;
        }
        synchronized (this) {
            // what was decided before a stop came does not know of it yet
            looked = stop != null && heard(before) == before;
        }
        if (machine.sends(decided)) {
            S told = machine.toldFirst(before, decided);
            if (told != before) {
                ports.changed(before, told);
            }
            saveThenSend(nova, before, told, decided);
        } else {
            settle(before, decided);
        }
    }

    private void saveThenSend(Nova nova, S before, S told, S decided) {
        ports.save(decided)
                .toCompletableFuture()
                .copy()
                .orTimeout(SAVE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((done, failure) -> {
                    synchronized (this) {
                        waiting = true;
                    }
                    executor.execute(() -> saved(nova, before, told, decided, failure));
                });
    }

    private void saved(Nova nova, S before, S told, S decided, Throwable failure) {
        synchronized (this) {
            if (!waiting) {
                return; // a stop was answered meanwhile
            }
            waiting = false;
        }
        try {
            if (failure == null && !halted()) {
                // law 8: what was decided before a stop came, and is not sent yet, is not sent
                S heard = heard(before);
                if (heard == before) {
                    settle(before, told, asking(() -> machine.send(decided, nova, clock)));
                } else {
                    settle(before, heard);
                }
            } else if (failure != null) {
                String why = "The build's state could not be saved, so nothing was sent: " + failure;
                settle(before, machine.unsaved(before, why, clock.instant()));
            }
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    private void settle(S before, S after) {
        settle(before, before, after);
    }

    /**
     * @param told what was told of last
     */
    private void settle(S before, S told, S after) {
        ports.changed(told, after);
        boolean material = machine.material(before, after);
        synchronized (this) {
            state = after;
        }
        if (machine.over(after)) {
            synchronized (this) {
                over = true;
            }
            ports.save(after).whenCompleteAsync((done, failure) -> ended(after), following());
            return;
        }
        Duration delay = machine.pause(before, after, material);
        if (material) {
            ports.save(after).whenCompleteAsync((done, failure) -> again(delay), following());
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
