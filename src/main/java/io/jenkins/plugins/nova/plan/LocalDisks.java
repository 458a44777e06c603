package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;

/** What of a server lies on its host's own disks, unless the hosts share their instance storage. */
public final class LocalDisks {

    private static final long SMALL = 2;

    private LocalDisks() {}

    /** Root disk (none when it boots from a volume), ephemeral disk and swap, rounded up. */
    public static long gibibytes(Server server) {
        long root = server.bootsFromVolume() ? 0 : server.flavor().diskGiB();
        long swap = (server.flavor().swapMiB() + 1023) / 1024;
        return root + server.flavor().ephemeralGiB() + swap;
    }

    /**
     * Whether disks are so small that copying them is not what a cold migration takes its time for: 20 s at 100 MiB/s, as long as
     * stopping a guest and starting it again.
     *
     * @param gibibytes of all local disks of a server
     */
    public static boolean small(long gibibytes) {
        return gibibytes <= SMALL;
    }
}
