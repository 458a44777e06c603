package io.jenkins.plugins.nova.plan.room;

import java.util.Arrays;

/** Which server is on which host so far, and what is free then. Servers and hosts are numbers; changed in place. */
final class PackingState {

    /** In place of a host: none. */
    static final int NOWHERE = -1;

    final long[][] needs;
    private final boolean[][] may;
    private final int[][] groups;
    private final long[][] free;
    private final int[][] seats;
    private final int[] kinds;
    private final int[] placed;

    /**
     * @param needs by server and resource class
     * @param may by server and host: whether the host may take it at all
     * @param groups the server's groups
     * @param free by host and resource class
     * @param seats by host and group: how many more members
     */
    PackingState(long[][] needs, boolean[][] may, int[][] groups, long[][] free, int[][] seats) {
        this.needs = needs;
        this.may = may;
        this.groups = groups;
        this.free = Arrays.stream(free).map(long[]::clone).toArray(long[][]::new);
        this.seats = Arrays.stream(seats).map(int[]::clone).toArray(int[][]::new);
        this.kinds = kinds(may, free.length);
        this.placed = new int[needs.length];
        Arrays.fill(placed, NOWHERE);
    }

    /** Places servers one after the other where there is room; the host of each, or {@link #NOWHERE}. */
    int[] fill(int[] sequence, PackingChoice choice) {
        for (int item : sequence) {
            int best = NOWHERE;
            for (int host = 0; host < hosts(); host++) {
                boolean better = best == NOWHERE || choice.prefers(free[host], free[best], needs[item]);
                if (better && fits(item, host)) {
                    best = host;
                }
            }
            if (best != NOWHERE) {
                put(item, best);
            }
        }
        return placed();
    }

    int hosts() {
        return free.length;
    }

    int servers() {
        return needs.length;
    }

    int[] placed() {
        return placed.clone();
    }

    /** Where a server is. */
    int host(int item) {
        return placed[item];
    }

    boolean fits(int item, int host) {
        if (!may[item][host]) {
            return false;
        }
        for (int group : groups[item]) {
            if (seats[host][group] <= 0) {
                return false;
            }
        }
        for (int c = 0; c < needs[item].length; c++) {
            if (needs[item][c] > free[host][c]) {
                return false;
            }
        }
        return true;
    }

    void put(int item, int host) {
        placed[item] = host;
        change(item, host, -1);
    }

    void take(int item, int host) {
        placed[item] = NOWHERE;
        change(item, host, 1);
    }

    private void change(int item, int host, int sign) {
        for (int c = 0; c < needs[item].length; c++) {
            free[host][c] += sign * needs[item][c];
        }
        for (int group : groups[item]) {
            seats[host][group] += sign;
        }
    }

    /** What is free of a resource class on all hosts together. */
    long free(int resource) {
        long sum = 0;
        for (long[] host : free) {
            sum += host[resource];
        }
        return sum;
    }

    /** Whether two servers are the same but for their ids. */
    boolean alike(int one, int other) {
        return Arrays.equals(needs[one], needs[other])
                && Arrays.equals(may[one], may[other])
                && Arrays.equals(groups[one], groups[other]);
    }

    /** Whether it makes no difference to any server which of two hosts it is on. */
    boolean interchangeable(int one, int other) {
        return kinds[one] == kinds[other]
                && Arrays.equals(free[one], free[other])
                && Arrays.equals(seats[one], seats[other]);
    }

    /** For each host the first one that the same servers may use. */
    private static int[] kinds(boolean[][] may, int hosts) {
        int[] kinds = new int[hosts];
        for (int host = 0; host < hosts; host++) {
            int kind = 0;
            while (!sameColumn(may, kind, host)) {
                kind++;
            }
            kinds[host] = kind;
        }
        return kinds;
    }

    private static boolean sameColumn(boolean[][] may, int one, int other) {
        return Arrays.stream(may).allMatch(hosts -> hosts[one] == hosts[other]);
    }
}
