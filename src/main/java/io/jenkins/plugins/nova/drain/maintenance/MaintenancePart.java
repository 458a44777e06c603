package io.jenkins.plugins.nova.drain.maintenance;

/** Where the maintenance of a host is as a whole. */
public enum MaintenancePart {
    /** In a roll: the host waits for its turn, and nothing of it is changed. */
    TURN,
    /** The host is emptied. */
    DRAIN,
    /** What the host is like is noted; then the body is to begin. */
    BEFORE,
    /** The body is at work. */
    BODY,
    /** The host comes back into service; or the failure is written into the cordon's reason. */
    AFTER,
    /** Servers that left are moved back. */
    HOME,
    /** Over. */
    OVER
}
