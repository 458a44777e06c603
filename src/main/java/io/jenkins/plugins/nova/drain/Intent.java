package io.jenkins.plugins.nova.drain;

import java.time.Instant;

/**
 * One request that changes a server: written down before it is sent, and never sent again unless it is proven that it
 * did nothing (law 2).
 *
 * @param verb what is asked
 * @param target the host asked for; null for the scheduler's choice
 * @param baselineAction request id of the server's newest instance action before this was sent; null when it had none
 * @param at when it was written down
 * @param state how far it has come
 * @param requestId Nova's id of the request once known; may be null
 * @param since when the present state began
 * @param doubt why it is not known what became of it ({@link State#UNCLEAR}), or why Nova refused it ({@link State#REFUSED});
 *     null otherwise
 * @param looks how often it has been looked for since it became unclear
 */
public record Intent(
        Verb verb,
        String target,
        String baselineAction,
        Instant at,
        State state,
        String requestId,
        Instant since,
        String doubt,
        int looks) {

    /** How far a request has come. */
    public enum State {
        /** Written down; about to be sent by the process that wrote it. */
        RECORDED,
        /** Nova took it. */
        TAKEN,
        /** Sent, perhaps; what became of it must be looked up. */
        UNCLEAR,
        /** Nova refused it, and what it was to follow goes on. */
        REFUSED
    }

    /** A request that is about to be sent. The target is null for the scheduler's choice, the baseline for a server without actions. */
    public static Intent record(Verb verb, String target, String baselineAction, Instant now) {
        return new Intent(verb, target, baselineAction, now, State.RECORDED, null, now, null, 0);
    }

    /** Nova took it; under this request id, null where it told none. */
    public Intent taken(String newRequestId, Instant now) {
        return new Intent(verb, target, baselineAction, at, State.TAKEN, newRequestId, now, null, looks);
    }

    /** Nova refused it, with these words. */
    public Intent refused(String why, Instant now) {
        return new Intent(verb, target, baselineAction, at, State.REFUSED, null, now, why, looks);
    }

    /** It was sent, and for this reason it is not known whether Nova took it. */
    public Intent unclear(String why, Instant now) {
        return new Intent(verb, target, baselineAction, at, State.UNCLEAR, requestId, now, why, 0);
    }

    /** A look has shown no trace of it. */
    public Intent looked() {
        return new Intent(verb, target, baselineAction, at, state, requestId, since, doubt, looks + 1);
    }

    /** Whether it is in this state. */
    public boolean is(State wanted) {
        return state == wanted;
    }
}
