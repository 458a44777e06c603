package io.jenkins.plugins.nova.drain;

import java.util.Locale;

/** Words as a sentence. */
final class Sentence {

    private Sentence() {}

    /** The words with a capital letter in front, a full stop behind. */
    static String of(String words) {
        String text = words.stripTrailing();
        return text.substring(0, 1).toUpperCase(Locale.ROOT)
                + text.substring(1)
                + (text.matches("(?s).*[.!?]") ? "" : ".");
    }
}
