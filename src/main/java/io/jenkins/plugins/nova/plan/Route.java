package io.jenkins.plugins.nova.plan;

/** How servers are to leave their host. */
public enum Route {
    /** The host is up: live or cold by each server's state. */
    BY_STATE,
    /** Live only, as asked. */
    LIVE,
    /** Cold only, as asked. */
    COLD,
    /** The host is dead: rebuild elsewhere. */
    REBUILD,
    /** Confirm what waits in VERIFY_RESIZE. */
    CONFIRM,
    /** Revert what waits in VERIFY_RESIZE. */
    REVERT
}
