package io.jenkins.plugins.nova.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The cloud's time and what is to happen in it. Driven by tests (it stands still until advanced) or following the real
 * clock at a speed. In both cases events run in order of their time, each seeing its own time as now, when somebody
 * looks: nothing can be observed without looking, so no thread is needed.
 */
final class VirtualTime extends Clock {

    private record Event(Instant at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private final Object lock;
    private final double speed;
    private final Instant start;
    private final long startNanos = System.nanoTime();
    private Instant now;
    private long order;

    private VirtualTime(Object lock, Instant start, double speed) {
        this.lock = lock;
        this.start = start;
        this.now = start;
        this.speed = speed;
    }

    /** Time that stands still until {@link #advance}. */
    static VirtualTime driven(Object lock, Instant start) {
        return new VirtualTime(lock, start, 0);
    }

    /** Time that runs {@code speed} times as fast as the real one. */
    static VirtualTime real(Object lock, double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be positive, not " + speed);
        }
        return new VirtualTime(lock, Instant.now(), speed);
    }

    /** Runs what is due when following the real clock. */
    void catchUp() {
        synchronized (lock) {
            if (speed > 0) {
                runUntil(start.plusNanos((long) ((System.nanoTime() - startNanos) * speed)));
            }
        }
    }

    void advance(Duration by) {
        synchronized (lock) {
            if (speed > 0) {
                throw new IllegalStateException("this cloud follows the real clock; only a driven one can be advanced");
            }
            if (by.isNegative()) {
                throw new IllegalArgumentException("time does not run backwards: " + by);
            }
            runUntil(now.plus(by));
        }
    }

    /** Advances from event to event until none is left or {@code bound} has passed; how long it took. */
    Duration settle(Duration bound) {
        synchronized (lock) {
            Instant begin = now;
            Instant end = now.plus(bound);
            while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
                advance(Duration.between(now, events.peek().at()));
            }
            return Duration.between(begin, now);
        }
    }

    /** Has something happen {@code seconds} from now. */
    void after(double seconds, Runnable what) {
        synchronized (lock) {
            events.add(new Event(now.plusNanos((long) (seconds * 1e9)), order++, what));
        }
    }

    private void runUntil(Instant target) {
        while (!events.isEmpty() && !events.peek().at().isAfter(target)) {
            Event event = events.poll();
            now = event.at().isAfter(now) ? event.at() : now;
            event.what().run();
        }
        now = target.isAfter(now) ? target : now;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            catchUp();
            return now;
        }
    }

    /** Now, as an event or a request sees it: without running what is due. */
    Instant now() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the cloud's clock is UTC");
    }
}
