package io.jenkins.plugins.nova.drain;

/** Reasons and notes of a state by which later ticks know what happened: they are looked for, so they stay as they are. */
public final class ReasonMarkers {

    /** Begins the reason of a live migration that took too long. */
    public static final String OVER_TIME = "over its time";

    /** Begins the note of a dry run whose real run would not begin. */
    public static final String WOULD_REFUSE = "dryRun: the real run would be refused. ";

    /** The reason of a server that Nova does not find any more. */
    public static final String DELETED = "was deleted meanwhile";

    /** Begins the reason of a server that is moved cold because its live migration was aborted. */
    public static final String MOVED_COLD = "it is moved cold, for its live migration was aborted: ";

    /** Begins the reason of a server whose move failed while others were under way, and that is tried once more by itself. */
    public static final String TRIED_AGAIN = "it is tried again by itself, for others were under way when it failed: ";

    private ReasonMarkers() {}
}
