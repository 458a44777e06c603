package io.jenkins.plugins.nova.plan.order;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Expected;
import io.jenkins.plugins.nova.plan.Groups;
import io.jenkins.plugins.nova.plan.LocalDisks;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.Rates;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How long moves are likely to take, one by one and in all, from sizes and a rate.
 *
 * <p>The whole is forecast by list scheduling: each move starts, in the plan's order, when one of the places is free and no
 * other member of its anti-affinity group is under way. The places are those of {@code concurrency}, or, where that is learned,
 * those of the move's {@link Lane}. What is copied shares the source's one link, so only what goes before and after a copy
 * overlaps with another's; Nova copies one live migration at a time off a host in any case
 * ({@code max_concurrent_live_migrations} 1).
 */
final class Forecast {

    /** Scheduling, checks and plugging before a copy, and the cleaning up after it (models facts: 5 to 7 s a server). */
    private static final Duration AROUND_A_MOVE = Duration.ofSeconds(10);

    /** A running guest is asked to shut down first; it has [DEFAULT]shutdown_timeout, 60 s, to do so. */
    private static final Duration SHUT_DOWN = Duration.ofSeconds(20);

    /** A rebuild makes its disk anew from the image, or finds it on shared storage, and boots. */
    private static final Duration REBUILD = Duration.ofSeconds(40);

    /** A new amphora boots and is connected before the old one is deleted. */
    private static final Duration FAILOVER = Duration.ofMinutes(3);

    /** Confirm and revert clean up on one host or two. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    /** What holds moves back, and how many of them a cloud usually takes at a time. */
    private enum Lane {
        /** One is copied, and the next is queued in Nova. */
        LIVE(2, "Nova's limit of live migrations a host, taken to be 1 at a time (max_concurrent_live_migrations)"),
        COPIED_COLD(1, "the link between the hosts: cold migrations with disks to copy go one at a time"),
        COLD(8, "the number of cold migrations that a cloud takes at a time"),
        FAILED_OVER(4, "the number of amphorae that Octavia is taken to replace at a time"),
        REBUILT(20, "the number of rebuilds that a cloud takes at a time"),
        SETTLED(8, "the number of confirms and reverts that a cloud takes at a time");

        private final int places;
        private final String words;

        Lane(int places, String words) {
            this.places = places;
            this.words = words;
        }
    }

    private static final String LINK = "the link between the hosts, taken to carry ";

    private final PlanContext context;
    private final int concurrency;
    private final Rates rates;

    /**
     * @param context for groups, and for what is copied
     * @param concurrency moves under way at a time; 0 for as many of each kind as a cloud usually takes
     * @param rates how fast copies are
     */
    Forecast(PlanContext context, int concurrency, Rates rates) {
        this.context = context;
        this.concurrency = concurrency;
        this.rates = rates;
    }

    /** How long a move takes by itself. */
    Duration alone(Server server, Action action) {
        return around(server, action).plus(copy(server, action));
    }

    /**
     * When each of these moves begins and ends.
     *
     * @param moves in the order in which they are started
     * @return by server id; nothing for a server that is not moved
     */
    Map<String, Expected> schedule(List<PlannedServer> moves) {
        Map<Lane, PriorityQueue<Duration>> lanes = new EnumMap<>(Lane.class);
        PriorityQueue<Duration> shared = places(Math.max(1, concurrency));
        Map<String, Duration> groupsFree = new HashMap<>();
        Map<String, Expected> times = new HashMap<>();
        Duration linkFree = Duration.ZERO;
        for (PlannedServer planned : moves) {
            if (!planned.verdict().acts()) {
                continue;
            }
            Server server = planned.server();
            Action action = planned.verdict().action();
            PriorityQueue<Duration> places = concurrency == 0
                    ? lanes.computeIfAbsent(lane(server, action), lane -> places(lane.places))
                    : shared;
            List<String> groups = Groups.oneAtATime(context.estate(), server.id());
            Duration start = groups.stream()
                    .map(group -> groupsFree.getOrDefault(group, Duration.ZERO))
                    .reduce(places.remove(), Forecast::later);
            Duration copy = copy(server, action);
            Duration copied = start;
            if (!copy.isZero()) {
                copied = later(start, linkFree).plus(copy);
                linkFree = copied;
            }
            Duration end = copied.plus(around(server, action));
            places.add(end);
            groups.forEach(group -> groupsFree.put(group, end));
            times.put(server.id(), new Expected(start, end));
        }
        return times;
    }

    private static PriorityQueue<Duration> places(int count) {
        return new PriorityQueue<>(Collections.nCopies(count, Duration.ZERO));
    }

    private Lane lane(Server server, Action action) {
        return switch (action) {
            case LIVE -> Lane.LIVE;
            case COLD ->
                copy(server, action).isZero() || LocalDisks.small(LocalDisks.gibibytes(server))
                        ? Lane.COLD
                        : Lane.COPIED_COLD;
            case REBUILD -> Lane.REBUILT;
            case FAILOVER -> Lane.FAILED_OVER;
            case CONFIRM, REVERT, SKIP, BLOCKED -> Lane.SETTLED;
        };
    }

    /**
     * What these moves take longest for.
     *
     * @param moves in the order in which they are started
     * @return in words; null where nothing is moved
     */
    String limit(List<PlannedServer> moves) {
        Map<Lane, Duration> byLane = new EnumMap<>(Lane.class);
        Duration link = Duration.ZERO;
        for (PlannedServer planned : moves) {
            Action action = planned.verdict().action();
            if (planned.verdict().acts()) {
                Lane lane = lane(planned.server(), action);
                int places = lane == Lane.LIVE ? 1 : lane.places;
                byLane.merge(lane, alone(planned.server(), action).dividedBy(places), Duration::plus);
                link = link.plus(copy(planned.server(), action));
            }
        }
        if (byLane.isEmpty()) {
            return null;
        }
        if (concurrency > 0) {
            return "concurrency: " + concurrency + " at a time, of all kinds together";
        }
        Map.Entry<Lane, Duration> longest =
                Collections.max(byLane.entrySet(), Map.Entry.<Lane, Duration>comparingByValue());
        // what is copied live and cold goes over the same link; of one kind alone the moves take longer than their
        // copies
        return link.compareTo(longest.getValue()) > 0 ? LINK + rates.words() : longest.getKey().words;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration around(Server server, Action action) {
        return switch (action) {
            case LIVE -> AROUND_A_MOVE;
            case COLD -> "active".equals(server.vmState()) ? AROUND_A_MOVE.plus(SHUT_DOWN) : AROUND_A_MOVE;
            case REBUILD -> REBUILD;
            case FAILOVER -> FAILOVER;
            case CONFIRM, REVERT -> SETTLE;
            case SKIP, BLOCKED -> Duration.ZERO;
        };
    }

    /** All of the memory (what part of it is in use is not told) and the local disks, unless those are shared. */
    private Duration copy(Server server, Action action) {
        boolean copiesDisks = !context.sharedStorage()
                && (action == Action.COLD
                        || (action == Action.LIVE && context.wish().blockMigration() != BlockMigration.FALSE));
        long bytes = (action == Action.LIVE ? server.flavor().ramMiB() << 20 : 0)
                + (copiesDisks ? LocalDisks.gibibytes(server) << 30 : 0);
        return Duration.ofMillis(Math.round(1000.0 * bytes / rates.bytesPerSecond()));
    }
}
