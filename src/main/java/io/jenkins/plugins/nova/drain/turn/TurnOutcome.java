package io.jenkins.plugins.nova.drain.turn;

/** How the wait for a turn ends. The names, but for BEGINS, are outcomes of nodeMaintenance. */
public enum TurnOutcome {
    /** Its turn has come: the drain begins. */
    BEGINS,
    /** An earlier build of the roll has done it. */
    DONE_BEFORE,
    /** It is not begun: others have failed, no window is as long, something on it blocks, or its servers have no seats. */
    NOT_BEGUN,
    /** The plan made anew breaks what was approved, and somebody is to decide. */
    DRIFTED,
    /** The plan made anew breaks what was approved, or the cloud could not be read for long. */
    REFUSED,
    /** The build was aborted. */
    ABORTED
}
