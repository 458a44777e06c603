package io.jenkins.plugins.nova.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether the copying of a live migration comes to an end, and when, from a series of its byte counters. Pure; part of the
 * saved state.
 *
 * <p>A hypervisor copies a running guest's memory in passes. While one pass is sent the guest dirties memory; at its end
 * memory_remaining jumps up to what was dirtied, and the next pass begins. So memory_remaining is a saw, and only its peaks
 * tell anything: pass by pass they fall by the same factor (dirtied per second over copied per second) or do not fall. A
 * lowest value says nothing, since every pass ends near zero; Nova once aborted migrations by it, and took that out again
 * (its bug 1644248).
 *
 * <p>The series is cut into rounds: a round is over when memory_remaining rises, or as much has been sent as remained at its
 * peak, and not before {@link #ROUND}, so that several looks fall into each where passes are short. A round whose peak is not
 * lower than the one before by a tenth at least has gained nothing.
 *
 * @param first the oldest; null before any
 * @param samples those of the last {@link #RECENT}, and one before; oldest first
 * @param peaks how much remained at most in the rounds that are over, the last few; oldest first
 * @param round the round under way; null before any sample
 * @param looked when the counters were read last, changed or not; null before, and in states of earlier versions
 * @param still for how long they were seen unchanged, look by look: what passes while nobody looks counts for nothing
 */
public record Convergence(
        Sample first, List<Sample> samples, List<Long> peaks, Round round, Instant looked, Duration still) {

    /** Nothing seen yet. */
    static final Convergence NONE = new Convergence(null, List.of(), List.of(), null, null, Duration.ZERO);

    /** Four of Nova's refreshes (live_migration_monitor_interval, 5 s). */
    static final Duration ROUND = Duration.ofSeconds(20);

    /** Counters that do not change for so long, twelve refreshes, tell that nothing is copied. */
    static final Duration STALL = Duration.ofSeconds(60);

    /** The stretch over which the present rate is taken. */
    static final Duration RECENT = Duration.ofSeconds(60);

    /** The shortest stretch from which a rate is told. */
    static final Duration SHORTEST = Duration.ofSeconds(8);

    /** The longest pause between two looks that counts as watched: that of a drain in which nothing happens, and some. */
    private static final Duration WATCHED = Duration.ofSeconds(15);

    /** Counters that come sooner after the last ones add nothing. */
    public static final Duration SPACING = Duration.ofSeconds(4);

    private static final int LOOKS = 3;
    private static final int KEPT = 3;
    private static final double GAIN = 0.9;

    public Convergence {
        samples = samples == null ? List.of() : List.copyOf(samples);
        peaks = peaks == null ? List.of() : List.copyOf(peaks);
        still = still == null ? Duration.ZERO : still;
    }

    /**
     * The counters at a time, in bytes.
     *
     * @param at when they were read
     * @param memoryProcessed sent of the memory so far, what was sent again included
     * @param memoryRemaining to be sent in this pass
     * @param diskProcessed sent of the disks so far
     * @param diskRemaining to be sent of the disks
     */
    public record Sample(
            Instant at, long memoryProcessed, long memoryRemaining, long diskProcessed, long diskRemaining) {

        /** All bytes that were sent, of memory and disks. */
        public long sent() {
            return memoryProcessed + diskProcessed;
        }

        private boolean same(Sample other) {
            return memoryProcessed == other.memoryProcessed
                    && memoryRemaining == other.memoryRemaining
                    && diskProcessed == other.diskProcessed
                    && diskRemaining == other.diskRemaining;
        }
    }

    /**
     * A stretch of the copying.
     *
     * @param start when it began
     * @param processed memory_processed when it began
     * @param peak the most that remained of the memory
     * @param looks samples in it
     */
    public record Round(Instant start, long processed, long peak, int looks) {

        private static Round at(Sample sample, long peak) {
            return new Round(sample.at, sample.memoryProcessed, peak, 1);
        }

        private boolean over(Sample sample, boolean risen) {
            boolean through = sample.memoryProcessed - processed >= peak;
            return (risen || through)
                    && looks >= LOOKS
                    && Duration.between(start, sample.at).compareTo(ROUND) >= 0;
        }

        private Round with(long remaining) {
            return new Round(start, processed, Math.max(peak, remaining), looks + 1);
        }
    }

    /** What is to be expected. */
    public sealed interface Outlook {

        /** Too little was seen. */
        record Unknown() implements Outlook {}

        /**
         * It comes to an end.
         *
         * @param end when, as it looks now
         */
        record Ending(Instant end) implements Outlook {}

        /**
         * The guest dirties memory as fast as it is copied.
         *
         * @param certain whether two rounds in succession have gained nothing, not just one
         */
        record Endless(boolean certain) implements Outlook {}

        /**
         * The counters could not be read for a while: what they would say is not known.
         *
         * @param since when they were read last
         */
        record NoNews(Instant since) implements Outlook {}

        /**
         * Nothing is copied at all.
         *
         * @param since when the counters last changed
         */
        record Still(Instant since) implements Outlook {}
    }

    /** After counters were read that told no figures. */
    Convergence lookedAt(Instant now) {
        return new Convergence(first, samples, peaks, round, now, still);
    }

    /** With one more sample; what has not changed, or comes at once after another, adds nothing. */
    Convergence and(Sample next) {
        if (samples.isEmpty()) {
            return new Convergence(
                    next, List.of(next), List.of(), Round.at(next, next.memoryRemaining), next.at, Duration.ZERO);
        }
        if (next.same(last())) {
            return new Convergence(first, samples, peaks, round, next.at, still.plus(watched(next.at)));
        }
        if (Duration.between(last().at, next.at).compareTo(SPACING) < 0) {
            return new Convergence(first, samples, peaks, round, next.at, Duration.ZERO);
        }
        boolean risen = next.memoryRemaining > last().memoryRemaining;
        long remaining = risen ? atPassBegin(next) : next.memoryRemaining;
        if (!round.over(next, risen)) {
            return new Convergence(first, recentAnd(next), peaks, round.with(remaining), next.at, Duration.ZERO);
        }
        List<Long> more = new ArrayList<>(peaks);
        more.add(round.peak);
        List<Long> kept = more.subList(Math.max(0, more.size() - KEPT), more.size());
        return new Convergence(first, recentAnd(next), kept, Round.at(next, remaining), next.at, Duration.ZERO);
    }

    /**
     * What remained when the pass began in which a sample was taken: what was sent since the look before, without what that
     * one still had to send of its own pass, is gone already. Passes that are short between looks are taken as they are seen.
     */
    private long atPassBegin(Sample next) {
        long sent = next.memoryProcessed - last().memoryProcessed;
        long ofThisPass = Math.max(0, sent - last().memoryRemaining);
        return 2 * sent < round.peak ? next.memoryRemaining + ofThisPass : next.memoryRemaining;
    }

    private List<Sample> recentAnd(Sample next) {
        List<Sample> all = new ArrayList<>(samples);
        all.add(next);
        int from = 0;
        // ends at the new one at the latest, which is no time ago
        while (Duration.between(all.get(from + 1).at, next.at).compareTo(RECENT) >= 0) {
            from++;
        }
        return all.subList(from, all.size());
    }

    /** Its first and last sample, for the rate once it has ended. */
    Convergence ends() {
        return samples.isEmpty()
                ? this
                : new Convergence(first, List.of(last()), List.of(), null, looked, Duration.ZERO);
    }

    /** The time since the look before, as far as it was watched: looks come every few seconds, or were not possible. */
    private Duration watched(Instant now) {
        Instant before = looked == null ? last().at : looked;
        Duration since = Duration.between(before, now);
        return since.compareTo(WATCHED) < 0 ? since : WATCHED;
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** When the newest sample was taken; null before the first. */
    public Instant newest() {
        return samples.isEmpty() ? null : last().at;
    }

    /** How long it has been seen. */
    public Duration seen() {
        return samples.isEmpty() ? Duration.ZERO : Duration.between(first.at, last().at);
    }

    /** Bytes sent while it was seen. */
    public long sent() {
        return samples.isEmpty() ? 0 : last().sent() - first.sent();
    }

    /** Bytes per second at present; empty when too little was seen. */
    public OptionalLong rate() {
        if (seen().compareTo(SHORTEST) < 0) {
            return OptionalLong.empty();
        }
        Sample from = recent();
        return OptionalLong.of(perSecond(last().sent() - from.sent(), from));
    }

    /** The sample at the beginning of the present stretch. */
    private Sample recent() {
        return samples.size() > 1 ? samples.get(0) : first;
    }

    private long perSecond(long bytes, Sample from) {
        long millis = Math.max(1, Duration.between(from.at, last().at).toMillis());
        return Math.max(0, bytes) * 1000 / millis;
    }

    /** What is to be expected, as it looks now. */
    public Outlook outlook(Instant now) {
        if (samples.isEmpty()) {
            return new Outlook.Unknown();
        }
        if (looked != null && Duration.between(looked, now).compareTo(STALL) >= 0) {
            return new Outlook.NoNews(looked);
        }
        if (still.compareTo(STALL) >= 0) {
            return new Outlook.Still(last().at);
        }
        if (seen().compareTo(SHORTEST) < 0) {
            return new Outlook.Unknown();
        }
        List<Long> all = new ArrayList<>(peaks);
        all.add(round.peak);
        int idle = idleRounds(all);
        if (idle > 0 && rate().orElse(0) > 0) {
            return new Outlook.Endless(idle > 1);
        }
        long speed = speed();
        if (idle > 0 || speed <= 0) {
            return new Outlook.Unknown();
        }
        double left = last().diskRemaining + last().memoryRemaining + later(all);
        return new Outlook.Ending(last().at.plusMillis((long) (1000 * left / speed)));
    }

    /** The rounds at the end that have gained nothing. */
    private static int idleRounds(List<Long> peaks) {
        int idle = 0;
        for (int i = peaks.size() - 1; i > 0 && peaks.get(i) > GAIN * peaks.get(i - 1); i--) {
            idle++;
        }
        return idle;
    }

    /**
     * What the passes after this one will still have to send: a geometric series by the factor of the last two peaks. In
     * the first pass nothing is known of it.
     */
    private static double later(List<Long> peaks) {
        if (peaks.size() < 2) {
            return 0;
        }
        double peak = peaks.get(peaks.size() - 1);
        double factor = peak / peaks.get(peaks.size() - 2);
        return peak * factor / (1 - factor);
    }

    /** Bytes per second by which what remains is worked off; more than the rate where pages of zeros need no sending. */
    private long speed() {
        Sample from = recent();
        long fall = from.memoryRemaining + from.diskRemaining - last().memoryRemaining - last().diskRemaining;
        return perSecond(Math.max(last().sent() - from.sent(), fall), from);
    }
}
