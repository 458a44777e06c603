package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;

/**
 * A server and what the filters say of it.
 *
 * @param server as Nova showed it
 * @param verdict the first filter's word
 */
public record PlannedServer(Server server, Verdict verdict) {}
