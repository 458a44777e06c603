package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.plan.ByServer;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one tick read of the cloud. Parts that the phase does not need are empty.
 *
 * @param identity who the token is; null when not asked
 * @param seesAllProjects whether the token sees the servers of all projects
 * @param noCanary why the canary that is wanted later could not be booted; null when it may be, or none is
 * @param noFailover why amphorae that must be failed over cannot be; null when they may be, or need not
 * @param services compute services
 * @param hypervisors read only to explain an unknown host
 * @param references what each server reference of the order stands for
 * @param listed the servers on the host being emptied
 * @param read servers read one by one, by id
 * @param gone ids that answered 404
 * @param moves migrations, newest first
 * @param counters running live migrations by server id
 * @param actions a server's actions, newest first, where a request is unclear
 * @param events the action that moved a server, with events, where its move seems to have failed
 * @param evidence on servers that may be confirmed, by id
 * @param estate what is known of the cloud round the servers, for the plan
 * @param room what is free on the hosts, for the forecast
 * @param setAside rows of lists that could not be read wholly
 * @param occupancy what a second witness says of who is on the host; {@link HostOccupancy#NOT_ASKED} when not asked
 * @param settings what stands beside Nova; {@link SettingsReader.Read#NOTHING} when not asked
 * @param unread why a server could not be read alone, by id: nothing is concluded about it then
 */
public record Observation(
        Identity identity,
        boolean seesAllProjects,
        String noCanary,
        String noFailover,
        List<ComputeService> services,
        List<Hypervisor> hypervisors,
        Map<String, List<Server>> references,
        ByServer<Server> listed,
        Map<String, Server> read,
        Set<String> gone,
        ByServer<Migration> moves,
        Map<String, ServerMigration> counters,
        Map<String, Listed<InstanceAction>> actions,
        Map<String, InstanceAction> events,
        Map<String, Evidence> evidence,
        Estate estate,
        RoomFigures room,
        List<OddRow> setAside,
        HostOccupancy occupancy,
        SettingsReader.Read settings,
        Map<String, String> unread) {

    /**
     * Whether a row was set aside of the lists that tell what is on the host, or whose old disks are, and nobody else could say
     * either: what is not in them may be there all the same.
     */
    public boolean uncertain() {
        return !occupancy.proven() && setAside.stream().anyMatch(Observation::hides);
    }

    static boolean hides(OddRow row) {
        return row.kind() == OddRow.Kind.SERVER || row.kind() == OddRow.Kind.MIGRATION;
    }

    /** The time of this look by the cloud's clock, which its records are to be compared with; ours where that was not read. */
    public Instant cloudTime(Instant ours) {
        return estate.now() == null ? ours : estate.now();
    }

    /** The server as this tick saw it, alone or in the host's list. */
    public Optional<Server> server(String id) {
        Server alone = read.get(id);
        return alone != null ? Optional.of(alone) : onList(id);
    }

    /** The server in the list of the host being emptied. */
    public Optional<Server> onList(String id) {
        return listed.of(id).stream().findFirst();
    }

    /** The servers on the host being emptied. */
    public List<Server> onHost() {
        return listed.all();
    }

    /** All migrations that were read, newest first. */
    public List<Migration> migrations() {
        return moves.all();
    }

    /** Those of a server, newest first. */
    public List<Migration> migrationsOf(String serverId) {
        return moves.of(serverId);
    }

    /** The compute service of a host; empty when none was read. */
    public Optional<ComputeService> service(String host) {
        return services.stream().filter(service -> service.host().equals(host)).findFirst();
    }

    /** The id of the newest migration of a server that is shown; 0 for none. */
    public long newestMigration(String serverId) {
        return moves.of(serverId).stream().mapToLong(Migration::id).max().orElse(0);
    }

    /**
     * The migration that a server's move created: of the right kind and source, and the oldest that is newer than the
     * newest one before the move was asked for (law 1). For confirm and revert the one that is to be settled.
     */
    public Optional<Migration> migrationOf(ServerState server) {
        return migrationOf(server, moves.of(server.id()));
    }

    /** The same among these, all of them the server's or not. */
    public static Optional<Migration> migrationOf(ServerState server, List<Migration> migrations) {
        if (server.migration() != null) {
            return migrations.stream()
                    .filter(migration -> migration.id() == server.migration()
                            && migration.serverId().equals(server.id()))
                    .findFirst();
        }
        String type = server.move() == null ? null : server.move().verb().migrationType();
        return migrations.stream()
                .filter(migration -> migration.serverId().equals(server.id())
                        && migration.id() > server.baseline()
                        && migration.type().equals(type)
                        && server.source().equals(migration.sourceHost()))
                .min(Comparator.comparingLong(Migration::id));
    }

    /**
     * The migration by which somebody else moved a server cold off the host, so that it may wait in VERIFY_RESIZE; empty
     * unless the server has left by itself.
     */
    public static Optional<Migration> mayWait(ServerState server, List<Migration> migrations) {
        if (server.outcome() != Outcome.GONE || server.reason().startsWith(ReasonMarkers.DELETED)) {
            return Optional.empty();
        }
        return migrations.stream()
                .filter(migration -> migration.serverId().equals(server.id())
                        && migration.status().equals("finished"))
                .findFirst();
    }

    /**
     * Whether a drain must not end before this server was read by itself: it matters to the host's outcome what became of it
     * since it had its own.
     *
     * @param listed whether it is in the list of the host's servers
     * @param migrations its own
     */
    public static boolean wantsReading(ServerState server, boolean listed, List<Migration> migrations) {
        Outcome outcome = server.outcome();
        boolean unsettled = outcome == Outcome.FAILED || outcome == Outcome.LEFT || outcome == Outcome.UNKNOWN;
        if (listed || outcome == null) {
            return false;
        }
        return unsettled
                || (outcome.waits()
                        && migrationOf(server, migrations)
                                .filter(migration -> migration.status().equals("finished"))
                                .isEmpty());
    }
}
