package io.jenkins.plugins.nova.drain;

import java.time.Instant;

/**
 * The build asks the drain to stop.
 *
 * @param at when
 * @param why in words, such as who aborted it
 */
public record Stop(Instant at, String why) {

    /** That something was aborted, and why: {@code aborted by admin}, {@code aborted: Timeout has been exceeded}. */
    public String words() {
        return words(why);
    }

    /** The same of such a reason; Jenkins begins the one for a person who aborts with that very word. */
    public static String words(String why) {
        return why.startsWith("Aborted ") ? "a" + why.substring(1) : "aborted: " + why;
    }
}
