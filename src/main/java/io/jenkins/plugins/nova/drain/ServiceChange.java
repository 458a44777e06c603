package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.claim.Holders;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A change to a compute service: the cordon, or forcing it down. Setting the same twice does no harm, so an unclear one is
 * looked up and then sent again.
 *
 * @param serviceId the service's uuid
 * @param reason the disabled reason of ours; null for forcing down
 * @param state how far it has come
 * @param since when that state began
 * @param attempts how often it was sent
 * @param why what came of the last sending when Nova did not take it; null otherwise
 * @param told the reason as it may be told to people ({@link Holders#told}), where that is not as it stands; null where it is
 */
public record ServiceChange(
        String serviceId, String reason, State state, Instant since, int attempts, String why, String told) {

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

    /** One that is about to be sent for the first time. */
    public static ServiceChange recorded(String serviceId, String reason, Instant now) {
        return new ServiceChange(serviceId, reason, State.RECORDED, now, 0, null, null);
    }

    /** What a look shows of a disabled service. */
    public static ServiceChange seen(ComputeService service, State how, int attempts, Holders holders, Instant now) {
        String reason = service.disabledReason();
        String told = holders.told(reason);
        return new ServiceChange(
                service.id(), reason, how, now, attempts, null, Objects.equals(told, reason) ? null : told);
    }

    /** The reason, for people. */
    public String words() {
        return told == null ? reason : told;
    }

    /** The same in another state, which begins now; sent once more where that is SENT. */
    public ServiceChange to(State next, Instant now) {
        return new ServiceChange(serviceId, reason, next, now, next == State.SENT ? attempts + 1 : attempts, why, told);
    }

    /** Sent, with this answer; the time in which it must show goes on. */
    public ServiceChange sent(RequestResult answer) {
        return new ServiceChange(serviceId, reason, State.SENT, since, attempts + 1, answer.trouble(), told);
    }

    /**
     * As a new process takes it: the time in which it must show begins anew, for while no process was there nothing was
     * sent and nobody looked. Setting it twice does no harm.
     */
    public ServiceChange resumed(Instant now) {
        return settled() ? this : recorded(serviceId, reason, now);
    }

    /** Whether it was asked for often or long enough without being seen. */
    public boolean overdue(Instant now) {
        return attempts >= Limits.ATTEMPTS || Duration.between(since, now).compareTo(Limits.SERVICE_CHANGE) > 0;
    }

    /** The end of a sentence that says that it could not be done. */
    public String because() {
        return why == null ? "." : ": " + why;
    }

    /** Whether the service was seen to be as it is wanted. */
    public boolean settled() {
        return state == State.OURS || state == State.FOUND;
    }
}
