package io.jenkins.plugins.nova.drain.guest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was heard of a guest in one round. Each ask has an answer, or none: a connection that is refused is none. What could not be
 * asked is not counted.
 *
 * @param round see {@link GuestCall}
 * @param asked how often it was asked
 * @param answered how often it answered
 * @param recent the last {@link #WINDOW} asks, one bit each, the newest last; set where there was no answer
 * @param silentSince when it was first asked without an answer, since it has answered last; null while it answers
 * @param longestSilence the longest time from an ask without an answer to the next with one, or to the newest
 * @param lastAnswer when it was asked and answered last; null for never
 */
public record GuestAnswers(
        int round,
        long asked,
        long answered,
        long recent,
        Instant silentSince,
        Duration longestSilence,
        Instant lastAnswer) {

    /** So many asks are looked back upon. */
    public static final int WINDOW = 30;

    /**
     * So many of them without an answer are a loss: about fifteen seconds of silence, which no switch-over of a live migration
     * takes, and which chance does not make of one lost ask in a hundred (1.3e-22 a window).
     */
    public static final int LOSS = 15;

    /** So many of the last asks tell whether it answers at present, and so many of them have to be answered. */
    public static final int PRESENT = 3;

    private static final int PRESENT_ANSWERED = 2;

    /** Before the first ask of a round. */
    public static GuestAnswers begin(int round) {
        return new GuestAnswers(round, 0, 0, 0, null, Duration.ZERO, null);
    }

    /**
     * With an ask more.
     *
     * @param at when it was asked; not before the ask that came last
     */
    public GuestAnswers with(boolean answer, Instant at) {
        long bits = ((recent << 1) | (answer ? 0 : 1)) & ((1L << WINDOW) - 1);
        Instant silent = silentSince != null ? silentSince : answer ? null : at;
        Duration silence = silent == null ? Duration.ZERO : Duration.between(silent, at);
        return new GuestAnswers(
                round,
                asked + 1,
                answer ? answered + 1 : answered,
                bits,
                answer ? null : silent,
                silence.compareTo(longestSilence) > 0 ? silence : longestSilence,
                answer ? at : lastAnswer);
    }

    /** How many of the last {@link #WINDOW} asks had no answer. */
    public int lost() {
        return Long.bitCount(recent);
    }

    /** Whether it answers at present; empty while it was not asked often enough to tell. */
    public Optional<Boolean> present() {
        boolean answers = PRESENT - Long.bitCount(recent & ((1L << PRESENT) - 1)) >= PRESENT_ANSWERED;
        return asked < PRESENT ? Optional.empty() : Optional.of(answers);
    }
}
