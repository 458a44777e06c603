package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When to look again. Nova refreshes the byte counters of a live migration every five seconds
 * (live_migration_monitor_interval), so looking faster than every two is waste; when nothing changes the pauses grow. Only while
 * moves are short, as their last ones were, and others wait for their places, is it worth while to look more often: an end that
 * is seen late leaves a place empty. One that takes long after short ones is looked at as seldom as any other soon.
 */
final class TickInterval {

    private static final long FIRST_MILLIS = 2_000;
    private static final long SHORTEST_MILLIS = 500;

    /** Of the time that a move usually takes, so much may pass before its end is seen. */
    private static final int PART = 24;

    /** By such a part the pause grows while nothing happens; while servers are moved it stays in proportion to their times. */
    private static final int GROWTH = 4;

    private static final int GROWTH_WHILE_MOVING = 24;

    /** So many of the last moves tell how long one usually takes. */
    private static final int LAST_MOVES = 5;

    private static final long LONGEST_MILLIS = 10_000;
    private static final long LONGEST_TROUBLE_MILLIS = 60_000;

    private long pause = FIRST_MILLIS;

    /** How long nothing has happened. */
    private long quiet;

    /** The pause after a tick that led from one state to the other. */
    Duration next(DrainState before, DrainState after, boolean material) {
        if (after.trouble() != null) {
            pause = before.trouble() == null ? FIRST_MILLIS : Math.min(LONGEST_TROUBLE_MILLIS, pause * 2);
            return Duration.ofMillis(pause + jitter(after));
        }
        boolean goesOn = before.phase() != after.phase();
        if (goesOn && after.phase() != Phase.WAIT_DOWN && after.phase() != Phase.MOVE) {
            pause = FIRST_MILLIS;
            return Duration.ZERO;
        }
        boolean moving = moving(after);
        long usual = usual(after);
        long shortest = waiting(after) ? SHORTEST_MILLIS : FIRST_MILLIS;
        quiet = material ? 0 : quiet + pause;
        if (material) {
            pause = moving ? Math.max(shortest, Math.min(FIRST_MILLIS, usual / PART)) : FIRST_MILLIS;
            return Duration.ofMillis(pause);
        }
        // until twice the usual time has passed the next end may come at any moment
        boolean due = moving && quiet < 2 * usual;
        long longest = due ? Math.max(shortest, Math.min(LONGEST_MILLIS, usual / PART)) : LONGEST_MILLIS;
        pause = Math.min(longest, pause + pause / (moving ? GROWTH_WHILE_MOVING : GROWTH));
        return Duration.ofMillis(pause);
    }

    /** How long a move took lately, in milliseconds; 0 before one has ended, for the first may be short. */
    private static long usual(DrainState state) {
        List<Long> times = state.servers().stream()
                .filter(server -> server.started() != null && server.ended() != null)
                .sorted(Comparator.comparing(ServerState::ended).reversed())
                .limit(LAST_MOVES)
                .map(server -> Duration.between(begun(server), server.ended()).toMillis())
                .sorted()
                .toList();
        return times.isEmpty() ? 0 : times.get(times.size() / 2);
    }

    private static boolean moving(DrainState state) {
        return state.phase() == Phase.MOVE && state.servers().stream().anyMatch(ServerState::underWay);
    }

    /**
     * Whether what is seen soon is of use: a server waits for the place of one that is moved, or the rate of a copy is to be learned.
     * Otherwise looks only take Nova's time.
     */
    private static boolean waiting(DrainState state) {
        return state.servers().stream()
                .anyMatch(server ->
                        server.is(ServerState.Stage.PENDING) || (server.underWay() && server.action() == Action.LIVE));
    }

    /** When Nova began it, for before that it waited in Nova's queue. */
    private static Instant begun(ServerState server) {
        return server.running() == null ? server.started() : server.running();
    }

    /** Spreads the retries of drains that met the same trouble at the same time; the same for the same drain and try. */
    private long jitter(DrainState state) {
        return Math.floorMod((state.order().by() + state.order().host() + pause).hashCode(), pause / 2);
    }

    /** Whether something changed that must not be lost, or that an operator wants to hear of. */
    static boolean material(DrainState before, DrainState after) {
        if (before.phase() != after.phase()
                || before.servers().size() != after.servers().size()) {
            return true;
        }
        if (before.rests() != after.rests()
                || !Objects.equals(before.cordon(), after.cordon())
                || !Objects.equals(before.forceDown(), after.forceDown())
                || !Objects.equals(before.backOut(), after.backOut())
                || !before.settings().equals(after.settings())
                || !Objects.equals(before.stop(), after.stop())) {
            return true;
        }
        for (int i = 0; i < before.servers().size(); i++) {
            ServerState one = before.servers().get(i);
            ServerState other = after.servers().get(i);
            if (one.stage() != other.stage()
                    || one.action() != other.action()
                    || one.outcome() != other.outcome()
                    || !Objects.equals(one.move(), other.move())
                    || !Objects.equals(one.follow(), other.follow())
                    || !Objects.equals(one.migrationStatus(), other.migrationStatus())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is time to save what was seen of the copying, though nothing has changed that must not be lost: once a
     * minute, the same minute for all servers. A restart then loses a minute of it at most.
     */
    static boolean worthSaving(DrainState before, DrainState after) {
        Map<String, ServerState> known = before.byId();
        for (ServerState server : after.servers()) {
            ServerState old = known.get(server.id());
            Instant seen = seen(server);
            Instant saved = old == null ? null : seen(old);
            boolean newMinute = seen != null && saved != null && minute(seen) != minute(saved);
            boolean measured = measured(server) && old != null && !measured(old);
            if (newMinute || measured) {
                return true;
            }
        }
        return false;
    }

    private static boolean measured(ServerState server) {
        return server.progress() != null && server.progress().measured();
    }

    private static Instant seen(ServerState server) {
        return server.underWay() && server.progress() != null
                ? server.progress().watch().newest()
                : null;
    }

    private static long minute(Instant time) {
        return time.getEpochSecond() / 60;
    }
}
