package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Observation;
import java.time.Duration;
import java.time.Instant;

/** What becomes of servers of which nothing more can be learned, or for which nothing can be done. Pure. */
public final class UnreachableServer {

    private UnreachableServer() {}

    /** The server, or its end: Nova could tell nothing of it for too long, or nova-compute on its host is down for too long. */
    public static ServerState given(ServerState server, DrainState state, Observation observed, Instant now) {
        String unread = observed.unread().get(server.id());
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
        return SourceDown.given(server, state.watch(), now);
    }
}
