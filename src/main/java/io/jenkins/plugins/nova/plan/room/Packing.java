package io.jenkins.plugins.nova.plan.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place for each of many servers at once, each on one of the hosts that may take it, within what is free there.
 *
 * <p>This is vector bin packing: to answer it exactly takes too long for a host full of servers. So a row of quick passes
 * comes first (the hardest first; each to the fullest, the emptiest or the next host that has room), and where none of them
 * places all, a search improves on the best, up to a number of steps. What a pass finds is a placement that fits and can be
 * relied on, as far as the figures can. That none was found says less: {@link Result#exhausted()} tells whether the search came
 * to its end, so that no other placement leaves fewer servers over, or ran out of steps, so that there may be one. For a few servers
 * on a few hosts it always comes to its end.
 */
final class Packing {

    /** Tries of a server on a host before the search gives up; a fraction of a second. */
    static final int STEPS = 3_000_000;

    /**
     * A server to be placed.
     *
     * @param id its id
     * @param needs amounts by resource class
     * @param hosts ids of the hosts that may take it
     * @param groups ids of the groups of which a host may have a few members only
     */
    record Item(String id, Map<String, Long> needs, Set<String> hosts, Set<String> groups) {}

    /**
     * A host that takes servers.
     *
     * @param id its id
     * @param free amounts by resource class; of a class that is missing here it is not known how much there is, and any
     *     amount is taken to fit
     * @param seats how many more members of a group it may have, by the group's id; any number of a group that is missing
     */
    record Host(String id, Map<String, Long> free, Map<String, Integer> seats) {}

    /**
     * Who went where.
     *
     * @param places the host's id by the server's
     * @param unplaced ids of the servers for which no place was found, beside the others
     * @param exhausted whether it is proven that no other placement leaves fewer over
     */
    record Result(Map<String, String> places, List<String> unplaced, boolean exhausted) {}

    private final List<Item> items;
    private final List<Host> hosts;
    private final int steps;
    private final long[][] needs;
    private final boolean[][] may;
    private final int[][] groups;
    private final long[][] free;
    private final int[][] seats;

    private Packing(List<Item> items, List<Host> hosts, int steps) {
        this.items = items;
        this.hosts = hosts;
        this.steps = steps;
        List<String> classes =
                names(items.stream().map(item -> item.needs().keySet()).toList());
        List<String> groupIds = names(items.stream().map(Item::groups).toList());
        needs = new long[items.size()][classes.size()];
        may = new boolean[items.size()][hosts.size()];
        groups = new int[items.size()][];
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            for (int c = 0; c < classes.size(); c++) {
                needs[i][c] = item.needs().getOrDefault(classes.get(c), 0L);
            }
            for (int h = 0; h < hosts.size(); h++) {
                may[i][h] = item.hosts().contains(hosts.get(h).id());
            }
            groups[i] =
                    item.groups().stream().mapToInt(groupIds::indexOf).sorted().toArray();
        }
        free = new long[hosts.size()][classes.size()];
        seats = new int[hosts.size()][groupIds.size()];
        for (int h = 0; h < hosts.size(); h++) {
            for (int c = 0; c < classes.size(); c++) {
                free[h][c] = hosts.get(h).free().getOrDefault(classes.get(c), PackingSearch.PLENTY);
            }
            for (int g = 0; g < groupIds.size(); g++) {
                seats[h][g] = hosts.get(h).seats().getOrDefault(groupIds.get(g), Integer.MAX_VALUE);
            }
        }
    }

    private static List<String> names(List<? extends Collection<String>> sets) {
        Set<String> all = new TreeSet<>();
        sets.forEach(all::addAll);
        return List.copyOf(all);
    }

    /** Places these servers on these hosts. */
    static Result of(List<Item> items, List<Host> hosts) {
        return of(items, hosts, STEPS);
    }

    static Result of(List<Item> items, List<Host> hosts, int steps) {
        return new Packing(List.copyOf(items), List.copyOf(hosts), steps).result();
    }

    private Result result() {
        int[] best = null;
        for (PackingOrder order : PackingOrder.values()) {
            int[] sequence = order.of(needs, may, free, groups);
            for (PackingChoice choice : PackingChoice.values()) {
                int[] placed = new PackingState(needs, may, groups, free, seats).fill(sequence, choice);
                if (best == null || unplaced(placed) < unplaced(best)) {
                    best = placed;
                }
                if (unplaced(best) == 0) {
                    return told(best, true);
                }
            }
        }
        int[] sequence = PackingOrder.FEWEST_HOSTS.of(needs, may, free, groups);
        PackingSearch search =
                new PackingSearch(new PackingState(needs, may, groups, free, seats), sequence, best, steps);
        search.run();
        return told(search.best(), search.exhausted());
    }

    private static long unplaced(int[] placed) {
        return Arrays.stream(placed)
                .filter(host -> host == PackingState.NOWHERE)
                .count();
    }

    private Result told(int[] placed, boolean exhausted) {
        Map<String, String> places = new LinkedHashMap<>();
        List<String> unplaced = new ArrayList<>();
        for (int i = 0; i < placed.length; i++) {
            if (placed[i] == PackingState.NOWHERE) {
                unplaced.add(items.get(i).id());
            } else {
                places.put(items.get(i).id(), hosts.get(placed[i]).id());
            }
        }
        return new Result(places, unplaced, exhausted);
    }
}
