package io.jenkins.plugins.nova.simulator;

import java.time.Instant;

/**
 * What a server is at a moment, for tests to look at without HTTP.
 *
 * @param id uuid
 * @param name its name
 * @param status Nova's status
 * @param vmState vm_state
 * @param taskState null when nothing is under way
 * @param host null when on none
 * @param powerState 1 running, 3 paused, 4 shut down
 * @param fault null when there is none
 * @param updated when Nova noted a change of its state last, to the cloud clock's precision
 */
public record ServerState(
        String id,
        String name,
        String status,
        String vmState,
        String taskState,
        String host,
        int powerState,
        String fault,
        Instant updated) {

    static ServerState of(SimServer server) {
        return new ServerState(
                server.id,
                server.name,
                server.status(),
                server.vmState,
                server.taskState,
                server.host,
                server.powerState,
                server.fault == null ? null : server.fault.message(),
                server.updated);
    }
}
