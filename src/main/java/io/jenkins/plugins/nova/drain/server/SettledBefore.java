package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Law 12 at the gate: hours may pass between a drain and its confirm, in which an owner, or Nova's resize_confirm_window, settles a
 * server. What was to be done is then done; the opposite is said as what it is.
 */
final class SettledBefore {

    private static final Set<String> COLD = Set.of("migration", "resize");

    private SettledBefore() {}

    /** The same state, unless the server waits for nothing any more and its last cold move tells why. */
    static ServerState already(ServerState state, Server server, Route route, List<Migration> migrations, Instant now) {
        boolean settles = route == Route.CONFIRM || route == Route.REVERT;
        if (!settles || !server.known() || "resized".equals(server.vmState()) || server.taskState() != null) {
            return state;
        }
        Optional<Migration> last = migrations.stream()
                .filter(migration -> migration.serverId().equals(server.id()) && COLD.contains(migration.type()))
                .max(Comparator.comparingLong(Migration::id));
        if (last.isEmpty() || last.get().sourceHost() == null) {
            return state;
        }
        Migration move = last.get();
        String how = " by its owner or by Nova before the step began (migration " + move.id() + ")";
        boolean confirmed =
                move.status().equals("confirmed") && !move.sourceHost().equals(server.host());
        boolean reverted = move.status().equals("reverted") && move.sourceHost().equals(server.host());
        ServerState.Edit edit = state.edit();
        edit.source = move.sourceHost();
        edit.to = confirmed ? server.host() : state.to();
        if (route == Route.CONFIRM ? confirmed : reverted) {
            edit.action = Action.SKIP;
        }
        ServerState known = edit.done();
        if (confirmed) {
            return route == Route.CONFIRM
                    ? known.end(Outcome.CONFIRMED, "was confirmed" + how, "", now)
                    : known.end(
                            Outcome.BLOCKED,
                            "was confirmed" + how + " and is on " + server.host(),
                            "A confirmed move cannot be reverted; move the server back with coldMigrate or liveMigrate.",
                            now);
        }
        if (reverted) {
            return route == Route.REVERT
                    ? known.end(Outcome.REVERTED, "was reverted" + how, "", now)
                    : known.end(
                            Outcome.BLOCKED,
                            "was reverted" + how + " and is on " + server.host() + " again",
                            "Its owner may not want it moved; ask before you move it again.",
                            now);
        }
        return state;
    }
}
