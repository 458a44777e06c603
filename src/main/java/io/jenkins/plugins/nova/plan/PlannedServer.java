package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;

/**
 * A server and what the filters say of it.
 *
 * @param server as Nova showed it
 * @param verdict the filters' word
 * @param expected when its move is likely to begin and end; null when it is not moved
 */
public record PlannedServer(Server server, Verdict verdict, Expected expected) {

    /** Without a forecast. */
    public PlannedServer(Server server, Verdict verdict) {
        this(server, verdict, null);
    }
}
