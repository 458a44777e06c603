package io.jenkins.plugins.nova.plan;

import java.time.Duration;

/** How old something is, in words. */
public final class Ages {

    private Ages() {}

    /** {@code 12 days}, {@code 5 hours}, {@code 40 minutes}. */
    public static String words(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
    }
}
