package io.jenkins.plugins.nova.drain.guest;

import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;

/**
 * What a drain knows of a guest that is looked at, and must not lose. Its counts are those of the round in course.
 *
 * @param address where it is looked at
 * @param since since when it is listened to before its move, or before its confirm; null before that
 * @param before whether it answered before its move, which then began; null until then
 * @param present whether it answers at present; null when too little was heard
 * @param asked how often it was asked
 * @param answered how often it answered
 * @param lost how many of the last {@link GuestAnswers#WINDOW} asks had no answer
 * @param longestSilence see {@link GuestAnswers}; null is taken as none
 * @param lastAnswer when it was asked and answered last; null for never
 * @param arrived when its server was first seen at the end of its move; null before
 */
public record GuestWatch(
        GuestAddress address,
        Instant since,
        Boolean before,
        Boolean present,
        long asked,
        long answered,
        int lost,
        Duration longestSilence,
        Instant lastAnswer,
        Instant arrived) {

    /** Begins the reason of a live migration that is aborted because its guest stopped answering. */
    public static final String STOPPED = "its guest stopped answering";

    /** How long it is listened to before its move, where nobody could look so soon. */
    static final Duration LISTEN = Duration.ofSeconds(15);

    /** How long a guest that was moved live is given to answer again, and one that is to be confirmed. */
    static final Duration AFTER_LIVE = Duration.ofMinutes(1);

    /** The same of one that was moved cold: it boots. */
    static final Duration AFTER_COLD = Duration.ofMinutes(5);

    public GuestWatch {
        longestSilence = longestSilence == null ? Duration.ZERO : longestSilence;
    }

    /** What became of a guest after its move. */
    public enum Word {
        /** It is not judged: it did not answer before. */
        NONE,
        /** It is waited for. */
        AWAITED,
        /** It has answered since. */
        ANSWERS,
        /** It has not, for as long as it is given. */
        SILENT,
        /** It could not be asked, for as long as it is given. */
        UNASKED
    }

    /** One of which nothing was heard yet. */
    public static GuestWatch at(GuestAddress address) {
        return new GuestWatch(address, null, null, null, 0, 0, 0, null, null, null);
    }

    /** With what was heard in the round in course. */
    public GuestWatch heard(GuestAnswers answers) {
        return new GuestWatch(
                address,
                since,
                before,
                answers.present().orElse(null),
                answers.asked(),
                answers.answered(),
                answers.lost(),
                answers.longestSilence(),
                answers.lastAnswer(),
                arrived);
    }

    /** The same in a new process, which has heard nothing: what was lost lately, and waiting for it, begin anew. */
    public GuestWatch resumed() {
        return new GuestWatch(
                address,
                before == null ? null : since,
                before,
                null,
                asked,
                answered,
                0,
                longestSilence,
                lastAnswer,
                null);
    }

    /** It is listened to from now on, unless it is already. */
    public GuestWatch listening(Instant now) {
        return since != null
                ? this
                : new GuestWatch(
                        address, now, before, present, asked, answered, lost, longestSilence, lastAnswer, arrived);
    }

    /** Whether enough was heard of it for its move to begin. */
    public boolean mayMove(Instant now) {
        return before != null || since != null && (present != null || !now.isBefore(since.plus(LISTEN)));
    }

    /** Its move begins, with counts of its own; whether it answered before is told by what was heard the first time. */
    public GuestWatch moving() {
        Boolean known = before != null ? before : Boolean.valueOf(Boolean.TRUE.equals(present));
        boolean first = before == null;
        return new GuestWatch(
                address,
                since,
                known,
                null,
                first && !known ? asked : 0,
                first && !known ? answered : 0,
                0,
                first && !known ? longestSilence : null,
                null,
                null);
    }

    /** Whether it answered before its move, so that its silence since tells something. */
    public boolean judged() {
        return Boolean.TRUE.equals(before);
    }

    /** Whether it has lost more since its move began than any move that goes well makes it lose. */
    public boolean lossy() {
        return judged() && lost >= GuestAnswers.LOSS;
    }

    /** The same, judged no more. */
    private GuestWatch unjudged() {
        return new GuestWatch(
                address, since, false, present, asked, answered, lost, longestSilence, lastAnswer, arrived);
    }

    /** Nova is seen to copy its server: who has been silent for long by then was so before, and not because of that. */
    public GuestWatch copied() {
        return lossy() ? unjudged() : this;
    }

    /** Its server is at the end of its move, as seen first now. */
    public GuestWatch arrived(Instant now) {
        return arrived != null
                ? this
                : new GuestWatch(
                        address, since, before, present, asked, answered, lost, longestSilence, lastAnswer, now);
    }

    /**
     * What its answers after the move tell.
     *
     * @param boots whether it was shut down for the move
     */
    public Word after(boolean boots, Instant now) {
        if (!judged()) {
            return Word.NONE;
        }
        if (arrived == null) {
            return Word.AWAITED;
        }
        if (lastAnswer != null && lastAnswer.isAfter(arrived)) {
            return Word.ANSWERS;
        }
        if (now.isBefore(arrived.plus(boots ? AFTER_COLD : AFTER_LIVE))) {
            return Word.AWAITED;
        }
        // where nobody could ask there is no silence, and no word either
        return Boolean.FALSE.equals(present) ? Word.SILENT : Word.UNASKED;
    }

    /** Whether one that is to be confirmed may be: it answers, or has had its time. */
    public boolean mayConfirm(Instant now) {
        return Boolean.TRUE.equals(present) || overdue(now);
    }

    /** Whether one that is to be confirmed has not been heard for as long as it is given, be it silent or not to be asked. */
    public boolean unheardBeforeConfirm(Instant now) {
        return !Boolean.TRUE.equals(present) && overdue(now);
    }

    private boolean overdue(Instant now) {
        return since != null && !now.isBefore(since.plus(AFTER_LIVE));
    }

    /** Whether it answers since its move, or before its confirm; null where that was not found out. */
    Boolean answersAfter() {
        if (before == null) {
            return since == null ? null : present;
        }
        return arrived == null ? null : lastAnswer != null && lastAnswer.isAfter(arrived);
    }

    /** {@code asked 40 times, answered 33 times, longest silence 7 s}. */
    public String figures() {
        return asked == 0
                ? "it could not be asked"
                : "asked " + times(asked) + ", answered " + times(answered) + ", longest silence "
                        + Quantity.time(longestSilence);
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Why its live migration is aborted. */
    public String loss() {
        return STOPPED + " at " + address + " while it was moved: " + lost + " of the last " + GuestAnswers.WINDOW
                + " connections came to nothing (" + figures() + ")";
    }

    /** That it answers. */
    public String answering() {
        return "its guest answers at " + address + " (" + figures() + ")";
    }

    /** That it does not answer since its move. */
    public String silence(boolean boots) {
        return "its guest answered at " + address + " before the move and has not since it is on the other host, for "
                + Quantity.time(boots ? AFTER_COLD : AFTER_LIVE) + " (" + figures() + ")";
    }

    /** That nothing was heard of it since its move. */
    public String unheard() {
        return "its guest answered at " + address + " before the move, and was not heard since it is on the other host";
    }

    /** That it does not answer before its confirm. */
    public String unanswered() {
        return "its guest has not answered at " + address + " for " + Quantity.time(AFTER_LIVE) + " (" + figures()
                + ")";
    }

    /** That it stopped answering while its server waited to be copied. */
    public String stoppedBefore() {
        return STOPPED + " at " + address + " before Nova copied it (" + figures()
                + "), so nothing is concluded from its silence";
    }

    /** That it did not answer before its move. */
    public String notJudged() {
        return asked == 0
                ? "its guest could not be asked at " + address + " before its move, so it is not judged"
                : "its guest does not answer at " + address + " before its move (" + figures()
                        + "), so nothing is concluded from its silence";
    }
}
