package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.diagnosis.Diagnosis;
import io.jenkins.plugins.nova.diagnosis.Finding;
import java.util.Objects;

/**
 * Nova's own words on why a move failed. They are in three places and often in one only: the details of an event (from
 * 2.84; alone for a live migration with no valid host), the action's message (mostly null), the server's fault.
 */
public final class FailureReason {

    /** An action's message when one of its events failed (nova/db/main/api.py, action_event_finish). */
    private static final String NO_WORDS = "Error";

    private FailureReason() {}

    /**
     * @param action the move's action with events; null when not known
     * @param server the server as it is now
     * @return the reason in Nova's words; empty when Nova tells none
     */
    public static String reason(InstanceAction action, Server server) {
        if (action != null) {
            String details = action.events().stream()
                    .filter(event -> "Error".equals(event.result()))
                    .map(InstanceAction.Event::details)
                    .filter(Objects::nonNull)
                    .filter(text -> !text.isBlank())
                    .findFirst()
                    .orElse("");
            if (!details.isEmpty()) {
                return details.strip();
            }
            boolean failed = action.events().stream().anyMatch(event -> "Error".equals(event.result()));
            if (action.message() != null
                    && !action.message().isBlank()
                    && !action.message().equals(NO_WORDS)) {
                return action.message().strip();
            }
            if (failed && server.fault() == null) {
                return "Nova's " + action.action() + " failed and tells no reason (" + action.requestId() + ")";
            }
        }
        return "error".equals(server.vmState()) && server.fault() != null
                ? server.fault().strip()
                : "";
    }

    /** The server's fault as the end of a sentence; empty when there is none. */
    public static String fault(Server server) {
        return server.fault() == null ? "" : ": " + server.fault().strip();
    }

    /**
     * What Nova's words mean and what to do about it.
     *
     * @param words Nova's, or type and status of a migration, as {@link Diagnosis#of} takes them
     * @return empty when it is not known
     */
    public static String hint(String words) {
        return Diagnosis.standard().of(words).map(Finding::advice).orElse("");
    }
}
