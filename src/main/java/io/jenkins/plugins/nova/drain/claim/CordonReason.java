package io.jenkins.plugins.nova.drain.claim;

import io.jenkins.plugins.nova.api.ForeignText;

/** What the plugin writes into the reason for which a service is disabled; Nova takes 255 characters. */
public final class CordonReason {

    private static final int LIMIT = 255;

    /** Of what it is for: what failed matters more to who reads it. */
    private static final int MOST_OF_A_PURPOSE = 60;

    private static final String FAILED = " failed: ";

    private CordonReason() {}

    /** Whether a reason of ours says that the build has failed on the host, so that it is at work there no more. */
    public static boolean tellsFailure(String reason) {
        return reason != null && reason.contains(FAILED);
    }

    /**
     * That a build failed on the host, and at what.
     *
     * @param why what the pipeline says it is for; null for nothing
     */
    public static String failed(String by, String why, String failure) {
        String purpose = why == null || why.length() <= MOST_OF_A_PURPOSE ? why : why.substring(0, MOST_OF_A_PURPOSE);
        String line = new Claim(by, null, null, null, purpose).reason()
                + FAILED
                + failure.strip().replaceAll("\\s*\\R\\s*", "; ");
        // as it is read back: a cut may have gone through a character
        return ForeignText.words(line.length() <= LIMIT ? line : line.substring(0, LIMIT - 1) + "…");
    }
}
