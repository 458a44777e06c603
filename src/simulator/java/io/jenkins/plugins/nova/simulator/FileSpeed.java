package io.jenkins.plugins.nova.simulator;

/**
 * How long a cloud's moves take, as its file says it: from Nova's first word of a move to its last, while nothing waits for
 * another; so many seconds, and what it takes to copy the server's memory (of a live migration) and, where it is said, its local
 * disks.
 */
final class FileSpeed {
    /** What the simulated Nova takes for a live migration beside the copying. */
    private static final double AROUND_LIVE = 0.6;

    private static final double AROUND_COLD = 1;
    private static final double AROUND_REBUILD = 0.7;
    private static final double LEAST = 0.05;
    private static final double MIB_IN_GIB = 1024;

    /** What a plan assumes where nothing was observed: io.jenkins.plugins.nova.plan.Rates and its Forecast. */
    private static final double ASSUMED_MIB = 100;

    private final Rate live;
    private final Rate cold;
    private final Rate rebuild;
    private final double request;
    private final boolean said;

    private record Rate(double seconds, double mibPerSecond, boolean disks) {
        static Rate of(FileNode node, double seconds, boolean copies) {
            if (!node.isSaid()) {
                return new Rate(seconds, copies ? ASSUMED_MIB : 0, copies);
            }
            node.of("seconds", "mibPerSecond", "disks");
            return new Rate(
                    node.at("seconds").quantity(0),
                    node.at("mibPerSecond").quantity(0),
                    node.at("disks").flag());
        }

        double of(double mib) {
            return seconds + (mibPerSecond > 0 ? mib / mibPerSecond : 0);
        }
    }

    /** @param node the file's {@code rates} */
    FileSpeed(FileNode node) {
        said = node.isSaid();
        if (said) {
            node.of("cold", "live", "rebuild", "request");
        }
        live = Rate.of(node.at("live"), 10, true);
        cold = Rate.of(node.at("cold"), 30, true);
        rebuild = Rate.of(node.at("rebuild"), 40, false);
        request = node.at("request").isSaid()
                ? node.at("request").of("seconds").at("seconds").quantity(0)
                : 0;
    }

    boolean isSaid() {
        return said;
    }

    /** How long each request takes. */
    double request() {
        return request;
    }

    /**
     * Tells a server's hypervisor.
     *
     * @param own the server's {@code seconds}: how long its own moves take, kind by kind
     */
    void tell(Behaviour behaviour, long memoryMiB, long disksGiB, FileNode own) {
        if (own.isSaid()) {
            own.of("cold", "live", "rebuild");
        }
        double disks = disksGiB * MIB_IN_GIB;
        behaviour.liveSeconds(least(
                own.at("live").quantity(live.of(memoryMiB + (live.disks() ? disks : 0))) - AROUND_LIVE));
        behaviour.coldSeconds(least(own.at("cold").quantity(cold.of(cold.disks() ? disks : 0)) - AROUND_COLD));
        behaviour.spawnSeconds(least(own.at("rebuild").quantity(rebuild.of(0)) - AROUND_REBUILD));
    }

    private static double least(double seconds) {
        return Math.max(LEAST, seconds);
    }
}
