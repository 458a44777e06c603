package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Verdict;

/**
 * What keeps a host of a roll from being emptied, or from being worked on, unless somebody acts.
 *
 * @param host the host of the roll
 * @param server a server on it; or one that left it, whose old disk is there
 * @param verdict why it cannot be moved, what to do about that, and the parameter that would change it
 */
public record RollBlock(String host, Server server, Verdict verdict) {

    /** Who made the server; empty when not told. */
    public String owner() {
        return server.userId() == null ? "" : server.userId();
    }
}
