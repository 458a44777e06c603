package io.jenkins.plugins.nova.api;

import java.time.Instant;
import java.util.List;

/**
 * What was asked of a server (os-instance-actions). Nova's API writes it before it answers the request, so its absence
 * some time after a lost answer proves that the request did nothing.
 *
 * @param action live-migration, migrate, confirmResize, revertResize, evacuate, …
 * @param requestId the request's id, equal to {@link Receipt#requestId()}
 * @param userId who asked; may be null
 * @param start when; may be null
 * @param message Nova's message; null is common even after a failure
 * @param events empty when listed; filled by {@link Nova#action}
 */
public record InstanceAction(
        String action, String requestId, String userId, Instant start, String message, List<Event> events) {
    public InstanceAction {
        events = List.copyOf(events);
    }

    /**
     * One event of an action.
     *
     * @param event its name, such as conductor_live_migrate_instance; empty when not told
     * @param result Success, Error, or null while it runs
     * @param start when it began; may be null
     * @param finish when it ended; null while it runs
     * @param host where (2.62); may be null
     * @param details the reason in words (2.84); may be null
     * @param traceback for admins; may be null
     */
    public record Event(
            String event,
            String result,
            Instant start,
            Instant finish,
            String host,
            String details,
            String traceback) {}
}
