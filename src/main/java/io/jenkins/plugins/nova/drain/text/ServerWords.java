package io.jenkins.plugins.nova.drain.text;

import io.jenkins.plugins.nova.api.Server;

/** How a server and the place where it is are written for people. */
public final class ServerWords {

    private ServerWords() {}

    /** {@code web1 (3f0e…)}, or the id alone where there is no name. */
    public static String named(Server server) {
        return server.name().isEmpty() ? server.id() : server.name() + " (" + server.id() + ")";
    }

    /** {@code ACTIVE on compute2}. */
    public static String whereabouts(Server server) {
        if (!server.known()) {
            return "UNKNOWN to Nova, whose cell does not answer for it";
        }
        return server.status() + (server.host() == null ? " on no host" : " on " + server.host());
    }
}
