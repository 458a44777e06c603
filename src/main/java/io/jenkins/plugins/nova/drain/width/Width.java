package io.jenkins.plugins.nova.drain.width;

import java.time.Duration;
import java.time.Instant;

/**
 * How many moves of a kind may be under way at a time. It grows while moves succeed and take no longer than before, by one
 * for each at first; a sign of load halves it, and from there on it grows by one for as many successes as it is wide.
 *
 * @param wide moves at a time, at least 1
 * @param threshold from this width on it grows slowly
 * @param calm successes since it last changed, where it grows slowly
 * @param usual how long the quickest move took; null before the first
 * @param narrowed when a sign of load last narrowed it; null before
 * @param why the last change, in words; null where it is as it began
 */
public record Width(int wide, int threshold, int calm, Duration usual, Instant narrowed, String why) {

    /** No wider than this, whatever a cloud takes: as many requests a tick may follow from it. */
    static final int MOST = 32;

    /** One burst of failures is one sign of load. */
    private static final Duration BURST = Duration.ofSeconds(10);

    /** For so long after a sign of load it does not grow. */
    private static final Duration REST = Duration.ofSeconds(30);

    /** Times that are known to a tick or two only: a move counts as longer by a quarter of the usual time and this. */
    private static final Duration UNSHARP = Duration.ofMillis(1_500);

    static Width of(int wide) {
        return new Width(wide, MOST, 0, null, null, null);
    }

    /**
     * After a move has ended well.
     *
     * @param took how long it took
     * @param wanted whether more wait than it lets begin: what is not used tells nothing
     */
    Width succeeded(Duration took, boolean wanted, int most, Instant now) {
        Duration quickest = usual == null || took.compareTo(usual) < 0 ? took : usual;
        Width known = new Width(wide, threshold, calm, quickest, narrowed, why);
        boolean rests = narrowed != null && Duration.between(narrowed, now).compareTo(REST) < 0;
        if (!wanted || rests || wide >= most) {
            return known;
        }
        if (took.compareTo(quickest.plus(quickest.dividedBy(4)).plus(UNSHARP)) > 0) {
            return new Width(wide, Math.min(threshold, wide), 0, quickest, narrowed, why);
        }
        if (wide < threshold) {
            return new Width(wide + 1, threshold, 0, quickest, narrowed, "they end well, and as fast as before");
        }
        return calm + 1 < wide
                ? new Width(wide, threshold, calm + 1, quickest, narrowed, why)
                : new Width(wide + 1, threshold, 0, quickest, narrowed, "they end well, and as fast as before");
    }

    /** After a sign that the cloud has too much to do. */
    Width loaded(String sign, Instant now) {
        if (narrowed != null && Duration.between(narrowed, now).compareTo(BURST) < 0) {
            return this;
        }
        int half = Math.max(1, wide / 2);
        return new Width(half, half, 0, usual, now, "the cloud shows load: " + sign);
    }

    /** With another width, for this reason. */
    Width to(int moves, String reason) {
        return new Width(moves, threshold, 0, usual, narrowed, reason);
    }
}
