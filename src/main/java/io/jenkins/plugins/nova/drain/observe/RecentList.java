package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers of a drain's host as they were listed last, for looks that come shortly after. With short moves a look comes each
 * half second, for what the migrations tell; the list of a full host takes as long as that, and a list of Nova's may be older
 * anyway. Kept by one drain in one process; nothing is lost with it.
 */
public final class RecentList {

    /** So long a list counts as new. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    private Instant read;
    private boolean reused;
    private List<Server> servers = List.of();

    /** Keeps a list that was just read. */
    void keep(List<Server> listed, Instant now) {
        servers = List.copyOf(listed);
        read = now;
        reused = false;
    }

    /** Has the next look read a new list: something has changed since this one. */
    public void forget() {
        read = null;
    }

    /** Whether the look that asked last was given this list, and not told to read a new one. */
    public boolean reused() {
        return reused;
    }

    /**
     * The list without those that have left since; empty where a new one is to be read. What is said at the end, what an abort
     * tells and what became of a request whose answer was lost is not taken from an old one.
     */
    Optional<List<Server>> of(DrainState state, Instant now) {
        boolean recent = read != null
                && !now.isBefore(read)
                && Duration.between(read, now).compareTo(RECENT) < 0;
        boolean ending = state.stop() != null || (state.deadline() != null && now.isAfter(state.deadline()));
        boolean moving = state.servers().stream().anyMatch(server -> server.underWay() && !server.unclear());
        boolean unclear = state.servers().stream().anyMatch(ServerState::unclear);
        reused = recent && !ending && moving && !unclear;
        if (!reused) {
            return Optional.empty();
        }
        Map<String, ServerState> known = state.byId();
        return Optional.of(servers.stream()
                .filter(server -> !known.containsKey(server.id())
                        || !known.get(server.id()).saidToHaveLeft())
                .toList());
    }
}
