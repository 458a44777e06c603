package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;

/** What of a server lies on its host's own disks, unless the hosts share their instance storage. */
public final class LocalDisks {

    private LocalDisks() {}

    /** Root disk (none when it boots from a volume), ephemeral disk and swap, rounded up. */
    public static long gibibytes(Server server) {
        long root = server.bootsFromVolume() ? 0 : server.flavor().diskGiB();
        long swap = (server.flavor().swapMiB() + 1023) / 1024;
        return root + server.flavor().ephemeralGiB() + swap;
    }
}
