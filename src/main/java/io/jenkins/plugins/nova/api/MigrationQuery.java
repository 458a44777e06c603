package io.jenkins.plugins.nova.api;

import java.time.Instant;

/**
 * Filters of os-migrations; null means "any".
 *
 * @param sourceHost source_compute
 * @param serverId instance_uuid
 * @param status exact status
 * @param type migration_type
 * @param changesSince only what changed at or after (2.59; the implementation filters itself below that)
 */
public record MigrationQuery(String sourceHost, String serverId, String status, String type, Instant changesSince) {

    /** Every migration there is. */
    public static final MigrationQuery ALL = new MigrationQuery(null, null, null, null, null);

    /** Of one source host. */
    public static MigrationQuery from(String sourceHost) {
        return new MigrationQuery(sourceHost, null, null, null, null);
    }

    /** Of one server. */
    public static MigrationQuery of(String serverId) {
        return new MigrationQuery(null, serverId, null, null, null);
    }

    /** The same, with a status. */
    public MigrationQuery inStatus(String wanted) {
        return new MigrationQuery(sourceHost, serverId, wanted, type, changesSince);
    }

    /** The same, changed since. */
    public MigrationQuery since(Instant instant) {
        return new MigrationQuery(sourceHost, serverId, status, type, instant);
    }
}
