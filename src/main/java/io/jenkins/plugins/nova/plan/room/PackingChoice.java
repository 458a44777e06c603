package io.jenkins.plugins.nova.plan.room;

/** Which of the hosts with room a server is put on. */
enum PackingChoice {
    /** The one with least left: keeps room for large ones. */
    FULLEST,
    /** The one with most left, as Nova's weighers do it by default. */
    EMPTIEST,
    /** The first. */
    FIRST;

    /** Whether a host is to be taken rather than another, by what is free on each and what the server needs. */
    boolean prefers(long[] free, long[] other, long[] needs) {
        return switch (this) {
            case FULLEST -> tightness(free, needs) > tightness(other, needs);
            case EMPTIEST -> tightness(free, needs) < tightness(other, needs);
            case FIRST -> false;
        };
    }

    /** The share of what is free that a server would take of the resource that it takes the largest share of. */
    private static double tightness(long[] free, long[] needs) {
        double most = 0;
        for (int c = 0; c < needs.length; c++) {
            if (needs[c] > 0) {
                most = Math.max(most, needs[c] / (double) Math.max(1, free[c]));
            }
        }
        return most;
    }
}
