package io.jenkins.plugins.nova.simulator;

/**
 * What a migration is at a moment.
 *
 * @param id its number
 * @param serverId its server
 * @param type live-migration, migration or evacuation
 * @param status its status
 * @param source from where
 * @param target null until chosen
 * @param user the name of who asked for it
 */
public record MigrationState(
        int id, String serverId, String type, String status, String source, String target, String user) {

    static MigrationState of(SimMigration migration) {
        return new MigrationState(
                migration.id,
                migration.server.id,
                migration.type,
                migration.status,
                migration.source,
                migration.target,
                migration.user.name());
    }
}
