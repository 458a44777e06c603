package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a drain whose servers all have their outcome may say its last word (law 13): it is said of what was just seen. Pure. */
public final class FinalCheck {

    private static final String DOUBT = "It could not be made sure who is on the host: ";

    private FinalCheck() {}

    /**
     * Whether this look saw all that is going to be said: for a host its service, disabled, and a second witness of who is on
     * it. A witness in doubt is asked again for a while.
     */
    public static boolean mayBeSaid(DrainState state, Observation observed, Instant now) {
        if (!state.order().emptiesHost()) {
            return true;
        }
        boolean patient = state.patient(now);
        boolean closed = state.watch().lost() != null
                || HostGuard.stands(state, observed)
                || (!patient && !HostGuard.told(state, observed));
        if (!closed || !observed.occupancy().heard()) {
            return false;
        }
        boolean clear =
                observed.occupancy().doubts().isEmpty() && observed.unread().isEmpty();
        return clear || !patient;
    }

    /** What the witness could not make sure of, and servers of which nothing could be read. */
    public static List<String> doubts(DrainState state, Observation observed) {
        List<String> doubts = new ArrayList<>(observed.occupancy().doubts());
        if (state.phase() == Phase.MOVE && !HostGuard.told(state, observed)) {
            doubts.add("Nova cannot tell whether scheduling to " + state.order().host() + " is still disabled");
        }
        observed.unread()
                .forEach((id, why) -> doubts.add("server "
                        + state.server(id).map(ServerState::label).orElse(id) + " could not be read (" + why + ")"));
        return doubts;
    }

    /** A planned state with what could not be made sure of when it was planned. */
    public static DrainState noted(DrainState planned, Observation observed) {
        DrainState.Edit edit = planned.edit();
        edit.doubts = planned.order().emptiesHost()
                ? doubts(planned, observed)
                : observed.occupancy().doubts();
        edit.doubts.forEach(doubt -> edit.note(DOUBT + doubt + "."));
        observed.occupancy().remarks().forEach(edit::note);
        return edit.done();
    }
}
