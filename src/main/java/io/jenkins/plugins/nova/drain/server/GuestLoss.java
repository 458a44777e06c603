package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.ServerState;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a live migration, of which the guest is looked at, is aborted for the guest's sake. Pure. What is asked here of one that can
 * be aborted at all: it copies, and is not in post-copy ({@link MigrationDeadline} sees to that).
 */
final class GuestLoss {

    /** A copy that ends so soon is over before an abort is; its guest is about to run on the other host. */
    static final Duration ABOUT_TO_END = Duration.ofSeconds(10);

    private GuestLoss() {}

    static boolean aborts(ServerState server, Instant now) {
        return server.guest() != null && server.guest().lossy() && !aboutToEnd(server, now);
    }

    private static boolean aboutToEnd(ServerState server, Instant now) {
        return Estimate.end(server, now)
                .filter(end -> Duration.between(now, end).compareTo(ABOUT_TO_END) <= 0)
                .isPresent();
    }
}
