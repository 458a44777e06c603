package io.jenkins.plugins.nova.simulator;

/** What a hypervisor does for a server and can be told to fail at. */
public enum Operation {
    /** The copying of a live migration: the migration ends {@code failed}, the server stays ACTIVE on its source. */
    LIVE,
    /** The copying of a cold migration: server in ERROR on its source. */
    COLD,
    /** The end of a cold migration on the target: server in ERROR on the target. */
    FINISH,
    /** The spawning of an evacuated server: server in ERROR, still on the dead host. */
    SPAWN
}
