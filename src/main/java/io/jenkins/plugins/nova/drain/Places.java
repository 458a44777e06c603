package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.plan.LocalDisks;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many more moves may begin now, by what is under way and what the order, or what the drain has learned, allows. One
 * instance counts for one tick.
 */
public final class Places {

    /** So much at once is under way at most, of all kinds: what a tick can follow, and one crash leaves to be looked for. */
    private static final int MOST = 64;

    /**
     * What was asked for and shows nothing for so long is not about to begin: it holds no place in Nova's queue, or one that was
     * lost would keep all others waiting.
     */
    private static final Duration ABOUT_TO_BEGIN = Duration.ofSeconds(45);

    private final DrainOrder order;
    private final Map<MoveKind, Integer> free = new EnumMap<>(MoveKind.class);
    private final Map<MoveKind, Integer> underWay = new EnumMap<>(MoveKind.class);
    private final Map<MoveKind, Boolean> alone = new EnumMap<>(MoveKind.class);
    private int left;

    /** Cold migrations that copy at the moment, and whether a guest is down for one of them that would run otherwise. */
    private int copying;

    private boolean guestDown;

    /**
     * @param state the order, and what was learned
     * @param servers as they are now
     * @param now the time
     */
    public Places(DrainState state, List<ServerState> servers, Instant now) {
        this.order = state.order();
        int all = 0;
        Map<MoveKind, Integer> running = new EnumMap<>(MoveKind.class);
        Map<MoveKind, Integer> waiting = new EnumMap<>(MoveKind.class);
        for (ServerState server : servers) {
            if (!server.underWay()) {
                continue;
            }
            all++;
            MoveKind kind = kind(server, order);
            underWay.merge(kind, 1, Integer::sum);
            alone.merge(kind, server.triedAgain(), Boolean::logicalOr);
            if (kind == MoveKind.COLD_COPY && server.hasCopied()) {
                continue;
            }
            guestDown |= kind == MoveKind.COLD_COPY && isDownWhileCopied(server);
            if (!server.waitsInNova()) {
                running.merge(kind, 1, Integer::sum);
            } else if (kind != MoveKind.LIVE || aboutToBegin(server, now)) {
                waiting.merge(kind, 1, Integer::sum);
            }
        }
        left = (order.learnsWidths() ? MOST : order.concurrency()) - all;
        copying = running.getOrDefault(MoveKind.COLD_COPY, 0) + waiting.getOrDefault(MoveKind.COLD_COPY, 0);
        for (MoveKind kind : MoveKind.values()) {
            free.put(kind, state.widths().more(kind, running.getOrDefault(kind, 0), waiting.getOrDefault(kind, 0)));
        }
        if (servers.stream().anyMatch(server -> wantsTheLink(server, now))) {
            free.put(MoveKind.LIVE, 0);
        }
    }

    /**
     * Whether a running guest is copied cold, or about to be: it is down until its disks are over the link, which live migrations
     * would share with it. They lose nothing by waiting but time, and begin once no such guest is left.
     */
    private boolean wantsTheLink(ServerState server, Instant now) {
        boolean copies = kind(server, order) == MoveKind.COLD_COPY && isDownWhileCopied(server);
        boolean turn = server.is(ServerState.Stage.PENDING)
                && (server.notBefore() == null || !now.isBefore(server.notBefore()));
        return copies && (turn || (server.underWay() && !server.hasCopied()));
    }

    /**
     * Whether live migrations wait at this time for a running guest that is copied cold.
     *
     * @return a server that is copied so; empty where none is, where no live migration waits, or where the order gives a number
     */
    public static Optional<ServerState> keepingLiveBack(DrainState state) {
        boolean liveWaits = state.servers().stream()
                .anyMatch(
                        server -> server.is(ServerState.Stage.PENDING) && kind(server, state.order()) == MoveKind.LIVE);
        return !state.order().learnsWidths() || !liveWaits
                ? Optional.empty()
                : state.in(ServerState.Stage.UNDER_WAY).stream()
                        .filter(server -> kind(server, state.order()) == MoveKind.COLD_COPY)
                        .filter(server -> isDownWhileCopied(server) && !server.hasCopied())
                        .findFirst();
    }

    private static boolean isDownWhileCopied(ServerState server) {
        return "ACTIVE".equals(server.status());
    }

    private static boolean aboutToBegin(ServerState server, Instant now) {
        return "queued".equals(server.migrationStatus())
                || Duration.between(server.since(), now).compareTo(ABOUT_TO_BEGIN) < 0;
    }

    /** What kind of move a server's is. */
    public static MoveKind kind(ServerState server, DrainOrder order) {
        boolean copies = server.local() && !LocalDisks.small(server.diskGiB()) && !order.sharedStorage();
        return switch (server.action()) {
            case LIVE -> MoveKind.LIVE;
            case REBUILD -> MoveKind.REBUILD;
            case FAILOVER -> MoveKind.FAILOVER;
            case COLD -> copies ? MoveKind.COLD_COPY : MoveKind.COLD;
            case CONFIRM, REVERT, SKIP, BLOCKED -> MoveKind.SETTLE;
        };
    }

    /** Whether any move may begin. */
    public boolean any() {
        return left > 0;
    }

    /** Whether this server's move may begin; if so, its place is taken. */
    public boolean take(ServerState server) {
        if (left <= 0) {
            return false;
        }
        if (order.learnsWidths()) {
            MoveKind kind = kind(server, order);
            boolean byItself = server.triedAgain() || alone.getOrDefault(kind, false);
            if (free.get(kind) <= 0 || (byItself && underWay.getOrDefault(kind, 0) > 0)) {
                return false;
            }
            if (kind == MoveKind.COLD_COPY) {
                boolean down = isDownWhileCopied(server);
                // a second copy would keep a guest down for longer, theirs or its own
                if (guestDown || (down && copying > 0)) {
                    return false;
                }
                guestDown = down;
                copying++;
            }
            free.merge(kind, -1, Integer::sum);
            underWay.merge(kind, 1, Integer::sum);
            alone.merge(kind, server.triedAgain(), Boolean::logicalOr);
        }
        left--;
        return true;
    }
}
