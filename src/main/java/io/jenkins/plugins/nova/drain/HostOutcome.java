package io.jenkins.plugins.nova.drain;

/** What became of the whole. The names are part of the steps' results. */
public enum HostOutcome {
    /** No server is left on the host, and none that left it waits for a confirm. For chosen servers: all went well. */
    DONE(true),
    /** No server is left on the host, but some wait in VERIFY_RESIZE: their old disks are still there. */
    AWAITING_CONFIRM(true),
    /**
     * Each server that could be seen is off the host, and whether there are others could not be made sure of; the message says
     * what. With {@code unproven: true} such a host is DONE.
     */
    UNPROVEN(false),
    /** dryRun: nothing was changed. */
    PLANNED(true),
    /** The plan is not the approved one any more, and somebody is to decide; nothing was moved, the host stays cordoned. */
    DRIFTED(true),
    /** Something could not be moved, failed, or is not known. */
    INCOMPLETE(false),
    /** A precondition was not met; nothing was changed but, perhaps, the cordon. */
    REFUSED(false),
    /** The build was aborted. */
    ABORTED(false);

    private final boolean good;

    HostOutcome(boolean good) {
        this.good = good;
    }

    /** Whether the step succeeds with it. */
    public boolean good() {
        return good;
    }
}
