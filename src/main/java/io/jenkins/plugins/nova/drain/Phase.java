package io.jenkins.plugins.nova.drain;

/** Where a drain is as a whole. */
public enum Phase {
    /** Preconditions that need no cordon: the token, the host, the target, the names of servers. */
    CHECK,
    /** A host said to be fenced still reads up: waiting until Nova sees it down. */
    WAIT_DOWN,
    /** Forcing the dead host's service down. */
    FORCE_DOWN,
    /** Disabling scheduling to the host. */
    CORDON,
    /** Taking back the cordon that was just set: the drain is refused after all. */
    BACK_OUT,
    /** Looking at the servers and planning, behind the cordon. */
    PLAN,
    /** Setting what of the host stands beside Nova, before the first server is moved. */
    BESIDE,
    /** Moving. */
    MOVE,
    /** All is done: what keeps people from hearing of the host is ended. */
    UNSILENCE,
    /** Over. */
    ENDED
}
