package io.jenkins.plugins.nova.api;

import java.time.Instant;
import java.util.Set;

/**
 * A migration record (os-migrations).
 *
 * @param id ascending within a cell: of two migrations of one server the newer has the larger id
 * @param uuid its uuid (2.59); may be null
 * @param serverId the server
 * @param type live-migration, migration, resize or evacuation; empty when not told
 * @param status one of the words of {@link #ENDED} or a running one; newer Novas may add words; empty when not told
 * @param sourceHost source_compute; null when not told
 * @param targetHost dest_compute; null until the scheduler has chosen
 * @param userId who asked (2.80); may be null
 * @param created when; may be null
 * @param updated last change; may be null
 */
public record Migration(
        long id,
        String uuid,
        String serverId,
        String type,
        String status,
        String sourceHost,
        String targetHost,
        String userId,
        Instant created,
        Instant updated) {

    /** Statuses after which nothing more happens by itself (nova/objects/migration.py, nova-api facts). */
    public static final Set<String> ENDED =
            Set.of("confirmed", "reverted", "completed", "done", "error", "failed", "cancelled");

    /** The same from this host; null when it is not known. */
    public Migration from(String host) {
        return new Migration(id, uuid, serverId, type, status, host, targetHost, userId, created, updated);
    }

    /** Whether it has ended, well or badly. */
    public boolean ended() {
        return ENDED.contains(status);
    }

    /** Whether it ended in error, failed or cancelled. */
    public boolean bad() {
        return "error".equals(status) || "failed".equals(status) || "cancelled".equals(status);
    }

    /** Whether it is an evacuation that has not ended: accepted, pre-migrating (nova/compute/manager.py, rebuild_instance). */
    public boolean evacuationUnderWay() {
        return "evacuation".equals(type) && !ended();
    }

    /**
     * Whether it is a resize to another flavor, which nothing of this project asks for: its server's owner did, and keeps the
     * choice between confirm and revert.
     */
    public boolean ownersResize() {
        return "resize".equals(type);
    }

    /** Whether it is a live migration in its post-copy phase, which must never be aborted. */
    public boolean postCopy() {
        return status.contains("post-copy");
    }
}
