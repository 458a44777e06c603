package io.jenkins.plugins.nova.plan.order;

import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlannedServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The order in which servers are started: the quickest live and the quickest cold move first, which prove the way before
 * much depends on it; then the longest first, which ends earliest when several move at a time (Graham's rule: at most a third
 * over the shortest possible), but servers of a dead host, which are down already, by their owners'
 * priority and then the small ones first ({@link RescuePriority}); members of one anti-affinity group apart where another server can go between them. What is not moved
 * comes last. Depends on nothing but its arguments, whatever order they come in.
 */
final class StartOrder {

    private final Function<PlannedServer, Duration> length;
    private final Function<PlannedServer, List<String>> groups;

    /**
     * @param length how long a move takes by itself
     * @param groups the anti-affinity groups of a server
     */
    StartOrder(Function<PlannedServer, Duration> length, Function<PlannedServer, List<String>> groups) {
        this.length = length;
        this.groups = groups;
    }

    /**
     * @param servers in any order
     * @param concurrency how many neighbours in the order may be under way together
     */
    List<PlannedServer> of(List<PlannedServer> servers, int concurrency) {
        Comparator<PlannedServer> quickest = Comparator.comparing(length).thenComparing(byName());
        Comparator<PlannedServer> longest =
                Comparator.comparing(length).reversed().thenComparing(byName());
        Comparator<PlannedServer> rescue = RescuePriority.FIRST.thenComparing(byName());
        List<PlannedServer> moving = new ArrayList<>();
        sorted(servers, StartOrder::isDown, rescue).forEach(moving::add);
        sorted(servers, planned -> !isDown(planned), longest).forEach(moving::add);
        List<PlannedServer> order = new ArrayList<>(servers.size());
        for (Action proof : List.of(Action.LIVE, Action.COLD)) {
            moving.stream()
                    .filter(planned -> planned.verdict().action() == proof)
                    .min(quickest)
                    .ifPresent(first -> {
                        moving.remove(first);
                        order.add(first);
                    });
        }
        order.addAll(apart(moving, concurrency));
        servers.stream()
                .filter(planned -> !planned.verdict().acts())
                .sorted(byName())
                .forEach(order::add);
        return order;
    }

    private static Stream<PlannedServer> sorted(
            List<PlannedServer> servers, Predicate<PlannedServer> which, Comparator<PlannedServer> by) {
        return servers.stream()
                .filter(planned -> planned.verdict().acts())
                .filter(which)
                .sorted(by);
    }

    private static boolean isDown(PlannedServer planned) {
        return planned.verdict().action() == Action.REBUILD;
    }

    /** Takes the first that shares no group with the {@code concurrency - 1} before it; the first of all where none is. */
    private List<PlannedServer> apart(List<PlannedServer> moving, int concurrency) {
        List<PlannedServer> left = new ArrayList<>(moving);
        List<PlannedServer> order = new ArrayList<>(left.size());
        Deque<List<String>> together = new ArrayDeque<>();
        while (!left.isEmpty()) {
            Set<String> busy = new HashSet<>();
            together.forEach(busy::addAll);
            PlannedServer next = left.get(0);
            for (PlannedServer candidate : left) {
                if (groups.apply(candidate).stream().noneMatch(busy::contains)) {
                    next = candidate;
                    break;
                }
            }
            left.remove(next);
            order.add(next);
            together.addLast(groups.apply(next));
            if (together.size() >= concurrency) {
                together.removeFirst();
            }
        }
        return order;
    }

    private static Comparator<PlannedServer> byName() {
        return Comparator.comparing((PlannedServer planned) -> planned.server().name())
                .thenComparing(planned -> planned.server().id());
    }
}
