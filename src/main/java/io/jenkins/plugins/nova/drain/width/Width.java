package io.jenkins.plugins.nova.drain.width;

import java.time.Duration;
import java.time.Instant;

/**
 * How many moves of a kind may be under way at a time. It grows while Nova begins them, and ends them, as fast as before, by one
 * for each at first; a sign of load halves it, and from there on it grows by one for as many as it is wide.
 *
 * @param wide moves at a time, at least 1
 * @param threshold from this width on it grows slowly
 * @param calm good signs since it last changed, where it grows slowly
 * @param begins how long the quickest waited until Nova began it; null before the first
 * @param usual how long the quickest took; null before the first
 * @param narrowed when a sign of load last narrowed it; null before
 * @param why the last change, in words; null where it is as it began
 */
public record Width(int wide, int threshold, int calm, Duration begins, Duration usual, Instant narrowed, String why) {

    /** No wider than this, whatever a cloud takes: as many requests a tick may follow from it. */
    static final int MOST = 32;

    /**
     * No wider than this before one has ended: that moves begin well does not say that so many end in time. Where Nova has much
     * to do at once the first end comes late, and what waits for it waits for nothing.
     */
    static final int UNPROVEN = 24;

    /** One burst of failures is one sign of load. */
    private static final Duration BURST = Duration.ofSeconds(10);

    /** For so long after a sign of load it does not grow. */
    private static final Duration REST = Duration.ofSeconds(30);

    /** Times that are known to a tick or two only: one counts as longer by a quarter of the usual time and this. */
    private static final Duration UNSHARP = Duration.ofMillis(1_500);

    static Width of(int wide) {
        return new Width(wide, MOST, 0, null, null, null, null);
    }

    /**
     * After Nova has begun a move. One that had to wait longer does not widen; nor does it say that fewer would be better, for of several
     * that are asked for at once the last always waits longest, and no guest is down for that.
     *
     * @param took how long after it was asked for
     * @param wanted whether more wait than may begin: what is not used tells nothing
     * @param most no wider than this
     */
    Width begun(Duration took, boolean wanted, int most, Instant now) {
        Width known = new Width(wide, threshold, calm, quicker(took, begins), usual, narrowed, why);
        return longer(took, known.begins) ? known : known.grown(wanted, most, now);
    }

    /**
     * After a move has ended well.
     *
     * @param took how long it took
     */
    Width ended(Duration took) {
        Width known = new Width(wide, threshold, calm, begins, quicker(took, usual), narrowed, why);
        return longer(took, known.usual) ? known.slower() : known;
    }

    /**
     * The same, for moves of which only their end tells how they go.
     *
     * @param took how long it took
     * @param wanted whether more wait than may begin
     * @param most no wider than this
     */
    Width ended(Duration took, boolean wanted, int most, Instant now) {
        Width known = ended(took);
        return longer(took, known.usual) ? known : known.grown(wanted, most, now);
    }

    private static Duration quicker(Duration took, Duration before) {
        return before == null || took.compareTo(before) < 0 ? took : before;
    }

    private static boolean longer(Duration took, Duration quickest) {
        return took.compareTo(quickest.plus(quickest.dividedBy(4)).plus(UNSHARP)) > 0;
    }

    private Width slower() {
        return new Width(wide, Math.min(threshold, wide), 0, begins, usual, narrowed, why);
    }

    private Width grown(boolean wanted, int most, Instant now) {
        boolean rests = narrowed != null && Duration.between(narrowed, now).compareTo(REST) < 0;
        if (!wanted || rests || wide >= most) {
            return this;
        }
        return wide >= threshold && calm + 1 < wide
                ? new Width(wide, threshold, calm + 1, begins, usual, narrowed, why)
                : new Width(wide + 1, threshold, 0, begins, usual, narrowed, "they go well, and as fast as before");
    }

    /** After a sign that the cloud has too much to do. */
    Width loaded(String sign, Instant now) {
        if (narrowed != null && Duration.between(narrowed, now).compareTo(BURST) < 0) {
            return this;
        }
        int half = Math.max(1, wide / 2);
        return new Width(half, half, 0, begins, usual, now, "the cloud shows load: " + sign);
    }

    /** With another width, for this reason. */
    Width to(int moves, String reason) {
        return new Width(moves, threshold, 0, begins, usual, narrowed, reason);
    }
}
