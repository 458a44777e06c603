package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import java.time.Duration;
import java.time.Instant;

/** What to do when the cloud cannot be read: try again for a while, then end without claiming anything. */
final class Trouble {

    private static final Duration AT_FIRST = Duration.ofSeconds(60);

    private Trouble() {}

    /** The state after a tick that could not read the cloud. */
    static DrainState met(DrainState state, NovaException error, Instant now) {
        boolean passing = error instanceof NovaException.Unreachable
                || error.outcomeUnknown()
                || (error instanceof NovaException.Refused refused
                        && (refused.status() == 429 || refused.status() == 413));
        String wayOut = error instanceof NovaException.NotAuthenticated
                ? " Fix the credential, or name another one (parameter credentialsId)."
                : "";
        return met(
                state,
                wayOut.isEmpty() ? error.getMessage() : Words.sentence(error.getMessage()) + wayOut,
                passing,
                now);
    }

    /**
     * The state after a tick that came to nothing.
     *
     * @param what in words
     * @param passing whether it may be better soon
     */
    static DrainState met(DrainState state, String what, boolean passing, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.trouble = what;
        edit.troubleSince = state.troubleSince() == null ? now : state.troubleSince();
        DrainState troubled = edit.done();
        Duration so = Duration.between(edit.troubleSince, now);
        return so.compareTo(patience(state, passing)) < 0 && !timeOver(state, now) ? troubled : giveUp(troubled, now);
    }

    private static boolean timeOver(DrainState state, Instant now) {
        return state.deadline() != null && now.isAfter(state.deadline().plus(Limits.STOPPING));
    }

    private static Duration patience(DrainState state, boolean passing) {
        if (state.stop() != null) {
            return Limits.TROUBLE_STOPPING;
        }
        if (state.phase() == Phase.CHECK) {
            return passing ? AT_FIRST : Duration.ZERO;
        }
        return Limits.TROUBLE;
    }

    private static DrainState giveUp(DrainState state, Instant now) {
        if (state.phase() == Phase.BACK_OUT) {
            return Ending.refuse(state, state.backOut().why() + " And then: " + state.trouble(), now);
        }
        if (state.phase() != Phase.MOVE) {
            return state.stop() == null
                    ? Ending.refuse(state, state.trouble(), now)
                    : Ending.end(state, HostOutcome.ABORTED, null, now);
        }
        DrainState.Edit edit = state.edit();
        edit.each(server -> {
            if (server.is(Stage.PENDING)) {
                return server.end(Outcome.NOT_STARTED, "the cloud could not be read any more", "", now);
            }
            if (server.is(Stage.UNDER_WAY)) {
                return server.end(
                        Outcome.UNKNOWN,
                        "its " + server.move().verb().words()
                                + " was under way when the cloud could be read last; migration " + server.migration()
                                + " read " + server.migrationStatus(),
                        "Look at it before anything else: openstack server show " + server.id() + ".",
                        now);
            }
            return server;
        });
        edit.note("The cloud could not be read since " + state.troubleSince() + ": " + state.trouble());
        return Ending.end(edit.done(), state.stop() == null ? HostOutcome.INCOMPLETE : HostOutcome.ABORTED, null, now);
    }
}
