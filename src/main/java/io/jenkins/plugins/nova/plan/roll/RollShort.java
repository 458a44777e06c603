package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Server;

/**
 * A server for which there is no seat when its host would be emptied, though all hosts are done that can be.
 *
 * @param host where it is
 * @param server which
 * @param needs what it asks for, in words
 * @param reason what is short, in words
 * @param resource Placement's class of which the server asks for more than is free on any host that might take it; empty where
 *     that is not the reason
 * @param asked how much of it the server asks for, in Placement's units; 0 without a class
 * @param most how much of it is free at most
 * @param where on which host; empty without a class
 */
public record RollShort(
        String host, Server server, String needs, String reason, String resource, long asked, long most, String where) {

    /** The whole in a sentence. */
    public String words() {
        return "no seat is left for '" + server.name() + "' of " + host + " (" + needs + "): " + reason + ".";
    }
}
