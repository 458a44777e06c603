package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.observe.Permission;
import java.time.Instant;

/**
 * A server that has left the host cold and waits in VERIFY_RESIZE, its old disks on the host: by a cold migration, which
 * whoever drains the host may confirm, or by a resize of its owner's, who alone decides whether it is taken back. Pure.
 */
final class UnsettledMove {

    private final DrainState state;
    private final Permission permission;

    /**
     * @param permission of which servers the owners' resizes are to be settled as well
     */
    UnsettledMove(DrainState state, Permission permission) {
        this.state = state;
        this.permission = permission;
    }

    /** The server with its outcome, and from where to where it went. */
    ServerState ended(ServerState server, Server seen, Migration migration, Instant now) {
        ServerState.Edit edit = server.edit();
        edit.source = migration.sourceHost();
        edit.to = seen.host();
        edit.migration = migration.id();
        edit.migrationStatus = migration.status();
        return edit.done().end(outcome(seen, migration), reason(seen, migration), hint(seen, migration), now);
    }

    /** An owner's resize is settled by this step only where {@code approve} names its server. */
    boolean ownersToSettle(Server seen, Migration migration) {
        return migration.ownersResize() && !permission.approved().covers(seen.id());
    }

    Outcome outcome(Server seen, Migration migration) {
        return ownersToSettle(seen, migration) ? Outcome.AWAITING_OWNER : Outcome.AWAITING_CONFIRM;
    }

    String reason(Server seen, Migration migration) {
        String what = migration.ownersResize()
                ? "was resized by its owner" + user(migration) + " and waits for the owner's word in VERIFY_RESIZE on "
                : "left this host before, " + by(migration) + ", and waits in VERIFY_RESIZE on ";
        return what + seen.host() + " (migration " + migration.id() + "); its old disks are still on "
                + migration.sourceHost();
    }

    String hint(Server seen, Migration migration) {
        return ownersToSettle(seen, migration)
                ? "Let its owner confirm or revert the resize before the host is switched off; approve: ['" + seen.id()
                        + "'] makes confirmResize and revertResize settle it."
                : "confirmResize or revertResize it before the host is switched off.";
    }

    private String by(Migration migration) {
        return new Disappearance(state.order().host(), state.userId()).by(migration);
    }

    private static String user(Migration migration) {
        return migration.userId() == null ? "" : " (user " + migration.userId() + ")";
    }
}
