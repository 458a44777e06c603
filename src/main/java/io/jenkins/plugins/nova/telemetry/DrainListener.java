package io.jenkins.plugins.nova.telemetry;

import hudson.ExtensionPoint;

/**
 * Is told what drains come to, by any step that runs one. Told of what is saved, once, and never again after a restart; what is
 * saved in the moment before the controller is killed may be told to nobody. A dry run is not told of.
 *
 * <p>Called on one thread for all listeners, so whoever takes long delays the others, but no drain. What is thrown is logged, the
 * first time as a warning, and keeps nobody else from being told.
 */
public interface DrainListener extends ExtensionPoint {

    /** A step has disabled scheduling to a host, and seen it disabled in its name. It may open it again soon, if it is refused. */
    default void hostClosed(ClosedHost closed) {}

    /**
     * A server of a step has its outcome. Where that changes before the step ends, because others have moved or deleted the server
     * meanwhile, it is not told again: the step's result has the last word.
     */
    default void serverEnded(EndedServer ended) {}

    /** The drain of a whole host has ended. */
    default void hostEnded(EndedHost ended) {}
}
