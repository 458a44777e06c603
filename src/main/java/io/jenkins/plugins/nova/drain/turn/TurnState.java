package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.drain.Stop;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a host of a roll knows while it waits for its turn, and must not lose. Immutable; kept as JSON.
 *
 * @param order what it was told of the roll
 * @param began when it began to wait
 * @param waitsFor what it waits for, in words for an operator, and not naming a time that passes; empty before it has looked
 * @param until when that is likely to be over; null when not known
 * @param seats where its servers go, by id, once its turn has come; else empty
 * @param notes things an operator must know besides
 * @param stop null unless the build was aborted
 * @param outcome null while it waits
 * @param message why it ended so; empty while it waits
 * @param ended when; null while it waits
 * @param troubleSince when the cloud first could not be read, without a success since; null when all is well
 * @param trouble the last such error in words; null when all is well
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
        String trouble) {

    public TurnState {
        seats = seats == null ? Map.of() : Map.copyOf(seats);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** One that begins to wait. */
    public static TurnState begin(TurnOrder order, Instant now) {
        return new TurnState(order, now, "", null, Map.of(), List.of(), null, null, "", null, null, null);
    }

    /** Whether it waits no more. */
    public boolean over() {
        return outcome != null;
    }
}
