package io.jenkins.plugins.nova.drain.hostreturn;

/** Where the return of a host is. */
public enum ReturnPhase {
    /** Before the body: what the host is like while all is well. */
    SURVEY,
    /** The body has the host. Nothing is looked at. */
    AWAY,
    /** Waiting until the host is fit for service. */
    WAIT,
    /** It looks fit: a server of our own is tried on it; or, after a failure, deleted. */
    CANARY,
    /** It is fit: what of it stands beside Nova is put back. */
    BESIDE,
    /** Enabling scheduling to it. */
    UNCORDON,
    /** Looking at the servers that left. */
    MUSTER,
    /** It failed: writing why into the reason for which the service is disabled. */
    MARK,
    /** Over. */
    ENDED
}
