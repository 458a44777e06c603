package io.jenkins.plugins.nova.drain.width;

import java.time.Duration;
import java.time.Instant;

/**
 * How many live migrations are asked for at a time. Nova runs as many as its max_concurrent_live_migrations lets it, for each
 * source host, and keeps the rest queued (nova/compute/manager.py, live_migration). So that none of its places stays free, one
 * or two wait there; how many run is Nova's, and is seen from its own statuses, whatever changes it. Where more run than
 * {@link Width#wide} and none has to wait, Nova has no such limit, and more are added only while more bytes are copied in all.
 *
 * @param width how many run at most where Nova does not limit them
 * @param limit how many Nova runs at a time, as seen; null where it was not seen to limit them
 * @param ran how many ran at a time at most, since Nova last was seen to limit them
 * @param queued looks in a row at which one waited in Nova while others ran
 * @param gauge what was measured of the bytes; null before
 */
public record LiveWidth(Width width, Integer limit, int ran, int queued, Gauge gauge) {

    /** So many run at once without proof that this is faster. */
    static final int UNPROVEN = 4;

    /** More copies at once than this gain nothing on any link, and each takes a thread of nova-compute. */
    static final int MOST = 10;

    /** So many are asked for at first: one may run, and no more than two wait. */
    private static final int FIRST = 3;

    private static final int PROVEN_BY_LOOKS = 2;

    /** Moves of which more than one may end between two looks: two wait in Nova then. */
    private static final Duration CLOSE = Duration.ofSeconds(3);

    static final LiveWidth NEW = new LiveWidth(Width.of(UNPROVEN), null, 0, 0, null);

    /**
     * Bytes copied in all, by how many ran.
     *
     * @param since when the present stretch began; null between two stretches
     * @param sent bytes that had been sent by then
     * @param running how many ran in the stretch before it; 0 for none
     * @param rate bytes per second in that
     * @param rests until when nothing more is tried; null for no such time
     */
    public record Gauge(Instant since, long sent, int running, double rate, Instant rests) {

        static final Gauge NEW = new Gauge(null, 0, 0, 0, null);
    }

    /** How long bytes are counted before a width is judged: four refreshes of Nova's counters. */
    private static final Duration STRETCH = Duration.ofSeconds(20);

    /** How long a width that gained nothing is not tried again. */
    private static final Duration UNTRIED = Duration.ofMinutes(5);

    /** Of the gain that one more copy would bring on an idle link, so much is to be seen. */
    private static final double GAIN = 0.5;

    /**
     * How many more may be asked for.
     *
     * @param running those that Nova prepares or copies
     * @param waiting those that were asked for and do not run
     */
    int more(int running, int waiting) {
        if (running == 0 && limit == null && width.usual() == null) {
            return FIRST - waiting;
        }
        int inQueue = close(running) ? 2 : 1;
        int atOnce = limit != null ? limit : Math.min(Math.max(ran, running), width.wide());
        return atOnce + inQueue - running - waiting;
    }

    private boolean close(int running) {
        return width.usual() == null
                || width.usual().dividedBy(Math.max(1, running)).compareTo(CLOSE) < 0;
    }

    /**
     * After a look.
     *
     * @param running those that Nova prepares or copies
     * @param waits those that read queued
     * @param wanted whether there are more to be asked for
     * @param sent bytes that the drain's live migrations have sent so far; 0 where Nova tells none
     */
    LiveWidth seen(int running, int waits, boolean wanted, long sent, Instant now) {
        int looks = waits > 0 && running > 0 ? queued + 1 : 0;
        Integer seen = looks >= PROVEN_BY_LOOKS
                ? Integer.valueOf(running)
                : limit != null && running > limit ? Integer.valueOf(running) : limit;
        int most = looks >= PROVEN_BY_LOOKS ? running : Math.max(ran, running);
        LiveWidth next = new LiveWidth(width, seen, most, looks, gauge);
        boolean full = wanted && looks == 0 && running > width.wide();
        return sent > 0 && width.wide() < MOST ? next.measured(full, sent, now) : next;
    }

    private LiveWidth measured(boolean full, long sent, Instant now) {
        Gauge known = gauge == null ? Gauge.NEW : gauge;
        if (!full || (known.rests != null && now.isBefore(known.rests))) {
            return new LiveWidth(width, limit, ran, queued, known.since == null ? gauge : stretch(known, null, 0));
        }
        if (known.since == null) {
            return new LiveWidth(width, limit, ran, queued, stretch(known, now, sent));
        }
        Duration took = Duration.between(known.since, now);
        if (took.compareTo(STRETCH) < 0) {
            return this;
        }
        double rate = (sent - known.sent) * 1000.0 / took.toMillis();
        int wide = width.wide();
        boolean first = known.running == 0;
        double idle = first ? 0 : (double) (wide - known.running) / known.running;
        if (first || rate >= known.rate * (1 + GAIN * idle)) {
            return new LiveWidth(
                    width.to(
                            wide + 1,
                            first ? "Nova does not limit them" : "more bytes are copied in all than with fewer"),
                    limit,
                    ran,
                    queued,
                    new Gauge(null, 0, wide, rate, null));
        }
        return new LiveWidth(
                width.to(known.running, "with more at a time no more bytes are copied in all"),
                limit,
                ran,
                queued,
                new Gauge(null, 0, 0, 0, now.plus(UNTRIED)));
    }

    private static Gauge stretch(Gauge gauge, Instant since, long sent) {
        return new Gauge(since, sent, gauge.running, gauge.rate, gauge.rests);
    }

    /** After one has ended well; where Nova tells no bytes, its time is what more at a time is judged by. */
    LiveWidth succeeded(Duration took, boolean wanted, Instant now) {
        boolean judged = wanted && limit == null && gauge == null;
        return new LiveWidth(width.ended(took, judged, MOST, now), limit, ran, queued, gauge);
    }

    /** After a sign that the cloud has too much to do. */
    LiveWidth loaded(String sign, Instant now) {
        return new LiveWidth(width.loaded(sign, now), limit, ran, queued, gauge);
    }
}
