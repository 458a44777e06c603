package io.jenkins.plugins.nova.drain.evidence;

/**
 * What is looked at before a confirm, and what it is worth.
 *
 * @param demand whether bad evidence holds the confirm back
 * @param consoleLines how many of the last lines of the guest's console are shown; 0 for none, for they may hold secrets
 */
public record EvidenceRule(Demand demand, int consoleLines) {

    /** Bad evidence holds the confirm back; the console is not read. */
    public static final EvidenceRule DEFAULT = new EvidenceRule(Demand.REQUIRE, 0);

    /** What evidence is worth. */
    public enum Demand {
        /** A server whose evidence is bad is not confirmed. */
        REQUIRE,
        /** It is shown, and confirmed all the same. */
        SHOW,
        /** Nothing is looked at. */
        IGNORE
    }
}
