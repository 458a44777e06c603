package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Rates;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** How many bytes per second a drain's live migrations copy, learned from those it has seen. Pure. */
final class CopyRate {

    /**
     * Taken for granted until something was seen: 50 MiB/s, half of what a plan's forecast assumes. A link of 1 Gb/s carries
     * 117 MiB/s, and a published case saw a migration send 120 MB/s over one (1.46 TB in 12,180 s, of a guest that never
     * converged). A forecast may be wrong by half; a deadline that aborts a sound migration may not, so it leaves room for
     * the neighbours' traffic and a second migration. With {@link Limits#PASSES} it makes a minute a GiB.
     */
    static final long PRIOR = Rates.ASSUMED.bytesPerSecond() / 2;

    /** Less than two refreshes of Nova's counters teach nothing. */
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private CopyRate() {}

    /**
     * What the drain has learned, moves that have ended and those under way alike, each by its bytes. A small guest that was
     * seen for a moment so weighs little.
     */
    static OptionalLong learned(List<ServerState> servers) {
        Duration seen = Duration.ZERO;
        long sent = 0;
        for (ServerState server : servers) {
            if (server.progress() != null) {
                seen = seen.plus(server.progress().watch().seen());
                sent += server.progress().watch().sent();
            }
        }
        return seen.compareTo(ENOUGH) < 0 || sent == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, sent * 1000 / seen.toMillis()));
    }

    /** What the drain has learned, else {@link #PRIOR}. */
    static long expected(List<ServerState> servers) {
        return learned(servers).orElse(PRIOR);
    }
}
