package io.jenkins.plugins.nova.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether a drain whose servers all have their outcome may say its last word (law 13): it is said of what was just seen. Pure. */
final class LastWord {

    private static final String DOUBT = "It could not be made sure who is on the host: ";

    private LastWord() {}

    /**
     * Whether this look saw all that is going to be said: for a host its service, disabled, and a second witness of who is on
     * it. A witness in doubt is asked again for a while.
     */
    static boolean mayBeSaid(DrainState state, Look look, Instant now) {
        if (!state.order().emptiesHost()) {
            return true;
        }
        boolean closed = state.watch().lost() != null || HostWatch.stands(state, look);
        if (!closed || !look.occupancy().heard()) {
            return false;
        }
        return look.occupancy().doubts().isEmpty()
                || Duration.between(quietSince(state), now).compareTo(Limits.PROOF) >= 0;
    }

    /** When the last server got its outcome; when the drain began, where it has none. */
    static Instant quietSince(DrainState state) {
        return state.servers().stream()
                .map(ServerState::ended)
                .max(Instant::compareTo)
                .orElse(state.began());
    }

    /** What the witness could not make sure of. */
    static List<String> doubts(Look look) {
        return look.occupancy().doubts();
    }

    /** A planned state with what could not be made sure of when it was planned. */
    static DrainState noted(DrainState planned, Look look) {
        DrainState.Edit edit = planned.edit();
        edit.doubts = look.occupancy().doubts();
        look.occupancy().doubts().forEach(doubt -> edit.note(DOUBT + doubt + "."));
        look.occupancy().remarks().forEach(edit::note);
        return edit.done();
    }
}
