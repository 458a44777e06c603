package io.jenkins.plugins.nova.plan.room;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** In which order servers are placed: the hard ones first, or as many as possible. */
enum PackingOrder {
    /** Those that the fewest hosts could take, then the largest. */
    FEWEST_HOSTS,
    /** The largest first. */
    LARGEST,
    /** The members of groups first, then the largest. */
    GROUPED,
    /** The smallest first: where all cannot be placed, this places the most. */
    SMALLEST;

    /** The servers' numbers in this order. */
    int[] of(long[][] needs, boolean[][] may, long[][] free, int[][] groups) {
        double[] sizes =
                Arrays.stream(needs).mapToDouble(need -> size(need, free)).toArray();
        Comparator<Integer> bySize = Comparator.comparingDouble(item -> -sizes[item]);
        Comparator<Integer> order = switch (this) {
            case FEWEST_HOSTS -> {
                long[] hosts = IntStream.range(0, needs.length)
                        .mapToLong(item -> hosts(needs[item], may[item], free))
                        .toArray();
                yield Comparator.<Integer>comparingLong(item -> hosts[item]).thenComparing(bySize);
            }
            case LARGEST -> bySize;
            case SMALLEST -> bySize.reversed();
            case GROUPED ->
                Comparator.<Integer>comparingInt(item -> -groups[item].length).thenComparing(bySize);
        };
        return IntStream.range(0, needs.length)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long hosts(long[] needs, boolean[] may, long[][] free) {
        return IntStream.range(0, free.length)
                .filter(host -> may[host] && IntStream.range(0, needs.length).allMatch(c -> needs[c] <= free[host][c]))
                .count();
    }

    /** The largest share of what there is of a resource. */
    private static double size(long[] needs, long[][] free) {
        double most = 0;
        for (int c = 0; c < needs.length; c++) {
            double all = 1;
            for (long[] host : free) {
                all += Math.max(0, host[c]);
            }
            most = Math.max(most, needs[c] / all);
        }
        return most;
    }
}
