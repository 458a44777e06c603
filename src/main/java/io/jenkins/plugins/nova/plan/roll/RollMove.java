package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;

/**
 * A move that a roll makes, to the seat of the server.
 *
 * @param server as it was read, so on the host that it was on before the roll
 * @param action live or cold
 * @param from the host that is emptied
 * @param to the seat
 * @param number 1 for the first move of this server, and so on
 * @param why why it will have to move once more; empty when it will not
 */
public record RollMove(Server server, Action action, String from, String to, int number, String why) {}
