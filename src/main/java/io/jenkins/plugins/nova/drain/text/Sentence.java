package io.jenkins.plugins.nova.drain.text;

import java.util.Locale;

/** Words as a sentence. */
public final class Sentence {

    private Sentence() {}

    /** The words with a capital letter in front, a full stop behind. */
    public static String of(String words) {
        String text = words.stripTrailing();
        return text.substring(0, 1).toUpperCase(Locale.ROOT)
                + text.substring(1)
                + (text.matches("(?s).*[.!?]") ? "" : ".");
    }
}
