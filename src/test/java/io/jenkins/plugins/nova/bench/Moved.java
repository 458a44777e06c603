package io.jenkins.plugins.nova.bench;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How fast a host was emptied, as the cloud's own log and its servers show it.
 *
 * @param makespan from the first request for a move that was taken to the last server's arrival
 * @param downtime of all guests together, for the sake of moves; from their host's death where that is what ended them
 * @param queued the most live migrations that waited for others at once
 */
record Moved(Duration makespan, Duration downtime, int queued) {

    private static final Set<String> MOVES = Set.of("os-migrateLive", "migrate", "evacuate");

    /**
     * Reads it.
     *
     * @throws IllegalStateException when a server of the host has not arrived
     */
    static Moved of(FullHost host, SimulatedCloud cloud) {
        Instant first = cloud.audit().where(Moved::asks).stream()
                .map(AuditEntry::at)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("nothing was moved"));
        Instant last = first;
        Duration downtime = Duration.ZERO;
        for (String name : host.servers().keySet()) {
            ServerState server = cloud.server(name);
            if (!host.servers().get(name).arrived(server, FullHost.NAME)) {
                throw new IllegalStateException("it has not arrived: " + server);
            }
            last = last.isBefore(server.updated()) ? server.updated() : last;
            downtime = downtime.plus(cloud.downtime(name));
        }
        return new Moved(Duration.between(first, last), downtime, cloud.mostLiveQueued(FullHost.NAME));
    }

    /** Whether a request asked for a move, and was taken. */
    static boolean asks(AuditEntry entry) {
        boolean taken = entry.status() >= 200 && entry.status() < 300;
        return taken && entry.action() != null && MOVES.contains(entry.action());
    }

    /** Whether all servers of the host have arrived. */
    static boolean all(FullHost host, SimulatedCloud cloud) {
        return host.servers().entrySet().stream()
                .allMatch(each -> each.getValue().arrived(cloud.server(each.getKey()), FullHost.NAME));
    }
}
