package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import java.time.Instant;

/** Keeps account of what a live migration has copied, and until when it is to be over. Pure. */
final class CopyAccount {

    private final DrainOrder order;
    private final long rate;
    private final Instant now;

    /**
     * @param order what was asked
     * @param rate bytes per second that may be expected
     * @param now the time of the tick
     */
    CopyAccount(DrainOrder order, long rate, Instant now) {
        this.order = order;
        this.rate = rate;
        this.now = now;
    }

    /**
     * A server's progress after a look; null before Nova copies.
     *
     * @param running since when Nova copies; null before
     * @param counters what this look read; null for nothing
     */
    Progress progress(ServerState server, Instant running, ServerMigration counters) {
        if (running == null) {
            return server.progress();
        }
        Progress progress = server.progress();
        if (progress == null || progress.deadline() == null) {
            Instant deadline = running.plus(Limits.ofCopying(bytes(server), rate));
            progress = progress == null ? Progress.begun(deadline) : progress.until(deadline);
        }
        return counters == null ? progress : progress.told(counters, memory(server), running, now);
    }

    /** What is to be copied before the hypervisor has told: with local disks, unless they are known to be shared. */
    private long bytes(ServerState server) {
        boolean disks = server.local() && order.blockMigration() != BlockMigration.FALSE && !order.sharedStorage();
        return memory(server) + (disks ? server.diskGiB() << 30 : 0);
    }

    private static long memory(ServerState server) {
        return server.ramMiB() << 20;
    }
}
