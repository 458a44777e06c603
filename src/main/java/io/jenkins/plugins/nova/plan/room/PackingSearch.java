package io.jenkins.plugins.nova.plan.room;

import java.util.Arrays;

/**
 * Looks for a placement that leaves fewer servers over than the best known: depth first, each server on each host that has
 * room, or nowhere. Branches that cannot be better, and mirror images of others, are left out.
 */
final class PackingSearch {

    /** An amount that no server needs; many of them can be summed. */
    static final long PLENTY = 1L << 42;

    private final PackingState state;
    private final int[] sequence;
    private final int steps;
    private final long[][] ahead;
    private int[] best;
    private long bestLeft;
    private int taken;

    /**
     * @param state empty
     * @param sequence in which order servers are tried
     * @param best the best placement known
     * @param steps how many tries of a server on a host there may be
     */
    PackingSearch(PackingState state, int[] sequence, int[] best, int steps) {
        this.state = state;
        this.sequence = sequence;
        this.best = best;
        this.bestLeft = left(best);
        this.steps = steps;
        int classes = state.servers() == 0 ? 0 : state.needs[0].length;
        ahead = new long[sequence.length + 1][classes];
        for (int at = sequence.length - 1; at >= 0; at--) {
            for (int c = 0; c < classes; c++) {
                ahead[at][c] = ahead[at + 1][c] + state.needs[sequence[at]][c];
            }
        }
    }

    private static long left(int[] placed) {
        return Arrays.stream(placed)
                .filter(host -> host == PackingState.NOWHERE)
                .count();
    }

    void run() {
        descend(0, 0);
    }

    int[] best() {
        return best;
    }

    /** Whether all placements were looked at, or need not be. */
    boolean exhausted() {
        return taken < steps;
    }

    private void descend(int at, int left) {
        if (left + surelyLeft(at) >= bestLeft || taken >= steps) {
            return;
        }
        if (at == sequence.length) {
            best = state.placed();
            bestLeft = left;
            return;
        }
        int item = sequence[at];
        int first = firstHost(at);
        for (int host = first; host < state.hosts(); host++) {
            taken++;
            if (state.fits(item, host) && !mirrored(host, first)) {
                state.put(item, host);
                descend(at + 1, left);
                state.take(item, host);
            }
        }
        descend(at + 1, left + 1);
    }

    /** A server like the one before goes to the same host or a later one, or nowhere after nowhere: order is no difference. */
    private int firstHost(int at) {
        if (at == 0 || !state.alike(sequence[at - 1], sequence[at])) {
            return 0;
        }
        int before = state.host(sequence[at - 1]);
        return before == PackingState.NOWHERE ? state.hosts() : before;
    }

    private boolean mirrored(int host, int first) {
        for (int other = first; other < host; other++) {
            taken++;
            if (state.interchangeable(host, other)) {
                return true;
            }
        }
        return false;
    }

    /** How many of the servers ahead have no room whatever the rest do. */
    private int surelyLeft(int at) {
        int homeless = 0;
        for (int next = at; next < sequence.length; next++) {
            boolean room = false;
            for (int host = 0; host < state.hosts() && !room; host++) {
                taken++;
                room = state.fits(sequence[next], host);
            }
            homeless += room ? 0 : 1;
        }
        if (homeless > 0) {
            return homeless;
        }
        for (int c = 0; c < ahead[at].length; c++) {
            if (ahead[at][c] > state.free(c)) {
                return 1;
            }
        }
        return 0;
    }
}
