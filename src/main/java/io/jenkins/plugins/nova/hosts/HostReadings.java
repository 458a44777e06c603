package io.jenkins.plugins.nova.hosts;

import hudson.AbortException;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the last reading of each cloud. A look begins a new one behind itself where the last began a minute ago; nobody waits
 * for it, and when nobody looks nothing is read. There is one reading of a cloud at a time: one that hangs keeps one thread, and
 * neither pages nor other clouds.
 *
 * <p>Thread-safe.
 */
final class HostReadings {

    /** A cloud is read no more often, however many look. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** A reading that has not ended by then is cut short at the next look. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Logger LOGGER = Logger.getLogger(HostReadings.class.getName());

    private final Clock clock;
    private final Executor threads;
    private final Reader reader;

    /** By the cloud's name; guarded by this, with what is in it. */
    private final Map<String, Kept> kept = new HashMap<>();

    /** Reads a cloud. */
    interface Reader {
        /**
         * @throws AbortException when a setting or the credential is not right, or the credential may not do what it must
         * @throws NovaException when the cloud could not be read
         */
        CloudReading read(NovaCloud cloud) throws AbortException;
    }

    /**
     * What there is to show.
     *
     * @param now when it was looked at
     * @param reading the last one; null while there is none
     * @param problem why there is no newer one, in words; null when the last attempt did not fail
     * @param problemAt when that attempt ended; null likewise
     * @param readingSince when the reading that goes on began; null when none does
     */
    record Seen(Instant now, CloudReading reading, String problem, Instant problemAt, Instant readingSince) {}

    /** What is known of a cloud. */
    private static final class Kept {
        private final NovaCloud cloud;
        private CloudReading last;
        private String problem;
        private Instant problemAt;
        private Instant began;
        private boolean underWay;
        private Thread thread;
        private boolean cut;

        private Kept(NovaCloud cloud) {
            this.cloud = cloud;
        }
    }

    /**
     * @param threads one for each cloud at most is busy at a time
     */
    HostReadings(Clock clock, Executor threads, Reader reader) {
        this.clock = clock;
        this.threads = threads;
        this.reader = reader;
    }

    /** Shows what there is, and has it renewed where it is old; does not wait. */
    Seen look(NovaCloud cloud) {
        Kept mine;
        boolean begin;
        synchronized (this) {
            mine = of(cloud);
            Instant now = clock.instant();
            begin = !mine.underWay && (mine.began == null || passed(mine.began, now, PAUSE));
            if (begin) {
                mine.underWay = true;
                mine.cut = false;
                mine.began = now;
            } else if (mine.underWay && passed(mine.began, now, LIMIT)) {
                cut(mine);
            }
        }
        if (begin) {
            begin(mine);
        }
        synchronized (this) {
            return new Seen(
                    clock.instant(), mine.last, mine.problem, mine.problemAt, mine.underWay ? mine.began : null);
        }
    }

    private void begin(Kept mine) {
        boolean begun = false;
        try {
            threads.execute(() -> read(mine));
            begun = true;
        } finally {
            if (!begun) {
                synchronized (this) {
                    mine.underWay = false; // no thread to be had: the look fails, and a later one tries again
                }
            }
        }
    }

    /** Forgets clouds that are not configured any more. */
    synchronized void keepOnly(Collection<String> names) {
        kept.entrySet().removeIf(entry -> {
            boolean gone = !names.contains(entry.getKey());
            if (gone) {
                cut(entry.getValue());
            }
            return gone;
        });
    }

    /** A clock that was set back counts as one that went on: else nothing were read until it has caught up. */
    private static boolean passed(Instant since, Instant now, Duration time) {
        return Duration.between(since, now).abs().compareTo(time) >= 0;
    }

    /** What was read with settings that have been changed since is of another cloud, perhaps; so each save begins anew. */
    private Kept of(NovaCloud cloud) {
        Kept known = kept.get(cloud.getName());
        if (known == null || known.cloud != cloud) {
            if (known != null) {
                cut(known);
            }
            known = new Kept(cloud);
            kept.put(cloud.getName(), known);
        }
        return known;
    }

    private static void cut(Kept mine) {
        mine.cut = true;
        if (mine.thread != null) {
            mine.thread.interrupt();
        }
    }

    private void read(Kept mine) {
        synchronized (this) {
            mine.thread = Thread.currentThread();
        }
        CloudReading reading = null;
        String problem = "the reading ended with an error of this plugin; the controller's log has it";
        try {
            reading = reader.read(mine.cloud);
        } catch (AbortException | NovaException e) {
            problem = e.getMessage();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the hosts of the cloud " + mine.cloud.getName());
        } finally {
            synchronized (this) {
                mine.thread = null;
                mine.underWay = false;
                if (reading != null) {
                    mine.last = reading;
                    mine.problem = null;
                    mine.problemAt = null;
                } else {
                    mine.problem = mine.cut
                            ? "the reading had not ended within " + LIMIT.toMinutes() + " minutes and was cut short"
                            : problem;
                    mine.problemAt = clock.instant();
                }
            }
            // it may have come when the reading was over, and is not for what the thread does next
            Thread.interrupted();
        }
    }
}
