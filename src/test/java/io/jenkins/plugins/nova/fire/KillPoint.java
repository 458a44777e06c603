package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.ArrayList;
import java.util.List;

/**
 * When a process dies.
 *
 * @param request the request, from 1, logins and version documents included
 * @param moment what of it has happened
 */
record KillPoint(int request, Moment moment) {

    enum Moment {
        /** It did not reach the cloud. */
        BEFORE,
        /** The cloud has acted on it, the answer has not come. */
        ACTED,
        /** The answer has come, and nothing was saved since. */
        ANSWERED
    }

    /** Every moment of every {@code step}-th request up to the last. */
    static List<KillPoint> upTo(int requests, int step) {
        List<KillPoint> points = new ArrayList<>();
        for (int k = 1; k <= requests; k += step) {
            for (Moment moment : Moment.values()) {
                points.add(new KillPoint(k, moment));
            }
        }
        return points;
    }

    /** Drops what the process of this cloud sends at and after its end. */
    void arm(SimulatedCloud cloud) {
        int first = moment == Moment.BEFORE ? request : request + 1;
        cloud.faults().on(null, "").nth(first).always().drop();
        if (moment == Moment.ACTED) {
            cloud.faults().on(null, "").nth(request).dropAfterActing();
        }
    }

    /** The same for a process that something else kills at this moment. */
    void arm(SimulatedCloud cloud, Runnable kill) {
        int first = moment == Moment.BEFORE ? request : request + 1;
        cloud.faults().on(null, "").nth(first).interrupt(kill);
        if (moment == Moment.ACTED) {
            cloud.faults().on(null, "").nth(request).afterActing().interrupt(kill);
        }
    }

    /**
     * Whether a request never reached a cloud: sent, as it were, by the process that was dead already.
     *
     * @param heard how many requests there were when the next process began
     */
    boolean unheard(AuditEntry entry, int heard) {
        int first = moment == Moment.BEFORE ? request : request + 1;
        return entry.number() >= first && entry.number() <= heard;
    }

    /** Whether the cloud has acted on a request of the process that died, or of the one after it. */
    boolean acted(AuditEntry entry) {
        boolean accepted = entry.status() >= 200 && entry.status() < 300;
        return accepted || (moment == Moment.ACTED && entry.number() == request && entry.status() == 0);
    }
}
