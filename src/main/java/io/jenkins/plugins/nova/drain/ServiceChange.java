package io.jenkins.plugins.nova.drain;

import java.time.Duration;
import java.time.Instant;

/**
 * A change to a compute service: the cordon, or forcing it down. Setting the same twice does no harm, so an unclear one is
 * looked up and then sent again.
 *
 * @param serviceId the service's uuid
 * @param reason the disabled reason of ours; null for forcing down
 * @param state how far it has come
 * @param since when that state began
 * @param attempts how often it was sent
 */
public record ServiceChange(String serviceId, String reason, State state, Instant since, int attempts) {

    /** How far a change has come. */
    public enum State {
        /** Written down; about to be sent. */
        RECORDED,
        /** Sent; to be seen. */
        SENT,
        /** Seen done by us. */
        OURS,
        /** Was so before; not ours to undo. */
        FOUND
    }

    ServiceChange to(State next, Instant now) {
        return new ServiceChange(serviceId, reason, next, now, next == State.SENT ? attempts + 1 : attempts);
    }

    /**
     * As a new process takes it: the time in which it must show begins anew, for while no process was there nothing was
     * sent and nobody looked. Setting it twice does no harm.
     */
    ServiceChange resumed(Instant now) {
        return settled() ? this : new ServiceChange(serviceId, reason, State.RECORDED, now, 0);
    }

    /** Whether it was asked for often or long enough without being seen. */
    boolean overdue(Instant now) {
        return attempts >= Limits.ATTEMPTS || Duration.between(since, now).compareTo(Limits.SERVICE_CHANGE) > 0;
    }

    boolean settled() {
        return state == State.OURS || state == State.FOUND;
    }
}
