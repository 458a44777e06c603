package io.jenkins.plugins.nova.plan;

/** What is to be done with a server. */
public enum Action {
    /** Live migration: the guest runs on. */
    LIVE,
    /** Cold migration: the guest is shut down, copied and started again if it ran. */
    COLD,
    /** Nova's evacuate: rebuilt on another host, because its own is dead. */
    REBUILD,
    /** Octavia replaces an amphora by a new one elsewhere, and deletes it. */
    FAILOVER,
    /** Confirm a resize or cold migration. */
    CONFIRM,
    /** Revert a resize or cold migration. */
    REVERT,
    /** Nothing, and that is well. */
    SKIP,
    /** Nothing can be done; the reason says why. */
    BLOCKED
}
