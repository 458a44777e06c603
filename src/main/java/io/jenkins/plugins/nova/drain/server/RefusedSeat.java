package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import java.time.Instant;

/**
 * A server that Nova does not move to its seat goes where the scheduler chooses: it is asked for once more, without a host. That is
 * neither one of the tries that a move has, nor a sign of load. It is so whatever Nova said, for a host that is full, disabled, down
 * or unfit is told in many ways (NoValidHost, MigrationPreCheckError, ComputeServiceUnavailable: nova/exception.py), and what has
 * nothing to do with the host is said again to the second request. Pure.
 */
final class RefusedSeat {

    private RefusedSeat() {}

    /** Whether the move of a server was asked for to its seat, and not to a host that the pipeline named. */
    static boolean asked(ServerState server, DrainOrder order) {
        return order.targetHost() == null
                && server.move() != null
                && server.move().target() != null;
    }

    /** The server without its seat, waiting to be moved as if it never had one. */
    static ServerState given(ServerState server, String why, Instant now) {
        String words = "it is not taken to its seat " + server.move().target() + ", so the scheduler chooses: " + why;
        boolean cold = server.reason().startsWith(ReasonMarkers.MOVED_COLD);
        ServerState.Edit edit = MigrationOutcome.again(server, cold ? ReasonMarkers.MOVED_COLD + words : words, now)
                .edit();
        edit.seatRefused = why;
        edit.attempts = Math.max(0, server.attempts() - 1);
        return edit.done();
    }
}
