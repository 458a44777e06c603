package io.jenkins.plugins.nova.drain;

import java.time.Duration;
import java.time.Instant;

/** What becomes of servers of which nothing more can be learned, or for which nothing can be done. Pure. */
final class Unreachable {

    private Unreachable() {}

    /** The server, or its end: Nova could tell nothing of it for too long, or nova-compute on its host is down for too long. */
    static ServerState given(ServerState server, DrainState state, Look look, Instant now) {
        String unread = look.unread().get(server.id());
        Instant silent = state.watch().silentSince();
        boolean tooLong = unread != null
                && silent != null
                && Duration.between(silent, now).compareTo(Limits.TROUBLE) > 0;
        if (tooLong && !server.is(ServerState.Stage.ENDED)) {
            return server.end(
                    Outcome.UNKNOWN,
                    "Nova could tell nothing of it since " + silent + " (" + unread + ")",
                    "Look at it before anything else: openstack server show " + server.id() + ".",
                    now);
        }
        return NotStarted.sourceDown(server, state.watch(), now);
    }
}
