package io.jenkins.plugins.nova.report.data;

import java.util.Set;

/**
 * A step of another build, as the page names it.
 *
 * @param known what it did
 * @param label the build as who reads the page may see it; never {@code null}
 * @param href the address of that build's page; {@code null} where the reader may not see it, or it is gone
 */
public record SettledBy(KnownStep known, String label, String href) {

    private static final Set<String> SETTLING = Set.of("CONFIRMED", "REVERTED", "MOVED", "REBUILT");

    /** Whether a server of this outcome waits for nobody any more, whatever was said of it before. */
    public static boolean settles(String outcome) {
        return outcome != null && SETTLING.contains(outcome);
    }
}
