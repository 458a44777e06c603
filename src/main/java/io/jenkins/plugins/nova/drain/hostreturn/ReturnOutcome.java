package io.jenkins.plugins.nova.drain.hostreturn;

/** What became of a host's return. The names are part of the steps' results. */
public enum ReturnOutcome {
    /** It is fit, and back in service unless somebody else had disabled it. */
    READY,
    /** dryRun: nothing was changed, and nothing waited for. */
    LOOKED_AT,
    /** It did not become fit in time, its canary failed, or it could not be enabled. */
    NOT_READY,
    /** The body failed. */
    BODY_FAILED,
    /** The host could not be emptied; the drain's outcome says how. */
    NOT_EMPTY,
    /** The build was aborted. */
    ABORTED
}
