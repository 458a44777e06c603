package io.jenkins.plugins.nova.drain;

import java.time.Instant;
import java.util.ArrayList;
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
        boolean patient = state.patient(now);
        boolean closed = state.watch().lost() != null
                || HostGuard.stands(state, look)
                || (!patient && !HostGuard.told(state, look));
        if (!closed || !look.occupancy().heard()) {
            return false;
        }
        boolean clear = look.occupancy().doubts().isEmpty() && look.unread().isEmpty();
        return clear || !patient;
    }

    /** What the witness could not make sure of, and servers of which nothing could be read. */
    static List<String> doubts(DrainState state, Look look) {
        List<String> doubts = new ArrayList<>(look.occupancy().doubts());
        if (state.phase() == Phase.MOVE && !HostGuard.told(state, look)) {
            doubts.add("Nova cannot tell whether scheduling to " + state.order().host() + " is still disabled");
        }
        look.unread()
                .forEach((id, why) -> doubts.add("server "
                        + state.server(id).map(ServerState::label).orElse(id) + " could not be read (" + why + ")"));
        return doubts;
    }

    /** A planned state with what could not be made sure of when it was planned. */
    static DrainState noted(DrainState planned, Look look) {
        DrainState.Edit edit = planned.edit();
        edit.doubts = planned.order().emptiesHost()
                ? doubts(planned, look)
                : look.occupancy().doubts();
        edit.doubts.forEach(doubt -> edit.note(DOUBT + doubt + "."));
        look.occupancy().remarks().forEach(edit::note);
        return edit.done();
    }
}
