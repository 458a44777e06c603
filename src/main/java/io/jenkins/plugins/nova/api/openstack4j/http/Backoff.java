package io.jenkins.plugins.nova.api.openstack4j.http;

import io.jenkins.plugins.nova.api.NovaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps to a service's Retry-After: until then no request of the session goes there. No thread waits for it: each call
 * is refused at once, with the time that is left, as the service itself would refuse it.
 */
public final class Backoff {

    /** Longer is a slip of somebody's: the service is asked again after this. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private record Hold(Instant until, int status) {}

    private final Clock clock;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();

    /**
     * @param clock by which is waited
     */
    public Backoff(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes note of a refusal.
     *
     * @param service whose
     */
    public void heard(String service, NovaException.Refused refused) {
        Duration wait = refused.retryAfter();
        boolean asksForPeace = refused.status() == 429 || refused.status() == 413 || refused.status() == 503;
        if (wait != null && asksForPeace && !wait.isZero()) {
            Duration kept = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
            holds.put(service, new Hold(clock.instant().plus(kept), refused.status()));
        }
    }

    /**
     * Lets a call go, or refuses it.
     *
     * @throws NovaException.Refused while the service has asked to be left alone: nothing was sent
     */
    public void check(String service, String call) {
        Hold hold = holds.get(service);
        if (hold == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), hold.until());
        if (left.isNegative() || left.isZero()) {
            holds.remove(service, hold);
            return;
        }
        throw new NovaException.Refused(
                call,
                429,
                "not sent: the " + service + " service answered " + hold.status() + " and asked to be left alone"
                        + " (Retry-After): not before " + hold.until().truncatedTo(ChronoUnit.SECONDS)
                        + " by this JVM's clock",
                null,
                left);
    }
}
