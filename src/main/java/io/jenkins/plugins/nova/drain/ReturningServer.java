package io.jenkins.plugins.nova.drain;

import java.util.List;

/**
 * A server that left a host and may be brought back: one line of a drain's manifest.
 *
 * @param id its uuid
 * @param name for people; empty when not known
 * @param to the host it was taken to; null when not known
 */
public record ReturningServer(String id, String name, String to) {

    public ReturningServer {
        name = name == null ? "" : name;
    }

    /**
     * Whether a server that ended so in a drain has left its host, or may have.
     *
     * @param outcome the word of an {@link Outcome}
     * @param to where it went; null when nowhere, or when it was under way and Nova had not told yet
     */
    public static boolean left(String outcome, String to) {
        return switch (String.valueOf(outcome)) {
            case "MOVED", "REBUILT", "CONFIRMED", "AWAITING_CONFIRM" -> to != null;
            case "LEFT", "UNKNOWN" -> true;
            default -> false;
        };
    }

    /** Those that left by a drain. */
    public static List<ReturningServer> of(DrainState drain) {
        return drain.servers().stream()
                .filter(server -> left(String.valueOf(server.outcome()), server.to()))
                .map(server -> new ReturningServer(server.id(), server.name(), server.to()))
                .toList();
    }

    /** How it is called for people: its name, or its id where that is not known. */
    public String label() {
        return name.isEmpty() ? id : name;
    }
}
