package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.text.ServerWords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What owners and other tools did to servers that had their outcome, while the drain went on with others (law 12): what kept
 * the host from being empty may have left it, and what waited for a confirm may have been confirmed or deleted.
 *
 * <p>The list of the host's servers, which every tick reads, tells of most. Where it does not, the server is read by itself,
 * once all others have ended: until then a tick costs no more for it.
 */
public final class ChangesAfterOutcome {

    private static final String WHO_MOVES_IT =
            "Somebody or something else moves it; find out who before it is moved again.";

    private ChangesAfterOutcome() {}

    /** The server as this look has it. Absence from a list is no proof: what has left was read alone. */
    public static ServerState seen(ServerState server, Observation observed, Disappearance departure, Instant now) {
        if (!server.is(Stage.ENDED)) {
            return server;
        }
        if (observed.onList(server.id()).isPresent()) {
            Server alone = observed.read().get(server.id());
            return server.outcome().hasLeft() && alone != null && alone.taskState() == null
                    ? server.end(
                            Outcome.FAILED,
                            "had left the host (" + server.outcome().words() + ") and is back on it: "
                                    + ServerWords.whereabouts(alone),
                            WHO_MOVES_IT,
                            now)
                    : server;
        }
        return switch (server.outcome()) {
            case BLOCKED, SKIPPED ->
                departure
                        .proven(server.id(), observed)
                        .map(how -> server.end(Outcome.GONE, how + "; before: " + was(server), "", now))
                        .orElse(server);
            case FAILED, LEFT, UNKNOWN, AWAITING_CONFIRM, AWAITING_OWNER ->
                observed.gone().contains(server.id())
                        ? server.end(Outcome.GONE, ReasonMarkers.DELETED, "", now)
                        : unsettledBefore(server, observed, now);
            default -> server;
        };
    }

    private static ServerState unsettledBefore(ServerState server, Observation observed, Instant now) {
        if (server.outcome() == Outcome.FAILED) {
            return settledElsewhere(server, observed)
                    .map(alone -> server.end(
                            Outcome.GONE,
                            "is " + ServerWords.whereabouts(alone) + " meanwhile; before: " + was(server),
                            "",
                            now))
                    .orElse(server);
        }
        boolean settled = server.outcome().waits() && confirmed(server, observed);
        return settled
                ? server.end(
                        Outcome.CONFIRMED, "was confirmed by its owner or by Nova's resize_confirm_window", "", now)
                : server;
    }

    /**
     * The server as the drain leaves it when it ends at this look: what others have begun with it and not ended makes its
     * outcome of before untrue.
     */
    public static ServerState left(ServerState server, Observation observed, Instant now) {
        if (observed.onList(server.id()).isPresent()) {
            return comesBack(server, observed)
                    ? server.end(
                            Outcome.LEFT,
                            "had left the host (" + server.outcome().words() + ") and is on its way back to it: "
                                    + ServerWords.whereabouts(
                                            observed.onList(server.id()).get()),
                            WHO_MOVES_IT,
                            now)
                    : server;
        }
        Server alone = observed.read().get(server.id());
        if (!server.outcome().waits() || alone == null) {
            return server;
        }
        if ("resize_reverting".equals(alone.taskState())) {
            return server.end(
                    Outcome.LEFT,
                    "is being reverted by somebody else, which has not ended; it is " + ServerWords.whereabouts(alone),
                    "It comes back to " + server.source() + " when the revert ends. If nova-compute on "
                            + alone.host() + " was down when it was asked for, it never does: look at the server's"
                            + " events before anything else is done.",
                    now);
        }
        return server;
    }

    private static String was(ServerState server) {
        return server.outcome().words() + (server.reason().isEmpty() ? "" : ", " + server.reason());
    }

    /** A server is on its new host's list before the task that brings it there has ended. */
    public static boolean comesBack(ServerState server, Observation observed) {
        return server.is(Stage.ENDED)
                && server.outcome().hasLeft()
                && observed.onList(server.id())
                        .filter(back -> back.taskState() != null || !back.known())
                        .isPresent();
    }

    /**
     * Whether what waited for a confirm does so no more. A confirmed server may have its next task already; while it is
     * confirmed or reverted it still reads resized.
     */
    private static boolean confirmed(ServerState server, Observation observed) {
        Server alone = observed.read().get(server.id());
        boolean elsewhere =
                alone != null && alone.host() != null && !alone.host().equals(server.source());
        return elsewhere
                && !"error".equals(alone.vmState())
                && (!"resized".equals(alone.vmState())
                        || (alone.taskState() == null && movedAgain(server, observed.migrationsOf(server.id()))));
    }

    /** Read by itself, and well on another host; a confirm of our own move is not taken for somebody else's doing. */
    private static Optional<Server> settledElsewhere(ServerState server, Observation observed) {
        return Optional.ofNullable(observed.read().get(server.id()))
                .filter(alone -> alone.host() != null
                        && !alone.host().equals(server.source())
                        && alone.taskState() == null
                        && !"error".equals(alone.vmState()))
                .filter(alone ->
                        !"resized".equals(alone.vmState()) || movedAgain(server, observed.migrationsOf(server.id())));
    }

    private static boolean movedAgain(ServerState server, List<Migration> migrations) {
        boolean over = server.outcome() == Outcome.FAILED
                || Observation.migrationOf(server, migrations)
                        .filter(migration -> migration.status().equals("confirmed"))
                        .isPresent();
        return over
                && migrations.stream()
                        .anyMatch(migration -> migration.serverId().equals(server.id())
                                && migration.status().equals("finished")
                                && (server.migration() == null || migration.id() != server.migration()));
    }

    /** Whether all have ended and one of them is still to be read by itself, or is just being confirmed or reverted. */
    public static boolean due(DrainState state, Observation observed, Instant now) {
        return state.order().emptiesHost()
                && state.servers().stream()
                        .filter(server -> Observation.wantsReading(
                                server, observed.onList(server.id()).isPresent(), observed.migrationsOf(server.id())))
                        .filter(server -> !observed.gone().contains(server.id()))
                        // what Nova can tell nothing of is waited for no longer than a witness in doubt
                        .filter(server -> !observed.unread().containsKey(server.id()) || state.patient(now))
                        .anyMatch(
                                server -> !observed.read().containsKey(server.id()) || settling(server, observed, now));
    }

    /**
     * Nova writes that a migration is confirmed or being reverted a moment before its server is (nova/compute/manager.py,
     * _confirm_resize; nova/compute/api.py, revert_resize). Waited for no longer than contradictory records are.
     */
    private static boolean settling(ServerState server, Observation observed, Instant now) {
        Server alone = observed.read().get(server.id());
        return server.outcome().waits()
                && (alone.taskState() != null || "resized".equals(alone.vmState()))
                && observed.migrationOf(server)
                        .map(Migration::updated)
                        .filter(changed -> observed.cloudTime(now).isBefore(changed.plus(Limits.CONTRADICTION)))
                        .isPresent();
    }
}
