package io.jenkins.plugins.nova.api;

import java.time.Instant;

/**
 * A running live migration with its byte counters (GET /servers/{id}/migrations, 2.23). Nova refreshes them about every
 * five seconds.
 *
 * @param id the migration's id
 * @param status queued, preparing, running or post-migrating; empty when not told
 * @param sourceHost source_compute; null when not told
 * @param targetHost dest_compute; may be null while queued
 * @param memoryTotal bytes, or null before the first report
 * @param memoryProcessed bytes, or null
 * @param memoryRemaining bytes, or null
 * @param diskTotal bytes, or null
 * @param diskProcessed bytes, or null
 * @param diskRemaining bytes, or null
 * @param created when; may be null
 * @param updated last change; may be null
 */
public record ServerMigration(
        long id,
        String status,
        String sourceHost,
        String targetHost,
        Long memoryTotal,
        Long memoryProcessed,
        Long memoryRemaining,
        Long diskTotal,
        Long diskProcessed,
        Long diskRemaining,
        Instant created,
        Instant updated) {}
