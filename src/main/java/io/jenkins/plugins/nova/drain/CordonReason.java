package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ForeignText;

/** What the plugin writes into the reason for which a service is disabled; Nova takes 255 characters. */
final class CordonReason {

    private static final int LIMIT = 255;

    private static final String FAILED = " failed: ";

    private CordonReason() {}

    /** Whether a reason of ours says that the build has failed on the host, so that it is at work there no more. */
    static boolean tellsFailure(String reason) {
        return reason.contains(FAILED);
    }

    /** That a build failed on the host, and at what. */
    static String failed(String by, String failure) {
        String line = Claim.PREFIX + by + FAILED + failure.strip().replaceAll("\\s*\\R\\s*", "; ");
        // as it is read back: a cut may have gone through a character
        return ForeignText.words(line.length() <= LIMIT ? line : line.substring(0, LIMIT - 1) + "…");
    }
}
