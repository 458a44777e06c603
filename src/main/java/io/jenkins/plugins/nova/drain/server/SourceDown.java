package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.Intent;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServiceWatch;
import java.time.Duration;
import java.time.Instant;

/** What becomes of a server while nova-compute on the host that it is on is down. */
final class SourceDown {

    private SourceDown() {}

    /**
     * A server that cannot begin to move, or go on, for nova-compute on its host is down, once that has lasted; the same
     * server otherwise.
     */
    static ServerState given(ServerState server, ServiceWatch watch, Instant now) {
        Instant since = watch.downSince(server);
        if (since == null || Duration.between(since, now).compareTo(Limits.SOURCE_DOWN) < 0) {
            return server;
        }
        String host = server.source();
        String why = "nova-compute on its host " + host + " is down since " + since;
        String whatToDo =
                "Start nova-compute there and run the step again; or, if the host is dead, fence it and rescue its"
                        + " servers with nodeEvacuate host: '" + host
                        + "', deadHost: deadHost(fenced: true).";
        if (server.is(ServerState.Stage.PENDING)) {
            return server.end(Outcome.NOT_STARTED, why + ", so that nothing could be begun", whatToDo, now);
        }
        boolean begun = server.running() != null && server.migrationStatus() != null;
        boolean waits = begun && Duration.between(since, now).compareTo(Limits.SOURCE_DOWN_BEGUN) < 0;
        if (!server.underWay() || waits || server.move().is(Intent.State.UNCLEAR)) {
            return server;
        }
        String record = server.migration() == null
                ? "Nova shows no migration of it"
                : "migration " + server.migration() + ", " + server.migrationStatus();
        return server.end(
                Outcome.LEFT,
                (begun
                                ? "has begun to move, and nobody can tell how far it is ("
                                : "was asked to move and has not begun (")
                        + record + "); " + why,
                whatToDo,
                now);
    }
}
