package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why no more servers are started.
 *
 * @param reason in words
 * @param hint what to do
 */
public record StartsEnded(String reason, String hint) {

    private static final String AGAIN = "Run the step again.";

    /** Empty when more may be started. */
    public static Optional<StartsEnded> why(DrainState state, List<ServerState> servers, Instant now) {
        if (state.stop() != null) {
            return Optional.of(new StartsEnded("the build was aborted before its turn came", AGAIN));
        }
        if (state.deadline() != null && now.isAfter(state.deadline())) {
            return Optional.of(new StartsEnded(
                    "the step's timeout of " + Quantity.time(state.order().timeout())
                            + " was over before its turn came",
                    AGAIN));
        }
        if (state.watch().lost() != null) {
            return Optional.of(new StartsEnded(
                    state.watch().lost(), "Find out who else works on this host, then run the step again."));
        }
        return state.order().failFast()
                ? servers.stream()
                        .filter(server ->
                                server.outcome() != null && !server.outcome().good())
                        .findFirst()
                        .map(server -> new StartsEnded(
                                "failFast: '" + server.label() + "' is "
                                        + server.outcome().words(),
                                AGAIN))
                : Optional.empty();
    }
}
