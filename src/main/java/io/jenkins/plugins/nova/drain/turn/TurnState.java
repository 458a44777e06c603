package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.drain.Stop;
import io.jenkins.plugins.nova.drain.text.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that a host of a roll knows while it waits for its turn, and must not lose. Immutable; kept as JSON.
 *
 * @param order what it was told of the roll
 * @param began when it began to wait
 * @param waitsFor what it waits for, in words for an operator that may follow "waits for", and not naming a time that passes; empty
 *     before it has looked
 * @param until when that is likely to be over; null when not known
 * @param seats where its servers go, by id, once its turn has come; else empty
 * @param notes things an operator must know besides
 * @param stop null unless the build was aborted
 * @param outcome null while it waits
 * @param message why it ended so; empty while it waits
 * @param ended when; null while it waits
 * @param troubleSince when the cloud first could not be read, without a success since; null when all is well
 * @param trouble the last such error in words; null when all is well
 * @param yields why others need not wait for it; null while they must
 */
public record TurnState(
        TurnOrder order,
        Instant began,
        String waitsFor,
        Instant until,
        Map<String, String> seats,
        List<String> notes,
        Stop stop,
        TurnOutcome outcome,
        String message,
        Instant ended,
        Instant troubleSince,
        String trouble,
        Yield yields) {

    public TurnState {
        seats = seats == null ? Map.of() : Map.copyOf(seats);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** One that begins to wait. */
    public static TurnState begin(TurnOrder order, Instant now) {
        return new TurnState(order, now, "", null, Map.of(), List.of(), null, null, "", null, null, null, null);
    }

    /** One that waits once more: what it began was taken back, for another host was faster. */
    public static TurnState again(TurnState last, String waitsFor, Instant now) {
        Edit edit = begin(last.order(), now).edit();
        edit.waitsFor = waitsFor;
        edit.notes = last.notes();
        return edit.done();
    }

    /** Whether it waits no more. */
    public boolean over() {
        return outcome != null;
    }

    /** A copy to change. */
    public Edit edit() {
        return new Edit(this);
    }

    /** Changes to a {@link TurnState}: a field for each of its parts that may change. Single-threaded and short-lived. */
    public static final class Edit {
        private final TurnState from;
        public String waitsFor;
        public Instant until;
        public Map<String, String> seats;
        public List<String> notes;
        public Stop stop;
        public TurnOutcome outcome;
        public String message;
        public Instant ended;
        public Instant troubleSince;
        public String trouble;
        public Yield yields;

        Edit(TurnState from) {
            this.from = from;
            waitsFor = from.waitsFor;
            until = from.until;
            seats = from.seats;
            notes = from.notes;
            stop = from.stop;
            outcome = from.outcome;
            message = from.message;
            ended = from.ended;
            troubleSince = from.troubleSince;
            trouble = from.trouble;
            yields = from.yields;
        }

        /** Adds a note, once. */
        public Edit note(String text) {
            String line = Times.toTheSecond(text);
            if (!notes.contains(line)) {
                notes = Stream.concat(notes.stream(), Stream.of(line)).toList();
            }
            return this;
        }

        /** It waits no more. */
        public Edit end(TurnOutcome how, String why, Instant now) {
            outcome = how;
            message = why;
            ended = now;
            until = null;
            yields = null;
            return this;
        }

        /** The changed state. */
        public TurnState done() {
            return new TurnState(
                    from.order,
                    from.began,
                    waitsFor,
                    until,
                    seats,
                    notes,
                    stop,
                    outcome,
                    message,
                    ended,
                    troubleSince,
                    trouble,
                    yields);
        }
    }
}
