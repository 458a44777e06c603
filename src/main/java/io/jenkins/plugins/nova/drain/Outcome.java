package io.jenkins.plugins.nova.drain;

/** What became of a server. The names are part of the steps' results. */
public enum Outcome {
    /** Is on another host, its migration has ended well, nothing is under way. */
    MOVED(true, "moved"),
    /** Was rebuilt on another host by Nova's evacuate. */
    REBUILT(true, "rebuilt"),
    /** An amphora that Octavia has replaced and deleted. */
    FAILED_OVER(true, "failed over"),
    /** Is on another host in VERIFY_RESIZE; confirmResize or revertResize ends it. */
    AWAITING_CONFIRM(true, "waiting for a confirm"),
    /**
     * Is on another host in VERIFY_RESIZE by a resize of its owner's, who confirms or reverts it; its old disks are still on the
     * host. Not touched unless the step's {@code approve} names it.
     */
    AWAITING_OWNER(true, "waiting for its owner's confirm"),
    /** Its cold migration is confirmed. */
    CONFIRMED(true, "confirmed"),
    /** Is back on its source. */
    REVERTED(true, "reverted"),
    /** Needed nothing. */
    SKIPPED(true, "skipped"),
    /** Deleted, or moved away by somebody else. */
    GONE(true, "gone"),
    /** Would be acted on (dryRun). */
    PLANNED(true, "planned"),
    /** Could not be acted on, as the plan had said or a later look at it. */
    BLOCKED(false, "blocked"),
    /** Was acted on, and Nova or the hypervisor failed; the reason says where the server is. */
    FAILED(false, "failed"),
    /** A move was left under way, by a time-out or an abort. */
    LEFT(false, "left under way"),
    /** Was never started: time-out, abort, or failFast. */
    NOT_STARTED(false, "not started"),
    /** What became of it could not be found out; look before anything else is done. */
    UNKNOWN(false, "of an unknown fate");

    private final boolean good;
    private final String words;

    Outcome(boolean good, String words) {
        this.good = good;
        this.words = words;
    }

    /** In a sentence, as what a server is or was, such as "waiting for a confirm". */
    public String words() {
        return words;
    }

    /** Whether it says that a server waits for a confirm, whoever is to say it. */
    public boolean waits() {
        return this == AWAITING_CONFIRM || this == AWAITING_OWNER;
    }

    /** Whether it says that a server is not on the host any more. */
    public boolean hasLeft() {
        return this == MOVED || this == REBUILT || this == CONFIRMED || this == FAILED_OVER || this == GONE || waits();
    }

    /** Whether the step may succeed with it. */
    public boolean good() {
        return good;
    }
}
