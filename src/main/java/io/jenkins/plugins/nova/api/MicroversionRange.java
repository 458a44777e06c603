package io.jenkins.plugins.nova.api;

/**
 * The microversions a cloud speaks.
 *
 * @param min the oldest
 * @param max the newest
 */
public record MicroversionRange(Microversion min, Microversion max) {

    /** The newest microversion that this project has been written for. */
    public static final Microversion NEWEST_KNOWN = Microversion.of(103);

    /** The oldest that it can work with: services by uuid (2.53). */
    public static final Microversion OLDEST_USABLE = Microversion.of(53);

    /** The newest microversion that the cloud speaks and that is not newer than {@code 2.minor}. */
    public Microversion upTo(int minor) {
        Microversion wanted = Microversion.of(minor);
        return max.compareTo(wanted) < 0 ? max : wanted;
    }
}
