package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.Set;

/** A migration record. */
final class SimMigration {
    static final Set<String> ENDED =
            Set.of("confirmed", "reverted", "completed", "done", "error", "failed", "cancelled");

    final int id;
    final String uuid;
    final SimServer server;
    final String type;
    final String source;
    final SimUser user;
    final Instant created;
    /** Null until the scheduler has chosen. */
    String target;

    String status;
    /** Null until its first change: Nova's changes-since does not show such a one. */
    Instant updated;
    /** vm_state before it, so that a stopped server ends stopped. */
    final String oldVmState;
    /** What the server was and is to be; the same but for a resize. */
    final SimFlavor oldFlavor;

    final SimFlavor newFlavor;
    /** When a live migration began to copy; null before. */
    Instant running;
    /** Of a live migration that copies in passes; null otherwise, and before. */
    PreCopy copying;

    SimMigration(int id, SimServer server, String type, String status, SimFlavor flavor, SimUser user, Instant now) {
        this.id = id;
        this.uuid = World.uuid("migration " + id);
        this.server = server;
        this.type = type;
        this.status = status;
        this.source = server.host;
        this.user = user;
        this.created = now;
        this.oldVmState = server.vmState;
        this.oldFlavor = server.flavor;
        this.newFlavor = flavor;
    }

    boolean ended() {
        return ENDED.contains(status);
    }

    boolean live() {
        return type.equals("live-migration");
    }

    void status(String newStatus, Instant now) {
        status = newStatus;
        updated = now;
    }
}
