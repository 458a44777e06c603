package io.jenkins.plugins.nova.drain.hostreturn;

import java.util.Optional;
import java.util.stream.Collectors;

/** What a canary does, for console and status. */
public final class CanaryWords {

    private CanaryWords() {}

    /** The line for a canary that has gone on to another stage; empty when it has not, or there is nothing to say. */
    public static Optional<String> line(ReturnState before, ReturnState after) {
        Canary now = after.canary();
        if (now == null || now.stage() == Canary.Stage.CLEAR) {
            return Optional.empty();
        }
        boolean booted = before.canary() != null && before.canary().id() == null && now.id() != null;
        if (before.canary() != null && before.canary().stage() == now.stage()) {
            return booted ? Optional.of("Canary: it is server " + now.id() + ".") : Optional.empty();
        }
        return Optional.of("Canary: " + now.name() + " " + doing(after) + ".");
    }

    /** What is said of servers of its name that are not it; empty where there are none. */
    static Optional<String> others(Canary canary, CanaryObservation seen) {
        if (seen.named().isEmpty()) {
            return Optional.empty();
        }
        String ids = seen.named().stream()
                .limit(CanaryObservation.MOST_TOLD)
                .map(server -> server.id() + " (project " + server.projectId() + ")")
                .collect(Collectors.joining(", "));
        return Optional.of("Others are called " + canary.name() + ": " + ids
                + (seen.named().size() > CanaryObservation.MOST_TOLD ? " and more" : "")
                + ". They are none of this build's, and are left alone. If an earlier build left one of them, delete it with"
                + " openstack server delete and its id.");
    }

    /** Whether what failed of a host's return is its canary. */
    public static boolean failed(ReturnState state) {
        return state.failure() != null && state.failure().startsWith(CanaryTrial.LABEL);
    }

    /** What it does, as the rest of a sentence. */
    public static String doing(ReturnState state) {
        String host = state.order().host();
        Canary canary = state.canary();
        return switch (canary.stage()) {
            case CLEAR -> "is about to boot";
            case BOOT ->
                "boots in zone " + canary.zone() + " (on another host, for the scheduler leaves " + host + " out)";
            case ENTER -> "is live migrated onto " + host;
            case START -> "is rebooted hard on " + host;
            case LEAVE -> "is live migrated off " + host;
            case BACK -> "is live migrated onto " + host + " once more";
            case DELETE -> state.failure() == null ? "is deleted on " + host : "is deleted";
            case OVER -> state.failure() == null ? "booted on " + host + ", moved and is gone" : "is done with";
        };
    }
}
